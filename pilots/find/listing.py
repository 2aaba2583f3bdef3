"""Lists of pages: the rows of one page, the heading, the orders to choose from."""

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from pilots.find.browse import Narrowed
from pilots.find.filters import PilotFilter
from pilots.find.later import LaterPilot, LaterPilots
from pilots.find.parameters import DEEPEST_ENTRY, RELEVANCE
from pilots.find.snippets import Snippet, found_in
from pilots.models.pilot import PilotQuerySet


class NoSuchPage(LookupError):
    """A page of the list beyond its end; answered with 404 and this sentence."""


class PilotRows:
    """The pilots that a filter finds, in the chosen order; those of one page are read when it is asked for."""

    def __init__(self, pilots: PilotFilter) -> None:
        self.pilots = pilots

    def __len__(self) -> int:
        """Return how many there are. No query."""
        return self.pilots.count

    def __getitem__(self, part: slice) -> list[LaterPilot]:
        """Return some of them, of which a card that is kept ready needs no more. No query until more is asked for."""
        ids = self.pilots.part(part.start, part.stop)
        pilots = LaterPilots(self.pilots.index, lambda: ids, PilotQuerySet.for_listing)
        return [pilots[pk] for pk in ids]


class Listing(Narrowed):
    """Everything the list shows for one address. Raises BadAddress or NoSuchPage."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.page = self._page()

    def read_rows(self) -> Any:
        """Return the rows that match, with what the page shows of each, to be counted and cut into pages."""
        return PilotRows(self.filter)

    def _page(self) -> Page[Any]:
        paginator = Paginator(self.read_rows(), self.selection.per_page)
        number = self.selection.page
        if not 1 <= number <= paginator.num_pages or number * self.selection.per_page > DEEPEST_ENTRY:
            raise NoSuchPage(
                _("This list has no page %(page)d; its last page is %(last)d.")
                % {"page": number, "last": min(paginator.num_pages, DEEPEST_ENTRY // self.selection.per_page)}
            )
        return paginator.page(number)

    @cached_property
    def count(self) -> int:
        """How many rows match; counted by the pager."""
        return self.page.paginator.count

    @property
    def heading(self) -> str:
        """The heading of the page: how many, of how many, on which page."""
        words = self.words
        heading = words.part(self.count, self.total) if self.selection else words.amount(self.total)
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
        place = {"first": self.page.start_index(), "last": self.page.end_index()}
        return f"{self._found} {_('This page shows number %(first)d to %(last)d.') % place}"

    @cached_property
    def snippets(self) -> dict[int, list[Snippet]]:
        """Why pilots of this page were found, by their ids: what their cards do not show. Two queries at most."""
        return found_in(self.filter.found, [pilot.pk for pilot in self.page]) if self.selection.q else {}

    @property
    def page_numbers(self) -> list[int | str]:
        """Numbers for the links to other pages, long gaps left out."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

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
