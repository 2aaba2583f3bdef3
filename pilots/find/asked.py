"""What a visitor asks for: words and phrases, wanted and not wanted, read from what was typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pilots.find.words import FUNCTION_WORDS, tokens

LONGEST = 200  # characters
MOST = 20  # words and phrases
QUOTES = '"“”„‟«»＂'
MINUS = "-−–"
PIECE = re.compile(rf"(?P<minus>[{MINUS}]?)(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<bare>[^\s{QUOTES}]+))")


@dataclass(frozen=True)
class Piece:
    """One word, compound or phrase.

    `start` and `end` say where it stands in `Asked.text`, quotation marks and minus aside. A word that
    is still typed may be the beginning of a longer one.
    """

    words: tuple[str, ...]
    start: int
    end: int
    is_quoted: bool = False
    is_excluded: bool = False
    is_last: bool = False
    is_compound: bool = True

    @property
    def is_function_word(self) -> bool:
        """Whether it only holds a sentence together."""
        return not self.is_quoted and len(self.words) == 1 and self.words[0] in FUNCTION_WORDS


@dataclass(frozen=True)
class Asked:
    """What was typed, and the pieces of it that count."""

    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def wanted(self) -> tuple[Piece, ...]:
        """What must be there."""
        return tuple(piece for piece in self.pieces if not piece.is_excluded)

    @cached_property
    def unwanted(self) -> tuple[Piece, ...]:
        """What must not be there."""
        return tuple(piece for piece in self.pieces if piece.is_excluded)


def read(text: str) -> Asked:
    """Return what `text` asks for; no pieces when it holds no letter or digit.

    Quotation marks make a phrase, a minus before a word or phrase excludes it. Function words count in
    phrases only, and where there is nothing else. Whatever else was typed separates words.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST])
    pieces = [piece for match in PIECE.finditer(text) for piece in _pieces(match, len(text))]
    telling = [piece for piece in pieces if not piece.is_function_word]
    return Asked(text, tuple((telling or pieces)[:MOST]))


def _pieces(match: re.Match[str], end: int) -> list[Piece]:
    is_excluded = bool(match["minus"])
    if match["phrase"] is None:
        offset = match.start("bare")
        return [
            Piece(
                token.words,
                offset + token.start,
                offset + token.end,
                is_excluded=is_excluded,
                is_last=offset + token.end == end,
            )
            for token in tokens(match["bare"])
        ]
    found = list(tokens(match["phrase"]))
    words = tuple(word for token in found for word in token.words)
    if not words:
        return []
    return [
        Piece(
            words,
            *match.span("phrase"),
            is_quoted=True,
            is_excluded=is_excluded,
            is_compound=len(found) == 1,
        )
    ]
