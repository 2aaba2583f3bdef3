"""The visitor's shortlist: the pilots kept in the address, to read, to compare, to print."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.classification import values_by_pilot
from pilots.browse.comparison import MOST_COMPARED, ShortlistPage
from pilots.models import Passage, Pilot
from pilots.pages.pilot.facts import Fact, facts_of
from prepare_portal.context import origin

# Authority, its kind and country: the first facts, which stand above the title.
IN_HEAD = 3


@dataclass(frozen=True)
class ShortlistEntry:
    """A pilot on the shortlist, its facts, and the full address of its page."""

    pilot: Pilot
    facts: list[Fact]
    address: str


def shortlist(request: HttpRequest) -> HttpResponse:
    """Show the pilots of the shortlist, in the order they were chosen.

    Four queries, up to seven more when one of them is not known by this name; none for an empty shortlist.
    """
    page = ShortlistPage(request.GET)
    site = origin(request)
    context = {
        "listing": page,
        "heading": heading_of(len(page.shortlist)),
        "entries": shortlist_entries(page.shortlist, site),
        "most_compared": MOST_COMPARED,
        "address": f"{site}{request.path}{page.selection.query()}",
    }
    return render(request, "pilots/shortlist.html", context)


def heading_of(count: int) -> str:
    if not count:
        return _("Your shortlist is empty")
    return ngettext("Your shortlist: %(count)d pilot", "Your shortlist: %(count)d pilots", count) % {"count": count}


def shortlist_entries(pilots: list[Pilot], site: str) -> list[ShortlistEntry]:
    """Return pilots with their facts and full addresses. Two queries, none for no pilots."""
    ids = [pilot.pk for pilot in pilots]
    if not ids:
        return []
    values, passages = values_by_pilot(ids), list(Passage.objects.filter(pilot__in=ids))
    return [
        ShortlistEntry(
            pilot,
            facts_of(pilot, values[pilot.pk], [row for row in passages if row.pilot_id == pilot.pk])[IN_HEAD:],
            site + pilot.get_absolute_url(),
        )
        for pilot in pilots
    ]
