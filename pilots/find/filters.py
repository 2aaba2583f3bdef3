"""The filters of every list, map and table of pilots, as a django-filter filter set.

`*or*` within a facet, `*and*` across facets and search.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Protocol

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pilots.find.parameters import SORTS, Selection
from pilots.find.search import Found, search
from pilots.models import Pilot

ORDERS = {
    "place": ("authority__slug", "slug"),
    "-place": ("-authority__slug", "-slug"),
    "newest": ("-published_at", "slug"),
}


class RowFilter(Protocol):
    """Public rows narrowed by a `Selection`: pilots, or something that pilots have."""

    @property
    def paths(self) -> dict[str, str]:
        """The facets, each with the way from a row to its values."""

    @property
    def public(self) -> QuerySet[Any]:
        """All public rows, in no order."""

    @property
    def qs(self) -> Any:
        """The rows that match, in the chosen order, as a queryset of their own kind."""

    @property
    def found(self) -> Found:
        """What the search words find, looked up once."""

    def without(self, name: str) -> QuerySet[Any]:
        """Return what would match if the filter `name` were not set, in no order."""

    def only(self, name: str) -> QuerySet[Any]:
        """Return what would match if no filter but `name` were set, in no order."""


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Pilots with at least one of the chosen values."""

    def filter(self, qs: QuerySet[Pilot], value: Iterable[str]) -> QuerySet[Pilot]:
        """Return `qs` narrowed. A subquery, so that a pilot with two of the values counts once."""
        if not value:
            return qs
        having = Pilot.objects.filter(**{f"{self.field_name}__in": value}).values("pk")
        return qs.filter(pk__in=having)


class PilotFilter(django_filters.FilterSet):
    """Public pilots, narrowed by a `Selection`."""

    country = FacetFilter(field_name="authority__country", label=_("Country"))
    partner = FacetFilter(field_name="partners__slug", label=_("Partner"))
    activity = FacetFilter(field_name="activity_types__slug", label=_("Activity type"))
    audience = FacetFilter(field_name="audiences__slug", label=_("Audience"))
    target = FacetFilter(field_name="target_groups__slug", label=_("Target group"))
    stage = FacetFilter(field_name="stages__slug", label=_("Stage"))
    q = django_filters.CharFilter(method="having_words")
    sort = django_filters.ChoiceFilter(method="in_order", choices=[(sort, sort) for sort in SORTS])

    class Meta:
        model = Pilot
        fields: list[str] = []

    def __init__(self, selection: Selection) -> None:
        super().__init__(selection.data(), queryset=Pilot.objects.published())
        self.selection = selection
        for name in FACETS:
            self.filters[name].extra["choices"] = [(value, value) for value in selection.chosen.get(name, ())]
        if not self.is_valid():  # the selection holds known values only, so this is a mistake of ours
            raise ValueError(self.errors)

    @property
    def paths(self) -> dict[str, str]:
        """The facets, each with the way from a pilot to its values."""
        return {name: facet.field_name for name, facet in FACETS.items()}

    @property
    def public(self) -> QuerySet[Pilot]:
        """All public pilots, in no order."""
        return self.queryset.order_by()

    @cached_property
    def found(self) -> Found:
        """What the search words find, looked up once."""
        return search(self.selection.q)

    def having_words(self, queryset: QuerySet[Pilot], name: str, value: str) -> QuerySet[Pilot]:
        """Return the pilots that hold all the words."""
        return queryset.filter(pk__in=self.found.ids)

    def in_order(self, queryset: QuerySet[Pilot], name: str, value: str) -> QuerySet[Pilot]:
        """Return the pilots in the chosen order, the slug deciding between equals."""
        return queryset.order_by(*ORDERS[value])

    def without(self, name: str) -> QuerySet[Pilot]:
        """Return what would match if the filter `name` were not set, in no order."""
        return self._narrowed_by([other for other in self.filters if other not in {name, "sort"}])

    def only(self, name: str) -> QuerySet[Pilot]:
        """Return what would match if no filter but `name` were set, in no order."""
        return self._narrowed_by([name])

    def _narrowed_by(self, names: list[str]) -> QuerySet[Pilot]:
        queryset: QuerySet[Pilot] = self.queryset
        for name in names:
            queryset = self.filters[name].filter(queryset, self.form.cleaned_data[name])
        return queryset.order_by()


FACETS: dict[str, Any] = {
    name: facet for name, facet in PilotFilter.base_filters.items() if isinstance(facet, FacetFilter)
}
