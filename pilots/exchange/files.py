"""Rows as bytes of a file, and back. Takes plain values and asks the database for nothing."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from pilots.exchange import spreadsheet
from pilots.exchange.cells import neutral, tidy
from pilots.exchange.columns import EDIT, STATUS, Column, all_names, column_named
from pilots.exchange.nearest import nearest
from pilots.exchange.rows import Row
from pilots.exchange.spreadsheet import MOST_ROWS, Unreadable, too_many_rows

LARGEST = 5 * 1024 * 1024
LONGEST_CELL = 32_767  # in Excel
SHEET = "pilots"
EXAMPLE = "example:"
WRAPPED, BOLD = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
BEGINNINGS = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old Excel file (XLS)"),
    b"{\\rtf": "RTF",
}


@dataclass
class Sheet:
    """What a file says: its rows with their numbers in the file, and what the reader should know about it."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


# Writing -------------------------------------------------------------------


def table(columns: list[Column], rows: Iterable[Row]) -> list[list[str]]:
    """Return rows as lines of cells, the headings first, no cell of which a spreadsheet takes for a formula."""
    lines = [[row.get(column, "") for column in columns] for row in rows]
    return [[neutral(cell) for cell in line] for line in ([column.name for column in columns], *lines)]


def to_csv(lines: list[list[str]], delimiter: str = ",") -> bytes:
    """Return lines as CSV in UTF-8, with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    """Return sheets of lines as an Excel file, every cell as text. Raises Unreadable when a cell is too long."""
    _refuse_long_cells(sheets)
    book = Workbook(write_only=True)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for number, line in enumerate(lines, start=1):
            sheet.append([_text_cell(sheet, text, is_heading=number == 1) for text in line])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _refuse_long_cells(sheets: dict[str, list[list[str]]]) -> None:
    for text in (text for lines in sheets.values() for line in lines for text in line):
        if len(text) > LONGEST_CELL:
            raise Unreadable(
                _("“%(text)s …” is longer than the 32,767 characters that Excel keeps. Export CSV instead.")
                % {"text": text[:60]}
            )


def _text_cell(sheet: Any, text: str, *, is_heading: bool) -> Any:
    cell = WriteOnlyCell(sheet, spreadsheet.escape(text))
    cell.data_type = "s"  # never a formula, an error or a number, whatever it looks like
    cell.number_format = "@"
    cell.alignment = WRAPPED
    if is_heading:
        cell.font = BOLD
    return cell


# Reading -------------------------------------------------------------------


def read(data: bytes) -> Sheet:
    """Return what the bytes of an XLSX or CSV file say. Raises Unreadable, with a sentence for the person."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than 5 MB. Split it in two."))
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    kind = next((kind for beginning, kind in BEGINNINGS.items() if data.startswith(beginning)), None)
    if kind:
        raise Unreadable(_("This file is %(kind)s. Save it as XLSX or CSV, then choose it again.") % {"kind": kind})
    notes: list[str] = []
    lines = spreadsheet.lines(data, SHEET) if data.startswith(b"PK") else _csv_lines(_decoded(data, notes))
    return _sheet(lines, notes)


def _decoded(data: bytes, notes: list[str]) -> str:
    """Return the text of a CSV file: in UTF-8, in what Excel calls Unicode text, or else in Windows-1252."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if b"\0" not in data:
            return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\0" in data:
        raise Unreadable(_("This is neither an XLSX nor a CSV file. Save it as one of the two, then choose it again."))
    notes.append(_("The file is not in UTF-8, so it was read as Windows-1252. Look at the accents below."))
    return data.decode("cp1252", errors="replace")


def _csv_lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a CSV file with their numbers, separated by what its first line makes most of."""
    csv.field_size_limit(LARGEST)
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        delimiter, text = first.strip()[4:5] or ",", rest
    else:
        delimiter = max(",;\t", key=lambda mark: sum(column_named(name) is not None for name in _headings(text, mark)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        words = _("Line %(line)d of the file cannot be read: %(error)s. Save it again as CSV or XLSX.")
        raise Unreadable(words % {"line": reader.line_num, "error": error}) from error


def _headings(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _sheet(lines: Iterable[tuple[int, list[str]]], notes: list[str]) -> Sheet:
    filled = ((number, line) for number, line in lines if any(tidy(cell) for cell in line))
    _number, headings = next(filled, (0, []))
    columns = _columns([tidy(heading).removeprefix("'") for heading in headings])
    sheet = Sheet(notes=notes)
    for number, line in filled:
        beyond = [cell for cell in line[len(columns) :] if tidy(cell)]
        if beyond:
            raise Unreadable(
                _("Row %(row)d has more cells than there are headings: “%(text)s”. Is a text not in quotes?")
                % {"row": number, "text": beyond[0][:60]}
            )
        row = {column: cell for column, cell in zip(columns, line, strict=False) if column}
        row |= {column: "" for column in columns[len(line) :] if column}
        if not tidy(line[columns.index(Column("slug"))] if len(line) else "").lower().startswith(EXAMPLE):
            sheet.rows.append((number, row))
        if len(sheet.rows) > MOST_ROWS:
            raise too_many_rows()
    if not sheet.rows:
        raise Unreadable(_("The file has headings and no pilot. Write one pilot a row below the headings."))
    return sheet


def _columns(headings: list[str]) -> list[Column | None]:
    """Return the column of each heading, None for an empty one. Raises Unreadable for a strange or doubled one."""
    columns = [column_named(heading) if heading else None for heading in headings]
    for heading, column in zip(headings, columns, strict=True):
        if heading and column is None:
            near = nearest(heading.lower(), all_names())
            raise Unreadable(_("There is no column “%(name)s”. %(near)s") % {"name": heading[:80], "near": near})
        if column and columns.count(column) > 1:
            raise Unreadable(_("There are two columns “%(name)s”. Delete one of them.") % {"name": column.name})
    if Column("slug") not in columns:
        raise Unreadable(_("There is no column “slug”. Download the template file and fill that in."))
    while columns and columns[-1] is None:
        columns.pop()
    if not [column for column in columns if column and column not in (Column("slug"), EDIT, STATUS)]:
        raise Unreadable(_("The file says nothing about its pilots: it has a column “slug” and no other."))
    return columns
