"""What a valid form of a pilot says, as content, without a row being written."""

from collections.abc import Callable
from typing import Any

from pilots.models import Pilot
from pilots.models.content import MANY, ONE, PART_FIELDS, PARTS, PLAIN, Content, passage_key, plain_value, text_fields


def content_of_form(form: Any, formsets: list[Any], present: Content) -> Content:
    """What the rows would say if the form were saved over `present`, what they say now.

    One query for each kind of values that was changed.
    """
    pilot, said = form.instance, form.cleaned_data
    content = present | {name: getattr(pilot, name).slug for name in ONE if name in said}
    content |= {name: plain_value(getattr(pilot, name)) for name in PLAIN if name in said}
    content |= {name: _slugs(said[name], present[name]) for name in MANY if name in said}
    if "slug" in said:
        content["slug"] = pilot.slug
    content["texts"] = _texts(form, Pilot, present["texts"])
    for formset in formsets:
        name = formset.prefix
        key_of = _passage_key if name == "passages" else _number
        content[name] = _rows(formset, present[name], key_of, _passage if name == "passages" else _part)
    return content


def _slugs(rows: Any, present: list[str]) -> list[str]:
    """The slugs of chosen rows in the order of the database, which need not be that of Python."""
    slugs = {row.slug for row in rows}
    return present if slugs == set(present) else [*rows.order_by("slug").values_list("slug", flat=True)]


def _texts(form: Any, model: Any, present: Content) -> Content:
    """The texts of a row: those in the language of the form as it says, the others as they are."""
    said = present.get(form.language_code, {}) | {
        name: form.cleaned_data[name] for name in text_fields(model) if name in form.cleaned_data
    }
    texts = present | {form.language_code: {name: text for name, text in said.items() if text}}
    return {language: fields for language, fields in texts.items() if fields}


def _rows(formset: Any, present: Content, key_of: Callable[..., str], said: Callable[..., Content]) -> Content:
    """The rows of one kind: those of the form as it says, others that came meanwhile as they are."""
    before = {form: key_of(form.initial) for form in formset.initial_forms}
    rows = {key: row for key, row in present.items() if key not in before.values()}
    for form, key in before.items():
        if form not in formset.deleted_forms:
            changed = form.has_changed()
            rows[key_of(vars(form.instance)) if changed else key] = (
                said(form, present[key]) if changed else present[key]
            )
    for form in formset.extra_forms:
        if form.has_changed() and form not in formset.deleted_forms:
            rows[key_of(vars(form.instance))] = said(form, {"texts": {}})
    return rows


def _number(values: dict[str, Any]) -> str:
    return str(values["number"])


def _passage_key(values: dict[str, Any]) -> str:
    return passage_key(values["about"], values["value"])


def _part(form: Any, present: Content) -> Content:
    model = type(form.instance)
    name = next(name for name, kind in PARTS.items() if kind is model)
    values = {field: getattr(form.instance, field) for field in PART_FIELDS[name]}
    if "partner" in values:
        values["partner"] = values["partner"].slug if values["partner"] else ""
    known = {key: present[key] for key in ("provenance",) if key in present}
    return {
        **{field: plain_value(value) for field, value in values.items()},
        "texts": _texts(form, model, present["texts"]),
        **known,
    }


def _passage(form: Any, _present: Content) -> Content:
    return {"passage": form.instance.passage, "rests_on_heading": form.instance.rests_on_heading}
