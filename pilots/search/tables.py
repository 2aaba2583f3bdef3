"""The tables that hold the words of pilots and lessons, on either database. Made by migration 0006.

A document has four tiers: its title; names and vocabulary; its summary; its other texts. On SQLite they
are the columns of an FTS5 table. On PostgreSQL there is one tsvector for each tier, which holds the words
of the better tiers as well: an index answers all questions alone then, and no document has to be read
to find out in which part of it a word stands, as it would with weights.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connection
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.search.expression import Expression, Word, any_of, for_fts5, for_tsquery

PILOTS = "pilots_pilotwords"
LESSONS = "pilots_lessonwords"
KNOWN_WORDS = "pilots_knownword"
TIERS = ("title", "names", "summary", "texts")
BATCH = 100
MOST_ALIKE = 50
Query = tuple[str, list[str | int]]  # a SELECT, and its parameters
LAST_POSITION = 16_000  # PostgreSQL keeps none beyond
# PostgreSQL takes vectors of less than 1 MB: each word with its number of places, its first and what aligns it.
MOST_BYTES = 1_000_000
BYTES_OF_PLACE = 2
BYTES_OF_WORD = 6
EVERY = Word(":all")  # in the first tier of each document
CHECKED_ONLY = Word(":checked")  # in that of each that was made while unchecked translations were hidden


class Tier(NamedTuple):
    """Words of one part of a document: texts in order, for phrases, and whatever else it is found by."""

    texts: list[list[str]]
    others: set[str]


class Document(NamedTuple):
    """The words of one pilot or lesson, in as many tiers as there are."""

    id: int
    tiers: Sequence[Tier]


class Dialect(Protocol):
    """What differs between the databases."""

    def match(self, condition: Expression, tier: int) -> tuple[str, str]:
        """A condition in SQL with one parameter, and that parameter: it holds within the first `tier` tiers."""

    # Put before a search; it holds until the end of the statement, or of the transaction there is.
    before: str

    def ids(self, table: str, where: str) -> str:
        """The SELECT of the ids as one text, with commas between them."""

    def write(self, table: str, documents: Sequence[Document]) -> None:
        """Add documents, of which none is there."""

    def shortcomings(self) -> list[str]:
        """What this database cannot do, in words."""

    def alike(self, word: str) -> Query | None:
        """The SELECT of known words that share letters with `word`, and its parameters; None if it cannot."""


class Fts5:
    """SQLite."""

    before = ""

    def match(self, condition: Expression, tier: int) -> tuple[str, str]:
        columns = f"{{{' '.join(TIERS[:tier])}}} : " if tier < len(TIERS) else ""
        return "{table} MATCH %s", f"{columns}({for_fts5(condition)})"

    def ids(self, table: str, where: str) -> str:
        return f"SELECT group_concat(rowid) FROM {table} WHERE {where.format(table=table)}"  # noqa: S608

    def write(self, table: str, documents: Sequence[Document]) -> None:
        rows: list[tuple[Any, ...]] = [(document.id, *map(as_fts5, document.tiers)) for document in documents]
        marks = ", ".join(["%s"] * (len(TIERS) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} (rowid, {', '.join(TIERS)}) VALUES ({marks})", rows)  # noqa: S608

    def shortcomings(self) -> list[str]:
        """Nothing: FTS5 comes with SQLite."""
        return []

    def alike(self, word: str) -> Query:
        """The SELECT by FTS5's index of every three letters that follow one another."""
        threes = " OR ".join(f'"{word[n : n + 3]}"' for n in range(len(word) - 2))
        letters = f"{KNOWN_WORDS}_letters"
        sql = (
            f"SELECT word, spelling FROM {KNOWN_WORDS} WHERE id IN"  # noqa: S608
            f" (SELECT rowid FROM {letters} WHERE {letters} MATCH %s ORDER BY rank LIMIT {MOST_ALIKE})"
        )
        return sql, [threes]


