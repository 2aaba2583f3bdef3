"""The records of the fixtures: read, grouped by the entry they belong to, compared with what the database holds."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.base import CommandError
from django.db import models

from pilots.models import AcceptedWarning, FormerSlug, Passage, Pilot
from pilots.models.provenance import ORIGINAL, fingerprint
from pilots.models.translation import PartOfPilot, Translated, Translation

FILES = (
    *("vocabularies.json", "organisations.json", "source_and_glossary.json", "synonyms.json"),
    *("pilots.json", "accepted_warnings.json"),
)
# Each may be missing: of a language in which nothing is delivered.
TRANSLATIONS = tuple(f"translations_{code}.json" for code, _name in settings.LANGUAGES if code != ORIGINAL)
EARLIER = "earlier_deliveries.json"
TIMES = {"created_at", "updated_at", "published_at", "reviewed_on"}
# What fields hold that say nothing.
UNSTATED: tuple[Any, ...] = ("", None, [], {})
# What the workflow stores apart from the content.
BOOKKEEPING = {
    "revises",
    "owner",
    "second_writer",
    "edit_count",
    "version",
    "version_at",
    "public_change_at",
    "publish_at",
    "scheduled_by",
    "completeness",
    "translation_counts",
}

Record = dict[str, Any]
EntryKey = tuple[type[models.Model], str]
Slugs = dict[EntryKey, str]


@dataclass(frozen=True)
class Delivery:
    """The entries of the fixtures with their records, in the order they can be loaded in, and their past.

    `former` lists the slugs that an entry was delivered under before, the oldest first. `fingerprints`
    holds what it said in each delivery, this one included, by its name (`name_of`).
    """

    entries: dict[EntryKey, list[Record]]
    former: dict[EntryKey, list[str]] = field(default_factory=dict)
    fingerprints: dict[str, list[str]] = field(default_factory=dict)

    def row_of(self, entry: EntryKey) -> Any | None:
        """The entry's row if there is one, though it may have an older or another slug here. Few queries."""
        model, slug = entry
        rows = model._default_manager
        for one in (slug, *self.former.get(entry, ())):
            row = rows.filter(slug=one).first() or FormerSlug.objects.bearer_of(one, among=rows.all())
            if row:
                return row
        return None

    def first_slug(self, entry: EntryKey) -> str:
        """The slug that the entry was first delivered under; unlike the present one it never changes."""
        return self.former.get(entry, [entry[1]])[0]

    def name_of(self, entry: EntryKey) -> str:
        """What the fingerprints call the entry: `pilot avignon`."""
        return f"{entry[0]._meta.model_name} {self.first_slug(entry)}"

    def present_slugs(self) -> Slugs:
        """The slug that each entry has here, for those that have another one than in the fixtures."""
        rows = {entry: self.row_of(entry) for entry in self.entries}
        return {entry: row.slug for entry, row in rows.items() if row and row.slug != entry[1]}


def read_delivery(folder: Path) -> Delivery:
    """What the fixtures in this folder deliver. Raises CommandError."""
    translations = [name for name in TRANSLATIONS if (folder / name).exists()]
    grouped = entries(with_originals_noted(read_fixtures(folder, [*FILES, *translations])))
    earlier = read_json(folder, EARLIER)
    if not isinstance(earlier, dict) or earlier.keys() != {"former_slugs", "fingerprints"}:
        raise CommandError(f"The fixtures in {folder} cannot be read: {EARLIER} lists no former slugs or fingerprints.")
    former = {
        (apps.get_model("pilots", model), slug): slugs
        for model, entries_of in earlier["former_slugs"].items()
        for slug, slugs in entries_of.items()
    }
    return Delivery(grouped, former, earlier["fingerprints"])


def read_fixtures(folder: Path, names: Iterable[str] = FILES) -> list[Record]:
    """The records of the fixture files, by default all, in the order they can be loaded in."""
    files = [read_json(folder, name) for name in names]
    records = [record for file in files for record in (file if isinstance(file, list) else [file])]
    if not all(is_record(record) for record in records):
        raise CommandError(f"The fixtures in {folder} cannot be read: one is no list of records with model and fields.")
    return records


def read_json(folder: Path, name: str) -> Any:
    """What a JSON file holds. Raises CommandError."""
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"The fixtures in {folder} cannot be read: {error}.") from error


def is_record(record: Any) -> bool:
    """Whether this is a record: a model and its fields, both named."""
    return isinstance(record, dict) and isinstance(record.get("model"), str) and isinstance(record.get("fields"), dict)


def with_originals_noted(records: list[Record]) -> list[Record]:
    """The records, each delivered translation noted as resting on the English text delivered with it, unless it says.

    What is said of a text that is not there is left out.
    """
    english = {
        _text_key(record): record["fields"] for record in records if record["fields"].get("language_code") == ORIGINAL
    }
    return [_with_original_noted(record, english) for record in records]


