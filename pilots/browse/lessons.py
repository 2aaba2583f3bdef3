"""The library of lessons and working methods, found by what their pilots are found by and by kind."""

from functools import cached_property
from itertools import groupby
from typing import cast

from django.http import QueryDict
from pyroaring import BitMap

from pilots.browse.filters import LessonFilterSet
from pilots.browse.listing import Listing
from pilots.browse.selection import Selection
from pilots.browse.shown_sources import shown_sources
from pilots.browse.wording import LessonWording
from pilots.index.lessons import LessonIndex
from pilots.index.order import Order
from pilots.index.pilots import Index
from pilots.index.rows import public_lessons
from pilots.models import Lesson
from pilots.models.lesson import HOW_THEY_WORKED, WHAT_WAS_LEARNT
from pilots.search.snippets import found_in_lessons


class PilotsOfLessons:
    """The pilots whose lessons a `Selection` chooses: the visitor's list, for who comes from the library."""

    def __init__(self, selection: Selection, public: Index) -> None:
        self.selection, self.index = selection, public
        self._lessons = LessonFilterSet.matches(selection, public)

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
        return self.index.order(self.selection.order)


class LessonListing(Listing):
    """Everything the library shows for one address. Raises InvalidQuery or NoSuchPage."""

    origin = "lessons"
    words = LessonWording()

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, LessonFilterSet, public_lessons, found_in_lessons)
        # The texts of the sources of this page's lessons that visitors may read, by source: one query
        self.shown_sources = shown_sources(lesson.pilot.source_id for lesson in self.page if lesson.passage)

    @property
    def has_few_lessons(self) -> bool:
        """Whether there are more working methods than lessons, which the page then explains."""
        lessons, methods = self.total_amount
        return bool(lessons < methods)

    @property
    def groups(self) -> list[tuple[str, list[Lesson]]]:
        """The lessons of the page, those that were learnt and the working methods apart, each under its heading."""
        groups = groupby(self.page, lambda lesson: lesson.is_method)
        return [(str(HOW_THEY_WORKED if methods else WHAT_WAS_LEARNT), list(some)) for methods, some in groups]

    @property
    def hides_sources(self) -> bool:
        """Whether a pointer of this page leads into a text that visitors may not read."""
        return any(lesson.passage and lesson.pilot.source_id not in self.shown_sources for lesson in self.page)
