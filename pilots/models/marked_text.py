"""Texts that know which language they are in, so that it can be marked wherever they are shown."""

from collections.abc import Iterable, Iterator
from typing import Any, Self

from pilots.models.translation import current_language


class MarkedText(str):
    """A text with the language to mark it with, "" to claim none. A plain string is in the page's."""

    __slots__ = ("language",)

    language: str

    def __new__(cls, words: str, language: str = "") -> Self:
        text = super().__new__(cls, words)
        text.language = language
        return text


def marked_text_of(row: Any, field: str) -> MarkedText:
    """A text of `row` as the page shows it. No query when its texts are prefetched."""
    words, stored_in = row.text_in(field, current_language())
    return MarkedText(words, row.language_of(field, stored_in))


def originals(terms: Iterable[Any]) -> tuple[MarkedText, ...]:
    """The words in another language that terms of the glossary stand for."""
    return tuple(MarkedText(term.original, term.original_language) for term in terms if term.original)


def pieces(words: str, names: Iterable[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield `words` cut where `names` stand in them, one after the other, each piece with its language."""
    own, rest = _language_of(words), str(words)
    for name in names:
        before, found, after = rest.partition(name)
        if found:
            yield before, own
            yield found, _language_of(name)
            rest = after
    yield rest, own


def _language_of(words: str) -> str:
    return words.language if isinstance(words, MarkedText) else current_language()
