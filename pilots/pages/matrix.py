"""The matrix: what was tried with whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.matrix import Matrix
from pilots.browse.parameters import InvalidQuery
from pilots.pages import errors
from pilots.pages.retry import cache_if_complete


def matrix(request: HttpRequest) -> HttpResponse:
    """Show how many of the pilots that match the address have each pair of values. Ten queries at most."""
    try:
        listing = Matrix(request.GET)
    except InvalidQuery as error:
        return errors.bad_request(request, error)
    return cache_if_complete(render(request, "pilots/matrix.html", {"listing": listing}), listing)
