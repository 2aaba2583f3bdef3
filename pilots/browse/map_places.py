"""Pilots by country and place, for the map and the table beside it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice, starmap
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_countries import countries

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.partnerships import of_each, pilots_of
from pilots.browse.shortlist import give_authorities
from pilots.index.pilots import Index
from pilots.index.rows import AuthorityPlace, authority_places
from pilots.models import Pilot
from pilots.models.translation import current_language
from prepare_portal.collation import in_order

# More rows than this nobody looks through, and each has pilots in it.
MOST_PLACES = 120


@dataclass(frozen=True)
class MapPlace:
    """A place with how many pilots it has, and those to list. `key` is the slug of one of its `authorities`.

    The position is in degrees, or None. Where there are too many places, some are not in the table (`has_row`).
    """

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    count: int
    authorities: dict[str, str]  # slug → name
    pilots: list[Pilot]
    has_row: bool = True

    @property
    def anchor(self) -> str:
        """The id of its row in the table."""
        return f"place-{self.key}"


@dataclass(frozen=True)
class Country:
    """A country with its places: ISO 3166-1 alpha-2 code and name. `query` leads to the list of its pilots."""

    code: str
    name: str
    places: list[MapPlace]
    query: str = ""

    @property
    def count(self) -> int:
        """How many pilots it has."""
        return sum(place.count for place in self.places)

    @property
    def rows(self) -> list[MapPlace]:
        return [place for place in self.places if place.has_row]

    @property
    def left_out(self) -> int:
        """How many places are not listed."""
        return len(self.places) - len(self.rows)


class MapPage(FilteredPage):
    """Everything the map shows for one address: the pilots that match, by country and place. Raises InvalidQuery.

    Three queries more than a `FilteredPage`.
    """

    origin: ClassVar[str] = "map"

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.heading = _("Map: %(pilots)s") % {"pilots": self.shown}
        self.countries = self._read() if self.count else []
        if sum(len(place.pilots) for country in self.countries for place in country.places) < self.count:
            self.sentence = self.found_in_part()

    def _read(self) -> list[Country]:
        found = [
            replace(one, query=self.list_with({"country": one.code}))
            for one in in_countries(self._counts_by_authority, self.index)
        ]
        return with_pilots(with_rows(found), self._first_pilots, self.index)

    @property
    def has_every_place(self) -> bool:
        return not any(country.left_out for country in self.countries)

    @property
    def _counts_by_authority(self) -> Mapping[str, int]:
        facts = self.index.facts
        return Counter([facts[pk].authority for pk in self.matches.ids]) if self.selection else self.index.authorities

    def _first_pilots(self, place: MapPlace, number: int) -> Iterable[int]:
        there = (pk for slug in place.authorities for pk in self.index.pilots_of_authority(slug))
        return islice((pk for pk in there if pk in self.matches.ids), number)


def all_places(public: Index) -> list[Country]:
    """Every place with the number of its public pilots, not the pilots. One query, or none."""
    return with_rows(in_countries(public.authorities, public))


def in_countries(counts: Mapping[str, int], public: Index) -> list[Country]:
    """The places of authorities by country, in order of its name; `counts` has their pilots, by slug.

    Authorities of one country whose place has the same name are at one place, that of the first with a position. One
    query, none for those that are cached.
    """
    places = authority_places(public, counts)
    return _grouped(_PilotsThere(places[slug], counts[slug], []) for slug in sorted(places))


def with_rows(found: list[Country]) -> list[Country]:
    """Countries of which the table lists all places; of too many, those of each with most pilots."""
    if sum(len(country.places) for country in found) <= MOST_PLACES:
        return found
    return [replace(one, places=_with_most(one.places, MOST_PLACES // len(found))) for one in found]


def without_rows(found: list[Country]) -> list[Country]:
    """Countries of which the table lists no place."""
    return [replace(one, places=_with_most(one.places, 0)) for one in found]


def _with_most(places: list[MapPlace], number: int) -> list[MapPlace]:
    listed = {place.key for place in nlargest(number, places, key=lambda place: place.count)}
    return [place if place.key in listed else replace(place, has_row=False) for place in places]


def with_pilots(found: list[Country], first: Callable[[MapPlace, int], Iterable[int]], public: Index) -> list[Country]:
    """Countries with the pilots to list at each place: what `first` says. Three queries, or none."""
    rows = [place for country in found for place in country.rows]
    each = of_each(sum(place.count for place in rows), len(rows))
    ids = {place.key: list(first(place, each)) for place in rows}
    pilots = {pilot.pk: pilot for pilot in pilots_of(public, [pk for some in ids.values() for pk in some])}
    listed = {key: [pilots[pk] for pk in some if pk in pilots] for key, some in ids.items()}
    return [
        replace(
            one, places=[replace(place, pilots=listed[place.key]) if place.has_row else place for place in one.places]
        )
        for one in found
    ]


def by_place(pilots: Iterable[Pilot]) -> list[Country]:
    """A few pilots by country and place. One query, for the authorities' texts."""
    rows = list(pilots)
    give_authorities(rows)
    return _grouped(map(_with, sorted(rows, key=lambda pilot: (pilot.authority.slug, pilot.slug))))


@dataclass(frozen=True)
class _PilotsThere:
    """Where an authority is, with so many pilots, and which, where that is asked for."""

    authority: AuthorityPlace
    count: int
    pilots: list[Pilot]


def _with(pilot: Pilot) -> _PilotsThere:
    authority: Any = pilot.authority
    place, name = (authority.text_in(field, current_language())[0] for field in ("place", "name"))
    position = (authority.latitude, authority.longitude)
    where = AuthorityPlace(authority.slug, place, name, authority.country.code, position)
    return _PilotsThere(where, 1, [pilot])


def _grouped(rows: Iterable[_PilotsThere]) -> list[Country]:
    found: dict[str, dict[str, list[_PilotsThere]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.authority.country][row.authority.place].append(row)
    named = sorted(((str(countries.name(code)), code) for code in found), key=lambda country: in_order(country[0]))
    return [Country(code, name, _in_order(starmap(_place, found[code].items()))) for name, code in named]


def _in_order(places: Iterable[MapPlace]) -> list[MapPlace]:
    return sorted(places, key=lambda place: in_order(place.name))


def _place(name: str, rows: list[_PilotsThere]) -> MapPlace:
    authorities = [row.authority for row in rows]
    positions = [authority.position for authority in authorities]
    latitude, longitude = next((position for position in positions if None not in position), (None, None))
    return MapPlace(
        key=authorities[0].pk,
        name=name,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        count=sum(row.count for row in rows),
        authorities={authority.pk: authority.name for authority in authorities},
        pilots=[pilot for row in rows for pilot in row.pilots],
    )
