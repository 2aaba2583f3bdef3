"""The tables that a backup holds, as lines of JSON: one row a line, the same from either database."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, models
from django.utils.duration import duration_string
from django.utils.translation import gettext as _

LEFT_OUT = {
    # Who is logged in, and what nobody has saved
    *("sessions.session", "pilots.accountsession", "pilots.attemptcount", "pilots.presence", "pilots.unsavedform"),
    *("pilots.importrun", "pilots.importrow"),
    # Made anew from the content
    *("pilots.contentversion", "pilots.contentqueue", "pilots.contentchange"),
    # Of this place, not of what it holds
    "pilots.lastbackup",
}
# Never empty, because `migrate` fills them; and what commands tell of what they did.
FILLED_BY_COMMANDS = {
    *("contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"),
    "pilots.securityevent",
}
READ_AT_ONCE = 100  # rows
WRITTEN_AT_ONCE = 500  # rows
MOST_PARAMETERS = 900  # of one statement; older builds of SQLite take 999
MOST_BYTES = 4 * 1024 * 1024  # of rows that are written at once, or one row

Model = type[models.Model]


def kept_models(registry: Any) -> list[Model]:
    """The models whose tables a backup holds, in the order of their names."""
    every: Apps = registry
    found = (model for model in every.get_models(include_auto_created=True) if model._meta.managed)
    kept = (model for model in found if not model._meta.proxy and model._meta.label_lower not in LEFT_OUT)
    return sorted(kept, key=lambda model: model._meta.label_lower)


def fields_of(model: Model) -> list[str]:
    """The fields of its table that are written, not computed by the database."""
    return [field.attname for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def lines(model: Model, fields: Sequence[str]) -> Iterator[bytes]:
    """Yield the rows in the order of their ids, each a list of these fields. One query, some rows at a time."""
    rows = models.QuerySet[Any](model).order_by(model._meta.pk.attname).values_list(*fields)
    return map(as_line, rows.iterator(chunk_size=READ_AT_ONCE))


def digest(model: Model, fields: Sequence[str]) -> tuple[int, str]:
    """How many rows there are, and the SHA-256 of their lines."""
    count, found = 0, hashlib.sha256()
    for line in lines(model, fields):
        count += 1
        found.update(line)
    return count, found.hexdigest()


def insert(model: Model, names: Sequence[str], rows: Iterable[bytes]) -> None:
    """Write rows as they stand in lines, with their ids and times. Raises CommandError for what no row can be."""
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.local_concrete_fields}
    fields = [by_name[name] for name in names]
    try:
        for some in _batches(rows, max(1, min(WRITTEN_AT_ONCE, MOST_PARAMETERS // len(fields)))):
            _insert(model, fields, [_values(line, fields) for line in some])
    except (DatabaseError, ValidationError, ValueError, TypeError, OverflowError, RecursionError) as error:
        words = {"table": model._meta.label_lower, "reason": str(error).strip()}
        raise CommandError(_("The backup has rows of %(table)s that cannot be stored: %(reason)s") % words) from error


def delete_all(model: Model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def has_rows(model: Model) -> bool:
    """Whether the table is there and holds any row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(model._meta.db_table)} LIMIT 1")  # noqa: S608
        return cursor.fetchone() is not None


def as_line(row: Sequence[Any]) -> bytes:
    """A row as JSON without a choice: the same row gives the same bytes, whatever database it was read from."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _as_text(value: Any) -> str:
    """A value that JSON has no form for, as `to_python` of its field reads it."""
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return duration_string(value)
        case Decimal():
            return format(value, "f")
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is not kept in backups")


def _values(line: bytes, fields: Sequence[Any]) -> list[Any]:
    row = json.loads(line)
    if not isinstance(row, list):
        raise TypeError(f"{type(row).__name__} is no row")
    return [_stored(field, field.to_python(value)) for field, value in zip(fields, row, strict=True)]


def _stored(field: Any, value: Any) -> Any:
    """A value as the database takes it. Where a column of JSON may not be empty, None can only be JSON's null."""
    if value is None and isinstance(field, models.JSONField) and not field.null:
        value = models.Value(None, models.JSONField())
    return field.get_db_prep_save(value, connection)


def _insert(model: Model, fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(rows))
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {marks}"  # noqa: S608
        cursor.execute(sql, list(chain.from_iterable(rows)))


def _batches(rows: Iterable[bytes], most: int) -> Iterator[list[bytes]]:
    """Rows in lists of at most so many, and of few bytes."""
    batch: list[bytes] = []
    size = 0
    for row in rows:
        if batch and (len(batch) == most or size + len(row) > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += len(row)
    if batch:
        yield batch
