"""Reads tables of text, whose cells are separated by commas, semicolons, tabs or bars."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from pilots.spreadsheets.errors import UnreadableFile

SEPARATORS = ",;\t|"
# Each filled cell of a line takes 250 bytes while it is read. Commas in texts count, too; a pilot has hundreds.
MOST_CELLS = 100_000
NAMED = "sep="  # how Excel is told the separator, in a first line of its own


def named_separator(text: str) -> str:
    """The separator that the first line of a table names, "" if it names none."""
    first = text[:20].splitlines()[0].strip(' "') if text else ""
    return (first[len(NAMED) :] or ",")[0] if first.lower().startswith(NAMED) else ""


class GuardedLines:
    """Hands out a text line by line, until more cells are filled between two resets of `cells` than a table has."""

    def __init__(self, text: str, separator: str) -> None:
        self.text = io.StringIO(text, newline="")
        self.separator, self.cells = separator, 0
        self.filled = re.compile(rf"[^\s{re.escape(separator)}]\s*{re.escape(separator)}")

    def __iter__(self) -> Iterator[str]:
        """Yield the lines. Raises UnreadableFile before it hands out one too many cells."""
        for number, line in enumerate(self.text, start=1):
            if self.separator in line:  # millions of empty lines have none
                self.cells += sum(1 for _cell in islice(self.filled.finditer(line), MOST_CELLS + 1))
            if self.cells > MOST_CELLS:
                words = _("Line %(line)d of the file has more cells than a table of pilots. Is a text not in quotes?")
                raise UnreadableFile(words % {"line": number})
            yield line


def read_lines(text: str, separator: str, *, strict: bool = True) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the filled lines: number, and text by column. Raises UnreadableFile for too many cells.

    It raises the same for quotes that do not fit, if `strict`.
    """
    csv.field_size_limit(len(text) + 1)
    source = GuardedLines(text, separator)
    reader = csv.reader(source, delimiter=separator, strict=strict)
    number = 0
    try:
        for number, line in enumerate(reader, start=1):
            source.cells = 0
            if not line:
                continue
            cells = {place: cell for place, cell in enumerate(line) if cell and not cell.isspace()}
            if cells and not (number == 1 and named_separator(text)):
                yield number, cells
    except csv.Error as error:
        words = _("Line %(line)d of the file cannot be read: %(error)s. Save it again as CSV or XLSX.")
        raise UnreadableFile(words % {"line": reader.line_num, "error": error}) from error
