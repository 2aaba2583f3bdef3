"""The values each facet offers, their names, and how many pilots each would give."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, PositiveSmallIntegerField, QuerySet, Value
from django.utils.translation import get_language
from django_countries import countries

from pilots.find.filters import FACETS, PilotFilter
from pilots.find.parameters import Selection
from pilots.models import ActivityType, Audience, FormerSlug, Partner, Pilot, Stage, TargetGroup

VOCABULARIES: dict[str, Any] = {
    "partner": Partner,
    "activity": ActivityType,
    "audience": Audience,
    "target": TargetGroup,
    "stage": Stage,
}


@dataclass(frozen=True)
class Option:
    """One value of a facet. `count` is how many pilots it gives with the other facets as chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet with its options."""

    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        """The options that are chosen."""
        return [option for option in self.options if option.chosen]


def known_values(pilots: QuerySet[Pilot] | None = None) -> dict[str, dict[str, str]]:
    """Return for each facet the values that `pilots` have, with their names, in order. One query.

    By default those of all public pilots: to list a value that only drafts have would tell of them.
    """
    pilots = (Pilot.objects.published() if pilots is None else pilots).order_by()
    rows: list[QuerySet[Any, Any]] = [_values_of(name, model, pilots) for name, model in VOCABULARIES.items()]
    rows.append(pilots.values_list(_text("country"), _number(0), F("authority__country"), _text(""), _text("")))
    found: dict[str, dict[tuple[int, str], dict[str, str]]] = {name: defaultdict(dict) for name in FACETS}
    for facet, order, value, language, name in rows[0].union(*rows[1:]):
        found[facet][order, value][language] = name
    known = {
        facet: {value: _best(texts, value) for (_order, value), texts in sorted(values.items())}
        for facet, values in found.items()
    }
    named = {code: str(countries.name(code)) for code in known["country"]}
    return known | {"country": dict(sorted(named.items(), key=lambda item: item[1]))}


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


def facets(pilots: PilotFilter, known: dict[str, dict[str, str]], selection: Selection) -> list[Facet]:
    """Return all facets with counts that ignore the facet's own selection. One query."""
    counts = _counts(pilots)
    return [
        Facet(
            name=facet,
            label=FACETS[facet].label,
            options=[
                Option(value, name, counts.get((facet, value), 0), value in selection.chosen.get(facet, ()))
                for value, name in known[facet].items()
            ],
        )
        for facet in FACETS
    ]


def counts_of(choices: dict[str, QuerySet[Pilot]]) -> dict[str, int]:
    """Return how many pilots each of the named querysets holds, those that hold any. One query, none for no names."""
    rows = [pilots.values_list(_text(name)).annotate(n=Count("pk")) for name, pilots in choices.items()]
    counts = rows[0].union(*rows[1:], all=True) if rows else []
    return {name: n for name, n in counts if n}


def _counts(pilots: PilotFilter) -> dict[tuple[str, str], int]:
    rows = [
        pilots.without(name).values_list(_text(name), F(facet.field_name)).annotate(n=Count("pk", distinct=True))
        for name, facet in FACETS.items()
    ]
    return {(facet, value): n for facet, value, n in rows[0].union(*rows[1:], all=True)}


def _values_of(facet: str, model: Any, pilots: QuerySet[Pilot]) -> QuerySet[Any, Any]:
    order = _number(0) if model is Partner else F("order")
    having = pilots.filter(**{FACETS[facet].field_name: OuterRef("slug")})
    texts = (F("slug"), F("translations__language_code"), F("translations__name"))
    return model.objects.filter(Exists(having)).order_by().values_list(_text(facet), order, *texts)


def _best(texts: dict[str, str], value: str) -> str:
    for language in (get_language() or "en", "en", *sorted(texts)):
        if texts.get(language):
            return texts[language]
    return value


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _number(value: int) -> Value:
    return Value(value, output_field=PositiveSmallIntegerField())
