"""Lists of pages: the rows of one page, the heading, the orders to choose from."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import PilotFilter
from pilots.browse.parameters import DEEPEST_ENTRY, RELEVANCE, Selection, read_page
from pilots.index.lazy import LazyPilot, LazyPilots
from pilots.models.pilot import PilotQuerySet
from pilots.search.snippets import Snippet, found_in


class NoSuchPage(LookupError):
    """A page of the list beyond its end; answered with 404 and this sentence."""


class PilotRows:
    """The pilots that a filter finds, in the chosen order; those of one page are read when it is asked for."""

    def __init__(self, pilots: PilotFilter) -> None:
        self.pilots = pilots

    def __len__(self) -> int:
        """Return how many there are. No query."""
        return self.pilots.count

    def __getitem__(self, part: slice) -> list[LazyPilot]:
        """Return some of them, of which a card that is kept ready needs no more. No query until more is asked for."""
        ids = self.pilots.part(part.start, part.stop)
        pilots = LazyPilots(self.pilots.index, lambda: ids, PilotQuerySet.for_listing)
        return [pilots[pk] for pk in ids]


def page_of(rows: Any, selection: Selection) -> Page[Any]:
    """Return the page of `rows` that is asked for. Raises NoSuchPage."""
    paginator = Paginator(rows, selection.per_page)
    number = selection.page
    if not 1 <= number <= paginator.num_pages or number * selection.per_page > DEEPEST_ENTRY:
        raise NoSuchPage(
            _("This list has no page %(page)d; its last page is %(last)d.")
            % {"page": number, "last": min(paginator.num_pages, DEEPEST_ENTRY // selection.per_page)}
        )
    return paginator.page(number)


def numbers(page: Page[Any]) -> list[int | str]:
    """Return numbers for the links to other pages, long gaps left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


def part_shown(page: Page[Any]) -> str:
    """Say which rows this page shows."""
    place = {"first": page.start_index(), "last": page.end_index()}
    return _("This page shows number %(first)d to %(last)d.") % place


class Paged:
    """Rows in pages of `size`, for a page that has no choice but their number. Raises InvalidQuery or NoSuchPage."""

    def __init__(self, query: QueryDict, rows: Any, size: int) -> None:
        self.selection = Selection(page=read_page(query), per_page=size, sizes=(size,))
        self.page = page_of(rows, self.selection)

    @property
    def page_numbers(self) -> list[int | str]:
        """Numbers for the links to other pages, long gaps left out."""
        return numbers(self.page)

    @property
    def sentence(self) -> str:
        """Which part of many this page shows, "" for all."""
        return part_shown(self.page) if self.page.has_other_pages() else ""


class Listing(FilteredPage):
    """Everything the list shows for one address. Raises InvalidQuery or NoSuchPage."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.page = page_of(self.read_rows(), self.selection)

    def read_rows(self) -> Any:
        """Return the rows that match, with what the page shows of each, to be counted and cut into pages."""
        return PilotRows(self.filter)

    @cached_property
    def count(self) -> int:
        """How many rows match; counted by the pager."""
        return self.page.paginator.count

    @property
    def heading(self) -> str:
        """The heading of the page: how many, of how many, on which page."""
        words = self.words
        heading = words.part(self.amount, self.total_amount) if self.selection else words.amount(self.total_amount)
        if self.page.has_other_pages():
            heading = _("%(heading)s, page %(number)d of %(last)d") % {
                "heading": heading,
                "number": self.page.number,
                "last": self.page.paginator.num_pages,
            }
        return heading

    @property
    def sentence(self) -> str:
        """What the list found, and which part of it this page shows, for screen readers and everybody."""
        if not self.page.has_other_pages():
            return self._found
        return f"{self._found} {part_shown(self.page)}"

    @cached_property
    def snippets(self) -> dict[int, list[Snippet]]:
        """Why pilots of this page were found, by their ids: what their cards do not show. Two queries at most."""
        return found_in(self.filter.found, [pilot.pk for pilot in self.page]) if self.highlighter else {}

    @property
    def page_numbers(self) -> list[int | str]:
        """Numbers for the links to other pages, long gaps left out."""
        return numbers(self.page)

    @property
    def sizes_offered(self) -> list[tuple[str, int]]:
        """How many rows a page can have, each with its value in the form: empty for the page's own usual size."""
        usual = self.selection.sizes[0]
        return [("" if size == usual else str(size), size) for size in sorted(self.selection.sizes)]

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """The orders to choose from, with their names."""
        names = {
            RELEVANCE: _("Best match first"),
            "place": _("Place, A to Z"),
            "-place": _("Place, Z to A"),
            "newest": _("Newest entries first"),
        }
        return [(sort, names[sort]) for sort in self.selection.sorts]
