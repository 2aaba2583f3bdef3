"""The content of a pilot as plain values: one nested dictionary, without ids, that JSON can hold.

It is the one form in which an entry is kept in the history, compared, copied into a working copy,
published from it, restored, exported and imported. Rows are named by their slugs, parts by their numbers:

    {"slug": "avignon", "authority": "avignon", "source": "…", "partners": ["face"], "stages": ["release"], …,
     "start": "2019-05", "end": "", "evaluation": "", "reviewed_on": "2026-11-22",
     "texts": {"en": {"title": "…", "summary": "…", …}, "fr": {"title": "…", …}},
     "provenance": {"fr": {"title": {"by": "machine", "of": "…"}, …}},
     "lessons": {"1": {"kind": "helped", "passage": "3.1", "texts": {"en": {"text": "…"}}}},
     "key_figures": {…}, "organisations_involved": {…},
     "passages": {"summary": {"passage": "3.1", "rests_on_heading": False}, "stages/release": {…}}}

What is known of no text is left out, as everything was that was kept before there was provenance.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from pilots.models.lesson import Lesson
from pilots.models.parts import KeyFigure, OrganisationInvolved
from pilots.models.passage import Passage
from pilots.models.pilot import Pilot
from pilots.models.row_texts import changed, read_texts, write_records, write_rows, write_texts
from pilots.models.row_texts import text_fields as text_fields
from pilots.models.slugs import FormerSlug

Content = dict[str, Any]

ONE = ("authority", "source")
MANY = ("partners", "activity_types", "audiences", "target_groups", "stages")
PLAIN = ("start", "end", "evaluation", "reviewed_on")
# What is read of the pilot's own row, and of a pointer to the source.
FACTS = ("slug", "revises__slug", *(f"{name}__slug" for name in ONE), *PLAIN)
POINTER = ("about", "value", "passage", "rests_on_heading")
PARTS: dict[str, type[models.Model]] = {
    "lessons": Lesson,
    "key_figures": KeyFigure,
    "organisations_involved": OrganisationInvolved,
}
PART_FIELDS = {
    "lessons": ("kind", "passage"),
    "key_figures": ("qualifier", "value", "upper", "passage"),
    "organisations_involved": ("partner", "passage"),
}


class UnknownValues(ValueError):
    """Content names rows that are not there. `values` lists (field, slug)."""

    def __init__(self, values: list[tuple[str, str]]) -> None:
        super().__init__(", ".join(slug for _field, slug in values))
        self.values = values


# Reading -------------------------------------------------------------------


def read_content(pilot: Pilot) -> Content:
    """The content of one pilot as the database holds it now. Fourteen queries at most."""
    return read_contents([pilot.pk])[pilot.pk]


def read_contents(ids: Iterable[int]) -> dict[int, Content]:
    """The content of each pilot by its id. The number of queries does not depend on that of the pilots.

    It reads plain values: to make a row of each of the thirty that a pilot has would take three times as long.
    """
    rows = Pilot.objects.filter(pk__in=list(ids)).order_by("pk")
    contents = {pk: _facts_of(*facts) for pk, *facts in rows.values_list("pk", *FACTS)}
    for name in MANY:
        through: Any = getattr(Pilot, name).through
        field: Any = Pilot._meta.get_field(name)
        slug_of = f"{field.m2m_reverse_field_name()}__slug"
        pairs = through.objects.filter(pilot__in=contents).order_by("pilot_id", slug_of)
        for pilot, slug in pairs.values_list("pilot_id", slug_of):
            contents[pilot][name].append(slug)
    for pilot, said in read_texts(Pilot, "master", contents).items():
        contents[pilot] |= said
    for name, model in PARTS.items():
        _add_parts(contents, name, model)
    passages = Passage.objects.filter(pilot__in=contents).order_by("pilot_id", "about", "value")
    for pilot, about, value, passage, on_heading in passages.values_list("pilot_id", *POINTER):
        said = {"passage": passage, "rests_on_heading": on_heading}
        contents[pilot]["passages"][passage_key(about, value)] = said
    return contents


def _facts_of(slug: str, original_slug: str | None, authority: str, source: str, *plain: Any) -> Content:
    content: Content = {"slug": original_slug or slug, "authority": authority, "source": source}
    content |= {name: [] for name in MANY}
    content |= zip(PLAIN, map(plain_value, plain), strict=True)
    return content | {"texts": {}, **{name: {} for name in PARTS}, "passages": {}}


def passage_key(about: str, value: str) -> str:
    """The key of a pointer to the source: “summary”, or “stages/release” for one value of several."""
    return f"{about}/{value}" if value else about


def plain_value(value: Any) -> str:
    """A value of a field as text that two equal values share: "" for none, 2.5 for 2.50."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _add_parts(contents: dict[int, Content], name: str, model: Any) -> None:
    fields = PART_FIELDS[name]
    values = ["partner__slug" if field == "partner" else field for field in fields]
    rows = model.objects.filter(pilot__in=contents).order_by("pilot_id", "number")
    parts = list(rows.values_list("pk", "pilot_id", "number", *values))
    texts = read_texts(model, "master__pilot", contents) if parts else {}
    for pk, pilot, number, *said in parts:
        part: Content = dict(zip(fields, map(plain_value, said), strict=True))
        contents[pilot][name][str(number)] = part | texts.get(pk, {"texts": {}})


# Writing -------------------------------------------------------------------


def write_content(pilot: Pilot, content: Content) -> None:
    """Make the rows of `pilot` say what `content` says, see `write_contents`."""
    write_contents({pilot: content})


