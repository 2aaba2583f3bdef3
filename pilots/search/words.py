"""Words as the search compares them: without case and accents, joined where a dash or apostrophe stands, stemmed.

All of it is done here and not in the database, so that every database finds the same.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, takewhile
from typing import NamedTuple

import snowballstemmer

from pilots.search.spelling import spelling_key

INVISIBLE = dict.fromkeys((0x00AD, 0x034F, *range(0x200B, 0x200E), 0xFEFF, *range(0xFE00, 0xFE10)))
# Accents that stand apart from their letter, vowels of Arabic, Hindi or Thai: “\w” has none of them. Those of scripts
# that are written no more are above; a pattern that holds them takes four times as long.
MARKS = "".join(char for char in map(chr, range(1 << 16)) if unicodedata.category(char) in {"Mn", "Mc"}).translate(
    INVISIBLE
)
INSIDE = MARKS + "".join(map(chr, INVISIBLE))
LETTERS = rf"[^\W_]+(?:[{INSIDE}](?:[^\W_]|[{INSIDE}])*)?"
APOSTROPHES = "'’‘ʼ＇`´′"
JOINED_BY = f"-‐‑‒–—−·{APOSTROPHES}"
ABBREVIATION = r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])"  # "N.G.O"
COMPOUND = re.compile(rf"{ABBREVIATION}|{LETTERS}(?:[{JOINED_BY}]{LETTERS})*")
WORD = re.compile(rf"[^\W_]+(?:[{MARKS}](?:[^\W_]|[{MARKS}])*)?")
CUT_OFF = re.compile(f"[{APOSTROPHES}]")
ABBREVIATIONS = re.compile("^([^aeiouy]{2,}[aeiouy]?)s$")  # "NGOs", of which the English rules keep the s
DUTCH_ARTICLE = re.compile("^[sS][-‐‑]")  # of "’s-Gravenhage"
# What an apostrophe cuts off, apart from single letters; the rest is the word that is meant.
ELIDED = frozenset(("qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "ll", "re", "ve"))
# Letters that Unicode does not take apart.
PLAIN = INVISIBLE | str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
LONGEST_WORD = 64
LONGEST_COMPOUND = 6  # words
SHORTEST_STEMMED = 3  # letters
SHORTEST_DEFINITE = 6
# How much of two words must be the same before they are forms of one: “during” has a stem in common with “durée”.
SAME_BEGINNING = 0.7
SWEDISH = "sv"
SWEDISH_LETTERS = "åäö"
SWEDISH_NOUN = re.compile("(?<=[^\\W\\d_]{5})ning$|(?<=er)ing$")  # not “tidning”, “förening”
ALGORITHMS = {"en": "english", "fr": "french", "es": "spanish", "nl": "dutch", "sv": "swedish"}


class SearchToken(NamedTuple):
    """A word or compound in a text: where it stands, and its words as they are compared."""

    start: int
    end: int
    words: tuple[str, ...]


def search_tokens(text: str) -> Iterator[SearchToken]:
    """Yield the words of `text` in order; those that a hyphen or apostrophe joins are one token."""
    for match in COMPOUND.finditer(text):
        words = folded(match[0])
        if words:
            yield SearchToken(match.start(), match.end(), words)


@lru_cache(maxsize=1 << 16)
def folded(compound: str) -> tuple[str, ...]:
    """The words of a compound without case and accents: "L’Hospitalet" gives ("l", "hospitalet")."""
    return tuple(word[:LONGEST_WORD] for word in WORD.findall(plain(compound)))


def plain(text: str) -> str:
    """`text` without case and accents. Some signs become capitals when taken apart: hence twice."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(PLAIN)


class SpelledWord(NamedTuple):
    """A word without case and accents, and with its accents, which stems need."""

    word: str
    written: str


def spelled(compound: str) -> tuple[SpelledWord, ...]:
    words = folded(compound)
    written = WORD.findall(unicodedata.normalize("NFC", compound.casefold()).translate(INVISIBLE))
    return tuple(map(SpelledWord, words, written if len(written) == len(words) else words))


def unelided(compound: str) -> tuple[SpelledWord, ...]:
    """The words of a compound without what an apostrophe cuts off: "d’Avignon", "Malaga’s"."""
    parts = [spelled(part) for part in CUT_OFF.split(DUTCH_ARTICLE.sub("", compound))]
    meant = [part for part in parts if len(part) != 1 or not (len(part[0].word) == 1 or part[0].word in ELIDED)]
    return tuple(chain.from_iterable(meant)) or spelled(compound)


def joined(words: tuple[str, ...]) -> str:
    """A compound written as one word, "" for a single word and for a chain of many."""
    return "".join(words)[:LONGEST_WORD] if 1 < len(words) <= LONGEST_COMPOUND else ""


def stems(one: SpelledWord, language: str) -> set[str]:
    """The stems of a word, each marked with the language: ":en:train". None for languages without rules.

    The mark keeps stems apart from words: no word begins with a colon. The rules need accents ("municipalités"),
    visitors often leave them out, so both forms are stemmed. Endings may follow one another ("mötena"), so what is
    left is stemmed again, but not in English, whose words would become too short. The Swedish rules leave most
    definite forms of neuters alone, and nouns made of verbs: “fängelset” is stemmed as “fängelse” too, “bedömning” as
    “bedöma”, “integrering” as “integrera”.
    """
    if language not in ALGORITHMS:
        return set()
    words = {ABBREVIATIONS.sub(r"\1", spelling_key(one.word))} if language == "en" else set(one)
    if language == SWEDISH:
        words |= {word[:-1] for word in words if word.endswith("et") and len(word) >= SHORTEST_DEFINITE}
    found = {_stem(word, language) for word in words if len(word) >= SHORTEST_STEMMED}
    if language == SWEDISH:
        found |= {_stem(SWEDISH_NOUN.sub("a", word), language) for word in found}
    if language != "en":
        found |= {_stem(word, language) for word in found}
    return {f":{language}:{word}" for stemmed in found for word in folded(stemmed)}


def swedish(one: SpelledWord) -> str:
    """A word with the letters that are no accents in Swedish, marked like a stem: ":sv:mål"; "" if it has none."""
    if one.written.isascii() or not any(letter in one.written for letter in SWEDISH_LETTERS):
        return ""
    return f":{SWEDISH}:" + "".join(char if char in SWEDISH_LETTERS else plain(char) for char in one.written)


def stems_of(compound: str) -> set[str]:
    """What a word of unknown language is found by: its stems in each language, for texts in that language."""
    return {stemmed for one in unelided(compound) for language in ALGORITHMS for stemmed in stems(one, language)}


def begin_alike(one: str, other: str) -> bool:
    """Whether two words of different languages that share a stem are forms of one: “hours”, “hour”, not “durée”."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return same >= SAME_BEGINNING * max(len(one), len(other))


@lru_cache(maxsize=1 << 16)
def forms(compound: str, language: str) -> frozenset[str]:
    """What else a word or compound of a text is found by: as one word, by stems, by its other spelling.

    Names keep their letters in every language: Malmö is found in English texts as it is in Swedish ones.
    """
    words = spelled(compound)
    whole = joined(tuple(one.word for one in words))
    found = {whole, *map(swedish, words)}
    for one in (*words, SpelledWord(whole, whole)) if len(unelided(compound)) == len(words) else words:
        found |= stems(one, language)
    if language == "en":
        found |= {spelling_key(word) for word in (*folded(compound), whole)}
    return frozenset(found - {""})


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    return _stemmer(language).stemWord(word)


@lru_cache(maxsize=8)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(ALGORITHMS[language])
