"""Two to four pilots side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_countries import countries

from pilots.browse.comparison import MOST_OFFERED, ComparisonPage, PilotOption, comparison, option_of, pilot_options
from pilots.browse.retry import retry_if_changed
from pilots.index.rows import glossary_terms
from pilots.pages.comparison.side_by_side import SideBySide
from prepare_portal.collation import in_order
from prepare_portal.context import origin
from prepare_portal.phrases import all_of

FEWEST_COMPARED = 2


@retry_if_changed
def compare(request: HttpRequest) -> HttpResponse:
    """Show pilots side by side, and a form to add one.

    Eleven queries for two or three pilots, nine for four; up to seven more when one of them is not known by this name.
    The form alone takes two, and two more with one pilot.
    """
    compared = ComparisonPage(request.GET)
    context: dict[str, Any] = {
        "compared": compared,
        "index": compared.index,
        "content_version": compared.index.number,
        "heading": heading_of(compared),
        "form": form_of(compared),
        "address": f"{origin(request)}{request.path}{comparison(pilot.slug for pilot in compared.pilots)}",
    }
    if len(compared.pilots) >= FEWEST_COMPARED:
        context |= {"table": SideBySide(compared), "terms": glossary_terms(compared.index.number)}
    return render(request, "pilots/compare.html", context)


def heading_of(compared: ComparisonPage) -> str:
    places = compared.places
    if not places:
        return _("Compare pilots")
    if len(places) < FEWEST_COMPARED:
        return _("Compare %(place)s with another pilot") % {"place": places[0]}
    return _("%(places)s compared") % {"places": all_of(places)}


@dataclass(frozen=True)
class Form:
    """What can be added to a comparison: pilots by group, in fields with these labels. No group: nothing to add."""

    groups: list[tuple[str, list[PilotOption]]]
    labels: list[str]
    has_too_many: bool


def form_of(compared: ComparisonPage) -> Form:
    """The form: pilots of the shortlist first, then the others by country. Two queries, none when full."""
    if compared.is_full:
        return Form([], [_("Pilot to add")], has_too_many=False)
    named = {pilot.slug for pilot in (*compared.pilots, *compared.shortlist)}
    shortlisted = [pilot for pilot in compared.shortlist if pilot not in compared.pilots]
    groups = by_country(option for option in pilot_options(compared.index) if option.slug not in named)
    if shortlisted:
        groups.insert(0, (_("On your shortlist"), list(map(option_of, shortlisted))))
    labels = [_("Pilot to add")] if compared.pilots else [_("First pilot"), _("Second pilot")]
    return Form(groups, labels, has_too_many=len(compared.index.public) > MOST_OFFERED)


def by_country(options: Iterable[PilotOption]) -> list[tuple[str, list[PilotOption]]]:
    """The options under the names of their countries, countries from A to Z."""
    groups: dict[str, list[PilotOption]] = {}
    for option in options:
        groups.setdefault(str(countries.name(option.country)), []).append(option)
    return sorted(groups.items(), key=lambda group: in_order(group[0]))
