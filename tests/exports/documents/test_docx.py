"""DOCX: real headings, heads of tables that repeat, each run in its language, the same pack as in the PDF."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from pilots.exports.documents.docx_writer import to_docx
from pilots.exports.documents.pack import HeadingBlock, ListBlock, Run, TableBlock, TextBlock, line
from tests.exports.documents.reading_packs import headings, pack_at
from tests.exports.documents.test_pdf import HOSTILE, every_block, pack_with
from tests.exports.reading_files import body

DATABASES = ("sqlite",)


def opened(file):
    return docx.Document(io.BytesIO(file))


def said(document):
    """The words of paragraphs and links, in order."""
    return ["".join(one.itertext()) for one in document.element.body.iter(qn("w:p"))]


def visible(text):
    return "".join(char for char in text if char.isprintable() and char != " ")


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x0b\ufffe]]><w:p/>&amp;"])
def test_text_is_shown_wherever_it_stands_and_never_read_as_markup(text):
    document = opened(to_docx(every_block(text)))
    assert visible(text) in visible("".join(said(document)))


def test_headings_are_headings_and_contents_lead_to_them():
    document = opened(to_docx(pack_with(HeadingBlock(2, line("Second")), HeadingBlock(1, line("Third")))))
    styles = {one.text: one.style.name for one in document.paragraphs}
    assert (styles["First"], styles["Second"], styles["Third"]) == ("Heading 1", "Heading 2", "Heading 1")
    assert document.paragraphs[2].style.name == "Title"
    places = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    links = [
        one.get(qn("w:anchor")) for one in document.element.body.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))
    ]
    assert places == links == ["_Toc000001", "_Toc000002", "_Toc000003"]
    assert sum(one.text == 'TOC \\o "1-2" \\h' for one in document.element.body.iter(qn("w:instrText"))) == 1


def test_head_of_a_table_repeats_and_its_rows_stay_whole():
    rows = tuple(((line(f"row {number}"),), (line("a"), line("b"))) for number in range(3))
    document = opened(to_docx(pack_with(TableBlock(("Fact", "Said"), rows, (1, 3)))))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Fact", "Said"]
    assert [cell.text for cell in table.rows[2].cells] == ["row 1", "a\nb"]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "First"
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_each_run_is_in_its_language_and_the_rest_in_that_of_the_document():
    document = opened(to_docx(pack_with(TextBlock((Run("Bonjour", "fr"), Run(" all"))), language="sv")))
    runs = next(one for one in document.paragraphs if one.text == "Bonjour all").runs
    languages = [one._r.rPr.find(qn("w:lang")) for one in runs]
    assert [one if one is None else one.get(qn("w:val")) for one in languages] == ["fr", None]
    usual = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert usual.get(qn("w:val")) == document.core_properties.language == "sv"


def test_file_says_its_title_its_author_and_its_day_and_numbers_its_pages():
    document = opened(to_docx(pack_with()))
    about = document.core_properties
    assert (about.title, about.author, about.last_modified_by) == ("A title", "PREPARE pilots", "PREPARE pilots")
    assert about.created == about.modified == datetime(2026, 3, 1, tzinfo=UTC)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "PREPARE pilots\tA title"
    foot = section.footer.paragraphs[0]._p
    assert [one.get(qn("w:instr")) for one in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert section.different_first_page_header_footer


def test_lists_are_lists():
    document = opened(to_docx(pack_with(ListBlock((line("a"),)), ListBlock((line("b"),), is_numbered=True))))
    assert {one.text: one.style.name for one in document.paragraphs[-2:]} == {"a": "List Bullet", "b": "List Number"}


def test_file_is_the_same_to_the_byte_and_holds_no_picture_of_another():
    file = to_docx(pack_with())
    assert file == to_docx(pack_with())
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        assert not [name for name in archive.namelist() if name.endswith((".jpeg", ".jpg", ".png"))]
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@pytest.mark.django_db
@pytest.mark.usefixtures("nine_pilots")
@pytest.mark.parametrize(
    "address",
    ["/pilots/avignon{}", "/shortlist{}?keep=malaga&keep=avignon", "/compare{}?pilot=avignon&pilot=malaga"],
)
def test_word_file_says_what_the_pdf_says_in_the_same_order(address):
    pack = pack_at(address.format(".pdf"))
    document = opened(body(address.format(".docx")))
    for level in (1, 2):
        shown = [one.text for one in document.paragraphs if one.style.name == f"Heading {level}"]
        assert shown == headings(pack, level)
    words = "".join("".join(said(document)).split())
    for one in pack["blocks"]:
        if one["kind"] == "paragraph":
            assert "".join("".join(run["text"] for run in one["line"]).split()) in words
