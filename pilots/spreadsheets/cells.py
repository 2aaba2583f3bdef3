"""Text in cells: what a spreadsheet takes for a formula, and several values in one cell.

A part of a pilot is one line of its cell, its values separated by “|”. In a value, a bar is written
`\\|`, a line break `\\n` and a backslash `\\\\`; any other backslash stands for itself.
"""

import re

from pilots.models.plain_text import BULLET, HYPHENS, clean

# What a spreadsheet may run when it opens the file, full-width forms included.
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
STEP = re.compile(r"\\[|n\\]|\||[^\\|]+|\\")
ESCAPED = {"\\|": "|", "\\n": "\n", "\\\\": "\\"}
LIST_SEPARATOR = "; "


def escape_formula(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: with ' before it, if need be."""
    return f"'{text}" if FORMULA.match(text) else text


def unescape_formula(text: str) -> str:
    """The text that `escape_formula` made this cell of."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def with_plain_hyphens(text: str) -> str:
    """A slug, a date or a pointer with the hyphen that it is written with: word processors put others there."""
    return text.translate(HYPHENS)


def join_values(values: list[str]) -> str:
    escaped = [value.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for value in values]
    return " | ".join(escaped).strip()


def split_values(line: str) -> list[str]:
    values: list[list[str]] = [[]]
    for step in STEP.findall(line):
        if step == "|":
            values.append([])
        else:
            values[-1].append(ESCAPED.get(step, step))
    return [clean("".join(parts)) for parts in values]


def split_list(cell: str) -> list[str]:
    """The slugs of a cell, each once; a comma or a line break separates them, too."""
    return list(dict.fromkeys(slug.strip().removeprefix(BULLET) for slug in re.split(r"[;,\n]", cell) if slug.strip()))
