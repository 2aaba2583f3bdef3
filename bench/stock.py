"""The databases that are measured: made once from a seed number, kept, and brought up to date before each run."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench import postgres
from tests import databases

ROOT = Path(__file__).resolve().parent.parent
SEED = 1
DELIVERED = 9  # pilots that come with the portal; larger numbers are made up
MINUTES = 60


@dataclass(frozen=True)
class Stock:
    """One database with so many public pilots. `folder` is the portal's DATA_DIR, `url` its DATABASE_URL."""

    kind: str
    pilots: int
    folder: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process of the portal that uses this database."""
        return clean_environment() | {"DATA_DIR": str(self.folder), "DATABASE_URL": self.url}


def clean_environment() -> dict[str, str]:
    """The environment without the settings of any portal."""
    sys.path.insert(0, str(ROOT))
    from prepare_portal.environment import VARIABLES

    return {name: value for name, value in os.environ.items() if name not in VARIABLES}


def sqlite(home: Path, pilots: int) -> Stock:
    """The SQLite database with so many pilots, made if it is not there."""
    folder = home / f"sqlite-{pilots}"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
    stock = Stock("SQLite", pilots, folder, f"sqlite:///{folder / 'portal.sqlite3'}")
    return prepared(stock)


def postgresql(home: Path, pilots: int, server: str) -> Stock:
    """The database with so many pilots on the server at that address, made if it is not there."""
    folder, name = home / f"postgresql-{pilots}", f"bench_{pilots}"
    if not (folder / "made").exists() and name in postgres.names(server):
        databases.execute(server, "DROP DATABASE {} WITH (FORCE)", name)
    if name not in postgres.names(server):
        shutil.rmtree(folder, ignore_errors=True)
        databases.execute(server, "CREATE DATABASE {}", name)
    return prepared(Stock("PostgreSQL", pilots, folder, urlsplit(server)._replace(path=f"/{name}").geturl()))


def prepared(stock: Stock) -> Stock:
    """The database, filled if it is new, and with the tables and the index of today's code."""
    stock.folder.mkdir(parents=True, exist_ok=True)
    if not (stock.folder / "made").exists():
        print(f"Making {stock.pilots:,} pilots on {stock.kind} …", flush=True)
        manage(stock, "migrate", "--verbosity=0")
        if stock.pilots != DELIVERED:
            manage(stock, "make_sample", f"--pilots={stock.pilots}", f"--seed={SEED}")
    manage(stock, "set_up")
    (stock.folder / "made").touch()
    return stock


def manage(stock: Stock, *command: str) -> None:
    """Run a command of the portal on a database; what it says goes into a file beside the data."""
    with (stock.folder / "log").open("a") as log:
        subprocess.run(  # noqa: S603 (our own words)
            [sys.executable, ROOT / "manage.py", *command],
            env=stock.environment,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            check=True,
            timeout=240 * MINUTES,
        )
