"""What the portal holds of one account: handed out whole, and taken out where deleting the account leaves its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from pilots.models import AcceptedWarning, Revision
from pilots.models.provenance import ProvenanceField

# What proves who somebody is: handed out to nobody, whoever asks.
SECRET = {"password", "secret", "credential", "credential_digest", "digest", "session_key", "session_data", "token"}
# What entries say: not about the account, and too long.
CONTENT = {"content", "state_before"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Forgotten:
    """In how many places a name stood, and in how many notes it still stands as somebody typed it."""

    revisions: int
    warnings: int
    texts: int
    notes: int


def data_of(account: User) -> dict[str, Any]:
    """Whatever a table tells of this account, by table and column, secrets left out. A query a table."""
    roles = list(account.groups.order_by("name").values_list("name", flat=True))
    found: dict[str, Any] = {"account": as_row(account) | {"roles": roles}}
    for field in fields_with_accounts():
        rows = models.QuerySet[Any](field.model).filter(**{field.name: account.pk}).order_by("pk")
        if said := [as_row(row) for row in rows]:
            found[f"{field.model.__name__}.{field.name}"] = said
    found["LogEntry.object_id"] = [as_row(row) for row in changes_of(account.username, account)]
    found["texts checked"] = [said for model in with_records() for said in checks_by(account.username, model)]
    return found


def changes_of(name: str, account: User | None) -> models.QuerySet[LogEntry]:
    """What the admin's log tells of changes that somebody made to this account."""
    rows = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User)).order_by("pk")
    return rows.filter(object_id=str(account.pk)) if account else rows.filter(object_repr=name)


def fields_with_accounts() -> Iterator[Any]:
    """Every column of every table that names an account."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.remote_field and field.remote_field.model is User:
                yield field


def as_row(row: models.Model) -> Row:
    """The columns of a row but for secrets and the content of entries."""
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in SECRET | CONTENT}


def with_records() -> list[Any]:
    """The tables of texts that know who checked them."""
    return [one for one in apps.get_models() if any(isinstance(field, ProvenanceField) for field in one._meta.fields)]


def checks_by(name: str, model: Any) -> Iterator[Row]:
    """Which texts this name checked, and when."""
    for row in model.objects.exclude(provenance={}).order_by("pk"):
        for field, record in row.provenance.items():
            if record.get("checked_by") == name:
                where = {"table": model.__name__, "row": row.pk, "language": row.language_code, "field": field}
                yield where | {"checked_at": record.get("checked_at")}


def forget(name: str, account: User | None, instead: str) -> Forgotten:
    """Delete the account, if it is still there, and put `instead` where its name stood beside what it did.

    Without it, rows of deleted accounts are meant. Notes stay as they were typed.
    """
    key = account.pk if account else None
    with transaction.atomic():
        revisions = Revision.objects.filter(actor=key, actor_name=name).update(actor_name=instead)
        warnings = AcceptedWarning.objects.filter(by=key, by_name=name).update(by_name=instead)
        changes_of(name, account).update(object_repr=instead)
        texts = sum(rename_in_rows(model, name, instead) for model in with_records())
        for revision in Revision.objects.only("content").iterator(chunk_size=100):
            if renamed := with_name(revision.content, name, instead):
                Revision.objects.filter(pk=revision.pk).update(content=renamed)
        if account:
            account.delete()
    return Forgotten(revisions, warnings, texts, Revision.objects.filter(note__icontains=name).count())


def rename_in_rows(model: Any, name: str, instead: str) -> int:
    """Rename who checked the texts of a table; return in how many rows."""
    changed = 0
    for row in model.objects.exclude(provenance={}):
        if renamed := with_name(row.provenance, name, instead):
            changed += model.objects.filter(pk=row.pk).update(provenance=renamed)
    return changed


def with_name(value: Any, name: str, instead: str) -> Any:
    """The value with `instead` for `name` in each record of a check; None where there is none of it."""
    renamed = _renamed(value, name, instead)
    return renamed if renamed != value else None


def _renamed(value: Any, name: str, instead: str) -> Any:
    if isinstance(value, list):
        return [_renamed(one, name, instead) for one in value]
    if not isinstance(value, dict):
        return value
    renamed = {key: _renamed(one, name, instead) for key, one in value.items()}
    return renamed | {"checked_by": instead} if value.get("checked_by") == name else renamed
