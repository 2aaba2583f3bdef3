"""Cuts texts into sentences and words, and finds known phrases in them. Time grows with the length only."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import combining, normalize

from pilots.content_checks.lexicon import word_list

NUMBER_WORD_OR_SIGN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'‑-][^\W\d_]+)*|[^\w\s]")
# An end of a sentence: a full stop and the like, closing quotes, space. Or a line break.
ENDS = re.compile(r"[.!?…][\"”’»)\]]{0,3}(?=\s)|\n")
NOT_AN_END = word_list("mr mrs ms dr prof st no nr art vs eg ie e.g i.e cf mme sr sra dhr mevr ca approx")
LONGEST_ABBREVIATION = 8


@dataclass(frozen=True)
class Token:
    """A word, number or sign, and where it stands in its sentence."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The word in small letters, with straight apostrophes."""
        return self.text.casefold().replace("’", "'")

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def is_capitalised(self) -> bool:
        """Whether it is a word that begins with a capital."""
        return self.text[0].isupper()


def tokens(sentence: str) -> list[Token]:
    return [Token(match[0], match.start(), match.end()) for match in NUMBER_WORD_OR_SIGN.finditer(sentence)]


def sentences(text: str) -> list[str]:
    """The sentences of a text. A full stop after “Dr” or a single letter ends none."""
    cut = [0]
    for match in ENDS.finditer(text):
        before = text[max(cut[-1], match.start() - LONGEST_ABBREVIATION) : match.start()].split()
        last = before[-1].casefold().strip("(“\"'") if before else ""
        if match[0] == "\n" or not (match[0] == "." and (last in NOT_AN_END or (len(last) == 1 and last.isalpha()))):
            cut.append(match.end())
    parts = (text[start:end].strip() for start, end in zip(cut, [*cut[1:], len(text)], strict=True))
    return [part for part in parts if part]


def folded(text: str) -> str:
    """`text` in small letters, spaces made one, without what cannot be printed or stored."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.encode("utf-8", "replace").decode().casefold().split())


def bare(token: Token) -> str:
    """The plain word without the ending of a possessive."""
    return token.plain.removesuffix("'s")


def _compared(token: Token) -> str:
    """A word as phrases compare it, without accents and without a French article: “l’European Forum”."""
    return _without_accents(bare(token).removeprefix("l'").removeprefix("d'"))


def _without_accents(word: str) -> str:
    """`word` as the search compares it: “Málaga” and “Malaga” are one place."""
    return word if word.isascii() else "".join(c for c in normalize("NFKD", word) if not combining(c))


@dataclass
class Phrases:
    """Known phrases, to be found in sentences whatever their number, accents or not."""

    lengths: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    known: set[tuple[str, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, phrases: Iterable[str]) -> "Phrases":
        """The phrases, each as the words it is made of."""
        found = cls()
        for phrase in phrases:
            words = tuple(map(_compared, tokens(phrase)))
            if words:
                found.known.add(words)
                found.lengths[words[0]].add(len(words))
        return found

    def positions(self, sentence: list[Token]) -> Iterator[range]:
        """Yield where known phrases stand, the longest first at each place."""
        words = [_compared(token) for token in sentence]
        place = 0
        while place < len(words):
            lengths = sorted(self.lengths.get(words[place], ()), reverse=True)
            size = next((size for size in lengths if tuple(words[place : place + size]) in self.known), 0)
            if size:
                yield range(place, place + size)
            place += size or 1
