"""Which values pilots have under each facet, and what those are called."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, PositiveSmallIntegerField, QuerySet, Value
from django.utils.translation import get_language
from django_countries import countries

from pilots.find.filters import FACETS
from pilots.models import ActivityType, Audience, FormerSlug, Partner, Pilot, Stage, TargetGroup
from pilots.models.translation import best_text

VOCABULARIES: dict[str, Any] = {
    "partner": Partner,
    "activity": ActivityType,
    "audience": Audience,
    "target": TargetGroup,
    "stage": Stage,
}
# Beside the facets: public partners that took part in a pilot without being its partner.
INVOLVED = "involved"

# Facet → value → name, in the order of the form.
Classified = dict[str, dict[str, str]]
# Facet → (order, value) → language → name, as rows of a query bring it.
_Names = dict[str, dict[tuple[int, str], dict[str, str]]]


def known_values() -> Classified:
    """Return for each facet the values that public pilots have, with their names, in order. One query.

    A value that only drafts have is not there: to list it would tell of them.
    """
    pilots = Pilot.objects.published().order_by()
    rows = [
        _named(
            facet, model, model.objects.filter(Exists(pilots.filter(**{FACETS[facet].field_name: OuterRef("slug")})))
        )
        for facet, model in VOCABULARIES.items()
    ]
    rows.append(pilots.values_list(_text("country"), _number(0), F("authority__country"), _text(""), _text("")))
    names: _Names = {name: defaultdict(dict) for name in FACETS}
    for facet, order, value, language, name in rows[0].union(*rows[1:]):
        names[facet][order, value][language] = name
    return _in_words(names)


def values_by_pilot(ids: Iterable[int]) -> dict[int, Classified]:
    """Return what each of the pilots with these ids is classified as. One query.

    Beside the facets there is `INVOLVED`.
    """
    pilots = Pilot.objects.filter(pk__in=list(ids)).order_by()
    rows: list[QuerySet[Any, Any]] = []
    for facet, model in VOCABULARIES.items():
        rows.append(_named(facet, model, model.objects.filter(pilots__in=pilots), F("pilots")))
    involved = Partner.objects.public().filter(involvements__pilot__in=pilots)
    rows.append(_named(INVOLVED, Partner, involved, F("involvements__pilot")))
    country = (_text("country"), _number(0), F("authority__country"), _text(""), _text(""), F("pk"))
    found: dict[int, _Names] = defaultdict(_no_names)
    for facet, order, value, language, name, pilot in pilots.values_list(*country).union(*rows):
        found[pilot][facet][order, value][language] = name
    return {pilot: _in_words(names) for pilot, names in found.items()}


def renamed_values(unknown: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    """Return which of the unknown values are former slugs, and of what. No query for none, six at most."""
    asked = {name: values for name, values in unknown.items() if name in VOCABULARIES}
    if not asked:
        return {}
    former = FormerSlug.objects.filter(slug__in=[value for values in asked.values() for value in values])
    ids: dict[str, dict[str, int]] = defaultdict(dict)
    for row in former:
        ids[row.model][row.slug] = row.object_id
    return {name: _present_slugs(VOCABULARIES[name], ids) for name in asked}


def _present_slugs(model: Any, ids: dict[str, dict[str, int]]) -> dict[str, str]:
    former = ids.get(model._meta.model_name, {})
    present = dict(model.objects.filter(pk__in=former.values()).values_list("pk", "slug")) if former else {}
    return {old: present[pk] for old, pk in former.items() if pk in present}


def _named(facet: str, model: Any, rows: QuerySet[Any], *more: F) -> QuerySet[Any, Any]:
    order = _number(0) if model is Partner else F("order")
    texts = (F("slug"), F("translations__language_code"), F("translations__name"))
    return rows.order_by().values_list(_text(facet), order, *texts, *more)


def _no_names() -> _Names:
    return {name: defaultdict(dict) for name in (*FACETS, INVOLVED)}


def _in_words(names: _Names) -> Classified:
    known = {
        facet: {value: _best(texts, value) for (_order, value), texts in sorted(values.items())}
        for facet, values in names.items()
    }
    countries_named = {code: str(countries.name(code)) for code in known["country"]}
    return known | {"country": dict(sorted(countries_named.items(), key=lambda item: item[1]))}


def _best(texts: dict[str, str], value: str) -> str:
    return best_text(texts, get_language() or "en")[0] or value


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _number(value: int) -> Value:
    return Value(value, output_field=PositiveSmallIntegerField())
