"""Words that documents have ever held, as they are spelt: what a misspelt word may have been meant to be.

A word stays when the last text with it goes. It is never shown unless a search finds public entries by it.
"""

from collections.abc import Iterable

from django.db import connection

from pilots.find.words import COMPOUND, folded

SHORTEST = 4  # letters; what is shorter is too near to too much else
MOST_CANDIDATES = 50
BATCH = 300
TABLE = "pilots_knownword"


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of `texts` and how each is spelt, without a capital where one is written so."""
    found: dict[str, str] = {}
    written = set().union(*(COMPOUND.findall(text) for text in texts))
    for compound in sorted(written, reverse=True):  # small letters first
        words = folded(compound)
        spelt = [compound] if len(words) == 1 else words
        for word, spelling in zip(words, spelt, strict=True):
            if len(word) >= SHORTEST and word.isalpha():
                found.setdefault(word, spelling)
    return found


def add(found: dict[str, str]) -> None:
    """Keep words with their spelling, those that are not known yet. One query for some hundred words."""
    rows = sorted(found.items())
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        marks = ", ".join(["(%s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (word, spelling) VALUES {marks} ON CONFLICT DO NOTHING",  # noqa: S608
                [value for row in some for value in row],
            )
