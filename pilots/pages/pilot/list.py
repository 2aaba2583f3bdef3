"""The list of pilots."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.listing import Listing, NoSuchPage
from pilots.browse.parameters import BadAddress
from pilots.pages import errors
from pilots.pages.retry import again_if_changed, kept_if_complete


@again_if_changed
def pilot_list(request: HttpRequest) -> HttpResponse:
    """Show the pilots that match the address. Sixteen queries at most."""
    try:
        listing = Listing(request.GET)
    except BadAddress as error:
        return errors.bad_request(request, error)
    except NoSuchPage as error:
        raise Http404(str(error)) from error
    return kept_if_complete(render(request, "pilots/list.html", {"listing": listing}), listing)
