"""The rows that match a selection, and their order."""

from collections.abc import Iterator

from pyroaring import BitMap

from pilots.browse.selection import RELEVANCE, Selection
from pilots.index.lessons import KIND
from pilots.index.order import Order
from pilots.index.pilots import Index
from pilots.models import Lesson
from pilots.models.translation import current_language
from pilots.search.ranking import SearchResult


class Matches:
    """The public rows that a selection chooses: which, and in which order.

    `index` holds the rows, pilots or lessons; `found` is what the words find. `having` maps each facet that is chosen
    from, and "q" where there are words, to the rows that it alone would give. What is asked here takes no query, except
    one for each tier of what was found.
    """

    def __init__(self, selection: Selection, rows: Index, found: SearchResult) -> None:
        self.selection, self.index, self.found, self.language = selection, rows, found, current_language()
        words = {"q": found.ids} if selection.q else {}
        facets = ((name, values) for name, values in selection.chosen.items() if name in rows.sets)
        self.having = {name: rows.having(name, values) for name, values in facets} | words
        self.ids = BitMap.intersection(rows.public, *self.having.values())

    def without(self, name: str) -> BitMap:
        """The rows that match all but one facet, or (name "q") all but the words."""
        return BitMap.intersection(self.index.public, *(ids for other, ids in self.having.items() if other != name))

    @property
    def tiers(self) -> Iterator[BitMap]:
        """The rows in parts that come one after the other, each of them in the chosen order."""
        if self.selection.sort != RELEVANCE:
            return iter([self.ids])
        return (self.ids & tier for tier in self.found.in_tiers())

    @property
    def order(self) -> Order:
        """The order within each part."""
        return self.index.order(self.selection.order, self.language)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, part: slice) -> list[int]:
        return self.order.part(self.tiers, part.start, part.stop)


class LessonMatches(Matches):
    """The lessons that a selection chooses, grouped by what they are: what was learnt before how they worked."""

    @property
    def tiers(self) -> Iterator[BitMap]:
        """The lessons in parts that come one after the other: kind by kind, the best match of each first."""
        tiers = list(super().tiers)
        kinds = [self.index.having(KIND, (kind,)) for kind in Lesson.Kind.values]
        return (tier & kind for kind in kinds for tier in tiers)
