"""The orders of the list: the ids of all public pilots, sorted once, so that any part of a list is read off."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from pyroaring import BitMap

SortKey = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What a pilot is sorted and placed by; `published` counts microseconds backwards, the newest first."""

    country: str
    authority_kind: str
    place: SortKey
    published: SortKey

    @property
    def authority(self) -> str:
        """The slug of the pilot's authority."""
        return str(self.place[0])

    @property
    def slug(self) -> str:
        """The pilot's slug."""
        return self.place[1]


class Order:
    """Ids in the order of their keys, which are unique. Never changed once made."""

    def __init__(self, keys: list[SortKey], ids: Sequence[int], *, backwards: bool = False) -> None:
        self.keys = keys
        self.ids = ids[::-1] if backwards else ids
        self.backwards = backwards

    @classmethod
    def of(cls, facts: dict[int, OrderFacts], key: Callable[[OrderFacts], SortKey]) -> Self:
        ids = sorted(facts, key=lambda pk: key(facts[pk]))
        return cls([key(facts[pk]) for pk in ids], ids)

    def changed(self, removed: Iterable[SortKey], added: Iterable[tuple[SortKey, int]]) -> "Order":
        """The order without some keys and with others."""
        keys, ids = self.keys.copy(), list(self.ids)
        for key in removed:
            position = bisect_left(keys, key)
            del keys[position], ids[position]
        for key, pk in added:
            position = bisect_left(keys, key)
            keys.insert(position, key)
            ids.insert(position, pk)
        return Order(keys, ids)

    def reversed(self) -> "Order":
        return Order(self.keys, self.ids, backwards=True)

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

    def beginning(self, first: str) -> Sequence[int]:
        """Those whose keys begin with `first`, which holds ASCII only. Not for an order backwards."""
        return self.ids[bisect_left(self.keys, (first, "")) : bisect_left(self.keys, (first, "\x7f"))]

    def position(self, key: SortKey) -> int:
        """Where the pilot with this key stands, from 0."""
        position = bisect_left(self.keys, key)
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
