"""Pages that say how pilots are cited."""

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet, ShortlistFilterSet
from pilots.browse.parameters import ChoiceFilter
from pilots.browse.retry import cache_if_complete, retry_if_changed
from pilots.browse.selection import MOST_VALUES, Selection
from pilots.browse.shortlist import with_shortlist
from pilots.browse.take_away import query_of
from pilots.citations.files import FILES, route_of
from pilots.citations.record import cited
from pilots.citations.styles import LANGUAGE, STYLES, citation
from pilots.index.pilots import Index, index
from pilots.index.rows import public_pilots
from pilots.models import Pilot
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.context import origin

STYLE = "style"


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
    found = pilot_or_answer(request, Pilot.objects.published(), slug, "pilot-cite")
    if not isinstance(found, Pilot):
        return found
    pilot = public_pilots(public, [found.pk])[found.pk]
    record, today = cited(pilot, origin(request)), timezone.localdate()
    context = {
        "pilot": pilot,
        "record": record,
        "written_in": LANGUAGE,
        "citations": [(key, STYLES[key][0], citation(key, record, today)) for key in STYLES],
        "files": [(FILES[end].name, reverse(route_of("pilot", end), args=[pilot.slug])) for end in FILES],
        "index": public,
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
    texts = [citation(style, cited(pilot, site), today) for pilot in rows]
    plain = replace(selection, extra={}, page=1)
    of_files = plain.query() if origin_route == "shortlist" else query_of(plain)
    kinds = [(key, name, replace(plain, extra=_unless_usual(key)).query()) for key, (name, *_more) in STYLES.items()]
    context = {
        "selection": selection,
        "style": style,
        "style_name": STYLES[style][0],
        "styles": kinds,
        "texts": texts,
        "written_in": LANGUAGE,
        "total": total,
        "back": reverse(origin_route) + plain.query(),
        "files": [(FILES[end].name, reverse(route_of(origin_route, end)) + of_files) for end in FILES],
        "index": public,
        "content_version": public.number,
    }
    return render(request, "pilots/cite.html", context)


def _unless_usual(style: str) -> dict[str, str]:
    return {} if style == next(iter(STYLES)) else {STYLE: style}
