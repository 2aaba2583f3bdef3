"""Where a pilot stands in the visitor's own list: the one before, the one after, its number."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from pilots.find.filters import ORDERS
from pilots.find.parameters import Selection
from pilots.models import Pilot


class PilotList(Protocol):
    """Pilots as a visitor's list has them, in the order that `selection` names."""

    selection: Selection

    @property
    def qs(self) -> QuerySet[Pilot]:
        """The pilots of the list."""


@dataclass(frozen=True)
class Place:
    """The place of a pilot in a list of `total`: its number from 1, the ids of its neighbours or None at an end."""

    number: int
    total: int
    previous: int | None
    following: int | None


def place_of(pilot: Pilot, pilots: PilotList) -> Place | None:
    """Return where `pilot` stands in the list that `pilots` makes, None when it is not in it. One query.

    Neighbours are found by comparing with the pilot itself, not by reading the list, so that a long
    list costs no more than a short one.
    """
    matching = pilots.qs
    order = ORDERS[pilots.selection.sort]
    before = matching.filter(_beyond(pilot, order, forwards=False))
    after = matching.filter(_beyond(pilot, order, forwards=True))
    found = Pilot.objects.filter(pk=pilot.pk).values_list(
        Exists(matching.filter(pk=OuterRef("pk"))),
        Subquery(before.reverse().values("pk")[:1]),
        Subquery(after.values("pk")[:1]),
        _number_of(before),
        _number_of(matching),
    )
    is_in, previous, following, earlier, total = found.get()
    return Place(earlier + 1, total, previous, following) if is_in else None


def _beyond(pilot: Pilot, order: tuple[str, str], *, forwards: bool) -> Q:
    """Return what comes after (or before) `pilot` in an order by two fields."""
    first, second = (_comparison(pilot, name, forwards=forwards) for name in order)
    same = order[0].removeprefix("-")
    return Q(first) | Q((same, _value(pilot, same)), second)


def _comparison(pilot: Pilot, name: str, *, forwards: bool) -> tuple[str, object]:
    field = name.removeprefix("-")
    greater = forwards != name.startswith("-")
    return f"{field}__{'gt' if greater else 'lt'}", _value(pilot, field)


def _value(pilot: Pilot, field: str) -> object:
    value: object = pilot
    for name in field.split("__"):
        value = getattr(value, name)
    return value


def _number_of(pilots: QuerySet[Pilot]) -> Coalesce:
    grouped = pilots.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)
