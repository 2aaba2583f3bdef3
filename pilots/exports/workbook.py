"""Tables as Excel files (XLSX), written while they are sent.

openpyxl keeps a whole file on disk until it is done, and puts the time into it. Here the parts of the file go into the
archive as they come, and the same table gives the same bytes. The directory of a ZIP archive stands at its end, so a
file that was cut off does not open.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from pilots.exports.table import Table, TableColumn, batches
from pilots.spreadsheets.cells import escape_formula
from pilots.spreadsheets.xlsx import LONGEST_WRITTEN
from pilots.spreadsheets.xlsx import escape as escape_text

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FIRST_DAY = date(1899, 12, 30).toordinal()  # as Excel counts days
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first time that an archive can hold
DAY, NUMBER = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d{1,9}", re.ASCII)
CUT = _(" … [cut: Excel holds no more in one cell; the CSV file has all]")
# Lines from which on a sheet may grow beyond 2 GB; the form for that is one that not every program reads.
MANY = 20_000
TEXT, HEADING, DATE = 1, 2, 3  # places in `STYLES`
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="164" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class _Sent:
    """What an archive is written to: a file that forgets what was taken out of it."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes, /) -> int:
        self.written += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def close(self) -> None:
        """Nothing is open."""

    def take(self) -> bytes:
        taken, self.written = bytes(self.written), bytearray()
        return taken


def to_xlsx(table: Table) -> Iterator[bytes]:
    """Yield the file: the table, what its columns mean, and what it is: filter, day, version, terms."""
    column, meaning = TableColumn("column", ""), TableColumn("meaning", "")
    columns = [[one.name, one.meaning] for one in table.columns]
    sheets = [
        table,
        Table("columns", [column, meaning], columns, len(columns), []),
        Table("about", [TableColumn("about", ""), TableColumn("said", "")], map(list, table.about), 0, []),
    ]
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts([sheet.name for sheet in sheets]).items():
            archive.writestr(_entry(name), HEAD + content)
        for number, sheet in enumerate(sheets, start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=sheet.count > MANY) as part:
                for text in _sheet(sheet):
                    part.write(text.encode())
                    yield sent.take()
    yield sent.take()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _parts(names: list[str]) -> dict[str, str]:
    """What an Excel file has beside its sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(f'<sheet name={quoteattr(names[n - 1])} sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    targets = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers} | {
        "styles": ("styles", "styles.xml")
    }
    kinds = {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers} | {"/xl/styles.xml": "styles"}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{KIND}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KIND}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(targets),
        "xl/styles.xml": STYLES,
    }


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _sheet(table: Table) -> Iterator[str]:
    """Yield a sheet, its headings and its first column kept in sight."""
    yield (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" '
        'topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(table.columns)}" width="28" customWidth="1"/></cols><sheetData>'
    )
    letters = [get_column_letter(place) for place in range(1, len(table.columns) + 1)]
    yield _row(1, [_text(f"{letter}1", one.name, HEADING) for letter, one in zip(letters, table.columns, strict=True)])
    number = 1
    for lines in batches(table.lines):
        rows = []
        for line in lines:
            number += 1
            cells = zip(letters, line, table.columns, strict=True)
            rows.append(
                _row(number, [_cell(f"{letter}{number}", text, one.kind) for letter, text, one in cells if text])
            )
        yield "".join(rows)
    yield "</sheetData></worksheet>"


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, text: str, kind: str) -> str:
    """A cell: a date as the number of its day, a number as such (a year too), everything else as text."""
    if kind == "date" and DAY.fullmatch(text):
        return f'<c r="{place}" s="{DATE}"><v>{date.fromisoformat(text).toordinal() - FIRST_DAY}</v></c>'
    if kind != "text" and NUMBER.fullmatch(text):
        return f'<c r="{place}"><v>{int(text)}</v></c>'
    return _text(place, text, TEXT)


def _text(place: str, text: str, style: int) -> str:
    said = escape_formula(text)
    if len(said) > LONGEST_WRITTEN:
        note = str(CUT)
        said = said[: LONGEST_WRITTEN - len(note)] + note
    words = escape(escape_text(said))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
