"""What programmers need to know of the API."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from pilots.api.fields import STATES
from pilots.api.filters import PilotListFilterSet
from pilots.index.facet_values import COUNTRY
from pilots.index.lessons import KIND
from pilots.index.pilots import Index, index
from pilots.index.terms import terms_of_reuse
from prepare_portal.context import origin


@dataclass(frozen=True)
class Example:
    """An address to try, and what it gives."""

    what: str
    address: str


def api_page(request: HttpRequest) -> HttpResponse:
    """Show how the API is asked, with examples that this portal answers. Two queries, one when nothing changed."""
    public, site = index(), origin(request)
    context = {
        "site": site,
        "resources": resources(),
        "filters": list(PilotListFilterSet.base_filters),
        "of_lessons": [KIND],
        "states": {state: _(words) for state, words in STATES.items()},
        "examples": examples(public),
        "terms": terms_of_reuse(public.number, site).sentence,
        "index": public,
        "content_version": public.number,
    }
    return render(request, "pilots/api.html", context)


def resources() -> list[tuple[str, str]]:
    """Each list: its address, and what it holds."""
    held = (
        ("pilots", _("Public pilots with all their texts, facts, lessons, figures and pointers into the source.")),
        ("lessons", _("Lessons and working methods, each with its pilot.")),
        ("partners", _("Partners, each with its pilots.")),
        ("authorities", _("Authorities, each with its pilots and its place.")),
        ("vocabularies", _("The values that filters take, with their names and meanings.")),
        ("glossary", _("Abbreviations and terms.")),
        ("sources", _("The texts that pilots are written from.")),
    )
    return [(reverse(f"api-{name}"), words) for name, words in held]


def examples(public: Index) -> list[Example]:
    """Addresses that give something on this very portal."""
    pilots, lessons = reverse("api-pilots"), reverse("api-lessons")
    countries: dict[str, Any] = public.known()[COUNTRY]
    first: list[int] = public.order("place").part([public.public], 0, 1)
    of_country = _("Pilots of a country, the newest first: %(country)s")
    found = [Example(_("All pilots, 96 on a page"), f"{pilots}?per_page=96")]
    found += [
        Example(of_country % {"country": name}, f"{pilots}?country={code}&sort=newest")
        for code, name in list(countries.items())[:1]
    ]
    found += [
        Example(_("One pilot, in French as far as it is translated"), f"{reverse('api-pilot', args=[slug])}?lang=fr")
        for slug in (public.facts[pk].slug for pk in first)
    ]
    return [
        *found,
        Example(_("Working methods, found by a word"), f"{lessons}?kind=method&q=meetings"),
        Example(_("Activity types, with how many pilots have each"), reverse("api-vocabulary", args=["activity"])),
        Example(_("What changed or was taken out since a day"), f"{pilots}?updated_after=2026-01-01"),
    ]
