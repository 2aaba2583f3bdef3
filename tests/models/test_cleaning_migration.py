"""Texts that were stored before they were cleaned are mended by a migration, or it stops and names them."""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django.plugin import DjangoDbBlocker

from pilots.models.triggers import triggers

BEFORE, AFTER = "0009_keep_the_state_before_a_move_of_many", "0010_clean_texts"
DIRTY, LINE, PROSE = "\uf0b7 one\x0btwo\u202e", "one two", "• one\ntwo"


@contextlib.contextmanager
def put_back(*commands: list[str]) -> Iterator[None]:
    """Have the database at the end as it is now: SQLite's from a copy, PostgreSQL's by these commands."""
    if connection.vendor == "postgresql":
        yield
        for command in commands:
            call_command(*command, verbosity=0)
        return
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(":memory:")) as kept:
        connection.connection.backup(kept)
        yield
        kept.backup(connection.connection)


@pytest.fixture(scope="module")
def tables_before(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """Go back to the tables as they were, and forward at the end; return the models that they had."""
    with django_db_blocker.unblock(), put_back(["migrate"], ["flush", "--no-input"]):
        call_command("migrate", "pilots", BEFORE, verbosity=0)
        yield MigrationExecutor(connection).loader.project_state(("pilots", BEFORE)).apps.get_model


@pytest.fixture
def former(tables_before: Any) -> Iterator[Any]:
    """The models as they were before; leave none of their rows."""
    yield tables_before
    for table in ("Revision", "PilotTranslation", "Pilot", "Authority", "Source", "FormerSlug"):
        tables_before("pilots", table).objects.all().delete()


@pytest.fixture
def _back_at_the_end(tables_before: Any) -> Iterator[None]:
    with put_back(["migrate", "pilots", BEFORE]):
        yield


def pilot(former: Any, slug: str, **texts: str) -> Any:
    """Store a pilot as the former version did, and return its texts."""
    authority, _new = former("pilots", "Authority").objects.get_or_create(slug="a", kind="municipality", country="FR")
    source, _new = former("pilots", "Source").objects.get_or_create(slug="s")
    row = former("pilots", "Pilot").objects.create(slug=slug, authority=authority, source=source)
    return former("pilots", "PilotTranslation").objects.create(master=row, language_code="en", **texts)


@pytest.mark.usefixtures("_back_at_the_end")
def test_stored_texts_and_their_history_are_cleaned(former: Any) -> None:
    text = pilot(former, "one", title=DIRTY, summary=DIRTY, results="As it was.")
    content = {
        "slug": "one",
        "texts": {"en": {"title": DIRTY, "summary": DIRTY}},
        "passages": {"title": {"passage": "3"}},
    }
    kept = former("pilots", "Revision").objects.create(entry=1, row=1, edit=0, kind="found", content=content)
    call_command("migrate", "pilots", AFTER, verbosity=0)
    text.refresh_from_db()
    assert (text.title, text.summary, text.results) == (LINE, PROSE, "As it was.")
    kept.refresh_from_db()
    assert kept.content == content | {"texts": {"en": {"title": LINE, "summary": PROSE}}}


def test_migration_names_what_does_not_fit_and_changes_nothing(former: Any) -> None:
    text = pilot(former, "long", title=DIRTY, results="x" * 10_001)
    pilot(former, "blank", title="\u200b")
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", "pilots", AFTER, verbosity=0)
    assert "long en, results: 10001 characters, at most 10000" in str(refusal.value)
    assert "blank en, title: empty" in str(refusal.value)
    text.refresh_from_db()
    assert text.title == DIRTY
    with connection.cursor() as cursor:
        assert triggers(cursor, connection.vendor)


def test_slugs_that_will_collide_are_named_before_any_text_is_cleaned(former: Any) -> None:
    text = pilot(former, "One", title=DIRTY)
    pilot(former, "one", title="Long", results="x" * 10_001)
    former("pilots", "FormerSlug").objects.create(model="pilot", slug="Old", object_id=1)
    former("pilots", "FormerSlug").objects.create(model="pilot", slug="old", object_id=2)
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", verbosity=0)
    assert "results: 10001 characters" in str(refusal.value)
    assert "pilot One and one: they differ in capitals only" in str(refusal.value)
    assert "former slug of a pilot Old and old: they differ in capitals only" in str(refusal.value)
    text.refresh_from_db()
    assert text.title == DIRTY


def let_former_slugs_have(length: int) -> None:
    """Make PostgreSQL take what SQLite let pass."""
    if connection.vendor == "postgresql":
        connection.cursor().execute(f"ALTER TABLE pilots_formerslug ALTER COLUMN slug TYPE varchar({length})")


def test_slugs_that_are_too_long_are_named_before_any_text_is_cleaned(former: Any) -> None:
    text = pilot(former, "one", title=DIRTY)
    let_former_slugs_have(200)
    long = former("pilots", "FormerSlug").objects.create(model="pilot", slug="x" * 81, object_id=1)
    with pytest.raises(CommandError) as refusal:
        call_command("migrate", verbosity=0)
    pk, _deleted = long.pk, long.delete()
    let_former_slugs_have(80)
    assert str(refusal.value).startswith("Nothing was changed.")
    assert f"former slug {pk}, {'x' * 40}… (81 characters, 80 at most)" in str(refusal.value)
    text.refresh_from_db()
    assert text.title == DIRTY
