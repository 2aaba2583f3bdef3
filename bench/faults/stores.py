"""The databases that are broken: an SQLite file, and a PostgreSQL that waits for the disk, as in production."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2

from tests import databases

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
RESTART_AFTER = 1  # seconds until what stands in for systemd starts a server again that died


@dataclass
class Sqlite:
    """The file in DATA_DIR."""

    folder: Path  # DATA_DIR
    url: str = ""

    def processes(self) -> list[int]:
        """Of the database itself: none."""
        return []

    def stop(self) -> None:
        """There is nothing to stop."""

    def start(self) -> None:
        """There is nothing to start."""


@dataclass
class Postgresql:
    """A server whose files are in `folder`/pg, reached by a socket in a short path."""

    folder: Path
    programs: Path
    port: int = 5432
    standby: bool = False  # must another server have each commit before it is confirmed?
    server: subprocess.Popen[bytes] | None = None
    is_wanted: threading.Event = field(default_factory=threading.Event)
    owner: dict[str, Any] = field(default_factory=dict)  # who runs it, for `subprocess`
    socket: str = field(default_factory=lambda: tempfile.mkdtemp(prefix="faults-pg-"))

    @property
    def url(self) -> str:
        return f"postgres://postgres@{quote(self.socket, safe='')}:{self.port}/postgres"

    @property
    def log(self) -> Path:
        """What the server says; not on its own disk, which may be what breaks."""
        return Path(f"{self.socket}.log")

    @property
    def data(self) -> Path:
        return self.folder / "pg"

    def make(self) -> None:
        """Make its files, and the user who may start it owns them."""
        self.run("initdb", f"--pgdata={self.data}", "--username=postgres", "--auth=trust", "--wal-segsize=1")

    def start(self) -> None:
        """Start it, and return when it answers; while it runs, it is started again when it dies."""
        Path(self.socket).mkdir(exist_ok=True)
        self.owner = databases.make_ours(Path(self.socket))
        databases.make_ours(self.folder)
        self.is_wanted.set()
        self._popen()
        threading.Thread(target=self._keep_running, daemon=True).start()
        self.wait()

    def wait(self) -> None:
        """Return when it answers."""
        end = time.monotonic() + databases.PATIENCE
        while True:
            try:
                psycopg2.connect(self.url).close()
                return
            except psycopg2.OperationalError:
                if time.monotonic() > end:
                    raise databases.DatabaseDidNotStart(self.log.read_text()[-3000:]) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """Stop it as systemd does: connections are closed, nothing is lost."""
        self.is_wanted.clear()
        if self.server:
            databases.stop(self.server)
        shutil.rmtree(self.socket, ignore_errors=True)
        self.log.unlink(missing_ok=True)

    def crash(self, *, for_good: bool = False) -> None:
        """Kill all its processes."""
        if for_good:
            self.is_wanted.clear()
        assert self.server
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.server.wait()

    def processes(self) -> list[int]:
        """The ids of the server and all it started."""
        assert self.server
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
        return [self.server.pid, *map(int, children.read_text().split())]

    def replica(self) -> "Postgresql":
        """Copy the running server into another one that follows it. Both confirm a save only when both have it."""
        other = Postgresql(self.folder / "replica", self.programs, standby=True)
        other.folder.mkdir()
        os.chmod(self.folder, 0o755)
        databases.make_ours(other.folder)
        source = f"host={self.socket} port={self.port} user=postgres application_name=replica"
        self.run("pg_basebackup", "-D", str(other.data), "-R", "-X", "stream", "-c", "fast", "-d", source)
        databases.make_ours(Path(other.socket))
        other.start()
        for statement in ("ALTER SYSTEM SET synchronous_standby_names = 'replica'", "SELECT pg_reload_conf()"):
            self.ask(statement)
        return other

    def ask(self, statement: str) -> Sequence[Any]:
        """The rows that answer a statement, made outside of any transaction."""
        with contextlib.closing(psycopg2.connect(self.url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []

    def promote(self) -> None:
        """Make the replica a server of its own; nobody follows it."""
        self.ask("SELECT pg_promote()")

    def run(self, program: str, *options: str) -> None:
        """Run one of PostgreSQL's programs as the user who may."""
        owner = databases.make_ours(self.folder)
        command = [self.programs / program, *options, *(databases.LOCALE if program == "initdb" else [])]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **owner)

    def _popen(self) -> None:
        with self.log.open("ab") as log:
            options = ["-D", str(self.data), "-k", self.socket, "-p", str(self.port), "-c", "listen_addresses="]
            self.server = subprocess.Popen(
                [self.programs / "postgres", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self.owner,
            )

    def _keep_running(self) -> None:
        """Start it again whenever it dies, until it is no longer wanted."""
        while self.is_wanted.is_set():
            assert self.server
            self.server.wait()
            if self.is_wanted.wait(0):
                time.sleep(RESTART_AFTER)
                if self.is_wanted.is_set():
                    self._popen()


Store = Sqlite | Postgresql


@contextlib.contextmanager
def programs() -> Iterator[Path]:
    """Yield where PostgreSQL's programs are, readable by the user who runs them."""
    with tempfile.TemporaryDirectory(prefix="faults-programs-") as name:
        folder = Path(name)
        found = databases.programs_for(folder)
        databases.make_ours(folder)
        yield found


def opened(kind: str, folder: Path, model: Path | None, where: Path) -> Store:
    """A database in `folder`, with what the model has, running."""
    if model:
        shutil.copytree(model, folder, dirs_exist_ok=True, symlinks=True)
        os.sync()  # else a disk that breaks takes what it was filled with
    if kind == SQLITE:
        return Sqlite(folder)
    store = Postgresql(folder, where)
    if not model:
        store.make()
    store.start()
    return store
