"""Words that documents have ever held, as they are spelt: what a misspelt word may have been meant to be.

A word stays when the last text with it goes. It is never shown unless a search finds public entries by it.
"""

from collections.abc import Iterable, Iterator

from django.db import connection

from pilots.search.tables import KNOWN_WORDS, Query, dialect
from pilots.search.words import COMPOUND, WORD, folded

SHORTEST = 4  # letters; what is shorter is too near to too much else
MOST_NEIGHBOURS = 500
BEGINNING = 2  # letters that are seldom wrong
BATCH = 300


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """The words of `texts` and how each is spelt, without a capital where one is written so."""
    found: dict[str, str] = {}
    written = set().union(*(COMPOUND.findall(text) for text in texts))
    for compound in sorted(written, reverse=True):  # small letters first
        words = folded(compound)
        parts = [compound] if len(words) == 1 else WORD.findall(compound)
        for word, spelling in zip(words, parts if len(parts) == len(words) else words, strict=True):
            if len(word) >= SHORTEST and word.isalpha():
                found.setdefault(word, spelling)
    return found


def add_known_words(found: dict[str, str]) -> None:
    """Keep words with their spelling, those that are not known yet. One query for some hundred words."""
    rows = sorted(found.items())
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        marks = ", ".join(["(%s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {KNOWN_WORDS} (word, spelling) VALUES {marks} ON CONFLICT DO NOTHING",  # noqa: S608
                [value for row in some for value in row],
            )


def similar_words(words: Iterable[str]) -> dict[str, dict[str, str]]:
    """For each word, the known ones that share letters with it or begin like it, with their spellings. One query.

    One more where the database has to be asked what it can.
    """
    found: dict[str, dict[str, str]] = {word: {} for word in words}
    queries = [(word, *query) for word in found for query in _queries(word)]
    if queries:
        selects = (
            f"SELECT %s, word, spelling FROM ({sql}) AS alike_{n}"  # noqa: S608 (no value is part of it)
            for n, (_word, sql, _parameters) in enumerate(queries)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(selects),
                [value for word, _sql, parameters in queries for value in (word, *parameters)],
            )
            for word, other, spelling in cursor.fetchall():
                found[word][other] = spelling
    return found


def _queries(word: str) -> Iterator[Query]:
    beginning = word[:BEGINNING]
    yield (
        f"SELECT word, spelling FROM {KNOWN_WORDS} WHERE word >= %s AND word < %s"  # noqa: S608
        f" AND length(word) BETWEEN %s AND %s ORDER BY word LIMIT {MOST_NEIGHBOURS}",
        [beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1), len(word) - 2, len(word) + 2],
    )
    yield from filter(None, [dialect().alike(word)])
