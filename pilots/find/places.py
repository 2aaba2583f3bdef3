"""Pilots by country and place, for the map and the table beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from pilots.find.browse import Narrowed
from pilots.find.shortlist import give_authorities
from pilots.models import Authority, Pilot
from pilots.models.translation import best_text


@dataclass(frozen=True)
class Place:
    """A place with its pilots, or only their `count`. `key` is the slug of one of its authorities.

    The position is in degrees, or None.
    """

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    pilots: list[Pilot]
    count: int

    @property
    def anchor(self) -> str:
        """The id of its row in the table."""
        return f"place-{self.key}"


@dataclass(frozen=True)
class Country:
    """A country with its places: ISO 3166-1 alpha-2 code and name."""

    code: str
    name: str
    places: list[Place]

    @property
    def count(self) -> int:
        """How many pilots it has."""
        return sum(place.count for place in self.places)


class Places(Narrowed):
    """Everything the map shows for one address. Raises BadAddress."""

    origin: ClassVar[str] = "map"

    @cached_property
    def countries(self) -> list[Country]:
        """The pilots that match, by country and place. Two queries."""
        return by_place(self.filter.qs.with_texts("authority"))

    @cached_property
    def count(self) -> int:
        """How many pilots match; counted from the table."""
        return sum(country.count for country in self.countries)

    @property
    def heading(self) -> str:
        """The heading of the page: how many pilots, of how many."""
        pilots = self.words.part(self.count, self.total) if self.selection else self.words.amount(self.total)
        return _("Map: %(pilots)s") % {"pilots": pilots}


@dataclass(frozen=True)
class _There:
    """An authority at its place, with so many pilots, and which, where that is asked for."""

    slug: str
    place: str
    country: str
    position: tuple[Any, Any]
    count: int
    pilots: list[Pilot]


def by_place(pilots: Iterable[Pilot]) -> list[Country]:
    """Return pilots by country, in order of its name, and place. One query, for the authorities' texts.

    Authorities of one country whose place has the same name are at one place, that of the first with a position.
    """
    rows = list(pilots)
    give_authorities(rows)
    return _grouped(map(_with, sorted(rows, key=lambda pilot: (pilot.authority.slug, pilot.slug))))


def all_places() -> list[Country]:
    """Return every place with the number of its public pilots, not the pilots. Two queries, however many."""
    counts = dict(Pilot.objects.published().order_by().values_list("authority").annotate(n=Count("pk")))
    facts = ("pk", "slug", "country", "latitude", "longitude")
    texts = ("translations__language_code", "translations__place")
    names: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
    for *authority, language, place in Authority.objects.public().order_by("slug").values_list(*facts, *texts):
        names[tuple(authority)][language] = place
    language = get_language() or "en"
    return _grouped(
        _There(slug, best_text(places, language)[0], str(country), tuple(position), counts.get(pk, 0), [])
        for (pk, slug, country, *position), places in names.items()
    )


def _with(pilot: Pilot) -> _There:
    authority: Any = pilot.authority
    place = authority.text_in("place", get_language() or "en")[0]
    position = (authority.latitude, authority.longitude)
    return _There(authority.slug, place, authority.country.code, position, 1, [pilot])


def _grouped(rows: Iterable[_There]) -> list[Country]:
    found: dict[str, dict[str, list[_There]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.country][row.place].append(row)
    named = sorted((str(countries.name(code)), code) for code in found)
    return [Country(code, name, [_place(*place) for place in found[code].items()]) for name, code in named]


def _place(name: str, rows: list[_There]) -> Place:
    positions = [row.position for row in rows]
    latitude, longitude = next((position for position in positions if None not in position), (None, None))
    return Place(
        key=rows[0].slug,
        name=name,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        pilots=[pilot for row in rows for pilot in row.pilots],
        count=sum(row.count for row in rows),
    )
