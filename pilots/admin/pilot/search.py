"""The search of the admin's lists and of its boxes that complete names: without case and accents, as for visitors.

Databases fold differently, SQLite not at all beyond ASCII, so the texts are read and compared here.
"""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.utils.text import smart_split, unescape_string_literal

from pilots.search.words import plain

LONGEST = 200  # characters
MOST_FOUND = 20_000  # rows; SQLite reads about 32,000 values in one query
QUOTES = '"“”„«»'  # one alone is half a phrase, still being typed
SIGNS = str.maketrans(dict.fromkeys("’‘ʼ＇", "'") | dict.fromkeys("‐‑", "-"))


def search(rows: QuerySet[Any], fields: Any, term: str) -> QuerySet[Any]:
    """The rows in whose `fields` each word of `term` stands, as part of a word too. One query a field."""
    words = [fold(_unquoted(bit)).strip(QUOTES) for bit in smart_split(term[:LONGEST])]
    wanted = [word for word in words if word]
    if not words:
        return rows
    texts: dict[Any, list[str]] = defaultdict(list)
    for field in fields:
        for pk, text in rows.order_by().values_list("pk", str(field).lstrip("^=@")):
            texts[pk].append(fold(str(text or "")))
    found = [pk for pk, said in texts.items() if wanted and all(any(word in text for text in said) for word in wanted)]
    return rows.filter(pk__in=found[:MOST_FOUND])


def fold(text: str) -> str:
    """`text` without case and accents, its apostrophes and hyphens of one kind."""
    return plain(text.translate(SIGNS)).strip()


def _unquoted(bit: str) -> str:
    """A phrase without the quotation marks that hold it together."""
    return unescape_string_literal(bit) if len(bit) > 1 and bit[0] in "\"'" and bit[0] == bit[-1] else bit
