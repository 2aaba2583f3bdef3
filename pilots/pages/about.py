"""Pages about the portal itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.index import content_version
from pilots.index.statements import statements
from pilots.models import Pilot, Source


def about(request: HttpRequest) -> HttpResponse:
    """Show what the portal is, and what its entries rest on. Three queries."""
    sources = Source.objects.filter(pilots__in=Pilot.objects.published()).distinct()
    version = content_version.current()
    context = {"sources": sources.with_texts(), "statements": statements(version), "content_version": version}
    return render(request, "pilots/about.html", context)


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about visitors: nothing. No query, so that it answers without the database."""
    return render(request, "pilots/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how accessible the portal is, and whom to tell of barriers. No query."""
    return render(request, "pilots/accessibility.html")
