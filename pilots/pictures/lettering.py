"""Breaks names into lines for drawings, where no browser does it."""

import re
import unicodedata
from functools import lru_cache

# Widths in em of an average bold sans-serif, rather too wide than too narrow: the font is the visitor's own.
NARROW, MIDDLE, CAPITAL, WIDE = 0.37, 0.63, 0.76, 1.05
NARROW_LETTERS = frozenset(" !'’.,:;/|()[]-fijlrtI")
WIDE_LETTERS = frozenset("mwMW@%&—…")

# A word too long for a line is broken after a hyphen or stroke before it is broken anywhere else.
PIECES = re.compile(r"[^/–-]+[/–-]*|[/–-]+")
# How much narrower lines may become to be about equally long.
EVENED = (0.5, 0.6, 0.7, 0.8, 0.9, 1)


def width_of(text: str) -> float:
    """About how wide `text` is, in em."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in WIDE_LETTERS or unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    if unicodedata.combining(letter):
        return 0
    return CAPITAL if letter.isupper() else MIDDLE


@lru_cache(maxsize=2048)
def wrap(text: str, width: float, most_lines: int) -> tuple[str, ...]:
    """`text` in lines of at most `width` em, about equally long; “…” ends what does not fit."""
    lines = _broken(text, width)
    if len(lines) > most_lines:
        return (*lines[: most_lines - 1], _shortened(lines[most_lines - 1], width))
    longest = max(width_of(piece) for word in text.split() or [""] for piece in _pieces(word, width))
    evened = (_broken(text, max(part * width, longest)) for part in EVENED)
    return tuple(next((broken for broken in evened if len(broken) == len(lines)), lines))


def _broken(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        for place, piece in enumerate(_pieces(word, width)):
            joined = lines[-1] + (" " if lines[-1] and not place else "") + piece
            if width_of(joined) <= width or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: float) -> list[str]:
    if width_of(word) <= width:
        return [word]
    pieces = [""]
    for part in PIECES.findall(word):
        for letters in [part] if width_of(part) <= width else part:
            if width_of(pieces[-1] + letters) <= width or not pieces[-1]:
                pieces[-1] += letters
            else:
                pieces.append(letters)
    return pieces


def _shortened(line: str, width: float) -> str:
    while line and width_of(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
