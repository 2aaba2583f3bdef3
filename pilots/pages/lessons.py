"""The library of lessons."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.lessons import LessonListing
from pilots.browse.retry import cache_if_complete, retry_if_changed


@retry_if_changed
def lesson_library(request: HttpRequest) -> HttpResponse:
    """Show the lessons that match the address. Fifteen queries at most, two more after a change."""
    listing = LessonListing(request.GET)
    return cache_if_complete(render(request, "pilots/lessons.html", {"listing": listing}), listing)
