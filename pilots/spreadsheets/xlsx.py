"""Excel files (XLSX), read and written.

Reading takes three steps: `xlsx_package` unpacks the file as far as that is safe, `xlsx_workbook` finds the
sheet and its raw cells, and here stands what a cell says, with what Excel makes of dates, numbers and
formulas. None is evaluated.
"""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.rows import DateCell, UnreadableCell
from pilots.spreadsheets.xlsx_workbook import RawCell, Workbook, open_workbook

# How XLSX writes what XML cannot hold; text that looks like it is itself written so.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SHOWS_A_DAY = re.compile(r"d", re.IGNORECASE)
NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
LARGEST_WHOLE = 1e15
LONGEST_WRITTEN = 32_767  # characters, in Excel
WRAPPED, BOLD = Alignment(wrap_text=True, vertical="top"), Font(bold=True)


def escape(text: str) -> str:
    """Text as a cell of an Excel file holds it."""
    return ESCAPE.sub("_x005F_", text)


def unescape(text: str) -> str:
    """The text that a cell of an Excel file holds. What is above U+FFFF is written as two halves."""
    halves = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# Reading -------------------------------------------------------------------


def read_lines(data: bytes, name: str) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the filled lines of sheet `name`, or of the first: number, and text by column. Raises UnreadableFile."""
    book, number = open_workbook(data, name), 0
    for number, cells in book.rows():
        yield number, {place: _text(cell, book) for place, cell in cells.items()}
    if not number and (filled := book.filled()):
        words = _("The sheet “%(empty)s” is empty, and “%(filled)s” is not. Delete the empty one, and save the file.")
        raise UnreadableFile(words % {"empty": book.name[:80], "filled": filled[:80]})


def _text(cell: RawCell, book: Workbook) -> str:
    """What a cell says as text; as DateCell or UnreadableCell what may not mean what it says."""
    value = cell.value or ""
    if cell.formula is not None and not value:
        return UnreadableCell(cell.formula, _("This cell holds a formula. Copy it, and paste its value in its place."))
    if cell.kind == "e" or (cell.formula is not None and value.startswith("#")):
        return UnreadableCell(value, _("The spreadsheet shows an error here. Write what the cell should say."))
    if cell.kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if cell.kind in ("n", "d"):
        return _number(value, book.formats.of(cell.style), cell.kind, from_1904=book.from_1904)
    return unescape(value)


def _number(value: str, number_format: str, kind: str, *, from_1904: bool) -> str:
    """A number as it looks, a day as DateCell."""
    try:
        is_date = is_date_format(number_format)
        if kind == "d":
            return _date(from_ISO8601(value[:40]), number_format if is_date else "yyyy-mm-dd")
        number = float(value)
        if is_date:
            return _date(from_excel(number, MAC_EPOCH if from_1904 else WINDOWS_EPOCH), number_format)
    except (ValueError, OverflowError):
        return value
    if number.is_integer():
        return str(int(number)) if abs(number) < LARGEST_WHOLE else value
    return f"{number:.15g}"


def _date(value: datetime | date | time | timedelta, number_format: str) -> str:
    """What shows a day as DateCell; as UnreadableCell a time, and a month that Excel made the first day of."""
    has_time = isinstance(value, datetime) and value.time() != time()
    if has_time or not isinstance(value, date):
        return UnreadableCell(
            str(value), _("This is a time of day. Write a year (2019), a month (2019-05) or a day (2019-05-17).")
        )
    day = f"{value:%Y-%m-%d}"
    if not SHOWS_A_DAY.search(NO_CODE.sub("", number_format)):
        words = _("Excel made the day %(day)s of a month. Format the cell as text, and write %(month)s or %(day)s.")
        return UnreadableCell(day, words % {"day": day, "month": day[:7]})
    return DateCell(day)


# Writing -------------------------------------------------------------------


def write(sheets: dict[str, list[list[str]]]) -> bytes:
    """Sheets of lines as an Excel file, every cell as text. Raises UnreadableFile when a cell is too long."""
    _refuse_long_cells(sheets)
    book = openpyxl.Workbook(write_only=True)
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
        if len(text) > LONGEST_WRITTEN:
            raise UnreadableFile(
                _("“%(text)s …” is longer than the 32,767 characters that Excel keeps. Export CSV instead.")
                % {"text": text[:60]}
            )


def _text_cell(sheet: Any, text: str, *, is_heading: bool) -> Any:
    cell = WriteOnlyCell(sheet, escape(text))
    cell.data_type = "s"  # never a formula, an error or a number, whatever it looks like
    cell.number_format = "@"
    cell.alignment = WRAPPED
    if is_heading:
        cell.font = BOLD
    return cell
