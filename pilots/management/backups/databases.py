"""What differs between the databases: one moment to read, and the last id that a table gave away.

The history names entries by id, deleted ones too, so no id is given twice, after a restore either.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from django.db import connection, models, transaction
from django.db.models import Max

Model = type[models.Model]


class BackedUpDatabase(Protocol):
    """One of the two."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Have every query of the block read what was committed when it began; nobody who writes waits for it."""

    def last_given(self, cursor: Any, table: str, column: str) -> int | None:
        """The last id that the table gave a row; 0 or None where it gave none."""

    def go_on_after(self, cursor: Any, table: str, column: str, number: int | None) -> None:
        """Have the next row get a greater id."""


class Sqlite:
    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read in a transaction without the lock for writing, which those of the portal take at their beginning."""
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # the first look is what fixes the moment
                yield
            finally:
                cursor.execute("ROLLBACK")

    def last_given(self, cursor: Any, table: str, column: str) -> int | None:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        return next(iter(cursor.fetchone() or ()), None)

    def go_on_after(self, cursor: Any, table: str, column: str, number: int | None) -> None:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        if number is not None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


class Postgresql:
    @contextmanager
    def snapshot(self) -> Iterator[None]:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    def last_given(self, cursor: Any, table: str, column: str) -> int | None:
        """Sequences are in no snapshot: what one says may be later, which does no harm."""
        quoted = connection.ops.quote_name(table)
        cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)", [quoted, column])
        return cursor.fetchone()[0]

    def go_on_after(self, cursor: Any, table: str, column: str, number: int | None) -> None:
        quoted = connection.ops.quote_name(table)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
            [quoted, column, 1 if number is None else number, number is not None],
        )


DIALECTS: dict[str, BackedUpDatabase] = {"sqlite": Sqlite(), "postgresql": Postgresql()}


def snapshot() -> AbstractContextManager[None]:
    return DIALECTS[connection.vendor].snapshot()


def last_id(model: Model) -> int | None:
    """The greatest id that a row of the table ever had; None where no row was, or ids are not given by the database."""
    auto = model._meta.auto_field
    if auto is None:
        return None
    there = models.QuerySet(model).aggregate(last=Max(auto.attname))["last"]
    with connection.cursor() as cursor:
        given = DIALECTS[connection.vendor].last_given(cursor, model._meta.db_table, str(auto.column))
    return max(filter(None, (there, given)), default=None)  # SQLite says 0 of a table that was made anew


def go_on_after(model: Model, number: int | None) -> None:
    """Have the next row get a greater id; the first one there is where no row ever was."""
    auto = model._meta.auto_field
    if auto is not None:
        with connection.cursor() as cursor:
            DIALECTS[connection.vendor].go_on_after(cursor, model._meta.db_table, str(auto.column), number)
