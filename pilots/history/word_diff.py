"""Compares two texts word by word. Pure: takes text, returns pieces of text, and is quick whatever they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added"]

# A word is what stands between spaces and these signs, so that marks, joiners and parts of emoji stay with theirs.
SIGNS = r"!-/:-@\[-^`{-~¡¦§«¬±·»¿‐-‧‹-⁄"
WORDS = re.compile(rf"[^\s{SIGNS}]+|\s+|[{SIGNS}]")
# Where a sentence or a line ends. It looks at two characters at most, so that a row of dots costs no time.
ENDS = re.compile(r"(?<=[.!?…]\s)|(?<=\n)")
# The time grows with the square of the words, so longer texts are compared by sentences first (10,000 words: 0.1 s).
MOST_WORDS = 3000


@dataclass(frozen=True)
class DiffPart:
    """A stretch of text that both have, or one of them. Pieces that are not added make the text before."""

    kind: Kind
    text: str


def compare_texts(before: str, after: str) -> list[DiffPart]:
    """What became of `before`, in the order of reading; what was removed stands before what was added.

    A stretch too long for words, in which no sentence is the same, is shown as removed and added as a whole.
    """
    return _joined(_pieces(before, after))


def compare_lists(before: list[str], after: list[str]) -> list[DiffPart]:
    """The values of both lists: those that stayed, then those removed and added."""
    stayed = [DiffPart("same", value) for value in after if value in before]
    removed = [DiffPart("removed", value) for value in before if value not in after]
    return stayed + removed + [DiffPart("added", value) for value in after if value not in before]


def whole(before: str, after: str) -> list[DiffPart]:
    """The two texts as they are, for values that have no words in common by more than chance."""
    if before == after:
        return [DiffPart("same", before)] if before else []
    return [piece for piece in (DiffPart("removed", before), DiffPart("added", after)) if piece.text]


def _pieces(before: str, after: str) -> Iterator[DiffPart]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        yield from _by_units(old, new)
        return
    for piece_before, piece_after in _stretches(ENDS.split(before), ENDS.split(after)):
        stretch = WORDS.findall(piece_before), WORDS.findall(piece_after)
        is_short = max(map(len, stretch)) <= MOST_WORDS
        yield from _by_units(*stretch) if is_short else whole(piece_before, piece_after)


def _stretches(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """The sentences that stayed, each with itself, and between them those that make way for others."""
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield from ((sentence, sentence) for sentence in old[i:j])
        else:
            yield "".join(old[i:j]), "".join(new[k:m])


def _by_units(old: list[str], new: list[str]) -> Iterator[DiffPart]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield DiffPart("same", "".join(old[i:j]))
        else:
            yield DiffPart("removed", "".join(old[i:j]))
            yield DiffPart("added", "".join(new[k:m]))


def _joined(pieces: Iterator[DiffPart]) -> list[DiffPart]:
    """The pieces with neighbours joined: a space alone between two changes belongs to both."""
    found: list[DiffPart] = []
    removed = added = space = ""
    for piece in (*pieces, DiffPart("same", "")):
        if piece.kind == "same" and piece.text.isspace() and (removed or added):
            space += piece.text
        elif piece.kind == "same":
            found += [*whole(removed, added), *whole(space, space)] if piece.text or removed or added else []
            found += whole(piece.text, piece.text)
            removed = added = space = ""
        elif piece.kind == "removed" and piece.text:
            removed, added, space = removed + space + piece.text, added + space, ""
        elif piece.text:
            removed, added, space = removed + space, added + space + piece.text, ""
    return found
