"""How the pilots of a page are cited, as files for reference managers."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponseBase

from pilots.browse.comparison import ShortlistPage
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet, ShortlistFilterSet
from pilots.browse.refusals import refuse_ignored, refuse_parameters
from pilots.browse.selection import Selection
from pilots.browse.take_away import query_of
from pilots.citations.files import FILES, route_of
from pilots.citations.record import CitedPilot, cited
from pilots.exports.answers import File, FileType, answer, file_name, kept_address
from pilots.exports.table import batches
from pilots.index.pilots import Index, index
from pilots.index.rows import public_pilots
from pilots.index.terms import terms_of_reuse
from pilots.models import Pilot
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.context import origin


def list_citations(request: HttpRequest, end: str) -> HttpResponseBase:
    """The pilots that match the address. About five queries, three more for each 200 pilots."""
    found = FilteredPage(request.GET)
    refuse_ignored(request.GET, found.selection, PilotFilterSet.base_filters)
    version = found.index.number if found.is_complete else None
    name = file_name("pilots", found.selection)
    address = kept_address(request, found.selection, query_of(found.selection))
    return _citations(request, end, found.index, found.matches[0 : found.count], name, version, address)


def shortlist_citations(request: HttpRequest, end: str) -> HttpResponseBase:
    """The pilots on the shortlist, in the order they were chosen. Six queries for known ones."""
    page = ShortlistPage(request.GET)
    refuse_ignored(request.GET, page.selection, ShortlistFilterSet.base_filters)
    ids = [pilot.pk for pilot in page.shortlist]
    return _citations(request, end, page.index, ids, file_name("shortlist", page.selection), page.index.number)


def pilot_citation(request: HttpRequest, slug: str, end: str) -> HttpResponseBase:
    """One pilot. Five queries."""
    public = index()
    refuse_parameters(request.GET)
    pilot = pilot_or_answer(request, Pilot.objects.published(), slug, route_of("pilot", end))
    if not isinstance(pilot, Pilot):
        return pilot
    return _citations(request, end, public, [pilot.pk], file_name(pilot.slug, Selection()), public.number)


def _citations(
    request: HttpRequest, end: str, public: Index, ids: list[int], name: str, version: int | None, address: str = ""
) -> HttpResponseBase:
    site, kind = origin(request), FILES[end]
    terms, file_type = terms_of_reuse(version, site), FileType(end, kind.content_type)
    chunks = lambda: (text.encode() for text in kind.write(_records(public, ids, site), str(terms)))  # noqa: E731
    return answer(request, File(file_type, name, version, len(ids), terms, chunks, address))


def _records(public: Index, ids: Iterable[int], site: str) -> Iterator[CitedPilot]:
    """The records of public pilots, read some at a time. What is hidden meanwhile is left out."""
    for some in batches(ids):
        for pilot in public_pilots(public, some, may_miss=True).values():
            yield cited(pilot, site)
