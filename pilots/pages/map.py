"""The map: where the pilots are. Large with a table on a page of its own, small on other pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.map_places import MOST_PLACES, Country, MapPage, by_place, without_rows
from pilots.browse.retry import cache_if_complete
from pilots.index.pilots import Index
from pilots.models import Pilot
from pilots.models.translation import current_language
from pilots.pictures import grouping
from pilots.pictures.map import Map, draw_map, lay_out

# How many km around a single place a small map shows, so that one sees where in Europe it is.
SURROUNDINGS = 2000.0
# Of more places close together, those with most pilots are named.
MOST_IN_GROUP = 20


def map_page(request: HttpRequest) -> HttpResponse:
    """Show where the pilots are that match the address. Ten queries at most."""
    listing = MapPage(request.GET)
    shown = lay_out(map_points(listing.countries, with_titles=True))
    picture = draw_map(shown, map_label(listing.countries))
    sentences = missing_from_map(shown) if listing.has_every_place else left_out_of_map(shown)
    context = {"listing": listing, "picture": picture, "groups": groups_of(shown), "missing": sentences}
    return cache_if_complete(render(request, "pilots/map.html", context), listing)


@dataclass(frozen=True)
class SmallMap:
    """A map for a part of a page."""

    picture: SafeString
    missing: list[str]


def small_map(pilots: Iterable[Pilot], public: Index | None = None) -> SmallMap:
    """A small map of pilots, each place leading to its row on the page of the map. One query.

    With too many places in `public`, not all have a row. Of each pilot, the authority is read; no text of its own.
    """
    found = by_place(pilots)
    return small_map_of(without_rows(found) if public and len(public.authorities) > MOST_PLACES else found)


def small_map_of(countries: list[Country]) -> SmallMap:
    """A small map of places. No query when texts are there."""
    page = reverse("map")
    places = map_points(countries, page)
    shown = lay_out(places, SURROUNDINGS) if len(places) == 1 else lay_out(places)
    return SmallMap(draw_map(shown, map_label(countries), fine=False, groups_at=page), left_out_of_map(shown))


@dataclass(frozen=True)
class MapGroup:
    """The places of a mark that stands for several, those with most pilots; `others` is how many are left out."""

    key: str
    places: Sequence[grouping.MapPoint]
    others: int


def groups_of(shown: Map) -> list[MapGroup]:
    """The marks that stand for several places, of all layers, each once."""
    return [MapGroup(mark.key, mark.places[:MOST_IN_GROUP], len(mark.places[MOST_IN_GROUP:])) for mark in shown.groups]


def map_points(countries: Iterable[Country], page: str = "", *, with_titles: bool = False) -> list[grouping.MapPoint]:
    """Places as the drawing takes them. No query when texts are there.

    Each leads to its row in the table on a `page`, by default the one the map stands on; without a row, to the
    page of its authority.
    """
    authority = reverse("authority", args=["SLUG"])  # once, not for each of thousands
    return [
        grouping.MapPoint(
            key=place.key,
            name=place.name,
            country=country.code,
            country_name=country.name,
            latitude=place.latitude,
            longitude=place.longitude,
            count=place.count,
            url=f"{page}#{place.anchor}" if place.has_row else authority.replace("SLUG", place.key),
            titles=tuple(title_of(pilot) for pilot in place.pilots) if with_titles else (),
        )
        for country in countries
        for place in country.places
    ]


def title_of(pilot: Pilot) -> tuple[str, str]:
    """The title of a pilot as plain text, and its language where that is not the page's."""
    title, language = pilot.text_in("title", current_language())
    return title, "" if language == current_language() else language


def map_label(countries: list[Country]) -> str:
    """What the drawing is called: how many pilots in how many countries it shows."""
    count = sum(country.count for country in countries)
    if not count:
        return _("Map of Europe without a pilot")
    pilots = ngettext("%(n)d pilot", "%(n)d pilots", count) % {"n": count}
    inside = ngettext("%(pilots)s in %(n)d country", "%(pilots)s in %(n)d countries", len(countries))
    return _("Map of Europe: %(content)s") % {"content": inside % {"pilots": pilots, "n": len(countries)}}


def missing_from_map(shown: Map) -> list[str]:
    """A sentence for each reason why pilots are not on the map."""
    unplaced = ngettext(
        "%(n)d pilot is in the table only, because the position of its place is not recorded.",
        "%(n)d pilots are in the table only, because the positions of their places are not recorded.",
        shown.unplaced,
    )
    outside = ngettext(
        "%(n)d pilot is in the table only, because its place is outside this map.",
        "%(n)d pilots are in the table only, because their places are outside this map.",
        shown.outside,
    )
    return [words % {"n": n} for words, n in ((unplaced, shown.unplaced), (outside, shown.outside)) if n]


def left_out_of_map(shown: Map) -> list[str]:
    """A sentence on the pilots that are not on a map without a table, or nothing when all are."""
    n = shown.unplaced + shown.outside
    words = ngettext(
        "The place of %(n)d pilot is not on this map.", "The places of %(n)d pilots are not on this map.", n
    )
    return [words % {"n": n}] if n else []
