"""The map: where the pilots are. Large with a table on a page of its own, small on other pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pilots.find.parameters import BadAddress
from pilots.find.places import Country, Place, Places, by_place
from pilots.models import Pilot
from pilots.pages import errors
from pilots.pages.again import kept_if_complete
from pilots.pictures import grouping
from pilots.pictures.map import Map, draw_map, lay_out

# How many km around a single place a small map shows, so that one sees where in Europe it is.
SURROUNDINGS = 2000.0


def map_page(request: HttpRequest) -> HttpResponse:
    """Show where the pilots are that match the address. Nine queries at most."""
    try:
        listing = Places(request.GET)
    except BadAddress as error:
        return errors.bad_request(request, error)
    shown = lay_out(marked(listing.countries, lambda place: f"#{place.anchor}", with_titles=True))
    picture = draw_map(shown, label_of(listing.countries))
    context = {"listing": listing, "picture": picture, "groups": shown.groups, "missing": missing(shown)}
    return kept_if_complete(render(request, "pilots/map.html", context), listing)


@dataclass(frozen=True)
class SmallMap:
    """A map for a part of a page."""

    picture: SafeString
    missing: list[str]


def small_map(pilots: Iterable[Pilot]) -> SmallMap:
    """Return a small map of pilots, each place leading to its row on the page of the map. One query.

    Of each pilot, the authority is read; no text of its own.
    """
    return small_map_of(by_place(pilots))


def small_map_of(countries: list[Country]) -> SmallMap:
    """Return a small map of places. No query when texts are there."""
    page = reverse("map")
    places = marked(countries, lambda place: f"{page}#{place.anchor}")
    shown = lay_out(places, SURROUNDINGS) if len(places) == 1 else lay_out(places)
    return SmallMap(draw_map(shown, label_of(countries), fine=False, groups_at=page), left_out(shown))


def marked(
    countries: Iterable[Country], url: Callable[[Place], str], *, with_titles: bool = False
) -> list[grouping.Place]:
    """Return places as the drawing takes them, each leading where `url` says. No query when texts are there."""
    return [
        grouping.Place(
            key=place.key,
            name=place.name,
            country=country.code,
            country_name=country.name,
            latitude=place.latitude,
            longitude=place.longitude,
            count=place.count,
            url=url(place),
            titles=tuple(title_of(pilot) for pilot in place.pilots) if with_titles else (),
        )
        for country in countries
        for place in country.places
    ]


def title_of(pilot: Pilot) -> str:
    """Return the title of a pilot as plain text."""
    return pilot.text_in("title", get_language() or "en")[0]


def label_of(countries: list[Country]) -> str:
    """Return what the drawing is called: how many pilots in how many countries it shows."""
    count = sum(country.count for country in countries)
    if not count:
        return _("Map of Europe without a pilot")
    pilots = ngettext("%(n)d pilot", "%(n)d pilots", count) % {"n": count}
    inside = ngettext("%(pilots)s in %(n)d country", "%(pilots)s in %(n)d countries", len(countries))
    return _("Map of Europe: %(content)s") % {"content": inside % {"pilots": pilots, "n": len(countries)}}


def missing(shown: Map) -> list[str]:
    """Return a sentence for each reason why pilots are not on the map."""
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


def left_out(shown: Map) -> list[str]:
    """Return a sentence on the pilots that are not on a map without a table, or nothing when all are."""
    n = shown.unplaced + shown.outside
    words = ngettext(
        "The place of %(n)d pilot is not on this map.", "The places of %(n)d pilots are not on this map.", n
    )
    return [words % {"n": n}] if n else []
