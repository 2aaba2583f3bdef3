"""What a visitor asks for: words and phrases, wanted and not wanted, read from what was typed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pilots.models.translation import current_language
from pilots.search.stop_words import function_words, stop_words
from pilots.search.words import SpelledWord, search_tokens, spelled, unelided

LONGEST = 200  # characters
MOST = 20  # words and phrases
QUOTES = '"“”„‟«»＂'
MINUS = "-−–"
PIECE = re.compile(rf"(?P<minus>[{MINUS}]?)(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<bare>[^\s{QUOTES}]+))")


@dataclass(frozen=True)
class QueryPart:
    """One word, compound or phrase.

    `start` and `end` say where it stands in `SearchQuery.text`, quotation marks and minus aside. `unelided` are its
    words without what an apostrophe cuts off. A word that is still typed may be the beginning of a longer one.
    `page` is the language of the page that is asked.
    """

    words: tuple[str, ...]
    unelided: tuple[SpelledWord, ...]
    start: int
    end: int
    is_quoted: bool = False
    is_excluded: bool = False
    is_last: bool = False
    is_compound: bool = True
    page: str = "en"

    @property
    def is_function_word(self) -> bool:
        """Whether it only holds a sentence together."""
        return self.is_word and self.unelided[0].word in function_words(self.page)

    @property
    def is_stop_word(self) -> bool:
        """Whether it says nothing of a subject: given up first, when nothing holds all words."""
        return self.is_word and self.unelided[0].word in stop_words(self.page)

    @property
    def is_word(self) -> bool:
        """Whether it is a single word, not quoted."""
        return not self.is_quoted and len(self.unelided) == 1


@dataclass(frozen=True)
class SearchQuery:
    """What was typed, and the pieces of it that count."""

    text: str
    pieces: tuple[QueryPart, ...]

    def typed(self, piece: QueryPart) -> str:
        """A piece as it was typed, without quotation marks and minus."""
        return self.text[piece.start : piece.end]

    def without(self, piece: QueryPart) -> str:
        """The text without one of its pieces, nor the quotation marks around it."""
        before, after = self.text[: piece.start - piece.is_quoted], self.text[piece.end + piece.is_quoted :]
        return " ".join(f"{before} {after}".split())

    @cached_property
    def wanted(self) -> tuple[QueryPart, ...]:
        return tuple(piece for piece in self.pieces if not piece.is_excluded)

    @cached_property
    def unwanted(self) -> tuple[QueryPart, ...]:
        """What must not be there."""
        return tuple(piece for piece in self.pieces if piece.is_excluded)


def parse_query(text: str) -> SearchQuery:
    """What `text` asks for; no pieces when it holds no letter or digit.

    Quotation marks make a phrase, a minus before a word or phrase excludes it. Function words count in
    phrases only, and where there is nothing else; which these are depends on the language of the page.
    Whatever else was typed separates words.
    """
    page, text = current_language(), unicodedata.normalize("NFC", text[:LONGEST])
    pieces = [piece for match in PIECE.finditer(text) for piece in _pieces(match, len(text), page)]
    content_words = [piece for piece in pieces if not piece.is_function_word]
    return SearchQuery(text, tuple((content_words or pieces)[:MOST]))


def _pieces(match: re.Match[str], end: int, page: str) -> list[QueryPart]:
    is_excluded = bool(match["minus"])
    if match["phrase"] is None:
        offset = match.start("bare")
        return [
            QueryPart(
                token.words,
                unelided(match["bare"][token.start : token.end]),
                offset + token.start,
                offset + token.end,
                is_excluded=is_excluded,
                is_last=offset + token.end == end,
                page=page,
            )
            for token in search_tokens(match["bare"])
        ]
    found = list(search_tokens(match["phrase"]))
    words = tuple(word for token in found for word in token.words)
    if not words:
        return []
    return [
        QueryPart(
            words,
            tuple(one for token in found for one in spelled(match["phrase"][token.start : token.end])),
            *match.span("phrase"),
            is_quoted=True,
            is_excluded=is_excluded,
            is_compound=len(found) == 1,
            page=page,
        )
    ]
