"""Rows as the lines of a sheet, and as CSV; `xlsx` writes the same lines as XLSX."""

import csv
import io
from collections.abc import Iterable

from pilots.spreadsheets.cells import escape_formula
from pilots.spreadsheets.columns import SheetColumn
from pilots.spreadsheets.rows import SheetRow


def sheet_lines(columns: list[SheetColumn], rows: Iterable[SheetRow]) -> list[list[str]]:
    """Rows as lines of cells, the headings first, no cell of which a spreadsheet takes for a formula."""
    lines = [[row.get(column, "") for column in columns] for row in rows]
    return [[escape_formula(cell) for cell in line] for line in ([column.name for column in columns], *lines)]


def to_csv(lines: list[list[str]], delimiter: str = ",") -> bytes:
    """Lines as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode("utf-8-sig")
