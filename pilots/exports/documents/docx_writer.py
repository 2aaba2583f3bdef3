"""Packs as DOCX: real headings, heads of tables that repeat, each run in its language. For Word and LibreOffice."""

import io
import zipfile
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from pilots.exports.documents import docx_xml as xml
from pilots.exports.documents.docx_styles import new_document
from pilots.exports.documents.pack import (
    Block,
    Cell,
    HeadingBlock,
    LabelledBlock,
    Line,
    ListBlock,
    Pack,
    Run,
    TableBlock,
    TextBlock,
)

EPOCH = (1980, 1, 1, 0, 0, 0)  # the time of every part, so that the same pack is the same bytes
TEXT_WIDTH = 9_071  # twentieths of a point: 160 mm


def to_docx(pack: Pack) -> bytes:
    """The pack as a Word file, the same bytes for the same pack."""
    document = new_document(pack)
    writer = DocxWriter(document)
    writer.cover(pack)
    writer.contents(pack)
    writer.blocks(pack.blocks)
    file = io.BytesIO()
    document.save(file)
    return _with_one_time(file)


def _with_one_time(file: io.BytesIO) -> bytes:
    """The same archive with one time for all its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(part, before.read(name))
    return made.getvalue()


class DocxWriter:
    """Adds the blocks of a pack to a document, one after the other."""

    def __init__(self, document: Document) -> None:
        self.part = document.part
        self.body: Any = document.element.body
        self.end = self.body.sectPr
        self.chapter = ""  # the heading above, which tells what a table is about
        self.headings = 0

    def add(self, made: Any) -> None:
        self.end.addprevious(made)

    def cover(self, pack: Pack) -> None:
        self.paragraph((Run(pack.author),), "Pack Author")
        self.paragraph((Run(pack.cover.kicker),), "Pack Kicker")
        self.paragraph(pack.cover.title, "Title")
        if pack.cover.lead:
            self.paragraph(pack.cover.lead, "Pack Lead")
        self.paragraph((), "Pack Rule")
        self.block(pack.cover.about)

    def contents(self, pack: Pack) -> None:
        """Links to the headings, as a field: Word adds the pages when its reader asks it to."""
        self.add(xml.paragraph("Pack Contents", xml.run(Run(pack.contents)), starts_page=True))
        headings = [one for one in pack.blocks if isinstance(one, HeadingBlock)]
        listed = [(number, one) for number, one in enumerate(headings, start=1) if one.level <= pack.depth]
        for number, heading in listed:
            link = xml.element("hyperlink", *map(xml.run, heading.line), anchor=bookmark(number))
            begin = xml.field_begins(f'TOC \\o "1-{pack.depth}" \\h') if number == listed[0][0] else []
            end = [xml.field_ends()] if number == listed[-1][0] else []
            self.add(xml.paragraph(f"Pack Contents {heading.level}", *begin, link, *end))

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Add blocks: a text on one page with the pointer or the hint behind it, the hint under a heading with both."""
        for before, block, after in zip_longest((None, *blocks[:-1]), blocks, blocks[1:]):
            is_followed = isinstance(after, TextBlock) and after.look in {"pointer", "hint"}
            is_under = isinstance(before, HeadingBlock) and isinstance(block, TextBlock) and block.look == "hint"
            self.block(block, is_followed=is_followed or is_under)

    def block(self, block: Block, *, is_followed: bool = False) -> None:
        if isinstance(block, HeadingBlock):
            self.heading(block)
        elif isinstance(block, TextBlock):
            style = f"Pack {block.look.capitalize()}" if block.look else "Normal"
            self.add(xml.paragraph(style, *self.runs(block.line), is_followed=is_followed))
        elif isinstance(block, ListBlock):
            for item in block.items:
                self.paragraph(item, "List Number" if block.is_numbered else "List Bullet")
        elif isinstance(block, LabelledBlock):
            self.labelled(block)
        else:
            self.table(block)

    def heading(self, block: HeadingBlock) -> None:
        self.headings += 1
        self.chapter = "".join(run.text for run in block.line)
        key = str(self.headings)
        start = xml.element("bookmarkStart", id=key, name=bookmark(self.headings))
        end = xml.element("bookmarkEnd", id=key)
        self.add(xml.paragraph(f"Heading {block.level}", start, *self.runs(block.line), end))

    def labelled(self, block: LabelledBlock) -> None:
        """Labels with their texts beside them, or under them on the same page."""
        for item in block.items:
            label = [xml.run(one, bold=True) for one in item.label]
            if block.is_beside:
                said = [run for one in item.blocks if isinstance(one, TextBlock) for run in self.runs(one.line)]
                self.add(xml.paragraph("Pack Beside", *label, xml.tab(), *said))
                continue
            self.add(xml.paragraph("Pack Label", *label))
            self.blocks(item.blocks)

    def table(self, block: TableBlock) -> None:
        widths = [round(TEXT_WIDTH * width / sum(block.widths)) for width in block.widths]
        lines = [tuple(((Run(word),),) for word in block.head), *block.rows]
        rows = [
            xml.table_row(
                [
                    (width, self.cell(cell, is_head=number == 0 or place == 0))
                    for place, (width, cell) in enumerate(zip(widths, cells, strict=True))
                ],
                is_head=number == 0,
            )
            for number, cells in enumerate(lines)
        ]
        self.add(xml.table(rows, widths, self.chapter))
        self.add(xml.paragraph("Pack Gap"))

    def cell(self, cell: Cell, *, is_head: bool) -> list[Any]:
        return [xml.paragraph("Pack Cell", *self.runs(line, bold=is_head)) for line in cell or ((),)]

    def paragraph(self, line: Line, style: str) -> None:
        self.add(xml.paragraph(style, *self.runs(line)))

    def runs(self, line: Line, *, bold: bool = False) -> list[Any]:
        """The runs of a line, those with an address as links."""
        return [
            xml.link_to(self.key_of(run.link), xml.run(run)) if run.link else xml.run(run, bold=bold) for run in line
        ]

    def key_of(self, address: str) -> str:
        return self.part.relate_to(xml.legal(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def bookmark(number: int) -> str:
    """The name of the place of a heading, as Word calls those of its tables of contents."""
    return f"_Toc{number:06}"
