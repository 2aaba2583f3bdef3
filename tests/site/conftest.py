"""A database for what is started in a process of its own."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(scope="session")
def migrated_file(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Path:
    """A file with the tables that migrations make, which take seconds: a copy of the tests' own database.

    That is on SQLite in memory; a test that uses the file says that it is for `databases("sqlite")`, and `django_db`:
    without one of those among the tests that run, nothing is migrated.
    """
    path = tmp_path_factory.mktemp("migrated") / "portal.sqlite3"
    with django_db_blocker.unblock(), contextlib.closing(sqlite3.connect(path)) as file:
        connection.ensure_connection()
        connection.connection.backup(file)
    return path
