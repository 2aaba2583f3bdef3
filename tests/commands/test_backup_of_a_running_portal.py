"""A backup is of one moment though editors go on saving, and moves a portal from one database to the other and back.

Each portal here has a database of its own, a file or one on a server, and each command is a process of its own.
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import databases, tables
from tests.browser.server import environment_for
from tests.commands.backups import parts_of

# Both are asked here, whatever the run is on.
DATABASES = ("sqlite",)
LEFT_OUT = (
    *("sessions", "pilots.presence", "pilots.unsavedform", "pilots.importrun", "pilots.importrow", "pilots.lastbackup"),
    *("pilots.contentversion", "pilots.contentqueue", "pilots.contentchange"),
)
OF_BACKUPS = {"backed-up", "backup-restored"}
UPLOAD = "media/folder/upload.bin"

SET_UP = """
import django
django.setup()
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from pilots.models import AccountLanguage, Pilot
call_command("set_up", verbosity=0)
user = User.objects.get(username="admin")
user.groups.set(Group.objects.all())
AccountLanguage.objects.create(user=user, language_code="fr")
default_storage.save("folder/upload.bin", ContentFile(bytes(range(256)) * 5000))
Pilot.objects.create(slug="gone", title="Gone", authority=Pilot.objects.first().authority,
                     source=Pilot.objects.first().source).delete()
"""
# Says the same in two entries, in one transaction.
SAVE = """
from django.contrib.auth.models import User
from django.db import connection, transaction
from pilots.history.record import change
from pilots.models import Pilot, Revision
def save(number):
    admin = User.objects.get(username="admin")
    with transaction.atomic():
        for pilot in Pilot.objects.order_by("pk")[:2]:
            with change(pilot, kind=Revision.Kind.CHANGED, by=admin) as edit:
                content = json.loads(json.dumps(edit.before))
                content["texts"]["en"]["summary"] = f"Number {number}."
                edit.write(content)
"""
WRITE_ON = f"""
import json, time, django
django.setup()
{SAVE}
number = 0
while True:
    number += 1
    save(number)
    print(number, flush=True)
    time.sleep(0.01)
"""
# A save that ends before each table is read, by somebody who does not wait for the backup.
SAVE_BETWEEN = f"""
import json, sys, threading, django
django.setup()
from django.core.management import call_command
from pilots.management.backups import writing
{SAVE}
numbers, failed = [], []
def save_next():
    try:
        numbers.append(len(numbers) + 1)
        save(numbers[-1])
    except Exception as error:
        failed.append(repr(error))
    finally:
        connection.close()
read = writing.write_table
def read_after_a_save(*args):
    if len(numbers) < 12:
        thread = threading.Thread(target=save_next)
        thread.start()
        thread.join(30)
        assert not thread.is_alive() and not failed, failed
    return read(*args)
writing.write_table = read_after_a_save
call_command("backup", FILE)
print(len(numbers))
"""
SAID = """
import json, django
django.setup()
from pilots.models import Pilot, Revision
found = []
for pilot in Pilot.objects.order_by("pk")[:2]:
    rows = list(Revision.objects.filter(row=pilot.pk).order_by("edit_count"))
    found.append({
        "now": pilot.translations.get(language_code="en").summary,
        "last": rows[-1].content["texts"]["en"]["summary"] if rows else None,
        "edit": pilot.edit_count,
        "edits": [row.edit_count for row in rows],
    })
print(json.dumps(found))
"""


class Portal:
    """A portal with a folder and a database of its own."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.environment = folder, environment_for(str(folder), 1, url)
        folder.mkdir(exist_ok=True)

    def start(self, code: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-W", "error", "-c", code]
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment, stdout=subprocess.PIPE, text=True)

    def run(self, code: str) -> str:
        with self.start(code) as process:
            said, _nothing = process.communicate()
        assert process.returncode == 0
        return said

    def manage(self, *command: Any) -> str:
        words = [str(word) for word in command]
        return self.run(
            f"import sys; from django.core.management import *; execute_from_command_line(['', *{words!r}])"
        )

    def rows(self) -> list[Any]:
        """What Django's own command says that the database holds, without what no backup keeps.

        Nor with what the security log says of backups and restores: that is noted after a backup, and of one place.
        """
        out = self.folder / "dump.json"
        self.manage("dumpdata", *(f"--exclude={name}" for name in LEFT_OUT), "--output", out)
        rows = [row for row in json.loads(out.read_bytes()) if row["fields"].get("event") not in OF_BACKUPS]
        return sorted(rows, key=lambda row: (row["model"], row["pk"]))

    def said(self) -> Any:
        """What two entries say, and what the history says of them."""
        return json.loads(self.run(SAID))


@contextlib.contextmanager
def portal(database: str, folder: Path) -> Iterator[Portal]:
    """A new portal without tables."""
    with contextlib.ExitStack() as kept:
        yield Portal(folder, kept.enter_context(databases.fresh_database()) if database == "postgresql" else "")


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    """One PostgreSQL for the module."""
    with databases.postgresql() as url, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEST_DATABASE_URL", url)
        yield


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request: Any, server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Portal]]:
    """A portal with the nine pilots, an account and a file, and the database that it is not on."""
    folder = tmp_path_factory.mktemp(request.param)
    with portal(request.param, folder) as new:
        if request.param == "sqlite":
            tables.put_into(str(folder))
        new.run(SET_UP)
        yield ("postgresql" if request.param == "sqlite" else "sqlite"), new


def test_portal_moves_to_the_other_database_row_by_row(running: tuple[str, Portal], tmp_path: Path) -> None:
    other_database, one = running
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    with portal(other_database, tmp_path / "other") as other:
        one.manage("backup", there)
        other.manage("restore", there)
        assert other.rows() == one.rows()
        assert (other.folder / UPLOAD).read_bytes() == (one.folder / UPLOAD).read_bytes() == bytes(range(256)) * 5000
        other.manage("backup", back)
    # To the microsecond, the ids that were given to rows that are gone included.
    assert manifest_of(back) == manifest_of(there)


def test_backup_is_of_one_moment_though_somebody_saves_before_each_table(
    running: tuple[str, Portal], tmp_path: Path
) -> None:
    _other, one = running
    file = tmp_path / "portal.zip"
    before = one.said()
    assert one.run(SAVE_BETWEEN.replace("FILE", repr(str(file)))).split()[-1] == "12"
    assert one.said()[0]["now"] == "Number 12."
    with portal("sqlite", tmp_path / "restored") as restored:
        restored.manage("restore", file)
        assert restored.said() == before


def test_backup_taken_while_a_process_saves_all_the_time_holds_what_it_had_saved(
    running: tuple[str, Portal], tmp_path: Path
) -> None:
    _other, one = running
    with one.start(WRITE_ON) as writer:
        try:
            saved = int(writer.stdout.readline())  # type: ignore[union-attr]
            one.manage("backup", tmp_path / "portal.zip")
        finally:
            writer.kill()
    with portal("sqlite", tmp_path / "restored") as restored:
        restored.manage("restore", tmp_path / "portal.zip")
        first, second = restored.said()
    assert first["now"] == first["last"] == second["now"] == second["last"]
    assert first["edits"] == list(range(first["edits"][0], first["edit"] + 1))
    assert int(first["now"].strip("Number .")) >= saved


def manifest_of(file: Path) -> dict[str, Any]:
    """What a backup says of itself, without the moment and the table that backups and restores are noted in."""
    said: dict[str, Any] = json.loads(parts_of(file)["manifest.json"])
    del said["made_at"], said["tables"]["pilots.securityevent"]
    return said
