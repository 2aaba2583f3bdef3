"""What a search that finds nothing may have been meant to be. Only what finds public entries is suggested."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import islice, product
from typing import NamedTuple

from pyroaring import BitMap

from pilots.find.asked import Asked
from pilots.find.expression import Word
from pilots.find.known_words import SHORTEST, near, spellings
from pilots.find.search import Found, search_in, tables
from pilots.find.synonyms import Synonyms
from pilots.find.word_tables import TIERS, find
from pilots.find.words import LETTERS, folded

LIKE = 0.7  # from 0 for nothing in common to 1 for the same
MOST_WORDS = 4  # that are looked up of one search
MOST_SPELLINGS = 3  # of each of them
MOST_TRIED = 4  # searches


class Typed(NamedTuple):
    """A word as it was typed: where it stands, and how it is compared."""

    start: int
    end: int
    word: str


def suggestion(found: Found, public: BitMap | None = None) -> str:
    """Return another spelling of a search that found nothing, "" when there is none that finds any of `public`.

    Some queries for each word that nothing begins with.
    """
    unknown = _unknown(found, list(islice(_typed(found.asked), MOST_WORDS)))
    if found.ids or not unknown or found.synonyms is None:
        return ""
    choices = [_spellings(typed.word, found.synonyms) for typed in unknown]
    for chosen in islice(product(*choices), MOST_TRIED):
        words = _respelt(found.asked.text, unknown, chosen)
        other = search_in(found.table, words)
        if other.ids if public is None else other.ids & public:
            return words
    return ""


def _typed(asked: Asked) -> Iterator[Typed]:
    """Yield the wanted words that are long enough to be misspelt."""
    for piece in asked.wanted:
        for match in re.finditer(LETTERS, asked.text[piece.start : piece.end]):
            word = "".join(folded(match[0]))
            if len(word) >= SHORTEST:
                yield Typed(piece.start + match.start(), piece.start + match.end(), word)


def _unknown(found: Found, typed: list[Typed]) -> list[Typed]:
    """Return the words with which no word of any document begins. One query."""
    if not typed:
        return []
    ids = find(tables(), found.table, [(Word(one.word, prefix=True), len(TIERS)) for one in typed])
    return [one for one, having in zip(typed, ids, strict=True) if not having]


def _spellings(word: str, synonyms: Synonyms) -> list[str]:
    """Return how words are spelt that are like this one, the most alike first."""
    known = near(tables(), word) | spellings(synonyms.names())
    alike = sorted((-likeness, other) for other, likeness in _likeness(word, known) if other != word)
    return [known[other] for _likeness, other in alike[:MOST_SPELLINGS]]


def _likeness(word: str, others: Iterable[str]) -> Iterator[tuple[str, float]]:
    matcher = SequenceMatcher(b=word, autojunk=False)
    for other in others:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE:
            yield other, matcher.ratio()


def _respelt(text: str, words: list[Typed], spelt: Iterable[str]) -> str:
    """Return `text` with these words spelt otherwise."""
    parts, here = [], 0
    for typed, spelling in zip(words, spelt, strict=True):
        parts += [text[here : typed.start], spelling]
        here = typed.end
    return "".join([*parts, text[here:]])
