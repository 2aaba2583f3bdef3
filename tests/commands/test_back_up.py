"""`back_up` copies the database of a running portal."""

import contextlib
import sqlite3
import stat
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "portal.sqlite3"


def test_copy_holds_what_the_database_held_and_is_its_owners_only(file: Path) -> None:
    PublishedPilotFactory(slug="avignon")
    file.write_text("An older copy.")
    if connection.features.has_select_for_update:
        with pytest.raises(CommandError, match="use pg_dump"):
            call_command("back_up", file)
        return
    call_command("back_up", file)
    with contextlib.closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT slug FROM pilots_pilot").fetchall() == [("avignon",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_empty_database_is_not_taken_for_a_portal(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"no portal in this database|use pg_dump"):
        call_command("back_up", file)
    assert not file.exists()


def test_folder_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(CommandError, match=r"No such file or directory|use pg_dump"):
        call_command("back_up", file.parent / "missing" / file.name)
