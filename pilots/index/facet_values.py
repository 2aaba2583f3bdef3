"""The facets that pilots are filtered by, and their values: codes of the authority, or rows with names."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, F, PositiveSmallIntegerField, QuerySet, TextField, Value, When
from django.utils.text import capfirst
from django_countries import countries

from pilots.index.grouped_ids import text
from pilots.index.stated import STATED
from pilots.models import ActivityType, Audience, Authority, FurtherReading, Partner, Stage, TargetGroup
from pilots.models.translation import best_text, current_language, shown, unchecked_texts
from prepare_portal.collation import SortKey, in_order, key_in

COUNTRY, AUTHORITY_KIND, PARTNER = "country", "authority_kind", "partner"
# The facets whose values are rows: the model, and the field of a pilot.
VOCABULARIES: dict[str, tuple[Any, str]] = {
    PARTNER: (Partner, "partners"),
    "activity": (ActivityType, "activity_types"),
    "audience": (Audience, "audiences"),
    "target": (TargetGroup, "target_groups"),
    "stage": (Stage, "stages"),
}
# No facet, but indexed like one: partners that took part in a pilot, most of them without being its partner.
INVOLVED = "involved"
# No facet either: whose names in short pilots are sorted by.
AUTHORITY = "authority"
# Nor are works, of which only that is wanted: whether somebody has checked what is said of them.
WORK = "work"

# Facet → value → name, in the order of the form.
Classified = dict[str, dict[str, str]]


def _countries(codes: Iterable[str]) -> dict[str, str]:
    names = {code: str(countries.name(code)) for code in codes}
    return dict(sorted(names.items(), key=lambda item: in_order(item[1])))


def _authority_kinds(codes: Iterable[str]) -> dict[str, str]:
    present = set(codes)
    return {kind.value: capfirst(str(kind.label)) for kind in Authority.Kind if kind in present}


class Coded(NamedTuple):
    """A facet whose values are codes of the authority: their field, and what names some of them, in order."""

    field: str
    named: Callable[[Iterable[str]], dict[str, str]]


CODES = {
    COUNTRY: Coded("authority__country", _countries),
    AUTHORITY_KIND: Coded("authority__kind", _authority_kinds),
}
FACET_NAMES = (*CODES, *VOCABULARIES)
# What pilots, and lessons by their pilots, can be narrowed by.
SET_NAMES = (*FACET_NAMES, STATED)


@dataclass(frozen=True)
class Named:
    """A value of a facet: its slug, its place in the vocabulary, its names by language; the id of its row.

    `own_language` is that of the name of an organisation, "" where nobody knows it; None for other values.
    `unchecked`: the languages in which nobody has checked what is said of it.
    """

    slug: str
    order: int
    names: dict[str, str]
    pk: int = 0
    own_language: str | None = None
    unchecked: frozenset[str] = frozenset()

    def text_in(self, _field: str, language: str) -> tuple[str, str]:
        """The name and the language it is in, as `Translated.text_in` does for rows."""
        return best_text(self.names, language)

    def language_of(self, _field: str, stored_in: str) -> str:
        """The language to mark a name with, as `Translated.language_of` says it for rows."""
        is_own = self.own_language is not None and stored_in != current_language()
        return self.own_language or "" if is_own else stored_in

    def place(self, language: str) -> tuple[int, SortKey, str]:
        """What to sort values by: their places in the vocabulary, then their names in a language."""
        return self.order, key_in(best_text(self.names, language)[0], language), self.slug


def read_names() -> dict[str, dict[str, Named]]:
    """The values of each facet, the authorities and the works, by their keys, in no order. One query."""
    rows = [_named(facet, model) for facet, (model, _field) in VOCABULARIES.items()]
    rows += [_named(AUTHORITY, Authority), _named(WORK, FurtherReading)]
    called: dict[Any, dict[str, str]] = defaultdict(dict)
    unchecked: dict[Any, set[str]] = defaultdict(set)
    for facet, order, pk, slug, language, name, own, is_unchecked in rows[0].union(*rows[1:], all=True):
        value = facet, slug, order, pk, own if facet == PARTNER else None
        called[value][language] = name
        if is_unchecked:
            unchecked[value].add(language)
    named: dict[str, dict[str, Named]] = {facet: {} for facet in (*VOCABULARIES, AUTHORITY, WORK)}
    for value, names in called.items():
        facet, slug, order, pk, own = value
        named[facet][str(pk)] = Named(slug, order, names, pk, own, frozenset(unchecked.get(value, ())))
    return named


def _named(facet: str, model: Any) -> QuerySet[Any, Any]:
    order = F("order") if hasattr(model, "order") else Value(0, output_field=PositiveSmallIntegerField())
    own = F("original_language") if model is Partner else text("")
    texts = ("pk", "slug", "translations__language_code", _name_of(model))
    is_unchecked = Case(When(unchecked_texts(model, "translations__"), then=1), default=0)
    return model.objects.order_by().values_list(text(facet), order, *texts, own, is_unchecked)


def _name_of(model: Any) -> Any:
    """What a row is called: of an authority, its name in short; of a work, what is said of it."""
    if model is not Authority:
        return shown("translations__covers" if model is FurtherReading else "translations__name")
    short = {kind: shown(f"translations__{Authority.short_name_field_of(kind)}") for kind in Authority.Kind.values}
    return Case(*(When(kind=kind, then=name) for kind, name in short.items()), output_field=TextField())