class Tsvector:
    """PostgreSQL."""

    # Its planner does not know that reading vectors costs more than reading rows, and would read all of them.
    before = "SET LOCAL enable_seqscan = off; "

    def match(self, condition: Expression, tier: int) -> tuple[str, str]:
        return f"{TIERS[tier - 1]} @@ %s::tsquery", for_tsquery(condition)

    def ids(self, table: str, where: str) -> str:
        return f"SELECT string_agg(rowid::text, ',') FROM {table} WHERE {where}"  # noqa: S608

    def write(self, table: str, documents: Sequence[Document]) -> None:
        """Add the documents, many with one statement."""
        row = f"(%s{', %s::tsvector' * len(TIERS)})"
        for start in range(0, len(documents), BATCH):
            some = documents[start : start + BATCH]
            values: list[Any] = [value for document in some for value in (document.id, *as_vectors(document.tiers))]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} (rowid, {', '.join(TIERS)}) VALUES {', '.join([row] * len(some))}",  # noqa: S608
                    values,
                )

    def shortcomings(self) -> list[str]:
        """What is missed without pg_trgm. One query."""
        return [] if has_trigrams() else [_("pg_trgm is not installed, so fewer misspellings are understood.")]

    def alike(self, word: str) -> Query | None:
        """The SELECT by pg_trgm, which not every server has."""
        if not has_trigrams():
            return None
        sql = (
            f"SELECT word, spelling FROM {KNOWN_WORDS} WHERE word %% %s"  # noqa: S608
            f" ORDER BY similarity(word, %s) DESC, word LIMIT {MOST_ALIKE}"
        )
        return sql, [word, word]


DIALECTS: dict[str, Dialect] = {"sqlite": Fts5(), "postgresql": Tsvector()}


def dialect() -> Dialect:
    """What holds for the database of this site."""
    return DIALECTS[connection.vendor]


def has_trigrams() -> bool:
    """Whether this PostgreSQL has pg_trgm. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm')")
        return bool(cursor.fetchone()[0])


def as_fts5(tier: Tier) -> str:
    """A tier as FTS5 reads it; lone colons keep phrases from going on from one text into the next."""
    tokens = sorted(word for word in tier.others if is_token(word))
    words = sorted(word for word in tier.others if not is_token(word))
    return " : ".join([*map(" ".join, tier.texts), *words, " ".join(tokens)])


def is_token(word: str) -> bool:
    """Whether it is a stem or a value, with or without the mark of a page, and in no phrase."""
    return word.startswith(":") or "::" in word


def as_vectors(tiers: Sequence[Tier]) -> list[str]:
    """For each tier, the tsvector of its words and those of the better ones, as PostgreSQL writes it.

    Where a document has more words than PostgreSQL takes, those of its last tiers are left out.
    """
    places: dict[str, list[str]] = {}
    vectors = []
    positions: Counter[str] = Counter()  # by page: no phrase goes on from the words of one into those of another
    room = MOST_BYTES
    for tier in tiers:
        for word, place in _placed(tier, positions):
            room -= BYTES_OF_PLACE if word in places else len(word.encode()) + BYTES_OF_WORD
            if room < 0:
                break
            places.setdefault(word, []).extend([place] if place else [])
        vectors.append(" ".join(f"'{word}':{','.join(at)}" if at else f"'{word}'" for word, at in places.items()))
    return vectors


def _placed(tier: Tier, positions: Counter[str]) -> Iterator[tuple[str, str]]:
    """The words of a tier with their places, "" for what is in no phrase."""
    for text in filter(None, tier.texts):
        page = text[0].rpartition(":")[0]
        positions[page] += 1  # a gap, so that no phrase goes on from one text into the next
        for word in text:
            positions[page] = min(positions[page] + 1, LAST_POSITION)
            yield word, str(positions[page])
    yield from ((word, "") for word in tier.others)


def find_ids(table: str, conditions: Iterable[tuple[Expression, int]]) -> list[BitMap]:
    """The ids of the documents that meet each condition within so many tiers. One query."""
    sql = dialect()
    matches = [sql.match(condition, tier) for condition, tier in conditions]
    selects = (f"SELECT {n}, ({sql.ids(table, where)})" for n, (where, _query) in enumerate(matches))
    with connection.cursor() as cursor:
        cursor.execute(sql.before + " UNION ALL ".join(selects), [query for _where, query in matches])
        found: dict[int, str | None] = dict(cursor.fetchall())
    # Read as JSON, a hundred thousand numbers take a few milliseconds, half of what splitting takes.
    return [BitMap(json.loads(f"[{found[n] or ''}]")) for n in range(len(matches))]


def delete_documents(table: str, having: Sequence[Word]) -> None:
    """Take away the documents that hold one of the words. One query for some of them."""
    for start in range(0, len(having), BATCH):
        where, query = dialect().match(any_of(having[start : start + BATCH]), len(TIERS))
        found = f"SELECT rowid FROM {table} WHERE {where.format(table=table)}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE rowid IN ({found})", [query])  # noqa: S608


def delete_all_documents() -> None:
    """Take away all documents. Two queries."""
    for table in (PILOTS, LESSONS):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
