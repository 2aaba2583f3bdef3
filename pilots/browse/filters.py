"""The filters of every list, map and table of pilots, as a django-filter filter set.

`*or*` within a facet, `*and*` across facets and search.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from pilots.browse.parameters import RELEVANCE, SORTS, Selection
from pilots.index.order import Order
from pilots.index.pilots import Index, index
from pilots.models import Pilot
from pilots.search.ranking import Found, search

ORDERS = {
    "place": ("authority__slug", "slug"),
    "-place": ("-authority__slug", "-slug"),
    "newest": ("-published_at", "slug"),
    RELEVANCE: ("authority__slug", "slug"),  # within each tier of what the words found
}
# Stands in for (facet, value) beside the count of all public rows.
TOTAL = ("", "")
Counts = dict[tuple[str, str], int]


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Pilots with at least one of the chosen values."""

    def filter(self, qs: QuerySet[Pilot], value: Iterable[str]) -> QuerySet[Pilot]:
        """Return `qs` narrowed. A subquery, so that a pilot with two of the values counts once."""
        if not value:
            return qs
        having = Pilot.objects.filter(**{f"{self.field_name}__in": value}).values("pk")
        return qs.filter(pk__in=having)


class PilotFilterSet(django_filters.FilterSet):
    """The filters of pilots as the database applies them."""

    country = FacetFilter(field_name="authority__country", label=_("Country"))
    partner = FacetFilter(field_name="partners__slug", label=_("Partner"))
    activity = FacetFilter(field_name="activity_types__slug", label=_("Activity type"))
    audience = FacetFilter(field_name="audiences__slug", label=_("Audience"))
    target = FacetFilter(field_name="target_groups__slug", label=_("Target group"))
    stage = FacetFilter(field_name="stages__slug", label=_("Stage"))
    q = django_filters.CharFilter(method="having_words")
    sort = django_filters.ChoiceFilter(method="in_order", choices=[(sort, sort) for sort in ORDERS])

    class Meta:
        model = Pilot
        fields: list[str] = []

    def __init__(self, pilots: "PilotFilter") -> None:
        super().__init__(pilots.selection.data(), queryset=Pilot.objects.published())
        self.pilots = pilots
        for name in FACETS:
            self.filters[name].extra["choices"] = [(value, value) for value in pilots.selection.chosen.get(name, ())]

    def having_words(self, queryset: QuerySet[Pilot], name: str, value: str) -> QuerySet[Pilot]:
        """Return the pilots that hold all the words."""
        return queryset.filter(pk__in=self.pilots.found.rows())

    def in_order(self, queryset: QuerySet[Pilot], name: str, value: str) -> QuerySet[Pilot]:
        """Return the pilots in the chosen order, the slug deciding between equals."""
        return queryset.order_by(*ORDERS[value])


class PilotFilter:
    """Public pilots, narrowed by a `Selection`: as a set of ids, and as a queryset for pages that show them all."""

    def __init__(self, selection: Selection, known: Index | None = None) -> None:
        self.selection = selection
        self.index = known or index()

    @property
    def facets(self) -> Iterable[str]:
        """The facets that rows are narrowed and counted by."""
        return FACETS

    @property
    def qs(self) -> Any:
        """The pilots that match, in the chosen order."""
        filters = PilotFilterSet(self)
        if not filters.is_valid():  # the selection holds known values only, so this is a mistake of ours
            raise ValueError(filters.errors)
        return filters.qs

    @cached_property
    def found(self) -> Found:
        """What the search words find, looked up once."""
        return search(self.selection.q)

    @cached_property
    def ids(self) -> BitMap:
        """The pilots that match."""
        return self.chosen_by(self.selection)

    @property
    def tiers(self) -> Iterator[BitMap]:
        """The pilots that match in parts that come one after the other, each of them in the chosen order."""
        if self.selection.sort != RELEVANCE:
            return iter([self.ids])
        return (self.ids & tier for tier in self.found.in_tiers())

    @property
    def order(self) -> Order:
        """The chosen order; within each tier it is the first of them where the best match comes first."""
        return self.index.orders[self.sort]

    @property
    def sort(self) -> str:
        """What the chosen order is called in an index."""
        return SORTS[0] if self.selection.sort == RELEVANCE else self.selection.sort

    def part(self, start: int, stop: int) -> list[int]:
        """Return the ids of number `start` (from 0) to `stop` of the pilots that match, in order."""
        return self.order.part(self.tiers, start, stop)

    @property
    def count(self) -> int:
        """How many pilots match."""
        return len(self.ids)

    def amount_of(self, rows: BitMap) -> Any:
        """Return how many rows these are, as the page's wording takes it."""
        return len(rows)

    def chosen_by(self, selection: Selection) -> BitMap:
        """Return the pilots that another selection with the same words, or none, would give."""
        sets = [self.index.having(name, values) for name, values in selection.chosen.items() if name in self.facets]
        words = [BitMap(self.found.ids)] if selection.q else []
        return BitMap.intersection(self.index.public, *sets, *words)

    def counts(self) -> Counts:
        """Return how many pilots each (facet, value) gives, the facet's own selection ignored, and `TOTAL`."""
        counts: Counts = {TOTAL: len(self.index.public)}
        for name in self.facets:
            among = self.chosen_by(self.selection.without(name)) if name in self.selection.chosen else self.ids
            counts |= {(name, value): count for value, count in self.index.counts(name, among).items()}
        return counts

    def counts_without(self, names: Iterable[str]) -> dict[str, int]:
        """Return how many pilots would match without each of these filters, where any would."""
        return self._counts({name: self.selection.without(name) for name in names})

    def counts_of_only(self, names: Iterable[str]) -> dict[str, int]:
        """Return how many pilots would match with nothing but each of these filters, where any would."""
        return self._counts({name: self.selection.only(name) for name in names})

    def _counts(self, selections: dict[str, Selection]) -> dict[str, int]:
        counts = {name: len(self.chosen_by(selection)) for name, selection in selections.items()}
        return {name: count for name, count in counts.items() if count}


FACETS: dict[str, Any] = {
    name: facet for name, facet in PilotFilterSet.base_filters.items() if isinstance(facet, FacetFilter)
}
