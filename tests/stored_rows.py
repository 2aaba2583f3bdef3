"""Rows that many tests begin with, made once: to write them again as they were is twenty times quicker."""

import functools
from collections.abc import Callable
from io import StringIO
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from pilots.models.content_version import ContentChange, ContentQueue, ContentVersion

# Columns and rows of each table.
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
# Of what changed. The database's triggers and the next search write it again.
BOOKKEEPING = {model._meta.db_table for model in (ContentChange, ContentQueue, ContentVersion)}


@functools.cache
def rows_made_by(make: Callable[[], object]) -> Rows:
    """The rows that `make` adds to the database. They are taken out again."""
    tables = set(connection.introspection.django_table_names(only_existing=True)) - BOOKKEEPING
    with transaction.atomic():
        before = {table: _read(table) for table in tables}
        make()
        found = {table: _read(table) for table in tables}
        transaction.set_rollback(True)
    new = {table: [row for row in rows if row not in before[table][1]] for table, (_columns, rows) in found.items()}
    return {table: (found[table][0], rows) for table, rows in new.items() if rows}


def load_pilots() -> None:
    """Run the command that loads the nine pilots."""
    call_command("load_pilots", stdout=StringIO())


def store(rows: Rows) -> None:
    """Write rows into their tables, as they were read; all in one transaction, as rows point at others to come."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            into = f"INSERT INTO {connection.ops.quote_name(table)} ({names})"
            cursor.executemany(f"{into} VALUES ({places})", values)
        # Another test may have begun the numbers anew since these rows were made.
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _read(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()
