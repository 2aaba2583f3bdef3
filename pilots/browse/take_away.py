"""What of a page can be taken away: files with the page's address and an ending, and about how large they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilots.browse.selection import Selection


@dataclass(frozen=True)
class Format:
    """A file of a page: the name of its address, what it is called, what it is good for.

    It takes about `base` bytes, and for each entry `each` and `of_text` for each character of its texts. Measured with
    the nine pilots; a file of an Excel workbook is compressed.
    """

    route: str
    label: str | Promise
    use: str | Promise
    base: int = 0
    each: int = 0
    of_text: float = 0.0


@dataclass(frozen=True)
class FileLink:
    """A file that the menu offers; `size` in bytes, 0 where nobody minds."""

    label: str | Promise
    use: str | Promise
    address: str
    size: int = 0


CSV_LABEL, XLSX_LABEL = _("CSV"), _("Excel (XLSX)")
PACK = _("a briefing pack to read, to print and to hand on")
PACK_TO_EDIT = _("the same to shorten and to add to")
TABLE, SHEET = _("a table for other programs"), _("a table to read, sort and fill in, with its columns explained")
# What HTTP calls a feed, and how the name of its address ends.
FEED_TYPES = {"application/atom+xml": "atom", "application/feed+json": "feed"}
CITE, CITATION_SIZES = _("how to cite it, for programs that keep references"), {"ris": 330, "bib": 390, "csl-json": 395}
CITATION_LABELS = {"ris": _("RIS"), "bib": _("BibTeX"), "csl-json": _("CSL-JSON")}


def _packs(page: str) -> tuple[Format, ...]:
    """Documents of pilots in full, which people look for first. Of a PDF, its fonts take the most."""
    return (
        Format(f"{page}-pdf", _("PDF"), PACK, 62_000, 26_000, 1.0),
        Format(f"{page}-docx", _("Word (DOCX)"), PACK_TO_EDIT, 39_000, 1_200, 0.1),
    )


def _of_pilots(page: str) -> tuple[Format, ...]:
    """Tables of pilots, and citations for programs that keep references, whose length hardly depends on the entry."""
    return (
        Format(f"{page}-csv", CSV_LABEL, TABLE, 700, 1_800, 1.2),
        Format(f"{page}-xlsx", XLSX_LABEL, SHEET, 5_000, 500, 0.45),
        *(Format(f"{page}-{end}", CITATION_LABELS[end], CITE, each=size) for end, size in CITATION_SIZES.items()),
    )


def _feeds(page: str) -> tuple[Format, ...]:
    return (
        Format(f"{page}-atom", _("Atom"), _("a feed of what is new and what changed, at most 50 entries")),
        Format(f"{page}-feed", _("JSON Feed"), _("the same for other programs")),
    )


FORMATS: dict[str, tuple[Format, ...]] = {
    "pilots": (*_of_pilots("pilots"), *_feeds("pilots")),
    "lessons": (
        Format("lessons-csv", CSV_LABEL, TABLE, 100, 300, 1.0),
        Format("lessons-xlsx", XLSX_LABEL, SHEET, 4_000, 60, 0.4),
        *_feeds("lessons"),
    ),
    "shortlist": (*_packs("shortlist"), *_of_pilots("shortlist")),
    "pilot": (*_packs("pilot"), *_of_pilots("pilot")),
    "map": (
        Format("map-geojson", _("GeoJSON"), _("places for maps of your own"), 500, 900),
        Format("map-svg", _("SVG"), _("the map as a picture"), 20_000, 300),
        *_feeds("pilots"),
    ),
    "partners": (
        Format("partners-csv", CSV_LABEL, _("who worked with whom, a line for each pilot they share"), 100, 420),
        Format("partners-graphml", _("GraphML"), _("the same as a graph, for programs that draw networks"), 1_400, 900),
        Format("partners-svg", _("SVG"), _("the drawing as a picture"), 4_000, 1_800),
        *_feeds("pilots"),
    ),
    "matrix": (Format("matrix-csv", CSV_LABEL, _("each number of the matrix"), 100, 230),),
    "compare": (
        *_packs("compare"),
        Format("compare-csv", CSV_LABEL, _("the comparison as a table"), 800, 800, 1.0),
    ),
}


def files_of(page: str, query: str, count: int, characters: float = 0, args: tuple[str, ...] = ()) -> list[FileLink]:
    """The files of a page with `count` entries, whose texts have so many `characters` on average."""
    return [
        FileLink(
            one.label,
            one.use,
            reverse(one.route, args=args) + query,
            rounded(one.base + count * (one.each + one.of_text * characters)),
        )
        for one in FORMATS[page]
    ]


def rounded(size: float) -> int:
    """A number of bytes to two figures, upwards: an estimate that looks exact would be none."""
    step = 10 ** max(len(str(ceil(size))) - 2, 0)
    return ceil(size / step) * step


def query_of(selection: Selection) -> str:
    """What of a page's query its files need: neither the shortlist nor the size of pages."""
    return replace(selection, keep=(), per_page=selection.sizes[0]).query()


def characters_of(rows: Iterable[Any]) -> float:
    """How many characters the texts of these rows have on average. No query when they are there."""
    lengths = [
        sum(len(value) for text in row.translations.all() for value in vars(text).values() if isinstance(value, str))
        for row in rows
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0
