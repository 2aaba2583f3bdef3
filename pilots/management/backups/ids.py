"""The last id that a table gave away. The history names entries by id, also deleted ones, so none is given twice."""

from typing import Any, Protocol

from django.db import connection, models
from django.db.models import Max

Model = type[models.Model]


class Ids(Protocol):
    """What differs between the databases."""

    def last(self, cursor: Any, table: str, column: str) -> int | None: ...

    def go_on_after(self, cursor: Any, table: str, column: str, number: int | None) -> None: ...


class Autoincrement:
    """SQLite."""

    def last(self, cursor: Any, table: str, column: str) -> int | None:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        return next(iter(cursor.fetchone() or ()), None)

    def go_on_after(self, cursor: Any, table: str, column: str, number: int | None) -> None:
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        if number is not None:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, number])


class Sequence:
    """PostgreSQL. Sequences are not part of a snapshot: what one says may be later, which does no harm."""

    def last(self, cursor: Any, table: str, column: str) -> int | None:
        cursor.execute(
            "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
            [connection.ops.quote_name(table), column],
        )
        return cursor.fetchone()[0]

    def go_on_after(self, cursor: Any, table: str, column: str, number: int | None) -> None:
        quoted = connection.ops.quote_name(table)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
            [quoted, column, 1 if number is None else number, number is not None],
        )


DIALECTS: dict[str, Ids] = {"sqlite": Autoincrement(), "postgresql": Sequence()}


def last_id(model: Model) -> int | None:
    """The greatest id that a row of the table ever had; None where no row was, or ids are not given by the database."""
    auto = model._meta.auto_field
    if auto is None:
        return None
    there = models.QuerySet(model).aggregate(last=Max(auto.attname))["last"]
    with connection.cursor() as cursor:
        given = DIALECTS[connection.vendor].last(cursor, model._meta.db_table, str(auto.column))
    return max(filter(None, (there, given)), default=None)  # SQLite says 0 of a table that was made anew


def go_on_after(model: Model, number: int | None) -> None:
    """Have the next row get a greater id; the first one there is where no row ever was."""
    auto = model._meta.auto_field
    if auto is not None:
        with connection.cursor() as cursor:
            DIALECTS[connection.vendor].go_on_after(cursor, model._meta.db_table, str(auto.column), number)
