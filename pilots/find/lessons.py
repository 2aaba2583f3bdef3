"""The library of lessons: what public pilots learnt, found by what their pilots are found by and by kind."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from django.db.models import Case, Exists, OuterRef, PositiveSmallIntegerField, QuerySet, When
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pyroaring import BitMap

from pilots.find.counting import counts_by_value, counts_of
from pilots.find.filters import FACETS, ORDERS, Counts, PilotFilter
from pilots.find.index import Classified, Index, index
from pilots.find.listing import Listing
from pilots.find.order import Order
from pilots.find.parameters import LESSONS_PER_PAGE, RELEVANCE, SORTS, Selection
from pilots.find.search import Found, search_lessons
from pilots.find.wording import LessonWording
from pilots.models import Lesson

KIND = "kind"


def by_pilot(path: str) -> str:
    """Return the way from a lesson to what `path` leads to from its pilot; a minus sign stays in front."""
    return f"-pilot__{path[1:]}" if path.startswith("-") else f"pilot__{path}"


class LessonFilter:
    """Lessons of public pilots, narrowed by a `Selection`."""

    # The facets, each with the way from a lesson to its values.
    paths: ClassVar[dict[str, str]] = {KIND: KIND} | {
        name: by_pilot(facet.field_name) for name, facet in FACETS.items()
    }

    def __init__(self, selection: Selection, known: Index | None = None) -> None:
        self.selection = selection
        # The words are looked for in lessons, not in everything that is said of their pilots.
        self._pilots = PilotFilter(replace(selection, q=""), known)

    @property
    def public(self) -> QuerySet[Lesson]:
        """All lessons of public pilots, in no order."""
        return Lesson.objects.public().order_by()

    @property
    def qs(self) -> QuerySet[Lesson]:
        """The lessons that match, by their pilots in the chosen order, then by number."""
        order = (*map(by_pilot, ORDERS[self.selection.sort]), "number")
        lessons = self._chosen_by(self.selection)
        if self.selection.sort == RELEVANCE:
            return lessons.annotate(tier=self.tier).order_by("tier", *order)
        return lessons.order_by(*order)

    @property
    def tier(self) -> Case:
        """Where the words are found: in the lesson itself (1), or only in what its pilot is called (2)."""
        return Case(When(pk__in=self.found.rows(1), then=1), default=2, output_field=PositiveSmallIntegerField())

    @cached_property
    def found(self) -> Found:
        """What the search words find, looked up once."""
        return search_lessons(self.selection.q)

    @cached_property
    def count(self) -> int:
        """How many lessons match. One query."""
        return self.qs.count()

    def counts(self) -> Counts:
        """Return how many lessons each (facet, value) gives, the facet's own selection ignored. One query."""
        chosen, usual = self.selection.chosen, self._chosen_by(self.selection)
        rows = {name: self._chosen_by(self.selection.without(name)) if name in chosen else usual for name in self.paths}
        return counts_by_value(rows, self.paths, self.public)

    def counts_without(self, names: Iterable[str]) -> dict[str, int]:
        """Return how many lessons would match without each of these filters, where any would. One query."""
        return counts_of({name: self._chosen_by(self.selection.without(name)) for name in names})

    def counts_of_only(self, names: Iterable[str]) -> dict[str, int]:
        """Return how many lessons would match with nothing but each of these filters, where any would. One query."""
        return counts_of({name: self._chosen_by(self.selection.only(name)) for name in names})

    def _chosen_by(self, selection: Selection) -> QuerySet[Lesson]:
        """Return the lessons that `selection`, with the same words or none, would give, in no order."""
        chosen = {name: values for name, values in selection.chosen.items() if name != KIND}
        pilots = PilotFilter(replace(selection, chosen=chosen, q=""), self._pilots.index).qs.order_by()
        # Asked of each lesson: SQLite would try every lesson that the words find with each of the pilots.
        lessons = Lesson.objects.filter(Exists(pilots.filter(pk=OuterRef("pilot")))).order_by()
        if KIND in selection.chosen:
            lessons = lessons.filter(kind__in=selection.chosen[KIND])
        return lessons.filter(pk__in=self.found.rows()) if selection.q else lessons


class PilotsOfLessons:
    """The pilots whose lessons a `Selection` chooses: the visitor's list, for who comes from the library."""

    def __init__(self, selection: Selection, known: Index | None = None) -> None:
        self.selection = selection
        self.index = known or index()

    @cached_property
    def tiers(self) -> list[BitMap]:
        """The pilots, where the best match comes first by their best lessons. One query, some more for a search."""
        lessons = LessonFilter(self.selection, self.index)
        pilots = lessons.qs.order_by()
        if self.selection.sort != RELEVANCE:
            return [BitMap(pilots.values_list("pilot", flat=True)) & self.index.public]
        by_tier: dict[int, BitMap] = {1: BitMap(), 2: BitMap()}
        for pilot, tier in pilots.values_list("pilot", "tier").distinct():
            by_tier[tier].add(pilot)
        best = by_tier[1] & self.index.public
        return [best, (by_tier[2] & self.index.public) - best]

    @property
    def order(self) -> Order:
        """The chosen order within each part."""
        return self.index.orders[SORTS[0] if self.selection.sort == RELEVANCE else self.selection.sort]


class LessonListing(Listing):
    """Everything the library shows for one address. Raises BadAddress or NoSuchPage."""

    origin = "lessons"
    sizes = LESSONS_PER_PAGE
    words = LessonWording()

    def read_known(self) -> Classified:
        """Return the kinds of lessons, all of them, and the values of public pilots, with their names."""
        return {KIND: {kind.value: capfirst(str(kind.label)) for kind in Lesson.Kind}} | super().read_known()

    def read_labels(self) -> dict[str, str]:
        """Return the facets of the form, with their labels."""
        return {KIND: _("Kind of lesson")} | super().read_labels()

    def narrow(self) -> LessonFilter:
        """Return the filter that finds the lessons."""
        return LessonFilter(self.selection, self.index)

    def read_rows(self) -> QuerySet[Lesson]:
        """Return the lessons that match, with what is said of their pilots beside them."""
        return self.filter.qs.for_library()

    @property
    def elsewhere(self) -> str:
        """The query string of the same choice on pages of pilots, which have no kinds of lessons."""
        return self.selection.without(KIND).carried()
