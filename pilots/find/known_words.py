"""Words that documents have ever held, as they are spelt: what a misspelt word may have been meant to be.

A word stays when the last text with it goes. It is never shown unless a search finds public entries by it.
"""

from collections.abc import Iterable

from django.db import connection

from pilots.find.words import tokens

SHORTEST = 4  # letters; what is shorter is too near to too much else
MOST_CANDIDATES = 50
BATCH = 300
TABLE = "pilots_knownword"


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of `texts` and how each is spelt; without a capital where it is found so."""
    found: dict[str, str] = {}
    for text in texts:
        for token in tokens(text):
            written = text[token.start : token.end]
            if len(token.words) > 1:
                found |= {word: word for word in token.words if len(word) >= SHORTEST and word not in found}
            elif len(written) >= SHORTEST and (token.words[0] not in found or written.islower()):
                found[token.words[0]] = written
    return {word: spelling for word, spelling in found.items() if word.isalpha()}


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
