"""The menu “Take away” of each page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import template
from django.urls import reverse

from pilots.browse.comparison import ComparisonPage, ShortlistPage
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.lessons import LessonListing
from pilots.browse.listing import Listing
from pilots.browse.map_places import MapPage
from pilots.browse.matrix import Matrix
from pilots.browse.partnerships import Partnerships
from pilots.browse.selection import Selection
from pilots.browse.take_away import FEED_TYPES, FileLink, characters_of, files_of, query_of

register = template.Library()
# Pages with filters: what they are called, the most particular first.
PAGES: Sequence[tuple[type[FilteredPage], str]] = (
    (LessonListing, "lessons"),
    (Listing, "pilots"),
    (MapPage, "map"),
    (Partnerships, "partners"),
    (Matrix, "matrix"),
)


@register.simple_tag
def files_of_list(listing: FilteredPage) -> list[FileLink]:
    """The files of a page with filters. No query."""
    page = next((name for kind, name in PAGES if isinstance(listing, kind)), "")
    if not page or not listing.count:
        return []
    if isinstance(listing, Matrix):
        return files_of(page, query_of(listing.selection), listing.numbers)
    count = len(listing.ties) if isinstance(listing, Partnerships) else listing.count
    rows = listing.page.object_list if isinstance(listing, Listing) else ()
    return files_of(page, query_of(listing.selection), count, characters_of(rows))


@register.simple_tag
def files_of_pilot(pilot: Any) -> list[FileLink]:
    """The files of one pilot. No query."""
    return files_of("pilot", "", 1, characters_of([pilot]), (pilot.slug,))


@register.simple_tag
def files_of_shortlist(page: ShortlistPage) -> list[FileLink]:
    """The files of a shortlist. No query."""
    query = Selection(keep=tuple(pilot.slug for pilot in page.shortlist)).query()
    return files_of("shortlist", query, len(page.shortlist), characters_of(page.shortlist))


@register.simple_tag
def files_of_comparison(compared: ComparisonPage) -> list[FileLink]:
    """The file of a comparison. No query."""
    query = replace(compared.selection, keep=()).query()
    return files_of("compare", query, len(compared.pilots), characters_of(compared.pilots))


@register.simple_tag
def feeds_of(listing: FilteredPage) -> dict[str, str]:
    """The addresses of the feeds of the pilots or lessons that a page shows, by what HTTP calls them. No query.

    Feeds refuse what only that page reads, rows and columns.
    """
    page = "lessons" if isinstance(listing, LessonListing) else "pilots"
    query = query_of(replace(listing.selection, extra={}))
    return {kind: reverse(f"{page}-{end}") + query for kind, end in FEED_TYPES.items()}
