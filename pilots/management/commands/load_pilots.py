"""Load the nine pilots and what they need, without touching anything that is already there."""

import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, models, transaction

from pilots.find.search import index_words
from pilots.history.measure import measure_completeness
from pilots.models import AcceptedWarning, FormerSlug, Passage, Pilot
from pilots.models.translation import PartOfPilot, Translation

FILES = ("vocabularies.json", "organisations.json", "source_and_glossary.json", "pilots.json", "accepted_warnings.json")
TIMES = {"created_at", "updated_at", "published_at", "reviewed_on"}
# What the workflow keeps beside the content.
BOOKKEEPING = {
    "revises",
    "owner",
    "second_writer",
    "edit",
    "version",
    "version_at",
    "publish_at",
    "scheduled_by",
    "completeness",
}
# What a record can fail with that names no such model, field, value or entry.
BROKEN = (
    DatabaseError,
    DeserializationError,
    FieldDoesNotExist,
    LookupError,
    ObjectDoesNotExist,
    TypeError,
    ValidationError,
    ValueError,
)

Record = dict[str, Any]
Entry = tuple[type[models.Model], str]
Slugs = dict[Entry, str]


class Command(BaseCommand):
    """Loads each entry of the fixtures that is missing, as a whole; leaves every other as it is."""

    help = "Load the pilots of the fixtures that are not there yet. Nothing that is there is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the one switch."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing when the database holds any pilot")

    @transaction.atomic
    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        """Load, then say what was added and what was left alone."""
        if if_empty and Pilot.objects.exists():
            return
        folder = settings.BASE_DIR / "fixtures"
        try:
            added, unchanged, edited = load(read_fixtures(folder))
        except BROKEN as error:
            raise CommandError(
                f"The fixtures in {folder} cannot be loaded: {type(error).__name__}, {error}."
            ) from error
        measure_completeness()
        index_words()
        self.stdout.write(f"Added {described(added)}; already there and the same: {described(unchanged)}.")
        for model, slug in edited:
            self.stdout.write(f"Left alone, because it was edited here: {model._meta.verbose_name} {slug}.")


def load(records: list[Record]) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """Add what is missing. Return the entries that were added, that are as in the records, and that differ."""
    added: list[Entry] = []
    unchanged: list[Entry] = []
    edited: list[Entry] = []
    renamed = present_slugs()
    for entry, own_records in entries(records).items():
        wanted = [with_present_slugs(record, renamed) for record in own_records]
        row = existing(entry)
        if row is None:
            add(wanted)
            added.append(entry)
        else:
            (unchanged if is_as_loaded(row, wanted) else edited).append(entry)
    return added, unchanged, edited


def read_fixtures(folder: Path, names: Iterable[str] = FILES) -> list[Record]:
    """Return the records of the fixture files, by default all, in the order they can be loaded in."""
    try:
        files = [json.loads((folder / name).read_text(encoding="utf-8")) for name in names]
    except (OSError, ValueError) as error:
        raise CommandError(f"The fixtures in {folder} cannot be read: {error}.") from error
    records = [record for file in files for record in (file if isinstance(file, list) else [file])]
    if not all(is_record(record) for record in records):
        raise CommandError(f"The fixtures in {folder} cannot be read: one is no list of records with model and fields.")
    return records


def is_record(record: Any) -> bool:
    """Return whether this is a record: a model and its fields, both named."""
    return isinstance(record, dict) and isinstance(record.get("model"), str) and isinstance(record.get("fields"), dict)


def present_slugs() -> Slugs:
    """Return the present slug of each entry that was given another one here, by the one it had."""
    slugs: Slugs = {}
    for former in FormerSlug.objects.all():
        model: Any = apps.get_model("pilots", former.model)
        row = existing((model, former.slug))
        if row and row.slug != former.slug:
            slugs[model, former.slug] = row.slug
    return slugs


def with_present_slugs(record: Record, renamed: Slugs) -> Record:
    """Return a record that names the entries it refers to as they are called here."""
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
    """Return the natural key of a row of `model` as it is here; other values, and no model, as they are."""
    if not model or not key:
        return key
    if isinstance(key[0], list):
        return [present_key(model, one, renamed) for one in key]
    entry = Pilot if issubclass(model, PartOfPilot) else model
    return [renamed.get((entry, key[0]), key[0]), *key[1:]]


def entries(records: Iterable[Record]) -> dict[Entry, list[Record]]:
    """Return the records grouped by the entry that they are or belong to."""
    grouped: dict[Entry, list[Record]] = defaultdict(list)
    for record in records:
        grouped[entry_of(record)].append(record)
    return grouped


def entry_of(record: Record) -> Entry:
    """Return the entry that a record is, or is a part or a translation of."""
    model: Any = apps.get_model(record["model"])
    fields = record["fields"]
    if issubclass(model, Translation):
        master: Any = model._meta.get_field("master").related_model
        return (Pilot if issubclass(master, PartOfPilot) else master), fields["master"][0]
    owner = fields.get("pilot") or (fields["entry"] if model is AcceptedWarning else None)
    return (Pilot, owner[0]) if owner else (model, fields["slug"])


def existing(entry: Entry) -> Any | None:
    """Return the entry's row in the database, if there is one, though it may have another slug by now."""
    model, slug = entry
    rows = model._default_manager
    return rows.filter(slug=slug).first() or FormerSlug.objects.bearer_of(slug, among=rows.all())


def add(records: list[Record]) -> None:
    """Write the records of one entry."""
    for deserialized in serializers.deserialize("python", records):
        deserialized.save()


def is_as_loaded(row: models.Model, records: list[Record]) -> bool:
    """Return whether the entry still says what the fixture says, times aside. Accepting a warning is no edit."""
    said = [record for record in records if apps.get_model(record["model"]) is not AcceptedWarning]
    present = json.loads(
        serializers.serialize("json", rows_of(row), use_natural_foreign_keys=True, use_natural_primary_keys=True)
    )
    return comparable(present) == comparable(said)


def rows_of(row: Any) -> list[models.Model]:
    """Return the row of an entry with its translations and parts."""
    rows = [row, *row.translations.all()]
    if isinstance(row, Pilot):
        for parts in (row.key_figures, row.organisations_involved, row.lessons):
            for part in parts.all():
                rows += [part, *part.translations.all()]
        rows += row.passages.all()
    return rows


def comparable(records: Iterable[Record]) -> set[str]:
    """Return records in a form that two of the same content share, whatever their order, times aside."""
    return {
        json.dumps(
            [record["model"], {key: plain(record["model"], key, fields[key]) for key in fields.keys() - BOOKKEEPING}],
            sort_keys=True,
        )
        for record in records
        for fields in [record["fields"]]
    }


def plain(model: str, key: str, value: Any) -> Any:
    """Return the value of a field without what says nothing: order of related keys, trailing zeros, times."""
    if key in TIMES:
        return None
    if isinstance(apps.get_model(model)._meta.get_field(key), models.DecimalField) and value is not None:
        return f"{Decimal(value).normalize():f}"
    many = isinstance(value, list) and all(isinstance(item, list) for item in value)
    return sorted(value) if many else value


def described(some: list[Entry]) -> str:
    """Return how many entries there are, pilots named first: “9 pilots and 44 other entries”."""
    pilots = sum(model is Pilot for model, _slug in some)
    others = len(some) - pilots
    return f"{pilots} pilot{'s' * (pilots != 1)} and {others} other {'entry' if others == 1 else 'entries'}"
