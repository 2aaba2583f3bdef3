"""The matrix: what was tried with whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.browse.matrix import Matrix
from pilots.browse.retry import cache_if_complete


def matrix(request: HttpRequest) -> HttpResponse:
    """Show how many of the pilots that match the address have each pair of values. Ten queries at most."""
    listing = Matrix(request.GET)
    return cache_if_complete(render(request, "pilots/matrix.html", {"listing": listing}), listing)
