"""Reads tables of text, whose cells are separated by commas, semicolons, tabs or bars."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pilots.exchange.unpacking import Unreadable

SEPARATORS = ",;\t|"
NAMED = "sep="  # how Excel is told the separator, in a first line of its own


def named_separator(text: str) -> str:
    """Return the separator that the first line of a table names, "" if it names none."""
    first = text[:20].splitlines()[0].strip(' "') if text else ""
    return (first[len(NAMED) :] or ",")[0] if first.lower().startswith(NAMED) else ""


def lines(text: str, separator: str, *, strict: bool = True) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the filled lines: number, and text by column. Raises Unreadable for quotes that do not fit, if `strict`."""
    csv.field_size_limit(len(text) + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    number = 0
    try:
        for number, line in enumerate(reader, start=1):
            cells = {place: cell for place, cell in enumerate(line) if cell and not cell.isspace()}
            if cells and not (number == 1 and named_separator(text)):
                yield number, cells
    except csv.Error as error:
        words = _("Line %(line)d of the file cannot be read: %(error)s. Save it again as CSV or XLSX.")
        raise Unreadable(words % {"line": reader.line_num, "error": error}) from error
