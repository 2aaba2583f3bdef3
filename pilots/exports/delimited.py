"""Tables as CSV (RFC 4180) in UTF-8, without the mark that programs other than Excel take for a part of the heading."""

import csv
import io
from collections.abc import Iterator

from pilots.exports.table import Table, batches
from pilots.spreadsheets.cells import escape_formula


def to_csv(table: Table) -> Iterator[bytes]:
    """Yield the file: the headings, then the lines, none of whose cells a spreadsheet takes for a formula."""
    yield _written([[column.name for column in table.columns]])
    for lines in batches(table.lines):
        yield _written(lines)


def _written(lines: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([cell and escape_formula(cell) for cell in line] for line in lines)
    return text.getvalue().encode()
