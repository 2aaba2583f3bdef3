"""A document in plain values: what it says, in which order and in which language. Writers make files of it."""

from dataclasses import dataclass, field, is_dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from pilots.templatetags.texts import ITEM

Look = Literal["", "strong", "quiet"]


@dataclass(frozen=True)
class Run:
    """Words in one language, "" for the document's; a line break in them is one in the document.

    `link` is an address that they lead to.
    """

    text: str
    language: str = ""
    look: Look = ""
    link: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True)
class HeadingBlock:
    """A heading; `level` 1 begins a chapter. No level is left out."""

    level: int
    line: Line
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class TextBlock:
    """Running text. What looks like a "hint" explains; a "pointer" says where the source says so."""

    line: Line
    look: Literal["", "lead", "hint", "pointer"] = ""
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class ListBlock:
    """A list, with numbers or with dots."""

    items: tuple[Line, ...]
    is_numbered: bool = False
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True)
class Labelled:
    """A label and what is said of it."""

    label: Line
    blocks: tuple[TextBlock | ListBlock, ...]


@dataclass(frozen=True)
class LabelledBlock:
    """A list of labels with what is said of each: beside the label where that is short, else under it."""

    items: tuple[Labelled, ...]
    is_beside: bool = False
    kind: str = field(default="terms", init=False)


# What a cell of a table says, line by line.
Cell = tuple[Line, ...]


@dataclass(frozen=True)
class TableBlock:
    """A table; `head` stands above its columns on every page, the first cell of a row is what the row is about.

    `widths` are the columns' shares of the width.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    kind: str = field(default="table", init=False)


Block = HeadingBlock | TextBlock | ListBlock | LabelledBlock | TableBlock


@dataclass(frozen=True)
class Cover:
    """The first page: of what kind the document is, its title, what is said under it, and labels with their values."""

    kicker: str
    title: Line
    lead: Line
    about: LabelledBlock


@dataclass(frozen=True)
class Pack:
    """A document. `author` is who publishes it, `short_title` stands at the head of its pages."""

    title: str
    short_title: str
    language: str
    author: str
    day: date
    cover: Cover
    blocks: tuple[Block, ...]
    contents: str  # the heading of the table of contents
    depth: int  # levels of headings it lists
    page_of: str  # “Page {page} of {pages}”


def length_of(value: Any) -> int:
    """How many characters a part of a document, or all of it, has."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple):
        return sum(map(length_of, value))
    return sum(map(length_of, vars(value).values())) if is_dataclass(value) else 0


def line(text: str, look: Look = "", language: str = "") -> Line:
    return (Run(text, language, look),)


def prose(text: str, language: str = "") -> tuple[TextBlock | ListBlock, ...]:
    """A text of an entry as its page shows it: paragraphs, and lists of lines that begin as items do."""
    blocks: list[TextBlock | ListBlock] = []
    for is_list, lines in groupby(filter(None, map(str.strip, text.split("\n"))), lambda one: one.startswith(ITEM)):
        if is_list:
            blocks.append(ListBlock(tuple(line(one[2:].lstrip(), language=language) for one in lines)))
        else:
            blocks += [TextBlock(line(one, language=language)) for one in lines]
    return tuple(blocks)