def write_contents(contents: dict[Pilot, Content]) -> None:
    """Make the rows of each pilot say what its content says; its slug, status and bookkeeping stay.

    Only what differs is written: one query a pilot, and some eighty for all of them. Run it in a transaction. Raises
    UnknownValues before anything is written, and ValidationError when a value does not fit its field.
    """
    found = find_rows(*contents.values())
    for pilot, content in contents.items():
        for name in ONE:
            setattr(pilot, name, found[name, content[name]])
        for name in PLAIN:
            field: Any = Pilot._meta.get_field(name)
            setattr(pilot, name, field.to_python(content[name]) if content[name] else ("" if not field.null else None))
        pilot.save()
    for name in MANY:
        _write_values(name, contents, found)
    write_texts(Pilot, contents)
    for name, model in PARTS.items():
        _write_parts(name, model, contents, found)
    _write_passages(contents, found)


def find_rows(*contents: Content) -> dict[tuple[str, str], Any]:
    """The rows that the contents name, by field and slug; a former slug finds the row that had it.

    At most one query a field and one for each former slug. Raises UnknownValues.
    """
    found: dict[tuple[str, str], Any] = {}
    missing = []
    for name in (*ONE, *MANY, "partner"):
        model: Any = Pilot._meta.get_field("partners" if name == "partner" else name).related_model
        slugs = {slug for content in contents for slug in _slugs_in(content, name)}
        rows = (
            {row.slug: row for row in model.objects.filter(slug__in={slug.lower() for slug in slugs})} if slugs else {}
        )
        for slug in sorted(slugs):
            row = rows.get(slug.lower()) or FormerSlug.objects.bearer_of(slug, among=model.objects.all())
            if row is None:
                missing.append((name, slug))
            found[name, slug] = row
    if missing:
        raise UnknownValues(missing)
    return found


def _slugs_in(content: Content, name: str) -> Iterable[str]:
    """The slugs that `content` names in a field, or as the partners that took part."""
    if name == "partner":
        return {part["partner"] for part in content["organisations_involved"].values()} - {""}
    return [content[name]] if name in ONE else content[name]


def write_provenance(contents: dict[Pilot, Content]) -> None:
    """Note of the texts of pilots and their parts what their contents know. Eleven queries at most for many."""
    write_records(Pilot, contents)
    said = {pilot.pk: content for pilot, content in contents.items()}
    for name, model in PARTS.items():
        pilots = [pk for pk, content in said.items() if content[name]]
        rows: Any = model._default_manager.filter(pilot__in=pilots) if pilots else ()
        write_records(model, {row: said[row.pilot_id][name][str(row.number)] for row in rows})


def _write_values(name: str, contents: dict[Pilot, Content], found: dict[tuple[str, str], Any]) -> None:
    """Give each pilot the values of one field that its content names, and no others."""
    through: Any = getattr(Pilot, name).through
    field: Any = Pilot._meta.get_field(name)
    value = field.m2m_column_name(), field.m2m_reverse_name()
    rows = through.objects.filter(pilot__in=contents).values_list(*value, "pk")
    present = {(pilot, one): pk for pilot, one, pk in rows}
    wanted = dict.fromkeys((pilot.pk, found[name, slug].pk) for pilot, said in contents.items() for slug in said[name])
    through.objects.filter(pk__in=[pk for key, pk in present.items() if key not in wanted]).delete()
    new = [dict(zip(value, key, strict=True)) for key in wanted if key not in present]
    through.objects.bulk_create([through(**values) for values in new])


def _write_parts(name: str, model: Any, contents: dict[Pilot, Content], found: dict[tuple[str, str], Any]) -> None:
    """Make the parts of one kind what the contents say, by number."""
    present = {(row.pilot_id, row.number): row for row in model.objects.filter(pilot__in=contents)}
    wanted = {
        (pilot.pk, int(number)): part for pilot, content in contents.items() for number, part in content[name].items()
    }
    model.objects.filter(pk__in=[row.pk for key, row in present.items() if key not in wanted]).delete()
    rows = {key: present.get(key) or model(pilot_id=key[0], number=key[1]) for key in wanted}
    fields = PART_FIELDS[name]
    values = {
        key: {each: _part_value(model, each, part[each], found) for each in fields} for key, part in wanted.items()
    }
    write_rows(model, [row for key, row in rows.items() if changed(row, values[key])], ("pilot", "number"), fields)
    write_texts(model, {rows[key]: part for key, part in wanted.items()})


def _part_value(model: Any, field: str, value: str, found: dict[tuple[str, str], Any]) -> Any:
    if field == "partner":
        return found["partner", value] if value else None
    described: Any = model._meta.get_field(field)
    if isinstance(described, models.DecimalField):
        try:
            return Decimal(value) if value else None
        except InvalidOperation as error:
            raise ValidationError(_("“%(value)s” is no number.") % {"value": value}) from error
    return value


def _write_passages(contents: dict[Pilot, Content], found: dict[tuple[str, str], Any]) -> None:
    """Make the pointers to the source those of the contents; they follow values that were given another slug."""
    present = {(row.pilot_id, row.about, row.value): row for row in Passage.objects.filter(pilot__in=contents)}
    wanted = {}
    for pilot, content in contents.items():
        for key, said in content["passages"].items():
            about, _sep, value = key.partition("/")
            wanted[pilot.pk, about, found[about, value].slug if (about, value) in found else value] = said
    Passage.objects.filter(pk__in=[row.pk for key, row in present.items() if key not in wanted]).delete()
    written, fields = [], ("passage", "rests_on_heading")
    for (pilot, about, value), said in wanted.items():
        row = present.get((pilot, about, value)) or Passage(pilot_id=pilot, about=about, value=value)
        if changed(row, {field: said[field] for field in fields}):
            written.append(row)
    write_rows(Passage, written, ("pilot", "about", "value"), fields)
