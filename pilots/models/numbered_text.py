"""The text of a source, numbered as pointers number it: paragraphs from 1, and the sentences in each.

A paragraph is a line that is not empty, headings included. A sentence ends with its mark, and what closes
after it, where the next word does not begin with a small letter. All of it takes time in proportion to the text.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

POINTER = re.compile(r"(?P<paragraph>[1-9]\d{0,3})(?:\.(?P<first>[1-9]\d{0,2})(?:-(?P<last>[1-9]\d{0,2}))?)?", re.ASCII)

# French sets a blank before what closes a quotation.
WORD = re.compile(r"\S+(?:\s+»\S*)?")
MARKS = (".", "!", "?", "…")
OPENING = "\"'“‘«„‚([{¿¡"
CLOSING = "\"'”’»“)]} \u00a0\u202f"
# Stand before what they belong to, whatever that is.
ABBREVIATIONS = {
    *("cf.", "vs.", "viz.", "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "ca.", "approx."),
    *("mme.", "mlle.", "sr.", "sra.", "bijv."),
}
# “e.g.”, “U.S.”, “Ph.D.”, “t.ex.”, “p.ej.”; hours can end a sentence.
DOTTED = re.compile(r"(?![ap]\.m\.)(?:[^\W\d_]{1,2}\.){2,}", re.IGNORECASE)
# Stand before a number; “No.” at the end of a sentence does not.
BEFORE_NUMBERS = {
    *("no.", "nos.", "nr.", "p.", "pp.", "art.", "para.", "paras.", "fig.", "figs.", "vol.", "ch.", "sec."),
    *("jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec."),
}
# At the beginning of a paragraph, the number of an item.
ITEM = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    """One sentence, with its numbers."""

    paragraph: int
    number: int
    text: str

    @property
    def pointer(self) -> str:
        return f"{self.paragraph}.{self.number}"

    @property
    def anchor(self) -> str:
        """Its id on the page of the source."""
        return f"p{self.paragraph}-{self.number}"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or heading."""

    number: int
    sentences: tuple[Sentence, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page of the source."""
        return f"p{self.number}"


@dataclass(frozen=True)
class Quotation:
    """The sentences that a pointer names, and the parts of the pointer that the text does not have."""

    sentences: tuple[Sentence, ...]
    beyond: tuple[str, ...]


class NumberedText:
    """The paragraphs of a text."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        self.paragraphs = tuple(
            Paragraph(number, tuple(Sentence(number, place, words) for place, words in enumerate(split(line), start=1)))
            for number, line in enumerate(lines, start=1)
        )

    @property
    def sentence_count(self) -> int:
        return sum(len(paragraph.sentences) for paragraph in self.paragraphs)

    def look_up(self, pointer: str) -> Quotation:
        """What a pointer such as `3.2-4, 5` names."""
        found: list[Sentence] = []
        beyond: list[str] = []
        for part in filter(None, map(str.strip, pointer.split(","))):
            sentences, missing = self._look_up_part(part)
            found += sentences
            beyond += [missing] if missing else []
        return Quotation(tuple(dict.fromkeys(found)), tuple(beyond))

    def _look_up_part(self, part: str) -> tuple[tuple[Sentence, ...], str]:
        """The sentences of one part of a pointer, and what of it is not in the text."""
        match = POINTER.fullmatch(part)
        if not match or int(match["paragraph"]) > len(self.paragraphs):
            return (), part
        sentences = self.paragraphs[int(match["paragraph"]) - 1].sentences
        if not match["first"]:
            return sentences, ""
        first = int(match["first"])
        last = int(match["last"] or first)
        missing = max(first, len(sentences) + 1)
        if missing > last:
            return sentences[first - 1 : last], ""
        numbers = str(last) if missing == last else f"{missing}-{last}"
        return sentences[first - 1 : last], f"{match['paragraph']}.{numbers}"


def split(line: str) -> Iterator[str]:
    """The sentences of one paragraph, as they are written."""
    words = list(WORD.finditer(line))
    start = 0
    for word, following in itertools.pairwise(words):
        is_number_of_item = word is words[0] and ITEM.fullmatch(word[0])
        if not is_number_of_item and _ends_sentence(word[0], following[0]):
            yield line[start : word.end()]
            start = following.start()
    if words:
        yield line[start : words[-1].end()]


def _ends_sentence(word: str, following: str) -> bool:
    bare = word.rstrip(CLOSING)
    begins = following.lstrip(OPENING)[:1]
    return bare.endswith(MARKS) and not begins.islower() and not _is_abbreviation(bare.lstrip(OPENING), begins)


def _is_abbreviation(word: str, begins: str) -> bool:
    """Whether a word that ends with a full stop is cut short, before a word that begins with `begins`."""
    lower = word.lower()
    is_initial = len(word) == 2 and word[0].isupper() and word[1] == "."
    is_dotted = bool(DOTTED.fullmatch(word))
    return is_initial or is_dotted or lower in ABBREVIATIONS or (lower in BEFORE_NUMBERS and begins.isdigit())
