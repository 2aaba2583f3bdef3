"""A table to take away: columns that explain themselves, and lines of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")
# Rows that are read, and lines that are written, at once.
BATCH_SIZE = 200


@dataclass(frozen=True)
class TableColumn:
    """A column: its name, what stands in it, and whether XLSX holds it as "text", "date" or "number"."""

    name: str
    meaning: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """A table with `count` lines, each as long as `columns`. `about` says, line by line, what the table is."""

    name: str
    columns: list[TableColumn]
    lines: Iterable[list[str]]
    count: int
    about: list[tuple[str, str]]


def batches(values: Iterable[Value], size: int = BATCH_SIZE) -> Iterator[list[Value]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
