"""The texts of rows as plain values: by language and field, with what is known of each; read and written."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from pilots.models.provenance import Record
from prepare_portal.phrases import labelled

# {"texts": {"en": {"title": "…"}}, "provenance": {"fr": {"title": {…}}}}; the second is left out when it is empty.
RowTexts = dict[str, Any]


def text_fields(model: Any) -> list[str]:
    """The names of the fields of `model` that are translated, in the order of the form."""
    return [*model._parler_meta.root_model.get_translated_fields()]


def read_texts(model: Any, pilot: str, ids: Iterable[int]) -> dict[int, RowTexts]:
    """The texts of the rows of `model` whose `pilot` is among `ids`, and what is known of them, empty ones left out."""
    found: dict[int, RowTexts] = defaultdict(lambda: {"texts": {}})
    fields = text_fields(model)
    rows = model._parler_meta.root_model.objects.filter(**{f"{pilot}__in": ids}).order_by("master_id", "language_code")
    for master, language, provenance, *values in rows.values_list("master_id", "language_code", "provenance", *fields):
        texts = {name: value for name, value in zip(fields, values, strict=True) if value}
        records = {name: record for name, record in provenance.items() if record and name in texts}
        if texts:
            found[master]["texts"][language] = texts
        if records:
            found[master].setdefault("provenance", {})[language] = records
    return found


def write_texts(owner: Any, contents: dict[Any, RowTexts]) -> None:
    """Make the translations of rows of `owner`, a model, say what the content of each says; other languages go."""
    model = owner._parler_meta.root_model
    fields = text_fields(owner)
    present = {(text.master_id, text.language_code): text for text in model.objects.filter(master__in=contents)}
    wanted = {(row.pk, language): said for row, said in contents.items() for language in said["texts"]}
    model.objects.filter(pk__in=[text.pk for key, text in present.items() if key not in wanted]).delete()
    written = []
    for (master, language), said in wanted.items():
        text = present.get((master, language)) or model(master_id=master, language_code=language)
        texts = said["texts"][language]
        values: dict[str, Any] = {name: _fitting(model._meta.get_field(name), texts.get(name, "")) for name in fields}
        values["provenance"] = _records(said, language)
        if changed(text, values):
            written.append(text)
    write_rows(model, written, ("master", "language_code"), (*fields, "provenance"))


def write_records(owner: Any, contents: dict[Any, RowTexts]) -> None:
    """Note of the texts of rows of `owner`, a model, what the content of each knows. Two queries for 300 of them."""
    said = {row.pk: content for row, content in contents.items()}
    model = owner._parler_meta.root_model
    rows = model.objects.filter(master__in=said) if said else ()
    noted = [row for row in rows if changed(row, {"provenance": _records(said[row.master_id], row.language_code)})]
    if noted:
        model.objects.bulk_update(noted, ["provenance"])


def write_rows(model: Any, rows: list[Any], key: tuple[str, ...], fields: Iterable[str]) -> None:
    """Add rows of `model`, or write these fields of those that are there, by their `key`. One query for many."""
    # A row that is there keeps its number: the database finds it by the key, and tells it.
    for row in rows:
        row.pk = None
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=[*fields])


def _records(said: RowTexts, language: str) -> dict[str, Record]:
    """What is known of the texts of one row in one language."""
    texts, records = said["texts"].get(language, {}), said.get("provenance", {}).get(language, {})
    return {name: record for name, record in records.items() if record and texts.get(name)}


def changed(row: Any, values: dict[str, Any]) -> bool:
    """Give a row these values, and return whether it is to be written: it is new, or said something else."""
    is_changed = row.pk is None or values != {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    return is_changed


def _fitting(field: Any, text: str) -> str:
    """A text as its field keeps it. Raises ValidationError that names the field when it is too long."""
    text = field.to_python(text)
    try:
        field.run_validators(text)
    except ValidationError as error:
        name = capfirst(field.verbose_name)
        raise ValidationError([labelled(name, message) for message in error.messages]) from error
    return text
