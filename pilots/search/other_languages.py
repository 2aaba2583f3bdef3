"""Words that no text of the page's language has: looked for among names and texts of the other languages."""

from collections.abc import Sequence
from typing import NamedTuple

from pyroaring import BitMap

from pilots.search.conditions import SearchTerm
from pilots.search.page_languages import PAGES
from pilots.search.query import QueryPart
from pilots.search.tables import TIERS, find_ids

MOST_WORDS = 4  # of one search that are looked for


class HeldTerm(NamedTuple):
    """A part of a search, and the documents that hold it."""

    term: SearchTerm
    ids: BitMap


def in_other_languages(table: str, held: Sequence[HeldTerm]) -> list[HeldTerm]:
    """The same parts, those that nothing holds as names of another language, or as texts of that which most have.

    One query, none where nothing is missing. Stop words are not looked for: they are given up.
    """
    missing = [one.term for one in held if not one.ids and not one.term.piece.is_stop_word][:MOST_WORDS]
    terms = [term.by_foreign_names() for term in missing if term.foreign]
    terms += [term.elsewhere(page) for term in missing for page in PAGES if page != term.page]
    sets = find_ids(table, [(term.on_page, len(TIERS)) for term in terms]) if terms else []
    best: dict[QueryPart, HeldTerm] = {}
    for one in map(HeldTerm, terms, sets):
        present = best.get(one.term.piece)
        if one.ids and (not present or (present.term.is_elsewhere and len(present.ids) < len(one.ids))):
            best[one.term.piece] = one
    return [best.get(one.term.piece, one) for one in held]
