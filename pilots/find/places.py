"""Pilots by country and place, for the map and the table beside it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilots.find.browse import Narrowed
from pilots.find.shortlist import give_authorities
from pilots.models import Authority, Pilot


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


# An authority, how many pilots it has at its place, and which, where that is asked for.
_There = tuple[Authority, int, list[Pilot]]


def by_place(pilots: Iterable[Pilot]) -> list[Country]:
    """Return pilots by country, in order of its name, and place. One query, for the authorities' texts.

    Authorities of one country whose place has the same name are at one place, that of the first with a position.
    """
    rows = list(pilots)
    give_authorities(rows)
    return _grouped((pilot.authority, 1, [pilot]) for pilot in sorted(rows, key=_slugs))


def all_places() -> list[Country]:
    """Return every place with the number of its public pilots, not the pilots. Three queries."""
    published = Pilot.objects.published().order_by()
    counts = dict(published.values_list("authority").annotate(n=Count("pk")))
    authorities = Authority.objects.public().order_by("slug").for_page()
    return _grouped((authority, counts[authority.pk], []) for authority in authorities if authority.pk in counts)


def _grouped(rows: Iterable[_There]) -> list[Country]:
    found: dict[tuple[str, str], dict[str, list[_There]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[_country_of(row[0])][_name_of(row[0])].append(row)
    return [
        Country(code, name, [_place(*place) for place in places.items()])
        for (name, code), places in sorted(found.items())
    ]


def _slugs(pilot: Pilot) -> tuple[str, str]:
    return pilot.authority.slug, pilot.slug


def _country_of(authority: Any) -> tuple[str, str]:
    return str(authority.country.name), authority.country.code


def _name_of(authority: Authority) -> str:
    return authority.text_in("place", get_language() or "en")[0]


def _place(name: str, rows: list[_There]) -> Place:
    positions = [(authority.latitude, authority.longitude) for authority, _count, _pilots in rows]
    latitude, longitude = next((position for position in positions if None not in position), (None, None))
    return Place(
        key=rows[0][0].slug,
        name=name,
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        pilots=[pilot for _authority, _count, pilots in rows for pilot in pilots],
        count=sum(count for _authority, count, _pilots in rows),
    )
