"""The library of lessons."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.lessons import LessonListing
from pilots.browse.listing import NoSuchPage
from pilots.browse.parameters import InvalidQuery
from pilots.pages import errors
from pilots.pages.retry import cache_if_complete, retry_if_changed


@retry_if_changed
def lesson_library(request: HttpRequest) -> HttpResponse:
    """Show the lessons that match the address. Fourteen queries at most, two more after a change."""
    try:
        listing = LessonListing(request.GET)
    except InvalidQuery as error:
        return errors.bad_request(request, error)
    except NoSuchPage as error:
        raise Http404(str(error)) from error
    return cache_if_complete(render(request, "pilots/lessons.html", {"listing": listing}), listing)
