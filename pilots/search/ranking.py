"""What a search found, and in which order.

Ranked in four tiers and by nothing else: a pilot stands in the first tier k such that every word is found
within its title (1), its names and vocabulary too (2), its summary too (3), all its texts and lessons (4).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from pyroaring import BitMap

from pilots.models import GlossaryTerm
from pilots.search.conditions import SearchTerm
from pilots.search.expression import Expression
from pilots.search.highlight import Highlighter
from pilots.search.query import QueryPart, SearchQuery
from pilots.search.synonyms import Synonyms
from pilots.search.tables import PILOTS, TIERS, find_ids

FEW = 1000  # documents of which all tiers are asked for in one query


@dataclass(frozen=True)
class RelaxedSearch:
    """That nothing holds all words of a search: what is found holds `holds` of `of` words that are not stop words.

    `without` says for each of these words what holds all others, `alone` what holds this one; `missing` are those
    that nothing holds.
    """

    holds: int
    of: int
    stop_words: tuple[QueryPart, ...]
    without: dict[QueryPart, BitMap] = field(repr=False)
    alone: dict[QueryPart, BitMap] = field(repr=False)
    missing: tuple[QueryPart, ...]


@dataclass(frozen=True)
class SearchResult:
    """What a search found: ids of public pilots or lessons, and glossary terms.

    `is_complete` is False while words of changed pilots are still to be indexed. `relaxed` says that no document
    holds all words. `is_widened` says that some were found by names that were not typed.
    """

    query: SearchQuery
    ids: BitMap
    terms: tuple[GlossaryTerm, ...] = ()
    is_complete: bool = True
    table: str = PILOTS
    parts: tuple[SearchTerm, ...] = field(default=(), repr=False)
    wanted: Expression | None = field(default=None, repr=False)
    unwanted: Expression | None = field(default=None, repr=False)
    synonyms: Synonyms | None = field(default=None, repr=False)
    relaxed: RelaxedSearch | None = None
    is_widened: bool = False
    within: dict[int, BitMap] = field(default_factory=dict, repr=False, compare=False)

    @property
    def also(self) -> list[tuple[str, tuple[str, ...]]]:
        """The words that were looked for under other names as well, as they were typed, with these names."""
        if not self.is_widened:
            return []
        together = [(also, [part.piece for part in some]) for also, some in groupby(self.parts, attrgetter("also"))]
        return [(self.query.text[some[0].start : some[-1].end], also) for also, some in together if also]

    @property
    def elsewhere(self) -> list[tuple[str, str]]:
        """The words that only texts in another language have, as they were typed, with that language."""
        return [(self.query.typed(part.piece), part.page) for part in self.parts if part.is_elsewhere]

    @cached_property
    def pieces(self) -> list[Highlighter]:
        """What was looked for, piece by piece, as it is found again in texts."""
        return [Highlighter.of(part.condition) for part in self.parts]

    @cached_property
    def highlighter(self) -> Highlighter | None:
        """The same in one, for marks."""
        return Highlighter.of(*(part.condition for part in self.parts)) if self.parts else None

    @property
    def tiers(self) -> list[BitMap]:
        """The ids by tier, the best first; each id is in one of them."""
        return list(self.in_tiers())

    def in_tiers(self) -> Iterator[BitMap]:
        """Yield the ids of one tier after the other, for as long as there are some. One query a tier, once.

        Who shows the first page of many asks for no more than the first tier. Where there are few, all tiers are
        asked for at once.
        """
        left = self.ids
        for tier in range(1, len(TIERS)):
            if not left or self.wanted is None:
                break
            if tier not in self.within:
                tiers = range(1, len(TIERS)) if len(self.ids) <= FEW else [tier]
                conditions = [(self.wanted, one) for one in tiers]
                self.within.update(zip(tiers, find_ids(self.table, conditions), strict=True))
            yield left & self.within[tier]
            left = left - self.within[tier]
        yield left


# What no search finds.
NOTHING = SearchResult(SearchQuery("", ()), BitMap())
