"""Words as the search compares them: without case and accents, joined where a hyphen or apostrophe stands, stemmed.

All of it is done here and not in the database, so that every database finds the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

# Accents that stand apart from their letter, soft hyphens and marks without width belong to the word they stand in.
INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\ufeff"
LETTERS = rf"[^\W_]+(?:[{INSIDE}]+[^\W_]*)*"
JOINED_BY = "-‐‑'’‘ʼ＇·"
COMPOUND = re.compile(rf"{LETTERS}(?:[{JOINED_BY}]{LETTERS})*")
WORD = re.compile(r"[^\W_]+")
# Letters that Unicode does not take apart.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
    | dict.fromkeys(map(chr, (0x00AD, 0x200B, 0x200C, 0x200D, 0xFEFF)))
)
LONGEST_WORD = 64
LONGEST_COMPOUND = 6  # words
SHORTEST_STEMMED = 3  # letters
ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "nl": "dutch", "sv": "swedish"}

# Words that a sentence is built with. Each list is short: a word that could be looked for is not in it.
FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "au",
        "aux",
        "d",
        "dans",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "ou",
        "par",
        "pour",
        "s",
        "un",
        "une",
        "con",
        "del",
        "el",
        "los",
        "las",
        "para",
        "por",
        "que",
        "se",
        "una",
        "y",
        "een",
        "het",
        "met",
        "naar",
        "of",
        "op",
        "te",
        "van",
        "voor",
        "att",
        "av",
        "den",
        "det",
        "ett",
        "for",
        "i",
        "med",
        "och",
        "om",
        "som",
        "till",
    ]
)


class Token(NamedTuple):
    """A word or compound in a text: where it stands, and its words as they are compared."""

    start: int
    end: int
    words: tuple[str, ...]


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of `text` in order; those that a hyphen or apostrophe joins are one token."""
    for match in COMPOUND.finditer(text):
        words = folded(match[0])
        if words:
            yield Token(match.start(), match.end(), words)


@lru_cache(maxsize=1 << 16)
def folded(compound: str) -> tuple[str, ...]:
    """Return the words of a compound without case and accents: "L’Hospitalet" gives ("l", "hospitalet")."""
    return tuple(word[:LONGEST_WORD] for word in WORD.findall(plain(compound)))


def plain(text: str) -> str:
    """Return `text` without case and accents. Some signs become capitals when taken apart: hence twice."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(PLAIN)


def joined(words: tuple[str, ...]) -> str:
    """Return a compound written as one word, "" for a single word and for a chain of many."""
    return "".join(words)[:LONGEST_WORD] if 1 < len(words) <= LONGEST_COMPOUND else ""


@lru_cache(maxsize=1 << 16)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word marked with its language, ":en:train"; "" for languages without rules.

    The mark keeps stems apart from words: no word begins with a colon.
    """
    if language not in ALGORITHMS or len(word) < SHORTEST_STEMMED:
        return ""
    return f":{language}:{_stemmer(language).stemWord(word)}"


@lru_cache(maxsize=1 << 16)
def forms(compound: str, language: str) -> frozenset[str]:
    """Return what else a word or compound of a text is found by: as one word, and by stems."""
    words = folded(compound)
    whole = joined(words)
    return frozenset({whole, *(stem(word, language) for word in (*words, whole))} - {""})


@lru_cache(maxsize=8)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(ALGORITHMS[language])
