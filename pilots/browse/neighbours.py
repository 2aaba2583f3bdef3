"""Where a pilot stands in the visitor's own list: the one before, the one after, its number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pyroaring import BitMap

from pilots.browse.selection import Selection
from pilots.index.order import Order
from pilots.index.pilots import Index


class PilotList(Protocol):
    """Pilots as a visitor's list has them, in the order that `selection` names."""

    selection: Selection
    index: Index

    @property
    def tiers(self) -> Iterable[BitMap]:
        """The pilots of the list, in parts that come one after the other."""

    @property
    def order(self) -> Order:
        """The order of the pilots within each part."""


@dataclass(frozen=True)
class ListPosition:
    """The place of a pilot in a list of `total`: its number from 1, the ids of its neighbours or None at an end."""

    number: int
    total: int
    previous: int | None
    following: int | None


def position_of(pilot: int, pilots: PilotList) -> ListPosition | None:
    """Where the pilot of this id stands in the list that `pilots` makes, None when it is not in it. No query."""
    tiers = [tier for tier in pilots.tiers if tier]
    number = next((number for number, tier in enumerate(tiers) if pilot in tier), None)
    if number is None:
        return None
    own, order = tiers[number], pilots.order
    here = order.position(pilot)
    before, after = filter(own.__contains__, order.before(here)), filter(own.__contains__, order.after(here))
    return ListPosition(
        number=sum(map(len, tiers[:number])) + own.intersection_cardinality(BitMap(order.ids[:here])) + 1,
        total=sum(map(len, tiers)),
        previous=next(before, None) or _one_of(order, tiers[max(number - 1, 0) : number], -1),
        following=next(after, None) or _one_of(order, tiers[number + 1 : number + 2], 0),
    )


def _one_of(order: Order, tiers: list[BitMap], place: int) -> int | None:
    """The first (0) or last (-1) pilot of the only part of a list, None when there is no part."""
    for tier in tiers:
        return order.among(tier, place % len(tier), place % len(tier) + 1)[0]
    return None
