"""Lists of pages: the rows of one page, the heading, the orders to choose from."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilterSet
from pilots.browse.selection import DEEPEST_ENTRY, RELEVANCE, Selection, ShortlistLink, read_page
from pilots.index.pilots import Index
from pilots.index.rows import public_pilots
from pilots.models import Pilot
from pilots.search.ranking import SearchResult
from pilots.search.snippets import Snippet, found_in


class NoSuchPage(Http404):
    """A page of the list beyond its end; answered with 404 and this sentence."""


def page_of(rows: Any, selection: Selection) -> Page[Any]:
    """The page of `rows` that is asked for. Raises NoSuchPage."""
    paginator = Paginator(rows, selection.per_page)
    number = selection.page
    if not 1 <= number <= paginator.num_pages or number * selection.per_page > DEEPEST_ENTRY:
        raise NoSuchPage(
            _("This list has no page %(page)d; its last page is %(last)d.")
            % {"page": number, "last": min(paginator.num_pages, DEEPEST_ENTRY // selection.per_page)}
        )
    return paginator.page(number)


def numbers(page: Page[Any]) -> list[int | str]:
    """Numbers for the links to other pages, long gaps left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


def part_shown(page: Page[Any]) -> str:
    """Say which rows this page shows."""
    place = {"first": page.start_index(), "last": page.end_index()}
    return _("This page shows number %(first)d to %(last)d.") % place


class Paged:
    """Rows in pages of `size`, for a page that has no choice but their number. Raises InvalidQuery or NoSuchPage."""

    def __init__(self, query: QueryDict, rows: Any, size: int) -> None:
        self.selection = Selection(page=read_page(query), per_page=size, sizes=(size,))
        self.page, self.here = page_of(rows, self.selection), self.selection.query(self.selection.page)

    @property
    def page_numbers(self) -> list[int | str]:
        """Numbers for the links to other pages, long gaps left out."""
        return numbers(self.page)

    @property
    def sentence(self) -> str:
        """Rows shown; empty if there is one page."""
        return part_shown(self.page) if self.page.has_other_pages() else ""


class Listing(FilteredPage):
    """Everything the list shows for one address. Raises InvalidQuery or NoSuchPage.

    `rows` reads what the page shows, by ids, and `snippets` why it was found, what the cards do not show: two queries
    at most. Raises ContentChanged, too.
    """

    def __init__(
        self,
        query: QueryDict,
        filters: type[PilotFilterSet] = PilotFilterSet,
        rows: Callable[[Index, Iterable[int]], Mapping[int, Any]] = public_pilots,
        snippets: Callable[[SearchResult, list[Any]], dict[int, list[Snippet]]] = found_in,
    ) -> None:
        super().__init__(query, filters)
        self.page = page_of(self.matches, self.selection)
        self.page.object_list = list(rows(self.index, list(self.page)).values())
        self.snippets = snippets(self.matches.found, self.page.object_list) if self.highlighter else {}
        self.heading = self.shown
        if self.page.has_other_pages():
            pages = {"number": self.page.number, "last": self.page.paginator.num_pages}
            self.heading = _("%(heading)s, page %(number)d of %(last)d") % {"heading": self.shown, **pages}
            self.sentence += f" {part_shown(self.page)}"
        # The orders to choose from, with their names, the usual one first
        self.sorts = [(RELEVANCE, _("Best match first"))] if self.selection.q else []
        self.sorts += [
            ("place", _("Place, A to Z")),
            ("-place", _("Place, Z to A")),
            ("newest", _("Newest entries first")),
        ]

    @property
    def cards(self) -> list[tuple[Pilot, ShortlistLink]]:
        """The pilots of the page, each with its link to the shortlist."""
        return [(pilot, self.selection.shortlist_link(pilot.slug)) for pilot in self.page]

    @property
    def page_numbers(self) -> list[int | str]:
        """Numbers for the links to other pages, long gaps left out."""
        return numbers(self.page)

    @property
    def sizes_offered(self) -> list[tuple[str, int]]:
        """How many rows a page can have, each with its value in the form: empty for the page's own usual size."""
        usual = self.selection.sizes[0]
        return [("" if size == usual else str(size), size) for size in sorted(self.selection.sizes)]
