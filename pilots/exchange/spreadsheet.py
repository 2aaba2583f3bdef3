"""Reads Excel files, with what Excel makes of dates, numbers and formulas. A formula is never evaluated."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from pilots.exchange.rows import Day, Odd

MOST_ROWS = 2000
# Lines and columns that are looked at: what somebody left far below or beside the table is no pilot.
LAST_LINE, LAST_COLUMN = 20_000, 150
LARGEST_UNPACKED = 60 * 1024 * 1024
MOST_MEMBERS = 1000
# How XLSX writes what XML cannot hold; text that looks like it is itself written so.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x(005F|000D)_")
SHOWS_A_DAY = re.compile(r"d", re.IGNORECASE)
NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Unreadable(ValueError):
    """A file that cannot be read or written; the message says why and what to do."""


def too_many_rows() -> Unreadable:
    """Return the refusal of a file with too many rows."""
    return Unreadable(_("The file has more than 2,000 pilots. Split it in two."))


def escape(text: str) -> str:
    """Return text as a cell of an Excel file holds it."""
    return ESCAPE.sub("_x005F_", text)


def unescape(text: str) -> str:
    """Return the text that a cell of an Excel file holds."""
    return ESCAPED.sub(lambda match: "_" if match[1] == "005F" else "\r", text)


def lines(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of the sheet `name`, or of the first one, with their numbers. Raises Unreadable."""
    _refuse_bombs(data)
    try:
        sheet = _sheet(data, name, data_only=False)
        values = None
        for number, cells in enumerate(sheet.iter_rows(max_col=LAST_COLUMN, max_row=LAST_LINE + 1), start=1):
            if number > LAST_LINE:
                raise too_many_rows()
            if values is None and any(cell.data_type == "f" for cell in cells):
                values = _values(data, name)
            yield number, [_text(cell, values, (number, place)) for place, cell in enumerate(cells)]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file leads it to
        raise Unreadable(
            _("This is no Excel file (XLSX) that can be read. Open it, save it as XLSX, and choose it again.")
        ) from error


def _refuse_bombs(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(_("The file is damaged. Save it again as XLSX.")) from error
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise Unreadable(_("The file unpacks to more than 60 MB. Delete sheets and pictures that are not needed."))


def _sheet(data: bytes, name: str, *, data_only: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that are not read
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
    sheet = book[name] if name in book.sheetnames else book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size may be wrong
    return sheet


def _values(data: bytes, name: str) -> dict[tuple[int, int], Any]:
    """Return what the spreadsheet last showed in each cell, by line and place."""
    rows = _sheet(data, name, data_only=True).iter_rows(max_col=LAST_COLUMN, max_row=LAST_LINE)
    return {
        (number, place): cell.value
        for number, cells in enumerate(rows, start=1)
        for place, cell in enumerate(cells)
        if cell.value is not None
    }


def _text(cell: Any, values: dict[tuple[int, int], Any] | None, place: tuple[int, int]) -> str:
    """Return what a cell says as text; as Day or Odd what may not mean what it says."""
    value, is_formula = cell.value, cell.data_type == "f"
    if is_formula:
        value = (values or {}).get(place)
        if value is None:
            return Odd(str(cell.value), _("This cell holds a formula. Copy it, and paste its value in its place."))
    if cell.data_type == "e" or (is_formula and isinstance(value, str) and value.startswith("#")):
        return Odd(str(value), _("The spreadsheet shows an error here. Write what the cell should say."))
    if isinstance(value, datetime | date | time):
        return _date(value, cell.number_format or "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return unescape(str(value)) if value is not None else ""


def _date(value: datetime | date | time, number_format: str) -> str:
    """Return a day that a cell shows as a day; as Odd a time, and a month that Excel made the first day of."""
    if isinstance(value, time) or (isinstance(value, datetime) and value.time() != time()):
        return Odd(
            str(value), _("This is a time of day. Write a year (2019), a month (2019-05) or a day (2019-05-17).")
        )
    day = f"{value:%Y-%m-%d}"
    if not SHOWS_A_DAY.search(NO_CODE.sub("", number_format)):
        words = _("Excel made the day %(day)s of a month. Format the cell as text, and write %(month)s or %(day)s.")
        return Odd(day, words % {"day": day, "month": day[:7]})
    return Day(day)
