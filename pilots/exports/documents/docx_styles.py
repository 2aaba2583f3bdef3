"""The look of a Word file: styles in the colours of the site, A4, what stands at the head and foot of its pages."""

from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from pilots.exports.documents.docx_xml import element, legal, number_field, paragraph, run, tab
from pilots.exports.documents.pack import Pack, Run

# Every Word has them, and LibreOffice has fonts of the same width.
SERIF, SANS = "Cambria", "Calibri"
# The colours of static/css/tokens.css.
INK, SOFT, ACCENT, RULE, WASH = "1A1D21", "4B5158", "0D4F63", "D8D3C7", "F1EEE6"

# Name: font, size in points, bold, colour, points before and after it, kept with what follows.
PARAGRAPHS: dict[str, tuple[str, float, bool, str, float, float, bool]] = {
    "Normal": (SANS, 10.5, False, INK, 0, 6, False),
    "Title": (SERIF, 32, True, INK, 0, 12, True),
    "Heading 1": (SERIF, 20, True, INK, 30, 10, True),
    "Heading 2": (SERIF, 13, True, ACCENT, 16, 6, True),
    "List Bullet": (SANS, 10.5, False, INK, 0, 4, False),
    "List Number": (SANS, 10.5, False, INK, 0, 4, False),
    "Header": (SANS, 9, False, SOFT, 0, 0, False),
    "Footer": (SANS, 9, False, SOFT, 0, 0, False),
    "Pack Author": (SERIF, 13, True, ACCENT, 40, 150, False),
    "Pack Kicker": (SANS, 12, False, SOFT, 0, 6, True),
    "Pack Rule": (SANS, 4, False, INK, 170, 6, True),
    "Pack Contents": (SERIF, 20, True, INK, 0, 10, True),
    "Pack Contents 1": (SANS, 10.5, False, INK, 0, 3, False),
    "Pack Contents 2": (SANS, 10.5, False, INK, 0, 2, False),
    "Pack Lead": (SERIF, 12.5, False, SOFT, 0, 8, False),
    "Pack Hint": (SANS, 9.5, False, SOFT, 0, 6, False),
    "Pack Pointer": (SANS, 9, False, SOFT, 0, 8, False),
    "Pack Label": (SANS, 10.5, True, INK, 6, 2, True),
    "Pack Beside": (SANS, 10.5, False, INK, 0, 4, False),
    "Pack Cell": (SANS, 9.5, False, INK, 1, 2, False),
    "Pack Gap": (SANS, 4, False, INK, 0, 4, False),
}
LONGEST = 255  # characters of a property
LABEL_WIDTH = Mm(36)


def new_document(pack: Pack) -> Document:
    """An empty document with title, author, language, styles and pages."""
    document = docx.Document()
    _describe(document, pack)
    for name, look in PARAGRAPHS.items():
        _style(document, name, *look)
    _special_styles(document)
    _table_style(document)
    _pages(document, pack)
    return document


def _describe(document: Document, pack: Pack) -> None:
    about = document.core_properties
    about.title, about.subject, about.language = legal(pack.title)[:LONGEST], pack.cover.kicker, pack.language
    about.author = about.last_modified_by = pack.author
    about.keywords, about.comments, about.revision = "", "", 1
    about.created = about.modified = datetime.combine(pack.day, time(), UTC)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for language in defaults.findall(qn("w:lang")):
        defaults.remove(language)
    defaults.append(element("lang", val=pack.language, eastAsia=pack.language, bidi=pack.language))
    # Without it, Word opens the file as one of a former Word.
    compatibility = document.settings.element.find(qn("w:compat"))
    if compatibility is None:
        compatibility = element("compat")
        document.settings.element.append(compatibility)
    uri = "http://schemas.microsoft.com/office/word"
    compatibility.append(element("compatSetting", name="compatibilityMode", uri=uri, val="15"))
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[key]  # a picture of another document


