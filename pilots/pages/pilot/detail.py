"""The page of one pilot."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pilots.browse.filters import ORIGINS, PilotFilterSet
from pilots.browse.formerly_public import notes_on_missing
from pilots.browse.lessons import PilotsOfLessons
from pilots.browse.neighbours import ListPosition, position_of
from pilots.browse.related import like
from pilots.browse.retry import retry_if_changed
from pilots.browse.selection import Selection
from pilots.browse.shortlist import pilots_named
from pilots.browse.trail import Trail, read_trail
from pilots.index.per_version import VersionedCache
from pilots.index.pilots import Index, index
from pilots.index.rows import ContentChanged, public_pilots
from pilots.models import Pilot
from pilots.pages.pilot.entry import PilotEntry
from pilots.pages.redirects import pilot_or_answer

# What the way back is called, by where it leads; the list has several names.
LABELS = {
    "lessons": gettext_noop("Back to lessons"),
    "map": gettext_noop("Back to the map"),
    "partners": gettext_noop("Back to partners"),
}

IDS: VersionedCache[int | None] = VersionedCache(most=10_000)  # by slug


@retry_if_changed
def pilot_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one published pilot, and where it stands in the list the visitor came from.

    Thirteen queries at most, one where its parts are ready; some more when that list is a search or one of lessons.
    """
    trail = read_trail(request.GET)
    public = index()
    found = id_or_answer(request, slug, public.number, "pilot")
    if isinstance(found, HttpResponse):
        return found
    return render(request, "pilots/pilot.html", page_context(found, trail, public))


def id_or_answer(request: HttpRequest, slug: str, number: int | None, route: str) -> int | HttpResponse:
    """The id of the public pilot with this slug, or what `pilot_or_answer` says. No query where it is cached."""
    pk = public_id(slug, number)
    if pk is not None:
        return pk
    found = pilot_or_answer(request, Pilot.objects.published(), slug, route)
    return found if isinstance(found, HttpResponse) else int(found.pk)


def public_id(slug: str, number: int | None) -> int | None:
    """The id of the public pilot with this slug, None when there is none. One query, none when cached.

    That there is none is not cached: there is no end of such slugs.
    """
    public = Pilot.objects.published
    return IDS.get_or_make(number, slug, lambda: public().filter(slug=slug).values_list("pk", flat=True).first())


@dataclass(frozen=True)
class WayOn:
    """The way on from a pilot: through the list the visitor came from, back to it, and to the shortlist."""

    pilot: Any
    trail: Trail
    place: ListPosition
    previous: Any
    following: Any
    shortlist: list[Pilot]
    in_list: bool
    notes: tuple[str, ...]

    @property
    def selection(self) -> Selection:
        """What the visitor chose there."""
        return self.trail.selection

    @cached_property
    def query(self) -> str:
        """The query string for a link to another pilot of the list."""
        return self.trail.query

    @property
    def sentence(self) -> str:
        """Where this pilot stands."""
        place = {"number": self.place.number, "total": self.place.total}
        if self.in_list and self.selection:
            words = ngettext(
                "This is the only pilot in your list.",
                "Number %(number)d of the %(total)d pilots in your list.",
                self.place.total,
            )
        else:
            words = ngettext("This is the only pilot.", "Number %(number)d of all %(total)d pilots.", self.place.total)
        return words % place

    @cached_property
    def back_label(self) -> str:
        """What the link back is called."""
        ours = gettext_noop("Back to your list") if self.selection else gettext_noop("All pilots")
        return _(LABELS.get(self.trail.origin, ours))

    @cached_property
    def back(self) -> str:
        """The address of the page the visitor came from, at the part of a long list where the visitor was."""
        is_list = self.trail.origin == ORIGINS[0]
        page = self.selection.page
        if is_list:
            page = (self.place.number - 1) // self.selection.per_page + 1 if self.in_list else 1
        return reverse(self.trail.origin) + self.trail.back(page)


def page_context(pk: int, trail: Trail, public: Index) -> dict[str, object]:
    """What the page of a public pilot shows. Three queries, none for cached rows."""
    place, in_list = place_in_list(pk, trail, public)
    alike = like(pk, public)
    pilots = public_pilots(public, filter(None, [pk, place.previous, place.following, *alike]))
    entry = PilotEntry(pilots[pk], public, [pilots[other] for other in alike])
    previous, following = (pilots[other] if other else None for other in (place.previous, place.following))
    named = pilots_named(trail.selection.keep)
    shortlist = list({pilot.pk: pilot for pilot in named.values()}.values())
    notes: list[str] = [*notes_on_missing([slug for slug in trail.selection.keep if slug not in named])]
    if not in_list:
        notes.append(_("Your list does not hold this pilot. Previous and next lead through all pilots."))
    trail = Trail(replace(trail.selection, keep=tuple(pilot.slug for pilot in shortlist)))
    notes_of_all = (*trail.selection.notes, *notes)
    return {
        "entry": entry,
        "pilot": entry.pilot,
        "way": WayOn(entry.pilot, trail, place, previous, following, shortlist, in_list, notes_of_all),
        "index": public,
        "content_version": public.number,
    }


def place_in_list(pilot: int, trail: Trail, public: Index) -> tuple[ListPosition, bool]:
    """Where a pilot stands in the list and True, or its place among all pilots and False. No query of its own.

    Raises ContentChanged when it was hidden or published while this page was made.
    """
    own = (PilotsOfLessons if trail.origin == "lessons" else PilotFilterSet.matches)(trail.selection, public)
    if place := position_of(pilot, own):
        return place, True
    if place := position_of(pilot, PilotFilterSet.matches(trail.selection.cleared(), public)):
        return place, False
    raise ContentChanged
