"""All abbreviations and terms with their meaning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.index import content_version
from pilots.index.rows import glossary_terms


def glossary(request: HttpRequest) -> HttpResponse:
    """Show every term. Two queries, one for terms that are cached."""
    version = content_version.current()
    context = {"terms": glossary_terms(version), "content_version": version}
    return render(request, "pilots/glossary.html", context)
