"""Tables of pilots and of what belongs to them."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from pilots.exports.dataset import fields
from pilots.exports.dataset.fields import in_batches, of, texts_of
from pilots.exports.dataset.snapshot import Snapshot
from pilots.exports.dataset.table import DataTable, Field, Reference
from pilots.index.facet_values import VOCABULARIES
from pilots.models import KeyFigure, Lesson, OrganisationInvolved, Passage, Pilot

PARTNER = "partner"
FACETS = tuple(facet for facet in VOCABULARIES if facet != PARTNER)
OF_PILOT = Reference(("pilot",), "pilots", ("pilot",))


class Classification(NamedTuple):
    """That a pilot has a value of a vocabulary."""

    pilot: str
    vocabulary: str
    value: str


def pilot_tables(now: Snapshot) -> list[DataTable]:
    return [
        _pilots(now),
        _texts(now, "pilot_texts", _("Texts of pilots, one row a language"), Pilot),
        _partners(now),
        _values(now),
        _parts(now, "lessons", _("Lessons and working methods"), Lesson, _of_lessons(now)),
        _texts(now, "lesson_texts", _("Texts of lessons and working methods"), Lesson),
        _parts(now, "key_figures", _("Key figures"), KeyFigure, _of_figures()),
        _texts(now, "key_figure_texts", _("What key figures count"), KeyFigure),
        _parts(now, "organisations", _("Other organisations involved"), OrganisationInvolved, _of_organisations(now)),
        _texts(now, "organisation_texts", _("Names of other organisations involved"), OrganisationInvolved),
        _passages(now),
    ]


def pilot_field(path: str) -> Field:
    return fields.slug("pilot", path, _("slug of the pilot, the last part of its address"))


def _pilots(now: Snapshot) -> DataTable:
    pilots = Pilot.objects.published().select_related("authority", "source").order_by("pk")
    date = _("%(date)s, as exact as the source: 2019, 2019-05 or 2019-05-17 (ISO 8601); empty: not stated")
    columns = (
        pilot_field("slug"),
        of("id", _("number of the pilot; it stays, even when the slug changes"), "pk", type="integer", required=True),
        of("version", _("number of its public version"), type="integer", required=True),
        of("published_at", _("when it was first published"), type="datetime", required=True),
        Field("version_at", _("when this version was published"), _version_at, "datetime", required=True),
        of("updated_at", _("when it last changed for visitors"), "public_change_at", type="datetime", required=True),
        of("reviewed_on", _("when it was last compared with its source; empty: not noted"), type="date"),
        of("authority", _("slug of the public authority that ran it"), "authority.slug", required=True),
        of("source", _("slug of the source it is written from"), "source.slug", required=True),
        of("start", date % {"date": _("start")}),
        of("end", date % {"date": _("end")}),
        of("evaluation", _("what the source says of one; no rating; empty: not stated"), values=_evaluations()),
        fields.address(now.site),
        fields.terms(now.terms.address),
    )
    references = (
        Reference(("authority",), "authorities", ("authority",)),
        Reference(("source",), "sources", ("source",)),
    )
    read = lambda: in_batches(now.pilots, lambda some: pilots.filter(pk__in=some))  # noqa: E731
    return DataTable("tables/pilots.csv", _("Pilots"), columns, ("pilot",), read, references)


def _version_at(pilot: Pilot) -> Any:
    return pilot.version_at or pilot.published_at


def _evaluations() -> tuple[str, ...]:
    return tuple(value for value in Pilot.Evaluation.values if value)


def _texts(now: Snapshot, name: str, title: str, model: Any) -> DataTable:
    """A table of the texts of pilots or of their numbered parts."""
    own = [pilot_field("master.slug")] if model is Pilot else [pilot_field("master.pilot.slug")]
    own += [] if model is Pilot else [fields.number("master.number")]
    key = tuple(field.name for field in own)
    columns = (*own, fields.language(), *fields.texts(model), fields.terms(now.terms.address))
    read = lambda: texts_of(model, now.pilots, "master" if model is Pilot else "master__pilot")  # noqa: E731
    whole = Reference(key, name.replace("_texts", "s").replace("_", "-"), key)
    return DataTable(f"tables/{name}.csv", title, columns, (*key, "language"), read, (whole,))


def _parts(now: Snapshot, name: str, title: str, model: Any, own: Iterable[Field]) -> DataTable:
    """A table of numbered parts of pilots."""
    rows = model.objects.select_related("pilot").order_by("pilot", "number")
    columns = (pilot_field("pilot.slug"), fields.number(), *own, fields.passage(), fields.terms(now.terms.address))
    read = lambda: in_batches(now.pilots, lambda some: _read(rows, some, model))  # noqa: E731
    to_partner = (Reference(("partner",), "partners", ("partner",)),) if model is OrganisationInvolved else ()
    return DataTable(f"tables/{name}.csv", title, columns, ("pilot", "number"), read, (OF_PILOT, *to_partner))


def _read(rows: Any, some: list[int], model: Any) -> Any:
    found = rows.filter(pilot__in=some)
    return found.select_related("pilot", "partner") if model is OrganisationInvolved else found


def _of_lessons(now: Snapshot) -> list[Field]:
    kind = _("helped, hard or insight: what was learnt; method: how they worked, which the source calls no lesson")
    return [of("kind", kind, required=True, values=tuple(Lesson.Kind.values)), fields.address(now.site)]


def _of_figures() -> list[Field]:
    qualifiers = tuple(KeyFigure.Qualifier.values)
    return [
        of("qualifier", _("how exact the source’s number is"), required=True, values=qualifiers),
        of("value", _("the number, or the beginning of a range"), type="number", required=True),
        of("upper", _("end of a range; empty: no range"), type="number"),
    ]


def _of_organisations(now: Snapshot) -> list[Field]:
    named, public = now.public.named[PARTNER], now.public.sets[PARTNER]
    partners = {value.slug for key, value in named.items() if public.get(key)}
    meaning = _("slug of the partner that it is; empty: none of the partners")
    slug = lambda row: row.partner.slug if row.partner and row.partner.slug in partners else ""  # noqa: E731
    return [Field("partner", meaning, slug)]


def _partners(now: Snapshot) -> DataTable:
    columns = (
        pilot_field("pilot"),
        of("partner", _("slug of a partner of the pilot"), "value", required=True),
        fields.terms(now.terms.address),
    )
    references = (OF_PILOT, Reference(("partner",), "partners", ("partner",)))
    title, read = _("Which partners each pilot has"), lambda: _classified(now, [PARTNER])
    return DataTable("tables/pilot_partners.csv", title, columns, ("pilot", "partner"), read, references)


def _values(now: Snapshot) -> DataTable:
    columns = (
        pilot_field("pilot"),
        of("vocabulary", _("name of the vocabulary"), required=True, values=FACETS),
        of("value", _("slug of a value of it that the pilot has"), required=True),
        fields.terms(now.terms.address),
    )
    pair = ("vocabulary", "value")
    references = (OF_PILOT, Reference(pair, "vocabulary-values", pair))
    title, read = _("What each pilot is classified as"), lambda: _classified(now, FACETS)
    return DataTable("tables/pilot_values.csv", title, columns, ("pilot", *pair), read, references)


def _classified(now: Snapshot, facets: Iterable[str]) -> Iterator[Classification]:
    """What each public pilot is classified as. No query."""
    for facet in facets:
        values = now.public.values_of(facet, now.pilots)
        for pk in sorted(values):
            yield from (Classification(now.public.facts[pk].slug, facet, one.slug) for one in values[pk])


def _passages(now: Snapshot) -> DataTable:
    columns = (
        pilot_field("pilot.slug"),
        of("about", _("the text, item or classification"), required=True, values=tuple(Passage.About.values)),
        of("value", _("of a classification, the slug of the value; empty: of a text or another fact")),
        fields.passage(),
        of("rests_on_heading", _("the heading says so, the text below it does not"), type="boolean", required=True),
        fields.terms(now.terms.address),
    )
    rows = Passage.objects.select_related("pilot").order_by("pilot", "about", "value")
    read = lambda: in_batches(now.pilots, lambda some: rows.filter(pilot__in=some))  # noqa: E731
    title = _("Where the source says what a pilot says")
    return DataTable("tables/passages.csv", title, columns, ("pilot", "about", "value"), read, (OF_PILOT,))
