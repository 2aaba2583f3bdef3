"""Finds the sheet in an XLSX file, and reads its rows as raw cells: kind, value, style."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.cell import column_index_from_string

from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.xlsx_package import Attributes, ElementHandler, Package, local, too_large

LAST_COLUMN = 150  # what somebody left far beside the table is no column of it
LONGEST_CELL = 300_000  # characters that are read of a cell
LONGEST_FORMAT = 255
MOST_TEXT = 10_000_000  # characters in all cells: 2,000 pilots with 5,000 each
TEXTS = frozenset(("v", "t", "f"))


@dataclass
class RawCell:
    """A cell as the file has it. `value` is None where there is none; `formula` where there is one."""

    kind: str = ""
    style: int = 0
    value: str | None = None
    formula: str | None = None


@dataclass
class Relationships(ElementHandler):
    """Which member is meant by which id, and by which kind."""

    folder: str
    by_id: dict[str, str] = field(default_factory=dict)
    by_kind: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", "")))[1:]
            self.by_id[attributes.get("Id", "")] = target
            self.by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2], target)


@dataclass
class SheetList(ElementHandler):
    """The sheets of a workbook by name, and whether its days count from 1904."""

    sheets: dict[str, str] = field(default_factory=dict)
    from_1904: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            named = next((value for name, value in attributes.items() if name != "id" and local(name) == "id"), "")
            self.sheets[attributes.get("name", "")] = named
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true", "on")


@dataclass
class NumberFormats(ElementHandler):
    """The number format of each style of cells."""

    codes: dict[str, str] = field(default_factory=lambda: {str(key): code for key, code in BUILTIN_FORMATS.items()})
    styles: list[str] = field(default_factory=list)
    is_inside: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:LONGEST_FORMAT]
        elif tag == "cellXfs":
            self.is_inside = True
        elif tag == "xf" and self.is_inside:
            self.styles.append(attributes.get("numFmtId", ""))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self.is_inside = False

    def of(self, style: int) -> str:
        """The number format of a style, "" for none."""
        return self.codes.get(self.styles[style], "") if style < len(self.styles) else ""


@dataclass
class SharedStrings(ElementHandler):
    """The texts that cells share. How they are pronounced (`rPh`) is no part of them."""

    texts: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    into: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        self.into = tag if tag in ("t", "rPh") and self.into != "rPh" else self.into

    def end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append("".join(self.parts)[: LONGEST_CELL + 1])
            self.parts = []
        if tag in ("t", "rPh") and (tag == self.into):
            self.into = ""

    def text(self, text: str) -> None:
        if self.into == "t":
            self.parts.append(text)


@dataclass
class SheetReader(ElementHandler):
    """The rows of a sheet that have a cell with a value; `done` is emptied by who reads them."""

    words: list[str]
    done: list[tuple[int, dict[int, RawCell]]] = field(default_factory=list)
    row: dict[int, RawCell] = field(default_factory=dict)
    number: int = 0
    place: int = -1
    cell: RawCell = field(default_factory=RawCell)
    said: dict[str, list[str]] = field(default_factory=dict)
    into: list[str] | None = None
    length: int = 0
    text_left: int = MOST_TEXT

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self.place = _place(attributes.get("r", ""), self.place)
            self.cell = RawCell(attributes.get("t", "n"), _whole(attributes.get("s", "0")))
            self.said, self.length = {}, 0
        elif tag == "row":
            self.number = _whole(attributes.get("r", "")) or self.number + 1
            self.place, self.row = -1, {}
        elif tag in TEXTS:
            self.into = self.said.setdefault(tag, [])

    def end(self, tag: str) -> None:
        if tag in TEXTS:
            self.into = None
        elif tag == "c" and self.said and self.place < LAST_COLUMN:
            self._take({tag: "".join(parts) for tag, parts in self.said.items()})
        elif tag == "row" and self.row:
            self.done.append((self.number, self.row))

    def _take(self, said: dict[str, str]) -> None:
        """Take a cell. Thousands of cells may share one text: what they say is counted before anybody looks at it."""
        self.cell.formula = f"={said['f']}" if "f" in said else None
        self.cell.value = said.get("v", said.get("t"))
        if self.cell.kind == "s" and "v" in said:
            place = _whole(said["v"])
            self.cell.value = self.words[place] if place < len(self.words) else ""
        self.text_left -= len(self.cell.value or "")
        if self.text_left < 0:
            raise too_large()
        self.row[self.place] = self.cell

    def text(self, text: str) -> None:
        if self.into is not None and self.length <= LONGEST_CELL:
            self.into.append(text)
            self.length += len(text)


@dataclass
class Workbook:
    """What is needed to read one sheet."""

    package: Package
    name: str  # of the sheet that is read
    words: list[str]
    formats: NumberFormats
    from_1904: bool
    members: dict[str, str]  # of all sheets, by their names

    def rows(self, sheet: str = "") -> Iterator[tuple[int, dict[int, RawCell]]]:
        """Yield the rows of the sheet, or of another, that hold anything, with their numbers."""
        reader = SheetReader(self.words)
        for _piece in self.package.parse(self.members[sheet or self.name], reader):
            yield from reader.done
            reader.done.clear()

    def filled(self) -> str:
        """The name of the first sheet that holds anything, "" if none does."""
        there = (name for name, member in self.members.items() if member in self.package)
        return next((name for name in there if any(self.rows(name))), "")


def open_workbook(data: bytes, name: str) -> Workbook:
    """The workbook, ready to read its sheet `name`, or its first. Raises UnreadableFile."""
    package = Package(data)
    book = _relations(package, "").by_kind.get("officeDocument", "xl/workbook.xml")
    related = _relations(package, book)
    contents, formats, words = SheetList(), NumberFormats(), SharedStrings()
    package.read(book, contents)
    package.read(related.by_kind.get("styles", ""), formats)
    package.read(related.by_kind.get("sharedStrings", ""), words)
    members = {title: related.by_id.get(key, "") for title, key in contents.sheets.items()}
    read = name if name in members else next(iter(members), "")
    if members.get(read, "") not in package:
        raise UnreadableFile(
            _("This is no Excel file (XLSX) that can be read. Open it, save it as XLSX, and choose it again.")
        )
    return Workbook(package, read, words.texts, formats, contents.from_1904, members)


def _relations(package: Package, name: str) -> Relationships:
    folder, file = posixpath.split(name)
    relations = Relationships(folder)
    package.read(posixpath.join(folder, "_rels", f"{file}.rels"), relations)
    return relations


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _place(reference: str, before: int) -> int:
    """Which column a cell is in, counted from 0: the one behind `before` where the cell does not say."""
    letters = reference.rstrip("0123456789")
    try:
        return column_index_from_string(letters) - 1 if letters else before + 1
    except ValueError:
        return before + 1
