"""Tables of the archive: columns that say what they hold, keys, and references between tables."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pilots.exports.table import batches
from pilots.spreadsheets.cells import escape_formula

# What no spreadsheet runs, whatever sign it begins with.
NUMBERS = ("integer", "number")


@dataclass(frozen=True)
class Field:
    """A column: its name, what stands in it, how a row is asked for it, and its type as Frictionless names it."""

    name: str
    meaning: str
    value: Callable[[Any], Any]
    type: str = "string"
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reference:
    """Columns whose values are, where they are not empty, the key of a row of another table."""

    fields: tuple[str, ...]
    table: str
    key: tuple[str, ...]


@dataclass(frozen=True)
class DataTable:
    """A table whose `rows` are read when it is written. `key` names the columns that tell its rows apart."""

    path: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[Any]]
    references: tuple[Reference, ...] = ()

    @property
    def name(self) -> str:
        """The name by which metadata know it: `pilot-texts`, `flat-pilots`."""
        return self.path.removeprefix("tables/").removesuffix(".csv").replace("/", "-").replace("_", "-")


def to_csv(table: DataTable) -> Iterator[bytes]:
    """Yield the file (RFC 4180, UTF-8): the headings, then the rows, none of whose cells is taken for a formula."""
    yield _written([[field.name for field in table.fields]])
    for rows in batches(table.rows()):
        yield _written([[cell(field, row) for field in table.fields] for row in rows])


def cell(field: Field, row: Any) -> str:
    """What stands in a cell; "" where it is not stated."""
    text = _text(field.value(row))
    return text if field.type in NUMBERS else escape_formula(text)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return str(value)


def _written(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()
