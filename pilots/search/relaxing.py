"""What to show when nothing holds all words of a search: what holds most of them."""

from collections.abc import Sequence
from typing import NamedTuple

from pyroaring import BitMap

MOST_GROUPS = 8  # choices of words that are followed; each is a part of the query that ranks what is found

Held = Sequence[BitMap]  # for each word the documents that hold it


class BestMatch(NamedTuple):
    """The documents that hold the most words, and which words they hold together, as places in the search."""

    ids: BitMap
    groups: list[tuple[int, ...]]


def best_match(held: Held) -> BestMatch:
    """The documents that hold the most words; none when no word is held. No query.

    Its cost grows with the square of the number of words, which is small, and not with the choices among them.
    """
    left = _at_most_often(held)
    found = BitMap()
    groups: list[tuple[int, ...]] = []
    while left and len(groups) < MOST_GROUPS:
        first = left[0]
        groups.append(tuple(n for n, ids in enumerate(held) if first in ids))
        same = BitMap.intersection(*(held[n] for n in groups[-1]))
        found, left = found | same, left - same
    return BestMatch(found, groups)


def _at_most_often(held: Held) -> BitMap:
    in_more_than: list[BitMap] = []  # at place n those in more than n sets
    for ids in held:
        carried = ids
        for n, before in enumerate(in_more_than):
            in_more_than[n], carried = before | carried, before & carried
        if carried:
            in_more_than.append(carried)
    return in_more_than[-1] if in_more_than else BitMap()
