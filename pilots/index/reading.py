"""What the database says of public pilots: the facts they are sorted by, and who has which value of a facet."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from pyroaring import BitMap

from pilots.index.facet_values import CODES, INVOLVED, SET_NAMES, VOCABULARIES
from pilots.index.grouped_ids import ids_by_value
from pilots.index.order import OrderFacts
from pilots.index.stated import stated_rows
from pilots.index.unchecked import TRANSLATED, UNCHECKED, translated_rows, unchecked_rows
from pilots.models import OrganisationInvolved, Pilot

Sets = dict[str, dict[str, BitMap]]


def read_facts(pilots: QuerySet[Pilot]) -> dict[int, OrderFacts]:
    """The facts of pilots by id. One query."""
    codes = (coded.field for coded in CODES.values())
    rows = pilots.values_list("pk", "slug", "authority__slug", Cast("published_at", TextField()), *codes)
    same: dict[str, str] = {}  # many pilots share an authority: one text for all of them
    return {
        pk: OrderFacts(
            country=same.setdefault(country, country),
            authority_kind=same.setdefault(kind, kind),
            authority=same.setdefault(authority, authority),
            slug=slug,
            published=-moment(published),
        )
        for pk, slug, authority, published, country, kind in rows
    }


def moment(written: str) -> int:
    """A time as the database writes it (year first, in UTC) as a number that grows with time."""
    digits = "".join(char for char in written[:26] if char.isdigit())
    return int(digits.ljust(20, "0"))


def read_sets(pilots: QuerySet[Pilot], facts: dict[int, OrderFacts]) -> Sets:
    """The pilots that have each value of each facet. One query."""
    sets: Sets = {facet: {} for facet in (*SET_NAMES, INVOLVED, UNCHECKED, TRANSLATED)}
    for facet in CODES:
        by_code: dict[str, list[int]] = defaultdict(list)
        for pk, fact in facts.items():
            by_code[getattr(fact, facet)].append(pk)
        sets[facet] = {code: BitMap(ids) for code, ids in by_code.items()}
    rows = [_classified(facet, field, pilots) for facet, (_model, field) in VOCABULARIES.items()]
    rows += [_involved(pilots), *stated_rows(pilots), *unchecked_rows(pilots), translated_rows(pilots)]
    for facet, value, ids in rows[0].union(*rows[1:], all=True).iterator():
        sets[facet][value] = sets[facet].get(value, BitMap()) | BitMap(map(int, ids.split(",")))
    return sets


def _classified(facet: str, field: str, pilots: QuerySet[Pilot]) -> QuerySet[Any, Any]:
    relation: Any = Pilot._meta.get_field(field)
    ties = relation.remote_field.through.objects.filter(pilot__in=pilots)
    return ids_by_value(facet, ties, relation.m2m_reverse_field_name())


def _involved(pilots: QuerySet[Pilot]) -> QuerySet[Any, Any]:
    return ids_by_value(
        INVOLVED, OrganisationInvolved.objects.filter(pilot__in=pilots, partner__isnull=False), "partner"
    )
