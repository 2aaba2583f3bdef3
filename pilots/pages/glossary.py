"""All abbreviations and terms with their meaning."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pilots.models import GlossaryTerm


def glossary(request: HttpRequest) -> HttpResponse:
    """Show every term. One query."""
    return render(request, "pilots/glossary.html", {"terms": GlossaryTerm.objects.all().with_texts()})
