"""Search: all words, each at the beginning of a word or by its stem; phrases, exclusions, other names for the same.

Ranked in four tiers and by nothing else: a pilot stands in the first tier k such that every word is found
within its title (1), its names and vocabulary too (2), its summary too (3), all its texts and lessons (4).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from pyroaring import BitMap

from pilots.find import catching_up
from pilots.find.asked import Asked, Piece, read
from pilots.find.expression import AllOf, Expression, Word, any_of, phrase
from pilots.find.marking import Looked
from pilots.find.synonyms import SHORTEST_BEGINNING, Synonyms, synonyms
from pilots.find.word_tables import EVERY, LESSONS, PILOTS, TIERS, Fts5, Tables, Tsvector, empty, find, matching
from pilots.find.words import joined, stem, tokens
from pilots.models import GlossaryTerm, Pilot

MOST_KEPT = 64  # searches whose findings a process keeps; with 100,000 pilots each takes up to 50 KB
AT_ONCE = 200  # pilots that a search catches up with before it answers
TABLES: dict[str, Tables] = {"sqlite": Fts5(), "postgresql": Tsvector()}


@dataclass(frozen=True)
class Found:
    """What a search found: ids of public pilots or lessons, and glossary terms.

    `is_complete` is False while words of changed pilots are still to be indexed.
    """

    asked: Asked
    ids: BitMap
    terms: tuple[GlossaryTerm, ...] = ()
    is_complete: bool = True
    table: str = PILOTS
    wanted: Expression | None = field(default=None, repr=False)
    unwanted: Expression | None = field(default=None, repr=False)
    synonyms: Synonyms | None = field(default=None, repr=False)
    within: dict[int, BitMap] = field(default_factory=dict, repr=False, compare=False)

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What every document found meets, one condition for each piece of the search that is wanted."""
        return self.wanted.parts if isinstance(self.wanted, AllOf) and self.asked.wanted else ()

    @cached_property
    def pieces(self) -> list[Looked]:
        """The same, as each is found again in texts."""
        return [Looked.of(part) for part in self.parts]

    @cached_property
    def looked(self) -> Looked | None:
        """The same in one, for marks."""
        return Looked.of(*self.parts) if self.parts else None

    @property
    def tiers(self) -> list[BitMap]:
        """The ids by tier, the best first; each id is in one of them."""
        return list(self.in_tiers())

    def in_tiers(self) -> Iterator[BitMap]:
        """Yield the ids of one tier after the other, for as long as there are some. One query a tier, once.

        Who shows the first page of many asks for no more than the first tier.
        """
        left = self.ids
        for tier in range(1, len(TIERS)):
            if not left or self.wanted is None:
                break
            if tier not in self.within:
                [self.within[tier]] = find(tables(), self.table, [(self.wanted, tier)])
            yield left & self.within[tier]
            left = left - self.within[tier]
        yield left

    def rows(self, tier: int = len(TIERS)) -> RawSQL | list[int]:
        """Return the ids found within the first tiers, as part of another query: there may be too many to send."""
        if self.wanted is None:
            return []
        sql, parameters = matching(tables(), self.table, self.wanted, tier)
        if self.unwanted is not None:
            excluded, more = matching(tables(), self.table, self.unwanted)
            sql, parameters = f"{sql} AND rowid NOT IN ({excluded})", [*parameters, *more]
        return RawSQL(sql, parameters)  # noqa: S611 (the words are parameters)


def search(words: str) -> Found:
    """Return the pilots that hold all of `words`. Three queries, two more after the content has changed."""
    return _find(words, PILOTS)


def search_lessons(words: str) -> Found:
    """Return the lessons that hold all of `words`, in their own text or in the names of their pilot."""
    return _find(words, LESSONS)


def search_in(table: str, words: str) -> Found:
    """Return what `table` holds with all of `words`, as `search` and `search_lessons` do."""
    return _find(words, table)


def index_words() -> None:
    """Index the words of all pilots that changed, however many they are."""
    catching_up.catch_up(tables())


