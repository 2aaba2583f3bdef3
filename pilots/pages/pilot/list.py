"""The list of pilots."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.listing import Listing, NoSuchPage
from pilots.browse.parameters import InvalidQuery
from pilots.pages import errors
from pilots.pages.retry import cache_if_complete, retry_if_changed


@retry_if_changed
def pilot_list(request: HttpRequest) -> HttpResponse:
    """Show the pilots that match the address. Sixteen queries at most."""
    try:
        listing = Listing(request.GET)
    except InvalidQuery as error:
        return errors.bad_request(request, error)
    except NoSuchPage as error:
        raise Http404(str(error)) from error
    return cache_if_complete(render(request, "pilots/list.html", {"listing": listing}), listing)