def _style(
    document: Document,
    name: str,
    font: str,
    size: float,
    bold: bool,  # noqa: FBT001 (a column of the table above)
    colour: str,
    before: float,
    after: float,
    keeps: bool,  # noqa: FBT001
) -> None:
    styles = document.styles
    known = name in [one.name for one in styles]
    style: Any = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = styles["Normal"]
    _font(style, font, size, colour, bold=bold)
    pages = style.paragraph_format
    pages.space_before, pages.space_after, pages.keep_with_next = Pt(before), Pt(after), keeps
    pages.line_spacing, pages.widow_control = (1.0 if size > 12 else 1.12), True


def _font(style: Any, font: str, size: float, colour: str, *, bold: bool) -> None:
    properties = style.element.get_or_add_rPr()
    for fonts in properties.findall(qn("w:rFonts")):  # those of a theme would win
        properties.remove(fonts)
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    for name in ("w:cs", "w:eastAsia"):
        properties.find(qn("w:rFonts")).set(qn(name), font)


def _special_styles(document: Document) -> None:
    """What styles have besides letters: lines, indents, and the looks of runs."""
    styles: Any = document.styles
    _border(styles["Heading 1"], "top", ACCENT, size=12, space=6)
    _border(styles["Pack Rule"], "bottom", ACCENT, size=12, space=1)
    _border(styles["Title"], "bottom", None)
    styles["Pack Contents 2"].paragraph_format.left_indent = Mm(5)
    for name in ("List Bullet", "List Number"):
        item = styles[name].paragraph_format
        item.left_indent, item.first_line_indent = Mm(8), -Mm(8)
    beside = styles["Pack Beside"].paragraph_format
    beside.left_indent, beside.first_line_indent = LABEL_WIDTH, -LABEL_WIDTH
    beside.tab_stops.add_tab_stop(LABEL_WIDTH)
    for name, colour in (("Pack Quiet", SOFT), ("Pack Link", ACCENT)):
        styles.add_style(name, WD_STYLE_TYPE.CHARACTER).font.color.rgb = RGBColor.from_string(colour)
    styles["Pack Quiet"].font.bold = False
    for name in ("Header", "Footer"):
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)


def _border(style: Any, side: str, colour: str | None, size: int = 0, space: int = 0) -> None:
    """A line at one side of paragraphs; None takes away those that are there. Sizes in eighths of a point."""
    properties = style.element.get_or_add_pPr()
    for borders in properties.findall(qn("w:pBdr")):
        properties.remove(borders)
    if colour:
        borders = element("pBdr", element(side, val="single", sz=str(size), space=str(space), color=colour))
        following = (qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc", "outlineLvl"))
        place = next((properties.index(one) for one in properties if one.tag in set(following)), len(properties))
        properties.insert(place, borders)


def _table_style(document: Document) -> None:
    style: Any = document.styles.add_style("Pack Table", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    lines = (element(side, val="single", sz="4", space="0", color=RULE) for side in ("bottom", "insideH"))
    gaps = (element(side, w="100", type="dxa") for side in ("left", "right"))
    under = element("tcBorders", element("bottom", val="single", sz="8", space="0", color=ACCENT))
    head = element("tcPr", under, element("shd", val="clear", color="auto", fill=WASH))
    style.element.append(element("tblPr", element("tblBorders", *lines), element("tblCellMar", *gaps)))
    style.element.append(element("tblStylePr", head, type="firstRow"))


def _pages(document: Document, pack: Pack) -> None:
    """A4, with author and title at the head and the page at the foot of all pages but the cover."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(30), Mm(27)
    section.different_first_page_header_footer = True
    before, rest = pack.page_of.split("{page}")
    between, after = rest.split("{pages}")
    page = [run(Run(before)), number_field("PAGE"), run(Run(between)), number_field("NUMPAGES"), run(Run(after))]
    _fill(section.header, "Header", run(Run(pack.author)), tab(), run(Run(pack.short_title)))
    _fill(section.footer, "Footer", tab(), *page)


def _fill(place: Any, style: str, *inside: Any) -> None:
    """Put one line at the head or the foot of pages."""
    place.is_linked_to_previous = False
    root = place.part.element
    for one in list(root):
        root.remove(one)
    root.append(paragraph(style, *inside))
