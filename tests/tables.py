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

from prepare_portal.environment import VARIABLES
from tests import databases

ROOT = Path(__file__).resolve().parent.parent
FILE, TEMPLATE = "TEST_TABLES_FILE", "TEST_TABLES_TEMPLATE"
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # as Django calls the database of its tests


@contextlib.contextmanager
def prepared(scratch: Path, url: str = "") -> Iterator[None]:
    """Migrate a file for SQLite, and a database on the server at `url`; name them in the environment for the block."""
    folder = scratch / "tables"
    with contextlib.ExitStack() as kept:
        migrate(folder, "")
        os.environ[FILE] = str(folder / "portal.sqlite3")
        kept.callback(os.environ.pop, FILE)
        if url:
            name = kept.enter_context(databases.new_database(url))
            migrate(folder, databases.address_of(url, name))
            os.environ[TEMPLATE] = name
            kept.callback(os.environ.pop, TEMPLATE)
        yield


def migrate(folder: Path, url: str) -> None:
    """Make the tables in the database at `url`, or in the file of this data folder."""
    inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    environment = inherited | {"DATA_DIR": str(folder), "DATABASE_URL": url}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


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
