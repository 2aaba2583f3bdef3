"""Who made a translated text, who checked it, and which English wording it rests on; and what follows from that.

Each translation keeps a record for each of its texts: `{"by": "machine", "of": "1f…"}`, or with a person
`{"by": "person", "checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00", "of": "1f…"}`. `of` is the
fingerprint of the English text it rests on. The English row keeps `{"same_meaning": ["9c…"]}` where an earlier
wording said the same. No record means that nothing is known. Takes plain values and asks the database for nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

ORIGINAL = "en"
MACHINE, PERSON = "machine", "person"

Record = dict[str, Any]
# language → field → record
Records = dict[str, dict[str, Record]]


class State(models.TextChoices):
    """How a translated text stands to its original."""

    CURRENT = "current", _("up to date")
    OUTDATED_WORDING = "outdated-wording", _("out of date in wording")
    OUTDATED_MEANING = "outdated-meaning", _("out of date in meaning")
    MISSING = "missing", _("missing")


def fingerprint(text: str) -> str:
    """What two equal texts share: sixteen hexadecimal digits."""
    return sha256(text.encode()).hexdigest()[:16]


def state_of(original: str, original_record: Mapping[str, Any], text: str, record: Mapping[str, Any]) -> State:
    """The state of `text`, a translation of `original`; a text of which nothing is known is out of date in meaning.

    Where neither says anything, nothing is missing: current.
    """
    if not text:
        return State.MISSING if original else State.CURRENT
    rests_on = record.get("of")
    if rests_on == fingerprint(original):
        return State.CURRENT
    is_reworded = rests_on in original_record.get("same_meaning", ())
    return State.OUTDATED_WORDING if is_reworded else State.OUTDATED_MEANING


def is_unchecked(record: Mapping[str, Any]) -> bool:
    """Whether nobody is known to have checked this translated text: a machine's, or one without a record."""
    return not record.get("checked_at")


def is_machine_made(record: Mapping[str, Any]) -> bool:
    return record.get("by") == MACHINE


# Changing ------------------------------------------------------------------


def made_by_machine() -> Record:
    return {"by": MACHINE}


def made_by_person(name: str, at: datetime) -> Record:
    """A record of a text that this account wrote, and so has checked; nobody's ("") counts as not checked."""
    return {"by": PERSON} | (checked(name, at) if name else {})


def checked(name: str, at: datetime) -> Record:
    """What a record says of who checked the text, and when."""
    return {"checked_by": name, "checked_at": at.isoformat(timespec="seconds")}


def record_in(row: Mapping[str, Any], language: str, field: str) -> Record:
    """The record of one text in the content of a row, which has `provenance` beside its `texts`."""
    record: Record = row.get("provenance", {}).get(language, {}).get(field, {})
    return record


def records_after(
    before: Mapping[str, Any], after: Mapping[str, Any], *, maker: Record, wording_only: bool = False
) -> Records:
    """The records of a row that said `before` and was made to say `after` by `maker`.

    A translation that changed is the maker's, and rests on the English there is now. English that changed says
    something else, unless `wording_only`. What did not change keeps the record it had, whatever `after` has.
    """
    records: Records = {}
    for language, texts in after["texts"].items():
        for field, text in texts.items():
            former = before["texts"].get(language, {}).get(field, "")
            record = record_in(before, language, field)
            if text != former and language != ORIGINAL:
                record = maker | {"of": fingerprint(after["texts"].get(ORIGINAL, {}).get(field, ""))}
            elif text != former:
                record = _reworded(former, text, record) if wording_only else {}
            if record:
                records.setdefault(language, {})[field] = record
    return records


def _reworded(former: str, text: str, record: Record) -> Record:
    """The record of an English text that was worded otherwise: what meant the same as `former` means the same as it."""
    same = [*record.get("same_meaning", ()), *([fingerprint(former)] if former else [])]
    same = [one for one in dict.fromkeys(same) if one != fingerprint(text)]
    return {"same_meaning": same} if same else {}


# Keeping -------------------------------------------------------------------


class ProvenanceField(models.JSONField):
    """The records of one row in one language, by field. The database fills it in for releases that do not know it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": dict, "db_default": {}, "blank": True, "editable": False, **kwargs})


class RecordsFitLanguage(models.CheckConstraint):
    """English rests on nothing and nobody translated it; of what means the same, only the English row knows."""

    def __init__(self, *, name: str, condition: Any = None, **kwargs: Any) -> None:
        translated = _has_key("of") | _has_key("by") | _has_key("checked_at")
        fits = Q(language_code=ORIGINAL) & ~translated | ~Q(language_code=ORIGINAL) & ~_has_key("same_meaning")
        super().__init__(name=name, condition=condition or fits, **kwargs)

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Ask the database nothing: no form has the records."""


def _has_key(key: str) -> Q:
    """That a record of the row has `key`. The colon tells it from a value, in which a quotation mark is escaped."""
    return Q(Contains(Cast("provenance", models.TextField()), f'"{key}":'))
