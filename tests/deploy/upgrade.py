"""Upgrades an earlier release to this tree with `deploy/portal`, under visitors, and goes back; on both databases.

`make test-upgrade` runs it; it takes minutes, because packages are installed. The earlier release is the newest tag,
or, without tags, the commit before the newest migration was added; FROM names another. systemd is played by
tests/deploy/service_manager.py.
"""

import contextlib
import http.client
import json
import os
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import psycopg2
import pytest

from pilots.management.backups.tables import LEFT_OUT
from tests.browser.server import ROOT
from tests.databases import fresh_database
from tests.deploy import service_manager
from tests.deploy.service_manager import ServiceManager, plain_environment
from tests.deploy.sources import commit, git, put_commit, put_this_tree, repository
from tests.site.processes import PRODUCTION

PORTAL = ROOT / "deploy" / "portal"
HOST = "pilots.example.org"
# What no backup holds, what `migrate` fills, and words for search, which each release makes in its own way
DERIVED = {name.partition(".")[2] for name in LEFT_OUT} | {"search", "word", "migrations", "permission", "content_type"}
FILL = """
from django.contrib.auth.models import User
from pilots.models import Pilot
User.objects.create_superuser("rita", "rita@example.org", "zebra lantern gravel orbit")
text = Pilot.objects.get(slug="avignon").translations.get(language_code="en")
text.title = "Edited before the upgrade"
text.save()
"""
SAVE = "from django.contrib.auth.models import User; User.objects.create_user('{name}', '{name}@example.org')"


class Machine:
    """A folder with the portal in it, and what it holds."""

    def __init__(self, folder: Path, programs: Path, manager: ServiceManager, database_url: str) -> None:
        self.folder, self.programs, self.manager, self.database_url = folder, programs, manager, database_url

    def portal(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command `portal` of this tree."""
        me = subprocess.run(["id", "--user", "--name"], check=True, capture_output=True, text=True).stdout.strip()
        env = {"PORTAL_ROOT": str(self.folder), "PORTAL_USER": me, "PATH": f"{self.programs}:{os.environ['PATH']}"}
        command = [PORTAL, *words]
        return subprocess.run(command, env=plain_environment() | env, text=True, stderr=subprocess.PIPE, check=False)

    def done(self, *words: str) -> None:
        said = self.portal(*words)
        assert said.returncode == 0, f"portal {' '.join(words)}: {said.stderr}\n{self.journal()}"

    def journal(self) -> str:
        return self.manager.log.read_text() if self.manager.log.exists() else ""

    def rows(self, columns: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
        """Every row of every table that is not derived, of these columns or all."""
        with contextlib.closing(self.connect()) as connection:
            cursor = connection.cursor()
            chosen = columns or {table: self.columns(cursor, table) for table in self.tables(cursor)}
            return {table: self.read(cursor, table, names) for table, names in chosen.items()}

    def columns_of_all(self) -> dict[str, list[str]]:
        with contextlib.closing(self.connect()) as connection:
            cursor = connection.cursor()
            return {table: self.columns(cursor, table) for table in self.tables(cursor)}

    def connect(self) -> Any:
        if self.database_url:
            return psycopg2.connect(self.database_url)
        return sqlite3.connect(self.folder / "var/lib/prepare-portal/portal.sqlite3")

    def tables(self, cursor: Any) -> list[str]:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            if self.database_url
            else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        names = sorted(name for (name,) in cursor.fetchall())
        return [name for name in names if not any(part in name for part in DERIVED)]

    def columns(self, cursor: Any, table: str) -> list[str]:
        cursor.execute(f'SELECT * FROM "{table}" WHERE false')
        return [column[0] for column in cursor.description]

    def read(self, cursor: Any, table: str, names: list[str]) -> list[str]:
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f'SELECT {listed} FROM "{table}"')
        return sorted(json.dumps(row, default=str) for row in cursor.fetchall())

    def release(self) -> str:
        return (self.folder / "srv/prepare-portal/current").resolve().name


@pytest.fixture(params=["sqlite", "postgresql"])
def machine(
    request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine with the earlier release in its clone, and this tree as the newest commit of the clone's origin."""
    for folder in ("etc/systemd/system", "usr/local/bin", "srv/prepare-portal"):
        (tmp_path / folder).mkdir(parents=True)
    shared = tmp_path_factory.getbasetemp() / "packages"  # by all machines: installing them takes longest
    shared.mkdir(exist_ok=True)
    (tmp_path / "srv/prepare-portal/packages").symlink_to(shared)
    origin = repository(tmp_path / "origin")
    put_commit(origin, earlier())
    git(tmp_path, "clone", "--quiet", str(origin), "srv/prepare-portal/source")
    put_this_tree(origin)
    manager = ServiceManager(tmp_path)
    database = fresh_database() if request.param == "postgresql" else contextlib.nullcontext("")
    with database as url, service_manager.running(manager) as programs:
        settings = PRODUCTION | {"DATA_DIR": f"{tmp_path}/var/lib/prepare-portal", "DATABASE_URL": url}
        lines = [f"{name}={value}\n" for name, value in settings.items()]
        (tmp_path / "etc/prepare-portal.env").write_text("".join(lines))
        yield Machine(tmp_path, programs, manager, url)


def earlier() -> str:
    """The commit that is upgraded from."""
    if given := os.environ.get("FROM"):
        return given
    tags = git(ROOT, "tag", "--sort=-creatordate").split()
    newest_migration = ["log", "-1", "--diff-filter=A", "--format=%H^", "--", "pilots/migrations/0*.py"]
    return tags[0] if tags else git(ROOT, *newest_migration)


class Visitors:
    """Ask for pages all the time, and count what they got."""

    def __init__(self, port: int) -> None:
        self.port, self.answers = port, Counter[str]()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self.ask, args=(path,)) for path in ("/", "/pilots/avignon/")]

    def ask(self, path: str) -> None:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
        while not self.over.wait(0.05):
            try:
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
                    connection.request("GET", path, headers=headers)
                    response = connection.getresponse()
                    response.read()
                    self.answers[str(response.status)] += 1
            except (OSError, http.client.HTTPException) as error:
                self.answers[repr(error)] += 1

    def __enter__(self) -> Self:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


