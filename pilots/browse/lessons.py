"""The library of lessons and working methods, found by what their pilots are found by and by kind."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.browse.filters import FACETS, PilotFilter
from pilots.browse.listing import Listing
from pilots.browse.parameters import LESSONS_PER_PAGE, Selection
from pilots.browse.wording import LessonWording, Split
from pilots.index.lazy import LazyLessons, LazyRow
from pilots.index.lessons import KIND, LessonIndex, lesson_index
from pilots.index.order import Order
from pilots.index.pilots import Classified, Index, index
from pilots.models import Lesson
from pilots.models.lesson import HOW_THEY_WORKED, LEARNT, METHODS, WHAT_WAS_LEARNT
from pilots.search.ranking import Found, search_lessons
from pilots.search.snippets import Snippet, found_in_lessons


class LessonFilter(PilotFilter):
    """Lessons of public pilots, narrowed by a `Selection` as pilots are, and by their kind.

    The words are looked for in lessons and in what their pilots are called, not in everything said of these.
    """

    def __init__(self, selection: Selection, known: Index | None = None) -> None:
        super().__init__(selection, lesson_index(known or index()))

    @property
    def facets(self) -> Iterable[str]:
        """The facets that lessons are narrowed and counted by."""
        return (KIND, *FACETS)

    @cached_property
    def found(self) -> Found:
        """What the search words find, looked up once."""
        return search_lessons(self.selection.q)

    def amount_of(self, rows: BitMap) -> Split:
        """Return how many of these are lessons, and how many are working methods."""
        methods = len(rows & self.index.having(KIND, METHODS))
        return Split(len(rows) - methods, methods)


class LessonRows:
    """The lessons that a filter finds, in the chosen order; those of one page are read when it is asked for."""

    def __init__(self, lessons: LessonFilter) -> None:
        self.lessons = lessons

    def __len__(self) -> int:
        """Return how many there are. No query."""
        return self.lessons.count

    def __getitem__(self, part: slice) -> list[LazyRow]:
        """Return some of them, of which a card that is kept ready needs no more. No query until more is asked for."""
        return list(LazyLessons(self.lessons.part(part.start, part.stop)))


class PilotsOfLessons:
    """The pilots whose lessons a `Selection` chooses: the visitor's list, for who comes from the library."""

    def __init__(self, selection: Selection, known: Index | None = None) -> None:
        self.selection = selection
        self.index = known or index()
        self._lessons = LessonFilter(selection, self.index)

    @cached_property
    def tiers(self) -> list[BitMap]:
        """The pilots, where the best match comes first by their best lessons. No query, some for a search."""
        tiers: list[BitMap] = []
        for lessons in self._lessons.tiers:
            pilots = cast(LessonIndex, self._lessons.index).pilots_of(lessons) & self.index.public
            tiers.append(pilots.difference(*tiers))
        return tiers

    @property
    def order(self) -> Order:
        """The chosen order within each part."""
        return self.index.orders[self._lessons.sort]


class LessonListing(Listing):
    """Everything the library shows for one address. Raises InvalidQuery or NoSuchPage."""

    origin = "lessons"
    sizes = LESSONS_PER_PAGE
    words = LessonWording()

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        kinds, *others = self.facets
        groups = ((WHAT_WAS_LEARNT, LEARNT), (HOW_THEY_WORKED, METHODS))
        headings = {kind.value: str(heading) for heading, some in groups for kind in some}
        self.facets = [replace(kinds, headings=headings), *others]

    def read_known(self) -> Classified:
        """Return the kinds of lessons, all of them, and the values of public pilots, with their names."""
        return {KIND: {kind.value: capfirst(str(kind.label)) for kind in Lesson.Kind}} | super().read_known()

    def read_labels(self) -> dict[str, str]:
        """Return the facets of the form, with their labels."""
        return {KIND: _("Lesson or method")} | super().read_labels()

    @property
    def has_few_lessons(self) -> bool:
        """Whether there are more working methods than lessons, which the page then explains."""
        lessons, methods = self.filter.amount_of(self.filter.index.public)
        return bool(lessons < methods)

    def narrow(self) -> LessonFilter:
        """Return the filter that finds the lessons."""
        return LessonFilter(self.selection, self.index)

    def read_rows(self) -> Any:
        """Return the lessons that match, with what is said of their pilots beside them."""
        return LessonRows(cast(LessonFilter, self.filter))

    @cached_property
    def snippets(self) -> dict[int, list[Snippet]]:
        """Why lessons of this page were found, by their ids: what their cards do not show. Two queries at most."""
        return found_in_lessons(self.filter.found, self.page) if self.highlighter else {}

    @property
    def elsewhere(self) -> str:
        """The query string of the same choice on pages of pilots, which have no kinds of lessons."""
        return self.selection.without(KIND).carried()
