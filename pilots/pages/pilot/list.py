"""The list of pilots."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.listing import Listing
from pilots.browse.retry import cache_if_complete, retry_if_changed


@retry_if_changed
def pilot_list(request: HttpRequest) -> HttpResponse:
    """Show the pilots that match the address. Sixteen queries at most."""
    listing = Listing(request.GET)
    return cache_if_complete(render(request, "pilots/list.html", {"listing": listing}), listing)
