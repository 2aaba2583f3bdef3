"""Pilots that are like one another, and in what."""

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from pilots.find.values import Classified
from pilots.models import Pilot

MOST_RELATED = 4
# What two pilots may share, and how much it says of them: with a partner in common they most likely met
# the same methods; a stage or a country in common alone says little.
WEIGHTS = {"partner": 5, "target": 3, "activity": 3, "audience": 2, "stage": 1, "country": 1}
FIELDS = {
    "partner": "partners",
    "target": "target_groups",
    "activity": "activity_types",
    "audience": "audiences",
    "stage": "stages",
}


@dataclass(frozen=True)
class Related:
    """A related pilot's id, and for each facet the names of the values that both have."""

    pk: int
    shared: dict[str, list[str]]


def like(pilot: Pilot) -> list[int]:
    """Return the ids of the public pilots that share most with `pilot`, the closest first. One query.

    Closeness is the sum of the weights of the facets in which both have a value in common. Pilots that
    have no more in common than a stage and a country are left out.
    """
    scores = [_points(_shares(pilot, field), WEIGHTS[facet]) for facet, field in FIELDS.items()]
    scores.append(_points(Q(authority__country=pilot.authority.country.code), WEIGHTS["country"]))
    others = Pilot.objects.published().exclude(pk=pilot.pk).annotate(score=reduce(operator.add, scores))
    near = others.filter(score__gt=WEIGHTS["stage"] + WEIGHTS["country"]).order_by("-score", "slug")
    return list(near.values_list("pk", flat=True)[:MOST_RELATED])


def shared_values(pilot: int, others: Iterable[int], values: dict[int, Classified]) -> list[Related]:
    """Return what each of `others` shares with `pilot`, by the values of each pilot. No query."""
    return [Related(other, _in_common(values[pilot], values[other])) for other in others if other in values]


def _in_common(own: Classified, theirs: Classified) -> dict[str, list[str]]:
    shared = {facet: [name for value, name in own[facet].items() if value in theirs[facet]] for facet in WEIGHTS}
    return {facet: names for facet, names in shared.items() if names}


def _shares(pilot: Pilot, field: str) -> Exists:
    """Return whether another pilot has a value of `pilot` in the many-to-many field."""
    relation: Any = Pilot._meta.get_field(field)
    column, through = relation.m2m_reverse_field_name(), relation.remote_field.through
    own = through.objects.filter(pilot=pilot.pk).values(column)
    return Exists(through.objects.filter(pilot=OuterRef("pk"), **{f"{column}__in": own}))


def _points(condition: Exists | Q, weight: int) -> Case:
    return Case(When(condition, then=Value(weight)), default=Value(0), output_field=IntegerField())