def _text_key(record: Record) -> str:
    return json.dumps([record["model"], record["fields"]["master"]])


def _with_original_noted(record: Record, english: dict[str, Record]) -> Record:
    fields = record["fields"]
    if fields.get("language_code", ORIGINAL) == ORIGINAL or not fields.get("provenance"):
        return record
    model: Any = apps.get_model(record["model"])
    originals = english.get(_text_key(record), {})
    noted = {
        name: {"of": fingerprint(model._meta.get_field(name).to_python(originals.get(name, "")))} | said
        for name, said in fields["provenance"].items()
        if fields.get(name)
    }
    return {**record, "fields": fields | {"provenance": noted}}


def with_present_slugs(record: Record, renamed: Slugs) -> Record:
    """A record that names the entries it refers to as they are called here."""
    model: Any = apps.get_model(record["model"])
    fields = {
        name: present_key(model._meta.get_field(name).related_model, value, renamed)
        for name, value in record["fields"].items()
    }
    if model is Passage and fields["value"]:
        [fields["value"]] = present_key(
            Pilot._meta.get_field(fields["about"]).related_model, [fields["value"]], renamed
        )
    return {**record, "fields": fields}


def present_key(model: Any, key: Any, renamed: Slugs) -> Any:
    """The natural key of a row of `model` as it is here; other values, and no model, as they are."""
    if not model or not key:
        return key
    if isinstance(key[0], list):
        return [present_key(model, one, renamed) for one in key]
    entry = Pilot if issubclass(model, PartOfPilot) else model
    return [renamed.get((entry, key[0]), key[0]), *key[1:]]


def entries(records: Iterable[Record]) -> dict[EntryKey, list[Record]]:
    grouped: dict[EntryKey, list[Record]] = defaultdict(list)
    for record in records:
        grouped[entry_of(record)].append(record)
    return dict(grouped)


def entry_of(record: Record) -> EntryKey:
    """The entry that a record is, or is a part or a translation of."""
    model: Any = apps.get_model(record["model"])
    fields = record["fields"]
    if issubclass(model, Translation):
        master: Any = model._meta.get_field("master").related_model
        return (Pilot if issubclass(master, PartOfPilot) else master), fields["master"][0]
    owner = fields.get("pilot") or (fields["entry"] if model is AcceptedWarning else None)
    return (Pilot, owner[0]) if owner else (model, fields["slug"])


def add_records(delivery: Delivery, entry: EntryKey, records: list[Record]) -> None:
    """Write the records of one entry, and lead its former slugs to it."""
    for deserialized in serializers.deserialize("python", records):
        deserialized.save()
    row = delivery.row_of(entry)
    for slug in delivery.former.get(entry, ()):
        FormerSlug.objects.remember(row, old=slug)


def is_as_loaded(row: models.Model, records: list[Record]) -> bool:
    """Whether the entry still says what the fixture says, times aside. Accepting a warning is no edit."""
    delivered = [record for record in records if apps.get_model(record["model"]) is not AcceptedWarning]
    return comparable(serialized(row)) == comparable(delivered)


def serialized(row: models.Model) -> list[Record]:
    """What an entry says here, as records."""
    keys = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    records: list[Record] = json.loads(serializers.serialize("json", rows_of(row), **keys))
    return records


def rows_of(row: Any) -> list[models.Model]:
    rows = [row, *(row.translations.all() if isinstance(row, Translated) else ())]
    if isinstance(row, Pilot):
        for parts in (row.key_figures, row.organisations_involved, row.lessons):
            for part in parts.all():
                rows += [part, *part.translations.all()]
        rows += row.passages.all()
    return rows


def comparable(records: Iterable[Record]) -> set[str]:
    """Records in a form that two of the same content share, whatever their order, times aside.

    A field that is empty counts as one that is not there: the fixtures do not know those added since.
    """
    return {json.dumps([record["model"], said(record)], sort_keys=True) for record in records}


def said(record: Record) -> Record:
    """The fields of a record that say something, each as `plain` has it."""
    values = {
        key: plain(record["model"], key, value)
        for key, value in record["fields"].items()
        if key not in BOOKKEEPING and says_something(record["model"], key, value)
    }
    return {key: value for key, value in values.items() if value is not None}


def says_something(model: str, key: str, value: Any) -> bool:
    """Whether a field holds more than nothing, and than what rows got that were there before the field."""
    return value not in UNSTATED and value != apps.get_model(model)._meta.get_field(key).db_default


def plain(model: str, key: str, value: Any) -> Any:
    """The value of a field without what says nothing: order of related keys, trailing zeros, times."""
    if key in TIMES:
        return None
    if isinstance(apps.get_model(model)._meta.get_field(key), models.DecimalField) and value is not None:
        return f"{Decimal(value).normalize():f}"
    many = isinstance(value, list) and all(isinstance(item, list) for item in value)
    return sorted(value) if many else value
