"""Fingerprints of what entries say, to tell one that is as it was delivered once from one that was edited.

An entry's own slug, times and empty values do not count, so that an address given here is no edit and a
field that is added to a model later changes no fingerprint. Other entries are named by the slug they were
first delivered under.
"""

import json
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.apps import apps

from pilots.history.differences import flat
from pilots.management.delivery.records import (
    BOOKKEEPING,
    TIMES,
    Delivery,
    EntryKey,
    Record,
    plain,
    says_something,
)
from pilots.models import AcceptedWarning, Passage, Pilot
from pilots.models.content import MANY, ONE, PART_FIELDS, PARTS, PLAIN, Content
from pilots.models.translation import PartOfPilot, Translation

# Slugs by what they are the slugs of: (model, slug) → slug.
Names = dict[EntryKey, str]
UNSAID = ("slug", "reviewed_on")
NO_TEXTS = ("master", "language_code", "provenance")


def fingerprints_of(delivery: Delivery) -> dict[str, str]:
    """The fingerprint of each entry as it is delivered now, by its name."""
    return {delivery.name_of(entry): of_delivered(delivery, entry) for entry in delivery.entries}


def of_delivered(delivery: Delivery, entry: EntryKey) -> str:
    records = delivery.entries[entry]
    return of_content(delivered_content(delivery, entry)) if entry[0] is Pilot else of_records(records)


def of_content(content: Content) -> str:
    """The fingerprint of a pilot that says `content`, which names others by their first slugs."""
    return _digest(
        [path, sorted(value) if isinstance(value, list) else value]
        for path, value in flat(content).items()
        if value and path[0] not in UNSAID
    )


def of_records(records: list[Record]) -> str:
    """The fingerprint of an entry that is no pilot: of its fields that say something, texts included."""
    unsaid = {*BOOKKEEPING, *TIMES, *UNSAID, "master"}
    return _digest(
        [record["model"], key, record["fields"].get("language_code", ""), plain(record["model"], key, value)]
        for record in records
        for key, value in record["fields"].items()
        if key not in unsaid and says_something(record["model"], key, value)
    )


def _digest(said: Any) -> str:
    lines = sorted(json.dumps(one, ensure_ascii=True, sort_keys=True) for one in said)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def delivered_content(delivery: Delivery, entry: EntryKey) -> Content:
    """What a pilot is to say, naming others by their first slugs."""
    first_slugs = {other: delivery.first_slug(other) for other in delivery.entries}
    return with_slugs(content_of(delivery.entries[entry]), first_slugs)


def with_slugs(content: Content, names: Names) -> Content:
    """The content with each entry that it names called by another slug, where `names` has one."""

    def called(field: str, slug: str) -> str:
        model: Any = Pilot._meta.get_field(field).related_model
        return names.get((model, slug), slug)

    renamed = content | {field: called(field, content[field]) for field in ONE}
    renamed |= {field: sorted(called(field, slug) for slug in content[field]) for field in MANY}
    renamed["organisations_involved"] = {
        number: part | {"partner": called("partners", part["partner"])}
        for number, part in content["organisations_involved"].items()
    }
    pointers = [(*key.partition("/"), said) for key, said in content["passages"].items()]
    renamed["passages"] = {
        about + slash + (called(about, value) if value else ""): said for about, slash, value, said in pointers
    }
    return renamed


def content_of(records: list[Record]) -> Content:
    """What the records of one pilot say, in the form of `read_content`."""
    content: Content = {"texts": {}, **{name: {} for name in PARTS}, "passages": {}}
    names: dict[Any, str] = {model: name for name, model in PARTS.items()}
    for record in records:
        model: Any = apps.get_model(record["model"])
        fields = record["fields"]
        if model is Pilot:
            content |= _facts(fields)
        elif model is Passage:
            key = f"{fields['about']}/{fields['value']}".removesuffix("/")
            content["passages"][key] = {name: fields[name] for name in ("passage", "rests_on_heading")}
        elif issubclass(model, PartOfPilot):
            _part(content[names[model]], fields["number"]).update(_part_values(names[model], fields))
        elif issubclass(model, Translation):
            master: Any = model._meta.get_field("master").related_model
            into = content if master is Pilot else _part(content[names[master]], fields["master"][1])
            into["texts"][fields["language_code"]] = _texts(fields)
            if fields.get("provenance"):
                into.setdefault("provenance", {})[fields["language_code"]] = fields["provenance"]
    return content


def _facts(fields: Record) -> Content:
    facts: Content = {"slug": fields["slug"], **{name: fields[name][0] for name in ONE}}
    facts |= {name: sorted(key[0] for key in fields[name]) for name in MANY}
    return facts | {name: fields.get(name) or "" for name in PLAIN}


def _part(parts: Content, number: int) -> Content:
    part: Content = parts.setdefault(str(number), {"texts": {}})
    return part


def _part_values(name: str, fields: Record) -> Content:
    values = {field: fields[field] or "" for field in PART_FIELDS[name]}
    if values.get("partner"):
        values["partner"] = values["partner"][0]
    return values | {key: f"{Decimal(values[key]).normalize():f}" for key in ("value", "upper") if values.get(key)}


def _texts(fields: Record) -> dict[str, str]:
    return {name: text for name, text in fields.items() if text and name not in NO_TEXTS}


def warnings_of(records: list[Record]) -> list[Record]:
    """The fields of the warnings that are delivered as accepted."""
    return [record["fields"] for record in records if apps.get_model(record["model"]) is AcceptedWarning]
