"""Tables of what a page shows: the same address with an ending, the same rows in the same order, all pages."""

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.browse.comparison import ShortlistPage
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import LessonFilterSet, PilotFilterSet, ShortlistFilterSet
from pilots.browse.refusals import refuse_ignored, refuse_parameters
from pilots.browse.selection import Selection
from pilots.browse.take_away import query_of
from pilots.browse.wording import LessonWording
from pilots.exports.answers import CSV, XLSX, File, FileType, address_of, answer, file_name, kept_address
from pilots.exports.delimited import to_csv
from pilots.exports.lesson_table import lesson_columns, lesson_lines
from pilots.exports.pilot_table import explained, pilot_lines, public_languages, sheet_columns
from pilots.exports.table import Table
from pilots.exports.workbook import to_xlsx
from pilots.index.pilots import index
from pilots.index.terms import Terms, terms_of_reuse
from pilots.models import Pilot
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.context import origin

WRITERS: dict[FileType, Callable[[Table], Iterator[bytes]]] = {CSV: to_csv, XLSX: to_xlsx}


class LessonsFound(FilteredPage):
    """The lessons that an address asks for, all pages. Raises InvalidQuery."""

    origin: ClassVar[str] = "lessons"
    words: ClassVar[LessonWording] = LessonWording()


def pilot_table(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """The pilots that match the address. About twenty queries, and sixteen more for each 200 pilots."""
    found = FilteredPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    chosen = (_("filter"), found.chosen_words or _("none: everything"))
    version = found.index.number if found.is_complete else None
    return _pilots(request, kind, version, found.matches[0 : found.count], found.selection, [chosen])


def shortlist_table(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """The pilots on the shortlist, in the order they were chosen."""
    page = ShortlistPage(request.GET)
    refuse_ignored(request.GET, page.selection, ShortlistFilterSet.base_filters)
    chosen = (_("filter"), _("pilots chosen one by one"))
    ids = [pilot.pk for pilot in page.shortlist]
    return _pilots(request, kind, page.index.number, ids, page.selection, [chosen], "shortlist")


def one_pilot_table(request: HttpRequest, slug: str, kind: FileType) -> HttpResponseBase:
    """One pilot."""
    version = index().number
    refuse_parameters(request.GET)
    pilot = pilot_or_answer(request, Pilot.objects.published(), slug, f"pilot-{kind.suffix}")
    if not isinstance(pilot, Pilot):
        return pilot
    return _pilots(request, kind, version, [pilot.pk], Selection(), [], pilot.slug)


def lesson_table(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """The lessons and working methods that match the address. About ten queries, and five more for each 200."""
    found = LessonsFound(request.GET, LessonFilterSet)
    refuse_ignored(request.GET, found.selection, LessonFilterSet.base_filters)
    version = found.index.number if found.is_complete else None
    terms, languages = terms_of_reuse(version, origin(request)), public_languages(version)
    about, query = [(_("filter"), found.chosen_words or _("none: everything"))], query_of(found.selection)
    ids = found.matches[0 : found.count]
    table = Table(
        "lessons",
        lesson_columns(languages),
        lesson_lines(found.index, ids, languages, origin(request), terms.address),
        len(ids),
        _about(address_of(request, query), about, len(ids), version, terms),
    )
    address = kept_address(request, found.selection, query)
    return _answer(request, kind, table, file_name("lessons", found.selection), version, terms, address)


def _pilots(
    request: HttpRequest,
    kind: FileType,
    version: int | None,
    ids: Iterable[int],
    selection: Selection,
    about: list[tuple[str, str]],
    name: str = "pilots",
) -> HttpResponseBase:
    site, pilots = origin(request), list(ids)
    terms, sheet = terms_of_reuse(version, site), sheet_columns(version)
    query = selection.query() if name == "shortlist" else query_of(selection)
    table = Table(
        "pilots",
        explained(sheet),
        pilot_lines(pilots, sheet, site, terms.address),
        len(pilots),
        _about(address_of(request, query), about, len(pilots), version, terms),
    )
    address = kept_address(request, selection, query)
    return _answer(request, kind, table, file_name(name, selection), version, terms, address)


def _about(
    address: str, chosen: list[tuple[str, str]], count: int, version: int | None, terms: Terms
) -> list[tuple[str, str]]:
    """What the sheet beside the table says of it."""
    return [
        (_("from"), _("PREPARE pilots")),
        (_("address of this file"), address),
        *chosen,
        (_("rows"), str(count)),
        (_("day"), f"{timezone.localdate():%Y-%m-%d}"),
        (_("version of the content"), str(version or "")),
        (_("what may be reused"), str(terms)),
    ]


def _answer(
    request: HttpRequest, kind: FileType, table: Table, name: str, version: int | None, terms: Terms, address: str
) -> HttpResponseBase:
    chunks, languages = lambda: WRITERS[kind](table), public_languages(version)
    return answer(request, File(kind, name, version, table.count, terms, chunks, address, languages))
