"""Filters and facets of the list: *or* within a facet, *and* between them. Seven queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

# The parameter, the relation and the label of each facet.
FACETS = (
    ("country", "country", "Country"),
    ("partner", "partners", "Partner"),
    ("activity", "activities", "Activity"),
    ("audience", "audiences", "Audience"),
    ("target", "target_groups", "Target group"),
    ("stage", "stages", "Stage"),
)


@dataclass(frozen=True)
class Facet:
    """A facet; each of the `options` has a `count`."""

    name: str
    label: str
    options: list[Any]
    chosen: list[str]


def filtered(practices: QuerySet, asked: QueryDict, leaving_out: str = "") -> QuerySet:
    """The practices that match the address, all its facets but one."""
    for name, relation, _label in FACETS:
        if name != leaving_out and (values := asked.getlist(name)):
            practices = practices.filter(**{f"{relation}__slug__in": values})
    # A practice with two of the values chosen is there twice.
    return practices.distinct() if asked else practices


def facets(practices: QuerySet, asked: QueryDict) -> list[Facet]:
    """The facets with all their values, and how many practices each would give. One query a facet."""
    found = []
    for name, relation, label in FACETS:
        values = practices.model._meta.get_field(relation).related_model.objects
        matching = filtered(practices, asked, leaving_out=name).order_by().values("pk")
        # Without any choice nothing has to be looked up to count.
        counted = Q(practices__in=matching) if asked else Q(practices__live=True)
        options = values.annotate(count=Count("practices", filter=counted))
        found.append(Facet(name, label, list(options), asked.getlist(name)))
    return found
