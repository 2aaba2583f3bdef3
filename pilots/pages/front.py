"""The front page: what this is, the figures, ways in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from pilots.find.browse import overview
from pilots.find.facets import Facet
from pilots.models import Pilot

NEWEST = 9


def front_page(request: HttpRequest) -> HttpResponse:
    """Show what the portal holds and where to start. Nine queries."""
    facets, count = overview()
    pilots = Pilot.objects.published()
    context = {
        "facets": facets,
        "totals": totals(count, facets),
        "pilots": pilots.for_listing().order_by("-published_at", "slug")[:NEWEST],
    }
    return render(request, "pilots/front.html", context)


def totals(pilots: int, facets: list[Facet]) -> list[dict[str, object]]:
    """Return the figures of the front page, each with its label and where it leads. No query."""
    countries, partners = (
        next(len(facet.options) for facet in facets if facet.name == name) for name in ("country", "partner")
    )
    return [
        {"label": ngettext("pilot", "pilots", pilots), "count": pilots, "url": reverse("pilots")},
        {"label": ngettext("country", "countries", countries), "count": countries, "url": reverse("authorities")},
        {"label": ngettext("partner", "partners", partners), "count": partners, "url": reverse("partners")},
    ]
