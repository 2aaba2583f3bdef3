"""The nine pilots as delivered, for tests of what visitors find in them.

A module that uses them says so to its own `conftest.py` by importing the fixture; the facts are
those of `tests/facts.py`, by the parameters of the list.
"""

import functools
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from pilots.management.commands.load_pilots import FILES
from pilots.models.content_version import ContentQueue
from tests import facts

Chosen = dict[str, list[str]]


@pytest.fixture(scope="module")
def nine_pilots(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have the nine pilots in the database for a module; take them out again at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        for table, (columns, rows) in rows_of_nine_pilots().items():
            insert(table, columns, rows)
        yield
        transaction.set_rollback(True)


@functools.cache
def rows_of_nine_pilots() -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """Return the columns and rows of each table after the fixtures are loaded: to insert them is twenty times quicker.

    The queue of changes is none of them: the database's triggers write it again.
    """
    tables = set(connection.introspection.django_table_names(only_existing=True)) - {ContentQueue._meta.db_table}
    with transaction.atomic():
        before = {table: read_table(table) for table in tables}
        call_command("loaddata", *FILES, verbosity=0)
        found = {table: read_table(table) for table in tables}
        transaction.set_rollback(True)
    return {table: rows for table, rows in found.items() if rows != before[table]}


def read_table(table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns of a table, and its rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def insert(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Insert rows into a table, as they were read."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", rows)


def by_parameter(pilot: facts.Facts) -> dict[str, set[str]]:
    """Return the values of a pilot under the names that addresses use."""
    return {
        "country": {pilot.country},
        "partner": set(pilot.partners),
        "activity": {value.rstrip("*") for value in pilot.activity_types},
        "audience": {value.rstrip("*") for value in pilot.audiences},
        "target": {value.rstrip("*") for value in pilot.target_groups},
        "stage": {value.rstrip("*") for value in pilot.stages},
    }


VALUES = {slug: by_parameter(pilot) for slug, pilot in facts.PILOTS.items()}
PARAMETERS = ("country", "partner", "activity", "audience", "target", "stage")
OPTIONS = {name: sorted(set().union(*(pilot[name] for pilot in VALUES.values()))) for name in PARAMETERS}


def matching(chosen: Chosen, values: dict[str, dict[str, set[str]]] = VALUES) -> set[str]:
    """Return the pilots (or lessons) that have, for each parameter, one of the chosen values."""
    return {
        slug
        for slug, pilot in values.items()
        if all(pilot[name] & set(wanted) for name, wanted in chosen.items() if wanted)
    }


def counts(chosen: Chosen, values: dict[str, dict[str, set[str]]] = VALUES) -> dict[str, dict[str, int]]:
    """Return for each value how many of `values` have it and match what is chosen of the other parameters."""
    found: dict[str, dict[str, int]] = {}
    for name in next(iter(values.values())):
        others = matching({other: wanted for other, wanted in chosen.items() if other != name}, values)
        known = set().union(*(pilot[name] for pilot in values.values()))
        found[name] = {value: sum(value in values[slug][name] for slug in others) for value in known}
    return found
