"""Where a pilot stands in the visitor's own list: the one before, the one after, its number."""

from dataclasses import dataclass
from typing import Protocol

from pyroaring import BitMap

from pilots.find.index import Index
from pilots.find.parameters import Selection
from pilots.models import Pilot


class PilotList(Protocol):
    """Pilots as a visitor's list has them, in the order that `selection` names."""

    selection: Selection
    index: Index

    @property
    def ids(self) -> BitMap:
        """The pilots of the list."""


@dataclass(frozen=True)
class Place:
    """The place of a pilot in a list of `total`: its number from 1, the ids of its neighbours or None at an end."""

    number: int
    total: int
    previous: int | None
    following: int | None


def place_of(pilot: Pilot, pilots: PilotList) -> Place | None:
    """Return where `pilot` stands in the list that `pilots` makes, None when it is not in it. No query."""
    if pilot.pk not in pilots.ids:
        return None
    order, facts = pilots.index.orders[pilots.selection.sort], pilots.index.facts[pilot.pk]
    here = order.position(facts.published if pilots.selection.sort == "newest" else facts.place)
    return Place(
        number=pilots.ids.intersection_cardinality(BitMap(order.ids[:here])) + 1,
        total=len(pilots.ids),
        previous=next(filter(pilots.ids.__contains__, order.before(here)), None),
        following=next(filter(pilots.ids.__contains__, order.after(here)), None),
    )
