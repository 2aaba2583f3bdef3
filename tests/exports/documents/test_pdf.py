"""PDF: tagged, titled, in its languages, fit to be kept; whatever editors write is shown as text."""

import re
import subprocess
import sys
from datetime import date

import pytest

from pilots.exports.documents import glyphs, typst_writer
from pilots.exports.documents.pack import (
    Cover,
    HeadingBlock,
    Labelled,
    LabelledBlock,
    Pack,
    Run,
    TableBlock,
    TextBlock,
    line,
    prose,
)
from pilots.exports.documents.typst_writer import to_pdf
from tests.exports.documents.reading_packs import inside
from tests.exports.reading_files import body

DATABASES = ("sqlite",)
HOSTILE = [
    "#panic() $x$ *b* _i_ `raw` <label> @ref \\ \\u{41} \"quotes\" 'and' // no comment /* none */ [x] {y} ~ --- ...",
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd")',
    "= no heading\n- no item\n+ none",
    "W" * 400,
    "https://example.org/" + "a" * 300,
    "😀👩‍👩‍👧 漢字 ไทย",
    "مرحبا بالعالم שלום Ελλάδα Россия",
    "e\u0301 \u200b \u00ad \u2028 \ufeff",
    "",
]


def test_process_that_sets_has_limits_of_its_own():
    limits = (
        "import resource; print(signal.alarm(0), *resource.getrlimit(resource.RLIMIT_DATA)[:1]); bytearray(2 * 10**9)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", typst_writer.LIMITS + limits], capture_output=True, check=False, text=True
    )
    seconds, most = map(int, done.stdout.split())
    assert (0 < seconds <= 35, most, "MemoryError" in done.stderr) == (True, typst_writer.MOST_BYTES, True)


def pack_with(*blocks, title="A title", language="en"):
    about = LabelledBlock((Labelled(line("Day"), (TextBlock(line("today")),)),), is_beside=True)
    return Pack(
        title=title,
        short_title=title,
        language=language,
        author="PREPARE pilots",
        day=date(2026, 3, 1),
        cover=Cover("Briefing pack", line(title), line("a town"), about),
        blocks=(HeadingBlock(1, line("First")), *blocks),
        contents="Contents",
        depth=2,
        page_of="Page {page} of {pages}",
    )


def every_block(text):
    """A pack that has a text wherever one can stand."""
    cell = (line(text),)
    return pack_with(
        HeadingBlock(2, line(text or "x")),
        *prose(text, "fr"),
        TextBlock((Run(text, "pt-br", "quiet"), Run(text, look="strong"), Run(text, link="https://example.org/?a=#b"))),
        TextBlock(line(text, language="no language!"), "pointer"),
        LabelledBlock((Labelled(line(text), (TextBlock(line(text)),)),)),
        LabelledBlock((Labelled(line(text), (TextBlock(line(text)),)),), is_beside=True),
        TableBlock((text, "b"), ((cell, (*cell, *cell)), (cell, ())), (1, 2)),
        title=text or "x",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_wherever_it_stands_and_never_read_as_markup(text):
    assert to_pdf(every_block(text)).startswith(b"%PDF-")


def test_pdf_is_tagged_and_says_its_title_its_language_and_the_standards_it_keeps():
    french = TextBlock((Run("Bonjour", "fr"), Run(" and good day")))
    pdf = inside(to_pdf(pack_with(french, HeadingBlock(2, line("Second")), TableBlock(("a", "b"), (), (1, 1)))))
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Marked true", b"/DisplayDocTitle true", b"/Outlines"):
        assert part in pdf, part
    assert b"pdfuaid:part>1<" in pdf.replace(b" ", b"")
    assert b"pdfaid:part>2<" in pdf.replace(b" ", b"")
    assert {b"en", b"fr"} <= set(re.findall(rb"/Lang ?\((\w+)\)", pdf))
    assert {b"H1", b"H2", b"Table", b"TH", b"P", b"TOC", b"Title"} <= set(re.findall(rb"/S ?/(\w+)", pdf))
    assert {b"First", b"Second"} <= set(re.findall(rb"/Title ?\(([^)]*)\)", pdf))
    assert b"A title" in pdf
    assert b"PREPARE pilots" in pdf


def test_pdf_is_the_same_to_the_byte():
    assert to_pdf(pack_with()) == to_pdf(pack_with())


def test_fonts_have_every_sign_that_they_are_said_to_have():
    signs = "".join(sign for code in sorted(glyphs._COVERED) if not (sign := chr(code)).isspace())
    assert to_pdf(pack_with(*(TextBlock(line(signs[start : start + 50])) for start in range(0, len(signs), 50))))


def test_failure_to_set_says_why(monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic(sys.inputs.pack)")
    monkeypatch.setattr(typst_writer, "TEMPLATE", broken)
    with pytest.raises(typst_writer.NotSet, match="panicked"):
        to_pdf(pack_with())


def test_sign_that_no_font_has_is_a_box():
    assert glyphs.shown("a 漢😀\ufe0f é\n→") == "a □□ é\n→"


@pytest.mark.django_db
@pytest.mark.usefixtures("nine_pilots")
@pytest.mark.parametrize(
    "address",
    ["/pilots/avignon.pdf", "/shortlist.pdf?keep=avignon&keep=malaga", "/compare.pdf?pilot=avignon&pilot=malaga"],
)
def test_pack_is_a_pdf(address):
    assert b"pdfuaid" in inside(body(address))
