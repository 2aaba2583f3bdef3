"""Uploads that unpack to much are refused before much is made of them; what is empty counts as nothing."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator

import pytest

from pilots.spreadsheets import delimited, reader, xlsx_package
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.xlsx_package import LARGEST_UNPACKED, MOST_MEMBERS, Package
from pilots.spreadsheets.xlsx_workbook import LONGEST_CELL, open_workbook
from tests.spreadsheets.workbooks import PLAIN, inline, packed, workbook
from tests.steps import steps

MB, MANY = 1024 * 1024, 50_001
BOMBS = {
    "empty cells in a row": lambda: workbook(f"<row>{'<c/>' * MANY}</row>"),
    "empty rows": lambda: workbook("<row/>" * MANY),
    "styles": lambda: workbook(styles=f"<cellXfs>{'<xf/>' * MANY}</cellXfs>"),
    "attribute": lambda: workbook(f'<row><c r="{"A" * (20 * MB)}"/></row>'),
    "shared texts": lambda: workbook(sharedStrings="<si><t>x</t></si>" * MANY),
    "blanks": lambda: workbook(PLAIN + "\n" * (LARGEST_UNPACKED + 1)),
    "comment": lambda: workbook(f"{PLAIN}<!-- {'x' * (2 * MB)} -->"),
    "one text in all cells": lambda: workbook(
        inline("slug", "title") + '<row><c t="inlineStr"><is><t>a</t></is></c><c t="s"><v>0</v></c></row>' * 1_000,
        sharedStrings=f"<si><t>{'x ' * 100_000}</t></si>",
    ),
    "one text in cells without a heading": lambda: workbook(
        inline("slug", "title", *[""] * 100, "summary") + ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 20,
        sharedStrings="<si>" + f"<r><t>{'x' * 100_000}</t></r>" * 3 + "</si>",
    ),
    "members": lambda: packed({f"{number}": "" for number in range(MOST_MEMBERS + 1)}),
}
TOO_MUCH = "unpacks to more than"


@pytest.mark.parametrize("name", BOMBS)
def test_what_unpacks_to_much_is_refused_before_much_is_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_package, "MOST_ELEMENTS", MANY - 1)
    data = BOMBS[name]()
    assert len(data) < MB
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match=TOO_MUCH):
        reader.read(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * MB


def test_reading_stops_as_soon_as_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    pieces = Package.pieces

    def counted(package: Package, name: str) -> Iterator[bytes]:
        for piece in pieces(package, name):
            read.append(len(piece))
            yield piece

    monkeypatch.setattr(Package, "pieces", counted)
    monkeypatch.setattr(xlsx_package, "MOST_ELEMENTS", 1000)
    with pytest.raises(UnreadableFile, match=TOO_MUCH):
        reader.read(workbook("<row/>" * 1_000_000))
    assert sum(read) < 3 * xlsx_package.PIECE


@pytest.mark.parametrize("declared", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "/x">'])
def test_entities_are_refused(declared: str) -> None:
    with pytest.raises(UnreadableFile, match="XML entities"):
        reader.read(workbook(head=declared))


def test_packed_file_inside_is_not_opened() -> None:
    with pytest.raises(UnreadableFile, match="no Excel file"):
        reader.read(packed({"inner.xlsx": workbook()}))


def test_damaged_file_is_refused() -> None:
    data = bytearray(workbook("<row/>" * 5_000))
    data[600:700] = b"\xff" * 100
    for broken in (bytes(data), workbook("<row>"), workbook(PLAIN)[:-60], b"PK\x03\x04"):
        with pytest.raises(UnreadableFile):
            reader.read(broken)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_members_packed_in_another_way_are_not_unpacked(method: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as plain, zipfile.ZipFile(data, "w", method) as other:
        for name in plain.namelist():
            other.writestr(name, plain.read(name))
    for broken in (data.getvalue(), data.getvalue()[:60] + b"\xff" * 20 + data.getvalue()[80:]):
        with pytest.raises(UnreadableFile, match="damaged"):
            reader.read(broken)


def test_list_of_members_that_leads_out_of_the_file_is_refused() -> None:
    data = bytearray(workbook())
    start = data.rfind(b"PK\x05\x06") + 16  # where the file says that its list of members begins
    data[start : start + 4] = (2**31).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="damaged"):
        reader.read(bytes(data))


def test_text_of_many_parts_is_put_together_once_and_never_longer_than_is_read() -> None:
    rows = f'<row><c t="inlineStr"><is>{"<t>ab</t>" * (LONGEST_CELL // 2 + 2)}</is></c></row>'
    ((_number, cells),) = open_workbook(workbook(rows), "a").rows()
    assert LONGEST_CELL < len(cells[0].value or "") <= LONGEST_CELL + 2


def test_declared_size_is_not_believed() -> None:
    data = workbook(f"<row>{'<c/>' * 1000}</row>{PLAIN}")
    size = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/sheet.xml").file_size
    with pytest.raises(UnreadableFile, match="damaged"):
        reader.read(data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little")))


@pytest.mark.parametrize(
    "rows",
    [
        PLAIN + '<row r="1048576"><c r="A1048576" s="1"/></row>',
        '<row r="1"><c r="XFD1"/></row>' + PLAIN,
        PLAIN + "<row><c/></row>" * 50_000,
        inline("slug", "title", *[""] * 2_000) + inline("one", "x", *[" "] * 2_000),
        PLAIN + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>\u200b</t></is></c></row>',
    ],
    ids=["last row", "last column", "many rows", "many columns", "last cell"],
)
def test_empty_rows_and_columns_count_as_nothing(rows: str) -> None:
    ((_number, row),) = reader.read(workbook(rows)).rows
    assert [*row.values()] == ["one", "x"]


@pytest.mark.parametrize("cell", [b"ab,", b'"a\n",', b"\xc3\xa9;", b"ab,,"])
def test_line_of_too_many_cells_is_refused_before_they_are_kept(cell: bytes) -> None:
    data = b"slug,title\n".replace(b",", b";" if b";" in cell else b",") + cell * (4 * MB // len(cell))
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match="more cells than a table"):
        reader.read(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * MB


def test_many_cells_are_read_in_many_lines() -> None:
    line = b"\n{}," + b"x," * 500
    data = b"slug,title" + b"".join(line.replace(b"{}", b"%d" % number) for number in range(400))
    assert delimited.MOST_CELLS < 400 * 500
    with pytest.raises(UnreadableFile, match="Row 2 has more cells than there are headings"):
        reader.read(data)


@pytest.mark.parametrize("empty", [b"," * 100_000, b"\n" * 100_000, b" , ,\n" * 20_000, b'"\n\n"\n' * 1000])
def test_empty_lines_of_a_csv_count_as_nothing(empty: bytes) -> None:
    ((_number, row),) = reader.read(empty + b"\nslug,title\n" + empty + b"\none,x\n" + empty).rows
    assert [*row.values()] == ["one", "x"]


@pytest.mark.parametrize("empty", [b"\n", b"\r", b"\r\n"])
def test_empty_line_of_a_csv_costs_a_step_or_two(empty: bytes) -> None:
    one = b"slug,title\none,x\n"
    cost = steps(reader.read, one + empty * 20_000) - steps(reader.read, one + empty * 10_000)
    assert cost < 10_000 * 6


def test_cells_with_nothing_that_is_seen_are_cleaned_once() -> None:
    unseen = b"one,x," + "\u200b,".encode() * 100 + b"\n"
    line = b"slug,title\n"
    cost = steps(reader.read, line + unseen * 60) - steps(reader.read, line + unseen * 40)
    assert cost < 20 * 100 * 10


@pytest.mark.parametrize("encoding", ["utf-7", "shift_jis", "klingon"])
def test_workbook_in_an_encoding_that_is_not_read_is_refused(encoding: str) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        reader.read(workbook(head=f'<?xml version="1.0" encoding="{encoding}"?>'))


def test_cell_that_is_far_too_long_is_named_and_not_kept() -> None:
    ((_number, row),) = reader.read(b'slug,title\none,"' + b"x\n" * 200_000 + b'"\n').rows
    slug, title = row.values()
    assert len(title) <= 100
    assert "more than 300,000 characters" in title.reason  # type: ignore[attr-defined]
    assert slug == "one"