def forget_words(sender: Any, *, using: str, **signal: Any) -> None:
    """Empty the tables of words when there are no pilots. Called after `migrate`, and `flush`, which misses them."""
    there = set(connection.introspection.table_names())
    if using == connection.alias and {PILOTS, Pilot._meta.db_table} <= there and not Pilot.objects.exists():
        empty()


def shortcomings() -> list[str]:
    """Return in words what the search cannot do on this database."""
    return tables().shortcomings()


def tables() -> Tables:
    """Return how this database keeps words."""
    return TABLES[connection.vendor]


def _find(words: str, table: str) -> Found:
    """Return what holds all of `words`; nothing when there is no letter or digit in them."""
    asked = read(words)
    if not asked.pieces:
        return Found(asked, BitMap())
    number, is_complete = catching_up.catch_up(tables(), AT_ONCE)
    if number is None or not is_complete:
        return _looked_up(asked, table, number, is_complete=is_complete)
    return kept(words, table, number, get_language())


@lru_cache(maxsize=MOST_KEPT)
def kept(words: str, table: str, number: int, language: str) -> Found:
    """Return what was found at this number of the content: who searches often goes on to filters and pages."""
    return _looked_up(read(words), table, number, is_complete=True)


def _looked_up(asked: Asked, table: str, number: int | None, *, is_complete: bool) -> Found:
    """Return what the database finds now. One query, two where the glossary has to be read."""
    known = synonyms(number)
    wanted = AllOf(tuple(condition(piece, known) for piece in asked.wanted) or (EVERY,))
    unwanted = any_of([condition(piece, known) for piece in asked.unwanted]) if asked.unwanted else None
    every = len(TIERS)
    ids, *excluded = find(tables(), table, [(wanted, every), *([(unwanted, every)] if unwanted else [])])
    for other in excluded:
        ids = ids - other
    return Found(asked, ids, _terms(asked, known), is_complete, table, wanted, unwanted, known)


def condition(piece: Piece, known: Synonyms) -> Expression:
    """Return what a document must hold, to hold one piece of a search."""
    if piece.is_quoted:
        return any_of([phrase(piece.words), *_as_one(piece, prefix=False), *known.of_phrase(piece.words)])
    if len(piece.words) == 1:
        return any_of(_forms(piece.words[0], piece, known))
    apart: Expression = phrase(piece.words, prefix=not piece.is_excluded)
    if not piece.is_excluded and min(map(len, piece.words)) >= SHORTEST_BEGINNING:
        apart = AllOf(tuple(any_of(_forms(word, piece, known)) for word in piece.words))
    return any_of([apart, *_as_one(piece, prefix=not piece.is_excluded), *known.of_phrase(piece.words)])


def _forms(word: str, piece: Piece, known: Synonyms) -> list[Expression]:
    """Return a word as a document may have it: itself, its beginning or stem, another name for the same."""
    is_beginning = len(word) >= SHORTEST_BEGINNING or (piece.is_last and len(word) > 1)
    stemmed = stem(word, get_language() or "en")
    forms: list[Expression] = [Word(word, is_beginning and not piece.is_excluded)]
    return [*forms, *([Word(stemmed)] if stemmed else []), *known.of_word(word)]


def _as_one(piece: Piece, *, prefix: bool) -> list[Expression]:
    """Return a compound as it is written in one word."""
    whole = joined(piece.words) if piece.is_compound else ""
    if not whole:
        return []
    stemmed = stem(whole, get_language() or "en") if not piece.is_quoted else ""
    return [Word(whole, prefix), *([Word(stemmed)] if stemmed else [])]


def _terms(asked: Asked, known: Synonyms) -> tuple[GlossaryTerm, ...]:
    """Return the glossary terms of which all wanted words begin a word of term, meaning or own wording."""
    wanted = {word for piece in asked.wanted for word in piece.words}
    if not wanted:
        return ()
    return tuple(term for term in known.terms if _begins_all(wanted, _explanation(term)))


def _begins_all(wanted: set[str], words: set[str]) -> bool:
    return all(any(word.startswith(asked) for word in words) for asked in wanted)


def _explanation(term: GlossaryTerm) -> set[str]:
    texts = [term.original, *(f"{row.term} {row.meaning}" for row in term.translations.all())]
    return {word for text in texts for token in tokens(text) for word in (*token.words, joined(token.words))}
