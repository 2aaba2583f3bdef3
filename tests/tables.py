"""The tables that migrations make, made once for all runs: to migrate takes four seconds, to copy what it made none.

`tests/run_all.py` makes them and names them to its runs by two variables. Where these are unset, as when one test is
run alone, there are no tables yet, and whoever needs some migrates.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from prepare_portal.environment import VARIABLES
from tests import databases

ROOT = Path(__file__).resolve().parent.parent
FILE, TEMPLATE = "TEST_TABLES_FILE", "TEST_TABLES_TEMPLATE"
NAME = "portal_tables"
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # as Django calls the database of its tests


def make(scratch: Path, url: str = "") -> dict[str, str]:
    """Migrate a file for SQLite, and a database on the server at `url`; return the variables that name them."""
    folder = scratch / "tables"
    named, addresses = {FILE: str(folder / "portal.sqlite3")}, [""]
    if url:
        databases.execute(url, "DROP DATABASE IF EXISTS {}", NAME)
        databases.execute(url, "CREATE DATABASE {}", NAME)
        named[TEMPLATE] = NAME
        addresses.append(urlsplit(url)._replace(path=f"/{NAME}").geturl())
    inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    for address in addresses:
        environment = inherited | {"DATA_DIR": str(folder), "DATABASE_URL": address}
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return named


def template() -> str:
    """The database that PostgreSQL is to copy: with the tables, or its usual one."""
    return os.environ.get(TEMPLATE, "template1")


def put_into(folder: str) -> None:
    """Put the file into the data folder of a site on SQLite."""
    if made := os.environ.get(FILE):
        shutil.copy(made, folder)


@contextlib.contextmanager
def in_memory() -> Iterator[None]:
    """Have them during the block where tests on SQLite look."""
    with contextlib.closing(sqlite3.connect(IN_MEMORY, uri=True)) as memory:
        if made := os.environ.get(FILE):
            with contextlib.closing(sqlite3.connect(made)) as file:
                file.backup(memory)
        yield
