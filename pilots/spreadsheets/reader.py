"""What an uploaded file says: its bytes read as rows. Asks the database for nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from django.utils.translation import gettext as _

from pilots.models.plain_text import clean_line
from pilots.spreadsheets import delimited, xlsx
from pilots.spreadsheets.columns import EDIT, ONLY_SHOWN, SLUG, SheetColumn, all_names, column_named
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.file_types import decoded, refuse_other_kinds
from pilots.spreadsheets.mojibake import GARBLED, ungarbled
from pilots.spreadsheets.nearest import nearest
from pilots.spreadsheets.rows import DateCell, SheetRow, UnreadableCell
from pilots.spreadsheets.xlsx_workbook import LAST_COLUMN, LONGEST_CELL
from prepare_portal.phrases import in_digits

LARGEST = 5 * 1024 * 1024
SHEET = "pilots"
EXAMPLE = "example:"
MOST_ROWS = 2000
FIRST_LINES = 20  # in which the headings are looked for
LONGEST_HEADING = 200
LOOKED_AT = 100_000  # characters in which the separator is looked for

SheetLine = tuple[int, dict[int, str]]


@dataclass
class Sheet:
    """What a file says: its rows with their numbers in the file, and what the reader should know about it."""

    rows: list[tuple[int, SheetRow]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(data: bytes) -> Sheet:
    """What the bytes of an XLSX or CSV file say. Raises UnreadableFile, with a sentence for the person."""
    if len(data) > LARGEST:
        raise UnreadableFile(_("The file is larger than 5 MB. Split it in two."))
    if not data.strip(b"\0\t\n\r "):
        raise UnreadableFile(_("The file is empty."))
    refuse_other_kinds(data)
    notes: list[str] = []
    if data.startswith(b"PK"):
        return _sheet(xlsx.read_lines(data, SHEET), notes)
    text = decoded(data, notes)
    return _sheet(delimited.read_lines(text, delimited.named_separator(text) or _separator(text)), notes)


def _separator(text: str) -> str:
    """The separator that makes most of the headings."""
    beginning = text.lstrip("\r\n")[:LOOKED_AT]
    return max(
        delimited.SEPARATORS,
        key=lambda mark: max(
            map(_known, islice(delimited.read_lines(beginning, mark, strict=False), FIRST_LINES)), default=0
        ),
    )


def _known(line: SheetLine) -> int:
    """How many headings of ours a line has."""
    return sum(column_named(cell) is not None for cell in islice(line[1].values(), LAST_COLUMN))


def _sheet(lines: Iterator[SheetLine], notes: list[str]) -> Sheet:
    first = list(islice(lines, FIRST_LINES))
    start = next((place for place, line in enumerate(first) if _known(line) > 1), 0)
    if start:
        notes.append(_("What stands above the headings, in row %(row)d, was passed over.") % {"row": first[start][0]})
    columns = _columns(first[start][1] if first else {})
    sheet, garbled = Sheet(notes=notes), set[str]()
    for number, cells in chain(first[start + 1 :], lines):
        row = {column: _cell(cells.get(place, ""), garbled) for place, column in columns.items()}
        _refuse_cells_beyond(number, cells, max(columns))
        if any(map(_says_something, row.values())) and not clean_line(row[SLUG]).lower().startswith(EXAMPLE):
            sheet.rows.append((number, row))
        if len(sheet.rows) > MOST_ROWS:
            raise UnreadableFile(_("The file has more than 2,000 pilots. Split it in two."))
    if not sheet.rows:
        raise UnreadableFile(_("The file has headings and no pilot. Write one pilot a row below the headings."))
    if garbled:
        words = _("Some letters were garbled, such as “%(some)s”. They were read as what was meant: look below.")
        notes.append(words % {"some": min(garbled)})
    return sheet


def _says_something(cell: str) -> bool:
    return _is_text(cell.strip()[:LONGEST_HEADING])


@lru_cache(maxsize=1024)
def _is_text(beginning: str) -> bool:
    """Whether anything is left of it when it is cleaned, which takes long for millions of cells."""
    return bool(clean_line(beginning))


def _cell(cell: str, garbled: set[str]) -> str:
    """A cell as it is read; as UnreadableCell one that is too long. Notes what was garbled in it."""
    if isinstance(cell, DateCell | UnreadableCell) or not cell:
        return cell
    if len(cell) > LONGEST_CELL:
        words = _("This cell has more than %(most)s characters, which no text of an entry has.")
        return UnreadableCell(cell[:100], words % {"most": in_digits(LONGEST_CELL)})
    found = GARBLED.search(cell)
    if found:
        garbled.add(found[0])
    return ungarbled(cell) if found else cell


def _refuse_cells_beyond(number: int, cells: dict[int, str], last: int) -> None:
    beyond = next((cell for place, cell in cells.items() if place > last and _says_something(cell)), "")
    if beyond:
        raise UnreadableFile(
            _("Row %(row)d has more cells than there are headings: “%(text)s”. Is a text not in quotes?")
            % {"row": number, "text": beyond[:60]}
        )


def _columns(cells: dict[int, str]) -> dict[int, SheetColumn]:
    """The column of each heading by its place. Raises UnreadableFile for a strange or doubled one."""
    found: dict[int, SheetColumn] = {}
    for place, cell in islice(cells.items(), LAST_COLUMN):
        heading = clean_line(cell[:LONGEST_HEADING]).removeprefix("'")
        column = column_named(heading)
        if heading and column is None:
            near = nearest(heading.lower(), all_names())
            raise UnreadableFile(_("There is no column “%(name)s”. %(near)s") % {"name": heading[:80], "near": near})
        if column in found.values():
            raise UnreadableFile(_("There are two columns “%(name)s”. Delete one of them.") % {"name": heading})
        if column:
            found[place] = column
    if SLUG not in found.values():
        raise UnreadableFile(_("There is no column “slug”. Download the template file and fill that in."))
    if not {*found.values()} - {SLUG, EDIT, *ONLY_SHOWN}:
        raise UnreadableFile(_("The file says nothing about its pilots: it has a column “slug” and no other."))
    return found
