"""What single pilots are classified as, hidden ones too, and which values were given another slug."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, F, PositiveSmallIntegerField, QuerySet, Value
from django.http import QueryDict

from pilots.browse.selection import MOST_VALUES
from pilots.index.facet_values import CODES, FACET_NAMES, INVOLVED, PARTNER, VOCABULARIES, Classified
from pilots.index.pilots import Index
from pilots.models import FormerSlug, Partner, Pilot
from pilots.models.marked_text import MarkedText
from pilots.models.translation import best_text, current_language, shown

# Facet → (order, value, own language of a partner) → language → name, as rows of a query bring it.
_Names = dict[str, dict[tuple[int, str, str], dict[str, str]]]


def values_by_pilot(ids: Iterable[int], public: Index | None = None) -> dict[int, Classified]:
    """What each of the pilots with these ids is classified as. One query, none for those in `public`.

    Beside the facets there is `INVOLVED`: public partners that took part in a pilot.
    """
    ids = list(ids)
    known = {pk: public.known(pk) | {INVOLVED: public.involved(pk)} for pk in ids if public and pk in public.public}
    return (_read([pk for pk in ids if pk not in known]) if len(known) < len(ids) else {}) | known


def _read(ids: list[int]) -> dict[int, Classified]:
    """What these pilots are classified as, public or not."""
    pilots = Pilot.objects.filter(pk__in=ids).order_by()
    involved = Partner.objects.public().filter(involvements__pilot__in=pilots)
    rows = [_named(INVOLVED, Partner, involved, F("involvements__pilot")), *_facets_of(pilots)]
    found: dict[int, _Names] = {pk: _no_names() for pk in ids}
    for facet, order, value, language, name, own, pilot in rows[0].union(*rows[1:]):
        found[pilot][facet][order, value, own][language] = name
    return {pilot: _in_words(names) for pilot, names in found.items()}


def _facets_of(pilots: QuerySet[Pilot]) -> list[QuerySet[Any, Any]]:
    """The values of `pilots` under each facet, as queries to be joined."""
    no_name = (_text(""), _text(""), _text(""), F("pk"))
    codes = [pilots.values_list(_text(facet), _number(0), F(coded.field), *no_name) for facet, coded in CODES.items()]
    return codes + [
        _named(facet, model, model.objects.filter(pilots__in=pilots), F("pilots"))
        for facet, (model, _field) in VOCABULARIES.items()
    ]


def unknown_values(query: QueryDict, known: Classified) -> dict[str, list[str]]:
    """The values of facets that `known` does not hold, of which some may be old names."""
    return {
        name: missing
        for name, values in known.items()
        if (missing := [value for value in query.getlist(name)[:MOST_VALUES] if value and value not in values])
    }


def renamed_values(query: QueryDict, known: Classified) -> dict[str, dict[str, str]]:
    """Which of the unknown values in `query` are former slugs, and of what. No query for none, six at most."""
    unknown = {name: values for name, values in unknown_values(query, known).items() if name in VOCABULARIES}
    if not unknown:
        return {}
    former = FormerSlug.objects.filter(slug__in=[value for values in unknown.values() for value in values])
    ids: dict[str, dict[str, int]] = defaultdict(dict)
    for row in former:
        ids[row.model][row.slug] = row.object_id
    return {name: _present_slugs(VOCABULARIES[name][0], ids) for name in unknown}


def _present_slugs(model: Any, ids: dict[str, dict[str, int]]) -> dict[str, str]:
    former = ids.get(model._meta.model_name, {})
    present = dict(model.objects.filter(pk__in=former.values()).values_list("pk", "slug")) if former else {}
    return {old: present[pk] for old, pk in former.items() if pk in present}


def _named(facet: str, model: Any, rows: QuerySet[Any], *more: F) -> QuerySet[Any, Any]:
    order = _number(0) if model is Partner else F("order")
    own = F("original_language") if model is Partner else _text("")
    texts = (F("slug"), F("translations__language_code"), shown("translations__name"), own)
    return rows.order_by().values_list(_text(facet), order, *texts, *more)


def _no_names() -> _Names:
    return {name: defaultdict(dict) for name in (*FACET_NAMES, INVOLVED)}


def _in_words(names: _Names) -> Classified:
    known = {
        facet: {value: _best(facet, texts, value, own) for (_order, value, own), texts in sorted(values.items())}
        for facet, values in names.items()
    }
    return known | {facet: coded.named(known[facet]) for facet, coded in CODES.items()}


def _best(facet: str, texts: dict[str, str], value: str, own: str) -> str:
    name, language = best_text(texts, current_language())
    is_of_partner = facet in {PARTNER, INVOLVED} and language != current_language()
    return MarkedText(name, own if is_of_partner else language) or value


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


def _number(value: int) -> Value:
    return Value(value, output_field=PositiveSmallIntegerField())