def changes(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, list[str]]:
    """Rows that were and are not any more, by table."""
    gone = {table: sorted({*rows} - {*after[table]}) for table, rows in before.items()}
    return {table: rows for table, rows in gone.items() if rows}


def test_every_row_survives_the_upgrade_and_the_way_back_and_no_visitor_is_refused(machine: Machine) -> None:
    machine.done("install")
    old = machine.release()
    machine.done("manage", "shell", "--command", FILL)
    columns, before = machine.columns_of_all(), machine.rows()
    assert len(before["pilots_pilot"]) == 9

    has_backups = (machine.folder / "srv/prepare-portal/source/pilots/management/commands/backup.py").exists()
    with Visitors(machine.manager.port) as visitors:
        machine.done("upgrade", *([] if has_backups else ["--without-backup"]))
        new = machine.release()
        assert new != old
        assert changes(before, machine.rows(columns)) == {}
        machine.done("manage", "shell", "--command", SAVE.format(name="nina"))
        after = machine.rows()
        machine.done("back")
        assert machine.release() == old
        assert changes(after, machine.rows()) == {}
        machine.done("manage", "shell", "--command", SAVE.format(name="omar"))
        machine.done("back")
        assert machine.release() == new
        assert changes(after, machine.rows()) == {}
        saved = machine.rows()
    print(f"Visitors of {old} → {new} → {old} → {new}: {dict(visitors.answers)}")
    assert set(visitors.answers) == {"200"}

    (machine.folder / "broken.zip").write_bytes(b"no backup")
    assert machine.portal("restore", str(machine.folder / "broken.zip")).returncode == 1
    assert machine.rows() == saved
    machine.done("status")


BROKEN = "import os\nif {when}:\n    raise SystemExit('This release is broken.')\n"


@pytest.mark.parametrize("machine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("True", "runs on as before"),
        ("'NOTIFY_SOCKET' in os.environ", "Nobody had saved with it, so release {old} runs"),
    ],
    ids=["before the change-over", "after it"],
)
def test_release_that_does_not_work_is_not_kept(machine: Machine, when: str, said: str) -> None:
    machine.done("install", "origin/HEAD")
    old, before = machine.release(), machine.rows()
    origin = machine.folder / "origin"
    server = origin / "gunicorn.conf.py"
    server.write_text(BROKEN.format(when=when) + server.read_text())
    commit(origin, "A release that does not work")

    with Visitors(machine.manager.port) as visitors:
        upgrade = machine.portal("upgrade")
        assert upgrade.returncode == 1
        assert said.format(old=old) in upgrade.stderr
        assert machine.release() == old
        machine.done("status")
    assert changes(before, machine.rows()) == {}
    assert set(visitors.answers) == {"200"}
