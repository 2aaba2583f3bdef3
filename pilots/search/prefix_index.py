"""Which rows have a word that begins with given letters: sorted words, and the rows of each in one array.

The words with the same beginning stand together, and so do their rows. A hundred thousand titles take a tenth
of the memory that they would take as texts.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain

from pyroaring import BitMap

from pilots.search.spelling import spelling_key
from pilots.search.stop_words import ALL_FUNCTION_WORDS
from pilots.search.words import joined, search_tokens, unelided

# Stand before the first word of a text, and before a word that counts only when it is typed in full, such as
# “from”; no word has them.
FIRST, WHOLE = "^", "="
LAST = "\U0010ffff"  # comes after every letter


class PrefixIndex:
    """The words of rows with a text each; a row is a number. Never changed once made."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for row, text in texts:
            for word in keys(text):
                found[word].append(row)
        self.words = sorted(found)
        self.ends = array("I", accumulate((len(found[word]) for word in self.words), initial=0))
        self.rows = array("I", chain.from_iterable(found[word] for word in self.words))

    def having(self, words: list[str]) -> BitMap:
        """The rows in which each of the words begins a word."""
        return BitMap.intersection(*map(self._beginning, words)) if words else BitMap()

    def starting(self, words: list[str]) -> BitMap:
        """The rows of which the text itself begins with the first of the words."""
        return self._between(FIRST + words[0], FIRST + words[0] + LAST) if words else BitMap()

    def _beginning(self, start: str) -> BitMap:
        spellings = (self._between(one, one + LAST) for one in {start, spelling_key(start)})
        return BitMap.union(*spellings, self._between(WHOLE + start, WHOLE + start + "\0"))

    def _between(self, first: str, last: str) -> BitMap:
        start, end = bisect_left(self.words, first), bisect_left(self.words, last)
        return BitMap(self.rows[self.ends[start] : self.ends[end]])


@dataclass(frozen=True)
class LayeredIndex:
    """The words of rows at one number of the content, and above them those of the rows that have changed since."""

    number: int | None
    base: PrefixIndex
    changed: BitMap = field(default_factory=BitMap)
    above: PrefixIndex = field(default_factory=lambda: PrefixIndex(()))

    @cached_property
    def all_rows(self) -> BitMap:
        """The rows with any word."""
        return BitMap(self.base.rows) - self.changed | BitMap(self.above.rows)

    def having(self, words: list[str]) -> BitMap:
        """The rows in which each of the words begins a word."""
        return self.base.having(words) - self.changed | self.above.having(words)

    def starting(self, words: list[str]) -> BitMap:
        """The rows of which the text itself begins with the first of the words."""
        return self.base.starting(words) - self.changed | self.above.starting(words)


NO_ROWS = LayeredIndex(None, PrefixIndex(()))


@dataclass(frozen=True)
class TranslatedIndex:
    """The words of rows as pages in one language show them: those of the original but where `own` has a row."""

    original: LayeredIndex
    own: LayeredIndex = NO_ROWS

    def having(self, words: list[str]) -> BitMap:
        """The rows in which each of the words begins a word."""
        return self.original.having(words) - self.own.all_rows | self.own.having(words)

    def starting(self, words: list[str]) -> BitMap:
        """The rows of which the text itself begins with the first of the words."""
        return self.original.starting(words) - self.own.all_rows | self.own.starting(words)


def typed_words(text: str) -> list[str]:
    """The words of what was typed, each once, as they are compared."""
    found = (unelided(text[token.start : token.end]) for token in search_tokens(text))
    return list(dict.fromkeys(one.word for some in found for one in some))


def keys(text: str) -> set[str]:
    """The words of a text as they are indexed, compounds also as one word."""
    spelt = [words for part in text.split() for words in _spelt(part)]
    found = {spelling for word in chain.from_iterable(spelt) for spelling in (word, spelling_key(word))}
    first = {spelt[0][0], spelt[0][-1]} if spelt else set()
    whole = found & ALL_FUNCTION_WORDS - first
    return {*(found - whole), *(WHOLE + word for word in whole), *(FIRST + word for word in first)}


@lru_cache(maxsize=1 << 14)
def _spelt(part: str) -> list[tuple[str, ...]]:
    """The words of each token in a part of a text, and after those of a compound both in one."""
    return [
        (*token.words, joined(token.words)) if len(token.words) > 1 else token.words for token in search_tokens(part)
    ]
