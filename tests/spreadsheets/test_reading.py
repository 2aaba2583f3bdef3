"""What is clear is read, however a program wrote it; what is not is named in words that help."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from pilots.spreadsheets import reader
from pilots.spreadsheets.columns import column_named
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.mojibake import ungarbled
from pilots.spreadsheets.rows import blank, content_of
from tests.spreadsheets.workbooks import PLAIN, inline, packed, workbook


def titles(data: bytes) -> list[str]:
    rows = [content_of(row, blank("x"))[0] for _number, row in reader.read(data).rows]
    return [content["texts"]["en"]["title"] for content in rows]


def of_cells(*cells: str, **parts: str) -> tuple[str, list[str]]:
    """What the start of the only pilot is, and what is wrong; `cells` are XML."""
    rows = inline("slug", "start") + f"<row>{inline('one')[5:-6]}{''.join(cells)}</row>"
    ((_number, row),) = reader.read(workbook(rows, **parts)).rows
    content, problems = content_of(row, blank("one"))
    return content["start"], [problem.message for problem in problems]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("above", ["", "Our pilots in 2026", "a,b;c\td", '"two\nlines"', "\ufeff"])
def test_lines_above_the_headings_are_passed_over(mark: str, above: str) -> None:
    text = f"{above}\r\n{mark}{mark}\r\nslug{mark}title{mark}\r\none{mark}“a, b; c”{mark}\r\n".replace(
        "“a, b; c”", '"a, b; c"'
    )
    assert titles(text.encode("utf-8-sig")) == ["a, b; c"]


def test_workbook_whose_sheet_is_empty_is_told_which_other_is_not() -> None:
    book = Workbook()
    for name in ("Cover & notes", "Also empty", "Our towns", "More"):
        book.create_sheet(name)
    del book["Sheet"]
    for name in ("Our towns", "More"):
        book[name].append(["slug", "title"])
    data = io.BytesIO()
    book.save(data)
    with pytest.raises(UnreadableFile, match=r"The sheet “Cover & notes” is empty, and “Our towns” is not\."):
        reader.read(data.getvalue())


def test_title_above_the_headings_of_a_workbook_is_passed_over_and_told() -> None:
    sheet = reader.read(workbook(inline("", "Our pilots") + PLAIN))
    assert len(sheet.rows) == 1
    assert "in row 2" in sheet.notes[0]


@pytest.mark.parametrize(
    "heading",
    ["\ufefftitle", "ti\u00adtle", "\u200btitle\u200b", "title\u00a0", " Title (\u00a0EN )", "_title", "'title"],
)
def test_heading_is_known_whatever_hides_in_it(heading: str) -> None:
    assert titles(workbook(inline("slug", heading) + inline("one", "x"))) == ["x"]


def test_heading_that_is_long_costs_little() -> None:
    assert column_named("a " * 1_000_000 + "(" * 1_000_000) is None
    assert column_named("what was done (fr) (sv)") is None


def test_strict_workbook_is_read() -> None:
    assert titles(workbook(strict=True)) == ["x"]


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ('<c t="d"><v>2019-05-17</v></c>', "2019-05-17"),
        ('<c t="d"><v>2019-05-17T00:00:00</v></c>', "2019-05-17"),
        ('<c s="1"><v>43602</v></c>', "2019-05-17"),
        ('<c t="s"><v>0</v></c>', "2019"),
        ('<c t="str"><f>A1</f><v>2019</v></c>', "2019"),
        ("<c><v>2019.0</v></c>", "2019"),
    ],
)
def test_day_is_read_as_every_program_writes_it(cell: str, start: str) -> None:
    words = "<si><r><t>20</t></r><r><t>19</t></r><rPh><t>no</t></rPh></si>"
    styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
    assert of_cells(cell, styles=styles, sharedStrings=words) == (start, [])


def test_line_breaks_and_signs_written_by_excel_are_read() -> None:
    said = titles(workbook(inline("slug", "title") + inline("one", "a_x000B_b_x000D_c_xD83D__xDE42__x005F_x000A_")))
    assert said == ["a b c🙂"]


def test_two_lessons_parted_by_any_line_break_are_two() -> None:
    for parted in ("\n", "\r\n", "\u2028", "\u2029", "\x0b", "\x85"):
        ((_number, row),) = reader.read(f'slug,lessons\none,"1|helped||a{parted}2|hard||b"\n'.encode()).rows
        content, problems = content_of(row, blank("one"))
        assert problems == []
        assert [part["texts"]["en"]["text"] for part in content["lessons"].values()] == ["a", "b"]


GARBLED = [
    ("lâ€™Ã©cole â€œaâ€\x9d â€“ Â«", "l’école “a” – «"),
    ("Ã¢â‚¬â„¢", "’"),
    ("déjà\u00a0» «\u00a0ça", "déjà\u00a0» «\u00a0ça"),
    ("Å “PÅ” Ä“ âge", "Å “PÅ” Ä“ âge"),
    ("cÅ“ur, Å’uvre, Å¾, Åº", "cœur, Œuvre, ž, ź"),
    ("„Å“ Å’s LUNEDÌ… √2 ≈ 5 ‚Äpfel‘", "„Å“ Å’s LUNEDÌ… √2 ≈ 5 ‚Äpfel‘"),
    ("eÌ\x81 nÌƒ", "e\u0301 n\u0303"),
    ("ðŸ™‚ ðŸ‘©â€\x8dâš•ï¸\x8f", "🙂 👩\u200d⚕\ufe0f"),
    ("The city‚Äôs ‚Äúcaf√©‚Äù ‚Äì s≈ìur ‚Ç¨5", "The city’s “café” – sœur €5"),
]


@pytest.mark.parametrize(("garbled", "meant"), GARBLED)
def test_garbled_letters_are_read_as_what_was_meant(garbled: str, meant: str) -> None:
    assert ungarbled(garbled) == meant


def test_garbled_letters_are_told() -> None:
    data = "slug,title\none,lâ€™Ã©cole\n".encode()
    assert titles(data) == ["l’école"]
    assert "garbled" in reader.read(data).notes[0]


@pytest.mark.parametrize("mark", [",", ";", "\t", "#"])
@pytest.mark.parametrize("first", ["sep={}", '"sep={}"', "SEP={}"])
def test_separator_that_the_file_names_is_taken(mark: str, first: str) -> None:
    lines = [first.format(mark), f"slug{mark}title", f"one{mark}x"]
    assert titles("\r\n".join(lines).encode()) == ["x"]


def test_single_control_characters_do_not_make_a_file_unreadable() -> None:
    assert titles(b"slug,title\none,x\x07y\x02\n") == ["xy"]
    with pytest.raises(UnreadableFile, match="neither an XLSX nor a CSV"):
        reader.read(b"slug,title\none,\x01\x02\x03" + b"\x04" * 20)


@pytest.mark.parametrize("hyphen", "‐‑–−")
def test_other_hyphens_in_dates_and_pointers_are_read(hyphen: str) -> None:
    text = f"slug,start,lessons,passages\none,2019{hyphen}05,1 | helped | 3.1{hyphen}2 | a,summary | 2.1{hyphen}3\n"
    ((_number, row),) = reader.read(text.encode()).rows
    content, problems = content_of(row, blank("one"))
    assert problems == []
    assert content["start"] == "2019-05"
    assert (content["lessons"]["1"]["passage"], content["passages"]["summary"]["passage"]) == ("3.1-2", "2.1-3")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "utf-16"])
def test_wide_encodings_are_read(encoding: str) -> None:
    assert titles("slug;title\r\none;école\r\n".encode(encoding)) == ["école"]


OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 600
KINDS = [
    (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    (OLE + "Workbook".encode("utf-16-le"), "an old Excel file"),
    (packed({"content.xml": "", "META-INF/manifest.xml": ""}), "OpenDocument"),
    (packed({"xl/workbook.bin": ""}), "XLSB"),
    (packed({"word/document.xml": ""}), "a Word document"),
    (b"\r\n<HTML><table>", "a web page"),
    ("\ufeff<!DOCTYPE html>".encode("utf-16"), "a web page"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel file of 2003"),
    (b"MIME-Version: 1.0\r\n", "MHTML"),
    (b"\x89PNG\r\n", "a picture"),
    (b"slug,title\x01\none,\x00x\n", "neither an XLSX nor a CSV"),
]


@pytest.mark.parametrize(("data", "named"), KINDS, ids=[named for _data, named in KINDS])
def test_other_kinds_of_files_are_named(data: bytes, named: str) -> None:
    with pytest.raises(UnreadableFile, match=named):
        reader.read(data)


def test_encrypted_member_is_named() -> None:
    data = workbook()
    at = data.index(b"PK\x01\x02")
    marked = data.replace(
        b"PK\x01\x02" + data[at + 4 : at + 8] + b"\0\0", b"PK\x01\x02" + data[at + 4 : at + 8] + b"\1\0"
    )
    with pytest.raises(UnreadableFile, match="protected by a password"):
        reader.read(marked)


def test_workbook_saved_by_libreoffice_is_read() -> None:
    data = (Path(__file__).parent / "files" / "saved_by_libreoffice.xlsx").read_bytes()
    ((number, row),) = reader.read(data).rows
    content, problems = content_of(row, blank("one"))
    assert (number, problems, content["start"]) == (2, [], "2019-05")
    assert content["texts"]["en"] == {"title": "Été “x”", "summary": "• a\n• b"}
