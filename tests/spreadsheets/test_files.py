"""Files as Excel and people leave them: what is meant is read, what may not be meant is refused with a sentence."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook

from pilots.spreadsheets import reader, writer, xlsx
from pilots.spreadsheets.columns import SheetColumn, columns
from pilots.spreadsheets.errors import UnreadableFile
from pilots.spreadsheets.rows import blank, content_of, row_of

TITLE, START = SheetColumn("title", "en"), SheetColumn("start")


def book(*lines: list[Any], style: Callable[[Any], None] = lambda _sheet: None) -> bytes:
    made = Workbook()
    for line in lines:
        made.active.append(line)
    style(made.active)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def one(data: bytes) -> tuple[dict[str, Any], list[str]]:
    """What the only row of a file says, and what is wrong with it."""
    ((_number, row),) = reader.read(data).rows
    content, problems = content_of(row, blank("one"))
    return content, [problem.message for problem in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_is_read_in_every_guise(encoding: str, mark: str) -> None:
    text = f"Slug{mark} TITLE {mark}{mark}\r\none{mark}“Été” à l’école\u00a0{mark}\r\n{mark}{mark}\r\n"
    data = text.encode(encoding)
    assert one(data)[0]["texts"] == {"en": {"title": "“Été” à l’école"}}
    assert bool(reader.read(data).notes) == (encoding == "cp1252")


def test_separator_named_in_the_first_line_is_taken() -> None:
    assert one(b"sep=;\r\nslug;title\r\none;a, b\r\n")[0]["texts"]["en"]["title"] == "a, b"


@pytest.mark.parametrize("heading", ["Title", " title ", "TITLE", "title\u00a0", "'title", "title (EN)"])
def test_headings_are_known_however_they_are_typed(heading: str) -> None:
    assert one(book(["slug", heading, None], ["one", "x"]))[0]["texts"]["en"] == {"title": "x"}


def test_columns_with_languages_and_more_words_are_known() -> None:
    content, _problems = one(book(["slug", "What  was_done (FR)"], ["one", "x"]))
    assert content["texts"] == {"fr": {"what_was_done": "x"}}


@pytest.mark.parametrize(("cell", "said"), [(15.0, "15"), (2.5, "2.5"), (2019, "2019"), (True, "TRUE"), (" x ", "x")])
def test_numbers_are_read_as_they_look(cell: Any, said: str) -> None:
    assert one(book(["slug", "title"], ["one", cell]))[0]["texts"]["en"]["title"] == said


def dated(number_format: str) -> Callable[[Any], None]:
    """What gives the cell B2 a number format."""

    def style(sheet: Any) -> None:
        sheet["B2"].number_format = number_format

    return style


@pytest.mark.parametrize("cell", [date(2019, 5, 1), datetime(2019, 5, 1, 0, 0)])  # noqa: DTZ001 (as Excel has it)
def test_day_that_a_cell_shows_is_taken(cell: Any) -> None:
    data = book(["slug", "start"], ["one", cell], style=dated("yyyy-mm-dd"))
    assert one(data)[0]["start"] == "2019-05-01"


@pytest.mark.parametrize("number_format", ["mmm-yy", 'mmmm" day "yyyy', "[$-409]mmm\\d-yy"])
def test_month_that_excel_made_a_day_of_is_refused(number_format: str) -> None:
    data = book(["slug", "start"], ["one", date(2019, 5, 1)], style=dated(number_format))
    assert "write 2019-05 or 2019-05-01" in one(data)[1][0]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("start", datetime(2019, 5, 1, 12, 30), "time of day"),  # noqa: DTZ001
        ("start", time(12, 30), "time of day"),
        ("title", date(2019, 2, 1), "made a date of this cell"),
        ("title", "=A1&B1", "holds a formula"),
        ("title", "#REF!", "shows an error"),
    ],
)
def test_what_a_cell_may_not_mean_is_refused(column: str, cell: Any, reason: str) -> None:
    assert reason in one(book(["slug", column], ["one", cell]))[1][0]


def test_value_that_a_formula_showed_is_taken_and_nothing_evaluated() -> None:
    data = book(["slug", "title"], ["one", "=1+1"])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = re.sub(rb"<v ?/>|<v></v>", b"<v>7</v>", members[sheet])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    assert one(made.getvalue())[0]["texts"]["en"]["title"] == "7"


def test_rows_are_numbered_as_in_the_file_and_empty_ones_passed_over() -> None:
    data = book([], ["slug", "title"], [None, " "], ["example: x", "y"], ["one", "x"])
    assert [number for number, _row in reader.read(data).rows] == [5]


def test_sheet_of_pilots_is_found_beside_others() -> None:
    made = Workbook()
    made.active.append(["nothing"])
    sheet = made.create_sheet("pilots")
    sheet.append(["slug", "title"])
    sheet.append(["one", "x"])
    data = io.BytesIO()
    made.save(data)
    assert one(data.getvalue())[0]["texts"] == {"en": {"title": "x"}}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"slug,title,title\none,x,y\n", "two columns “title”"),
        (b"title\nx\n", "no column “slug”"),
        (b"slug\none\n", "says nothing about its pilots"),
        (b"slug,titel\none,x\n", "Did you mean “title”"),
        (b"slug,title\none,a,b\n", "more cells than there are headings"),
        (b'slug,title\none,"a"b\n', "cannot be read"),
        (b"slug,title\n" + b"x,y\n" * 2001, "more than 2,000 pilots"),
        (b" \n", "empty"),
    ],
)
def test_table_that_makes_no_sense_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        reader.read(data)


def test_text_too_long_for_excel_is_refused_and_fits_csv() -> None:
    row = row_of(blank("one") | {"texts": {"en": {"summary": "x" * 40_000}}}, [])
    lines = writer.sheet_lines(columns([]), [row])
    with pytest.raises(UnreadableFile, match="longer than the 32,767 characters"):
        xlsx.write({"pilots": lines})
    assert len(one(writer.to_csv(lines))[0]["texts"]["en"]["summary"]) == 40_000
