"""The orders of the list: the ids of all public pilots, sorted once, so that any part of a list is read off."""

from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from pyroaring import BitMap

ID = "I"  # four bytes, as in bitmaps

SortKey = tuple[Any, str]
# The key of a row, by its id.
KeyOf = Callable[[int], SortKey]


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What a pilot is sorted and placed by; `published` counts microseconds backwards, the newest first.

    `authority` is the slug of its authority.
    """

    country: str
    authority_kind: str
    authority: str
    slug: str
    published: int


class Order:
    """Ids in the order of their keys, which are unique. Never changed once made.

    Keys are made when they are asked for: of 100,000 pilots, they would take five times what their ids take.
    """

    def __init__(self, ids: "array[int]", key: KeyOf, *, backwards: bool = False) -> None:
        self.key, self.backwards = key, backwards
        self._forwards = ids
        self.ids = ids[::-1] if backwards else ids

    @classmethod
    def of(cls, ids: Iterable[int], key: KeyOf) -> Self:
        return cls(array(ID, sorted(ids, key=key)), key)

    def changed(self, changed: BitMap, present: Iterable[int], key: KeyOf) -> "Order":
        """The order without the rows that `changed`, and with those of them that are `present`, by their new keys."""
        ids = array(ID, (pk for pk in self.ids if pk not in changed))
        for pk in present:
            insort(ids, pk, key=key)
        return Order(ids, key)

    def reversed(self) -> "Order":
        return Order(self._forwards, self.key, backwards=True)

    def among(self, chosen: BitMap, start: int, stop: int) -> list[int]:
        """Number `start` (from 0) to `stop` of those that are chosen, in order; walks from the nearer end."""
        if len(chosen) == len(self.ids):
            return list(self.ids[start:stop])
        total = len(chosen)
        start, stop = min(start, total), min(stop, total)
        if start <= total // 2:
            return list(islice(filter(chosen.__contains__, self.ids), start, stop))
        from_the_end = islice(filter(chosen.__contains__, reversed(self.ids)), total - stop, total - start)
        return list(from_the_end)[::-1]

    def part(self, tiers: Iterable[BitMap], start: int, stop: int) -> list[int]:
        """Number `start` (from 0) to `stop` of those in `tiers`: one tier after the other, each in order."""
        ids: list[int] = []
        for tier in tiers:
            if stop <= 0:
                break
            if start < len(tier):
                ids += self.among(tier, max(start, 0), min(stop, len(tier)))
            start, stop = start - len(tier), stop - len(tier)
        return ids

    def beginning(self, first: str) -> "array[int]":
        """Those whose keys begin with `first`, which holds ASCII only. Not for an order backwards."""
        start, stop = (bisect_left(self.ids, (first, end), key=self.key) for end in ("", "\x7f"))
        return self.ids[start:stop]

    def position(self, pk: int) -> int:
        """Where the row with this id stands, from 0."""
        position = bisect_left(self._forwards, self.key(pk), key=self.key)
        return len(self.ids) - 1 - position if self.backwards else position

    def before(self, position: int) -> Iterator[int]:
        """Yield the ids before a position, the nearest first."""
        return (self.ids[place] for place in range(position - 1, -1, -1))

    def after(self, position: int) -> Iterator[int]:
        """Yield the ids after a position, the nearest first."""
        return islice(self.ids, position + 1, None)


class InTiers:
    """Ids in parts that come one after the other, each in an order; what pages are cut from."""

    def __init__(self, order: Order, tiers: list[BitMap]) -> None:
        self.order, self.tiers = order, tiers

    def __len__(self) -> int:
        return sum(map(len, self.tiers))

    def __getitem__(self, part: slice) -> list[int]:
        return self.order.part(self.tiers, part.start, part.stop)
