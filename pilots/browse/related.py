"""Pilots that are like one another, and in what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import combinations

from pyroaring import BitMap

from pilots.index.facet_values import Classified
from pilots.index.per_version import VersionedCache
from pilots.index.pilots import Index

MOST_RELATED = 4
# What two pilots may share, and how much it says of them: with a partner in common they most likely met
# the same methods; a stage or a country in common alone says little.
WEIGHTS = {"partner": 5, "target": 3, "activity": 3, "audience": 2, "stage": 1, "country": 1}
TOO_LITTLE = WEIGHTS["stage"] + WEIGHTS["country"]


@dataclass(frozen=True)
class Related:
    """A related pilot's id, and for each facet the names of the values that both have."""

    pk: int
    shared: dict[str, list[str]]


ALIKE: VersionedCache[list[int]] = VersionedCache(most=10_000)  # by the pilot's id


def like(pilot: int, index: Index) -> list[int]:
    """The ids of the public pilots that share most with the one of this id, the closest first. No query.

    Closeness is the sum of the weights of the facets in which both have a value in common. Pilots that
    have no more in common than a stage and a country are left out.
    """
    return ALIKE.get_or_make(index.number, pilot, lambda: _like(pilot, index))


def _like(pilot: int, index: Index) -> list[int]:
    alike: list[int] = []
    for pilots in closest_first({facet: sharing(facet, pilot, index) for facet in WEIGHTS}):
        alike += nsmallest(MOST_RELATED - len(alike), pilots, key=lambda pk: index.facts[pk].slug)
        if len(alike) == MOST_RELATED:
            break
    return alike


def sharing(facet: str, pilot: int, index: Index) -> BitMap:
    having = [pilots for pilots in index.sets[facet].values() if pilot in pilots]
    return BitMap.union(*having) - BitMap([pilot]) if having else BitMap()


def closest_first(sharing: dict[str, BitMap]) -> Iterator[BitMap]:
    """Yield the pilots of each closeness, the closest first; `sharing` are those that share each facet."""
    by_weight: dict[int, list[tuple[str, ...]]] = {}
    for size in range(1, len(WEIGHTS) + 1):
        for facets in combinations(WEIGHTS, size):
            by_weight.setdefault(sum(WEIGHTS[facet] for facet in facets), []).append(facets)
    for weight in sorted(by_weight, reverse=True):
        if weight > TOO_LITTLE:
            yield BitMap.union(*(exactly(facets, sharing) for facets in by_weight[weight]))


def exactly(facets: tuple[str, ...], sharing: dict[str, BitMap]) -> BitMap:
    """The pilots that share these facets and no other."""
    others = [pilots for facet, pilots in sharing.items() if facet not in facets]
    return BitMap.intersection(*(sharing[facet] for facet in facets)).difference(*others)


def shared_values(pilot: int, others: Iterable[int], values: dict[int, Classified]) -> list[Related]:
    """What each of `others` shares with `pilot`, by the values of each pilot. No query."""
    return [Related(other, _in_common(values[pilot], values[other])) for other in others if other in values]


def _in_common(own: Classified, theirs: Classified) -> dict[str, list[str]]:
    shared = {facet: [name for value, name in own[facet].items() if value in theirs[facet]] for facet in WEIGHTS}
    return {facet: names for facet, names in shared.items() if names}
