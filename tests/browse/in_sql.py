"""The list's filters once more, as django-filter and the database apply them: what sets of ids are checked against."""

from collections.abc import Iterable

import django_filters
from django.db.models import Q, QuerySet

from pilots.browse.selection import Selection
from pilots.models import Pilot
from pilots.search.engine import search

ORDERS = {
    "place": ("authority__slug", "slug"),
    "-place": ("-authority__slug", "-slug"),
    "newest": ("-published_at", "slug"),
}


class AnyOf(django_filters.MultipleChoiceFilter):
    """Pilots with at least one of the values. A subquery, so that a pilot with two of them counts once."""

    def filter(self, qs: QuerySet[Pilot], value: Iterable[str]) -> QuerySet[Pilot]:
        having = Pilot.objects.filter(**{f"{self.field_name}__in": value}).values("pk")
        return qs.filter(pk__in=having) if value else qs


class AnyItem(AnyOf):
    """Pilots of which one of the items is stated: in a passage, as the status of an evaluation, as a contact."""

    def filter(self, qs: QuerySet[Pilot], value: Iterable[str]) -> QuerySet[Pilot]:
        having = Pilot.objects.filter(passages__about__in=value).values("pk")
        found = Q(pk__in=having)
        if "evaluation" in value:
            found |= Q(evaluation__gt="")
        if "contact" in value:
            partners = Pilot.objects.filter(partners__public_contact__gt="").values("pk")
            found |= Q(authority__public_contact__gt="") | Q(pk__in=partners)
        return qs.filter(found) if value else qs


class InSql(django_filters.FilterSet):
    """The facets by their columns."""

    country = AnyOf(field_name="authority__country")
    authority_kind = AnyOf(field_name="authority__kind")
    partner = AnyOf(field_name="partners__slug")
    activity = AnyOf(field_name="activity_types__slug")
    audience = AnyOf(field_name="audiences__slug")
    target = AnyOf(field_name="target_groups__slug")
    stage = AnyOf(field_name="stages__slug")
    stated = AnyItem(field_name="passages__about")

    class Meta:
        model = Pilot
        fields: list[str] = []


def pilots_in_sql(selection: Selection) -> QuerySet[Pilot]:
    """The pilots that a selection chooses, in its order, without the index."""
    filters = InSql(selection.chosen, Pilot.objects.published())
    for name, values in selection.chosen.items():
        filters.filters[name].extra["choices"] = [(value, value) for value in values]
    assert filters.is_valid(), filters.errors
    found = filters.qs.filter(pk__in=search(selection.q).ids) if selection.q else filters.qs
    return found.order_by(*ORDERS[selection.sort])
