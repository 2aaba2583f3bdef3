"""What to ask instead where nothing, or not everything, was found: fewer words, fewer filters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from pyroaring import BitMap

from pilots.browse.facets import Facet
from pilots.browse.matches import Matches
from pilots.browse.wording import SEARCH, PilotWording, in_sentence
from prepare_portal.collation import in_order
from prepare_portal.phrases import quoted


@dataclass(frozen=True)
class WayOut:
    """A part of a selection that found nothing: how many rows the rest, or this part alone, would give."""

    label: str
    values: str
    query: str
    count: int
    amount: str


class WaysOut:
    """The addresses that a page offers in place of its own, most results first. No query.

    `chosen` are the facets that something is chosen of.
    """

    def __init__(self, matches: Matches, chosen: Iterable[Facet], words: PilotWording) -> None:
        self.matches, self.words, self.selection = matches, words, matches.selection
        self._parts = {facet.name: (facet.label, facet.chosen_words) for facet in chosen}
        if self.selection.q:
            self._parts["q"] = str(SEARCH), quoted(self.selection.q)

    @cached_property
    def without_word(self) -> list[WayOut]:
        """The search without each of its words, where nothing has all of them.

        Where nothing is shown at all, those that would show nothing either are left out.
        """
        relaxed, query = self.matches.found.relaxed, self.matches.found.query
        if not relaxed:
            return []
        others = self.matches.without("q")
        ways = [
            self._way(str(SEARCH), query.typed(piece), self.query_for(query.without(piece)), others & ids)
            for piece, ids in relaxed.without.items()
            if self.matches.ids or others & ids
        ]
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def only_word(self) -> list[WayOut]:
        """Each word of the search alone, where nothing has all of three or more."""
        relaxed, query = self.matches.found.relaxed, self.matches.found.query
        if not relaxed or len(relaxed.alone) < 3:  # each of two words is the search without the other
            return []
        others = self.matches.without("q")
        words = {query.typed(piece): others & ids for piece, ids in relaxed.alone.items() if others & ids}
        ways = [self._way(str(SEARCH), word, self.query_for(word), rows) for word, rows in words.items()]
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def without_part(self) -> list[WayOut]:
        """What to drop when nothing matches."""
        if self.matches.ids:
            return []
        ways = [
            self._way(*part, self.selection.without(name).query(), self.matches.without(name))
            for name, part in self._parts.items()
        ]
        return _by_use(ways)

    @cached_property
    def only_part(self) -> list[WayOut]:
        """What each part gives alone, when dropping one is not enough."""
        if self.matches.ids or self.without_part:
            return []
        public, having = self.matches.index.public, self.matches.having
        ways = [
            self._way(*part, self.selection.only(name).query(), having[name] & public)
            for name, part in self._parts.items()
        ]
        return _by_use(ways)

    def query_for(self, words: str) -> str:
        """The query string of the same choice with other words."""
        return replace(self.selection, q=words, page=1).query()

    def _way(self, label: str, values: str, query: str, rows: BitMap) -> WayOut:
        amount = self.words.amount(self.words.amount_of(rows, self.matches.index)) if rows else ""
        return WayOut(in_sentence(label), values, query, len(rows), amount)


def _by_use(ways: Iterable[WayOut]) -> list[WayOut]:
    return sorted((way for way in ways if way.count), key=lambda way: (-way.count, in_order(str(way.label))))
