"""Elements of a Word file (WordprocessingML): runs, paragraphs, links, fields, cells. Plain values in, elements out."""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pilots.exports.documents.pack import Run

# What no XML can hold.
ILLEGAL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, *inside: Any, **attributes: str) -> Any:
    """An element of Word's own namespace, as are its attributes."""
    made: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(inside)
    return made


def paragraph(style: str, *inside: Any, starts_page: bool = False, is_followed: bool = False) -> Any:
    """A paragraph in a style, on one page with what follows where that belongs to it."""
    properties = element("pPr", element("pStyle", val=style_id(style)))
    if is_followed:
        properties.append(element("keepNext"))
    if starts_page:
        properties.append(element("pageBreakBefore"))
    return element("p", properties, *inside)


def legal(words: str) -> str:
    """Words without what no XML can hold."""
    return ILLEGAL.sub("", words)


def style_id(name: str) -> str:
    """What a style is called inside the file."""
    return name.replace(" ", "")


def run(said: Run, *, bold: bool = False) -> Any:
    """Words in their language and look; each line break is one in the file."""
    look = "Pack Link" if said.link else "Pack Quiet" if said.look == "quiet" else ""
    properties = element("rPr")
    if look:
        properties.append(element("rStyle", val=style_id(look)))
    if (bold and look != "Pack Quiet") or said.look == "strong":
        properties.append(element("b"))
    if said.language.isascii() and said.language.replace("-", "").isalnum():  # no code of a language is otherwise
        properties.append(element("lang", val=said.language, eastAsia=said.language, bidi=said.language))
    made = element("r", properties)
    for number, words in enumerate(legal(said.text).split("\n")):
        if number:
            made.append(element("br"))
        made.append(text("t", words))
    return made


def text(tag: str, words: str) -> Any:
    """An element of text whose blanks are kept."""
    made = element(tag)
    made.set(qn("xml:space"), "preserve")
    made.text = words
    return made


def tab() -> Any:
    return element("r", element("tab"))


def link_to(key: str, *inside: Any) -> Any:
    """A link to the address that the file knows by this key."""
    made = element("hyperlink", *inside)
    made.set(qn("r:id"), key)
    return made


def field_begins(instruction: str) -> list[Any]:
    """The beginning of a field that Word works out; behind it stands what it says until then."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", text("instrText", instruction)),
        element("r", element("fldChar", fldCharType="separate")),
    ]


def field_ends() -> Any:
    return element("r", element("fldChar", fldCharType="end"))


def number_field(instruction: str) -> Any:
    """A number that Word works out wherever it shows the page."""
    return element("fldSimple", element("r", text("t", "1")), instr=instruction)


def table_row(cells: list[tuple[int, list[Any]]], *, is_head: bool) -> Any:
    """A row that stays on one page; the first is repeated on every page. Cells come with their width, in twentieths."""
    properties = element("trPr", element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    made = element("tr", properties)
    for width, lines in cells:
        made.append(element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), *lines))
    return made


def table(rows: list[Any], widths: list[int], caption: str) -> Any:
    """A table whose first row and first column are heads; the caption says to listeners what it is about."""
    properties = element(
        "tblPr",
        element("tblStyle", val=style_id("Pack Table")),
        element("tblW", w=str(sum(widths)), type="dxa"),
        element("tblLayout", type="fixed"),
        element(
            "tblLook", val="06A0", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1"
        ),
        element("tblCaption", val=legal(caption)),
    )
    grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    return element("tbl", properties, grid, *rows)
