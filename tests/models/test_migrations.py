"""The migrations make the tables that the models describe, and can be taken back."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from pilots.find.word_tables import KNOWN_WORDS, LESSONS, PILOTS
from pilots.models import Pilot

NAMES = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "pilots")


@pytest.fixture
def _migrated_again_at_the_end(transactional_db: None) -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def tables() -> set[str]:
    """Return the tables of the app that the database has."""
    return {name for name in connection.introspection.table_names() if name.startswith("pilots_")}


def described_tables() -> set[str]:
    """Return the tables that the models describe."""
    models = apps.get_app_config("pilots").get_models(include_auto_created=True)
    return {model._meta.db_table for model in models}


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert out.getvalue() == "No changes detected\n"


def test_migrations_are_named_for_what_they_do() -> None:
    assert NAMES
    assert not [name for name in NAMES if "_auto_" in name]


@pytest.mark.usefixtures("_migrated_again_at_the_end")
def test_every_migration_goes_back_and_forward_again() -> None:
    for name in reversed(["zero", *NAMES[:-1]]):
        call_command("migrate", "pilots", name, verbosity=0)
    assert tables() == set()
    for name in NAMES:
        call_command("migrate", "pilots", name, verbosity=0)
    words = {table for table in tables() if table.startswith((PILOTS, LESSONS, KNOWN_WORDS))}
    assert tables() - words == described_tables()
    assert {PILOTS, LESSONS, KNOWN_WORDS} <= words
    call_command("load_pilots", stdout=StringIO())
    assert Pilot.objects.published().count() == 9


@pytest.mark.usefixtures("_migrated_again_at_the_end")
def test_migrations_can_be_taken_back_with_the_pilots_loaded() -> None:
    call_command("load_pilots", stdout=StringIO())
    call_command("migrate", "pilots", "zero", verbosity=0)
    assert tables() == set()
