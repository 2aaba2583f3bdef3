"""Tables of what pilots refer to: organisations, vocabularies, sources; and of the glossary."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilots.exports.dataset import fields
from pilots.exports.dataset.fields import in_batches, of, texts_of
from pilots.exports.dataset.pilot_tables import FACETS
from pilots.exports.dataset.snapshot import Snapshot
from pilots.exports.dataset.table import DataTable, Field, Reference
from pilots.index.facet_values import VOCABULARIES
from pilots.models import Authority, GlossaryTerm, Partner, Source

FACET_OF = {model: facet for facet, (model, _field) in VOCABULARIES.items()}


def reference_tables(now: Snapshot) -> list[DataTable]:
    partners, authorities = (_("Partners"), _("Names of partners")), (_("Authorities"), _("Names of authorities"))
    terms, sources = (_("Glossary"), _("Terms and their meanings")), (_("Sources"), _("Titles and terms of sources"))
    return [
        *_pair(now, "partners", "partner", partners, Partner, _of_partners(now)),
        *_pair(now, "authorities", "authority", authorities, Authority, _of_authorities(now)),
        *_vocabularies(now),
        *_pair(now, "glossary", "term", terms, GlossaryTerm, _of_terms(now)),
        *_pair(now, "sources", "source", sources, Source, _of_sources()),
    ]


def _rows(model: Any) -> QuerySet[Any]:
    """What of a model visitors see: terms of the glossary always, all else where a public pilot uses it."""
    rows: QuerySet[Any] = model.objects.order_by("pk")
    return rows if model is GlossaryTerm else rows.filter(pk__in=model.objects.public().order_by())


def _ids(model: Any) -> Any:
    return _rows(model).values_list("pk", flat=True)


def _pair(
    now: Snapshot, name: str, one: str, titles: tuple[str, str], model: Any, own: tuple[Field, ...]
) -> tuple[DataTable, DataTable]:
    """A table of rows known by their slug, and one of their texts."""
    meaning, terms = _("slug, the last part of its address"), fields.terms(now.terms.address)
    texts = [field for field in fields.texts(model) if field.name != one]
    # A glossary's text is called like what it explains.
    texts = [of("wording", _("the term as entries write it"), "term"), *texts] if one == "term" else texts
    rows = DataTable(
        f"tables/{name}.csv",
        titles[0],
        (fields.slug(one, "slug", meaning), *own, terms),
        (one,),
        lambda: in_batches(_ids(model), lambda some: model.objects.filter(pk__in=some).order_by("pk")),
    )
    return rows, DataTable(
        f"tables/{one}_texts.csv",
        titles[1],
        (fields.slug(one, "master.slug", meaning), fields.language(), *texts, terms),
        (one, "language"),
        lambda: texts_of(model, _ids(model)),
        (Reference((one,), name, (one,)),),
    )


def _reachable() -> tuple[Field, ...]:
    return (
        of("website", _("its website; empty: not stated")),
        of("public_contact", _("an address that it has published itself; empty: not stated")),
    )


def _of_partners(now: Snapshot) -> tuple[Field, ...]:
    return (
        of("kind", _("what kind of organisation; empty: not stated"), values=tuple(filter(None, Partner.Kind.values))),
        Field("country", _("ISO 3166-1 alpha-2; empty: not stated"), lambda row: row.country.code or ""),
        of("original_name", _("name in its own language, where it differs")),
        of("original_language", _("language of that name (BCP 47)")),
        *_reachable(),
        fields.address(now.site),
    )


def _of_authorities(now: Snapshot) -> tuple[Field, ...]:
    degrees = _("degrees of its place (WGS 84); empty: not known")
    return (
        of("kind", _("what kind of authority"), required=True, values=tuple(Authority.Kind.values)),
        of("country", _("ISO 3166-1 alpha-2"), "country.code", required=True),
        of("latitude", degrees, type="number"),
        of("longitude", degrees, type="number"),
        *_reachable(),
        fields.address(now.site),
    )


def _of_terms(now: Snapshot) -> tuple[Field, ...]:
    return (
        of("original", _("the wording in its own language; empty: none")),
        of("original_language", _("language of that wording (BCP 47)")),
        fields.address(now.site),
    )


def _of_sources() -> tuple[Field, ...]:
    return (
        of("publisher", _("empty: not stated")),
        of("year", _("empty: not stated"), type="integer"),
        of("url", _("where it was published; empty: not stated")),
    )


def _vocabularies(now: Snapshot) -> tuple[DataTable, DataTable]:
    """All vocabularies in one table, told apart by their name."""
    models = [VOCABULARIES[facet][0] for facet in FACETS]
    terms, pair = fields.terms(now.terms.address), ("vocabulary", "value")
    vocabulary, value = _("name of the vocabulary, as filters take it"), _("slug of the value, as filters take it")
    values = DataTable(
        "tables/vocabulary_values.csv",
        _("What pilots are classified by"),
        (
            Field("vocabulary", vocabulary, lambda row: FACET_OF[type(row)], required=True, values=FACETS),
            fields.slug("value", "slug", value),
            of("order", _("lower numbers come first; equal ones by slug"), type="integer", required=True),
            fields.address(now.site),
            terms,
        ),
        pair,
        lambda: chain.from_iterable(map(_values, models)),
    )
    return values, DataTable(
        "tables/vocabulary_texts.csv",
        _("Names and descriptions of what pilots are classified by"),
        (
            Field("vocabulary", vocabulary, lambda row: FACET_OF[type(row.master)], required=True, values=FACETS),
            fields.slug("value", "master.slug", value),
            fields.language(),
            *fields.texts(models[0]),
            terms,
        ),
        (*pair, "language"),
        lambda: chain.from_iterable(texts_of(model, _ids(model)) for model in models),
        (Reference(pair, "vocabulary-values", pair),),
    )


def _values(model: Any) -> Iterator[Any]:
    return in_batches(_ids(model), lambda some: model.objects.filter(pk__in=some).order_by("order", "slug"))
