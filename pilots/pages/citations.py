"""Pages that say how pilots are cited, and the files for reference managers."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pilots.browse.classification import renamed_values
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import AddressFilterSet, PilotFilterSet, ShortlistFilterSet
from pilots.browse.parameters import ChoiceFilter
from pilots.browse.refusals import refuse_ignored
from pilots.browse.retry import cache_if_complete, retry_if_changed
from pilots.browse.selection import MOST_VALUES, Selection
from pilots.browse.shortlist import with_shortlist
from pilots.citations.files import FILES
from pilots.citations.record import CitedPilot, cited
from pilots.citations.styles import STYLES, citation
from pilots.index.pilots import Index, index
from pilots.index.rows import public_pilots
from pilots.index.terms import terms_of_reuse
from pilots.models import Pilot
from pilots.pages.pilot.detail import public_id
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.context import origin

STYLE = "style"
AT_ONCE = 500  # pilots whose rows are read at a time
WHOLE = 1_000  # pilots up to which a file is made before it is sent, and cached


class CitationFilterSet(PilotFilterSet):
    """What the page that cites a list may be asked for."""

    style = ChoiceFilter(tuple(STYLES), help_text="style of the citations")


class ShortlistCitationFilterSet(ShortlistFilterSet):
    """What the page that cites a shortlist may be asked for."""

    style = CitationFilterSet.base_filters[STYLE]


@retry_if_changed
def pilot_citations(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show how one pilot is cited, in every style. Five queries."""
    public = index()
    pk = public_id(slug, public.number)
    if pk is None:
        return _missing(request, slug, "pilot-cite")
    pilot = public_pilots(public, [pk])[pk]
    record, today = cited(pilot, origin(request)), timezone.localdate()
    context = {
        "pilot": pilot,
        "record": record,
        "citations": [(key, STYLES[key][0], citation(key, record, today, public.number)) for key in STYLES],
        "files": [(FILES[end].name, reverse(route_of("pilot", end), args=[pilot.slug])) for end in FILES],
        "content_version": public.number,
    }
    return render(request, "pilots/cite_pilot.html", context)


@retry_if_changed
def list_citations(request: HttpRequest) -> HttpResponseBase:
    """Show how the pilots that match the address are cited, in one style: the first of them. Five queries."""
    listing = FilteredPage(request.GET, CitationFilterSet)
    rows = public_pilots(listing.index, listing.matches[0:MOST_VALUES]).values()
    response = _citations(request, listing.index, listing.selection, rows, len(listing.matches), "pilots")
    return cache_if_complete(response, listing)


def shortlist_citations(request: HttpRequest) -> HttpResponseBase:
    """Show how the pilots of the shortlist are cited, in one style. Four queries; more for unknown ones."""
    rows, selection = with_shortlist(ShortlistCitationFilterSet.read(request.GET, {}))
    return _citations(request, index(), selection, rows, len(rows), "shortlist")


def _citations(
    request: HttpRequest, public: Index, selection: Selection, rows: Iterable[Pilot], total: int, origin_route: str
) -> HttpResponse:
    style, today, site = selection.extra.get(STYLE, next(iter(STYLES))), timezone.localdate(), origin(request)
    texts = [citation(style, cited(pilot, site), today, public.number) for pilot in rows]
    plain = replace(selection, extra={}, page=1)
    kinds = [(key, name, replace(plain, extra=_unless_usual(key)).query()) for key, (name, *_more) in STYLES.items()]
    context = {
        "selection": selection,
        "style": style,
        "style_name": STYLES[style][0],
        "styles": kinds,
        "texts": texts,
        "total": total,
        "back": reverse(origin_route) + plain.query(),
        "files": [(FILES[end].name, reverse(route_of(origin_route, end)) + plain.query()) for end in FILES],
        "content_version": public.number,
    }
    return render(request, "pilots/cite.html", context)


def _unless_usual(style: str) -> dict[str, str]:
    return {} if style == next(iter(STYLES)) else {STYLE: style}


def route_of(what: str, end: str) -> str:
    """The name of the address of a file."""
    return f"{what}-{end.replace('.', '-')}"


def pilot_file(request: HttpRequest, slug: str, end: str) -> HttpResponseBase:
    """One pilot as a file. Five queries."""
    refuse_ignored(request.GET, AddressFilterSet.read(request.GET, {}), AddressFilterSet.base_filters)
    public = index()
    pk = public_id(slug, public.number)
    if pk is None:
        return _missing(request, slug, route_of("pilot", end))
    return _file(request, public, [pk], end, slug)


def list_file(request: HttpRequest, end: str) -> HttpResponseBase:
    """All pilots that match the address, in its order, as a file. Four queries for each 500."""
    public = index()
    known = PilotFilterSet.known(public)
    selection = PilotFilterSet.read(request.GET, known, renamed_values(request.GET, known))
    refuse_ignored(request.GET, selection, PilotFilterSet.base_filters)
    matches = PilotFilterSet.matches(selection, public)
    response = _file(request, public, matches[0 : len(matches)], end, "pilots")
    if selection.q and not matches.found.is_complete:
        response.headers["Cache-Control"] = "no-store"
    return response


def shortlist_file(request: HttpRequest, end: str) -> HttpResponseBase:
    """The pilots of the shortlist, in its order, as a file. Seven queries at most."""
    rows, selection = with_shortlist(ShortlistFilterSet.read(request.GET, {}))
    refuse_ignored(request.GET, selection, ShortlistFilterSet.base_filters)
    return _file(request, index(), [pilot.pk for pilot in rows], end, "shortlist")


def _file(request: HttpRequest, public: Index, ids: list[int], end: str, name: str) -> HttpResponseBase:
    site, kind = origin(request), FILES[end]
    parts = kind.write(_records(public, ids, site), str(terms_of_reuse(public.number, site)))
    answer = HttpResponse if len(ids) <= WHOLE else StreamingHttpResponse
    return answer(
        parts,
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}.{end}"'},
    )


def _records(public: Index, ids: list[int], site: str) -> Iterator[CitedPilot]:
    """The records of public pilots, read some at a time. What is hidden meanwhile is left out."""
    for start in range(0, len(ids), AT_ONCE):
        for pilot in public_pilots(public, ids[start : start + AT_ONCE], may_miss=True).values():
            yield cited(pilot, site)


def _missing(request: HttpRequest, slug: str, route: str) -> Any:
    """What is answered where no pilot is public: a redirect, 410, or Http404 raised."""
    found = pilot_or_answer(request, Pilot.objects.published(), slug, route)
    return found if isinstance(found, HttpResponseBase) else pilot_or_answer(request, Pilot.objects.none(), slug, route)
