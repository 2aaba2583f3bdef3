"""Installs the peers into a virtual environment of their own, and makes their databases."""

import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

from bench.servers import PEERS
from bench.stock import Stock, clean_environment


def peers(home: Path) -> Path:
    """The folder with the programs of the peers, installed when something is missing or another is asked for."""
    folder, wanted = home / "peers", requirements()
    note = folder / "wanted"
    if not note.exists() or note.read_text() != wanted:
        print("Installing the peers …", flush=True)
        run(sys.executable, "-m", "venv", "--clear", folder)
        (folder / "requirements.txt").write_text(wanted)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--requirement", folder / "requirements.txt")
        note.write_text(wanted)
    return folder / "bin"


def requirements() -> str:
    """What the peers need: Django and gunicorn as the portal has them."""
    same = "".join(f"{name}=={importlib.metadata.version(name)}\n" for name in ("django", "gunicorn"))
    return (PEERS / "requirements.txt").read_text() + same


def rows(home: Path, stock: Stock) -> Path:
    """The file with what visitors see of a database, made if it is not there."""
    return _written(stock, "bench.rows", home / f"rows-{stock.pilots}.jsonl")


def sheet(home: Path, stock: Stock) -> Path:
    """The file with the table that visitors take away of a database, made if it is not there."""
    return _written(stock, "bench.sheet", home / f"sheet-{stock.pilots}.csv")


def _written(stock: Stock, module: str, file: Path) -> Path:
    if not file.exists():
        settings = stock.environment | {"DJANGO_SETTINGS_MODULE": "prepare_portal.settings"}
        run(sys.executable, "-m", module, file, environment=settings)
    return file


def datasette(file: Path, sheet: Path, programs: Path) -> Path:
    """Return Datasette's database with the rows in `file` and those in `sheet`, made if it is not there or older."""
    database = file.with_suffix(".db")
    if is_old(database, file, sheet, PEERS / "datasette_rows.py"):
        run(programs / "python", PEERS / "datasette_rows.py", file, sheet, database)
    return database


def wagtail(file: Path, programs: Path) -> Path:
    """The folder with the Wagtail site's database of the rows in `file`, made if it is not there or older."""
    folder = file.with_name(f"wagtail-{file.stem}")
    if is_old(folder / "made", file, *(PEERS / "wagtail_site").rglob("*.py")):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        settings = clean_environment() | {"SITE_DATA": str(folder)}
        for command in (["migrate", "--verbosity=0"], ["load_rows", file]):
            run(programs / "python", PEERS / "wagtail_site" / "manage.py", *command, environment=settings)
        (folder / "made").touch()
    return folder


def is_old(made: Path, *sources: Path) -> bool:
    """Whether a file is not there, or older than what it is made from."""
    return not made.exists() or any(source.stat().st_mtime > made.stat().st_mtime for source in sources)


def run(*command: object, environment: dict[str, str] | None = None) -> None:
    """Run a command to its end; raises when it fails."""
    settings = (environment or clean_environment()) | {"PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([str(word) for word in command], env=settings, check=True)  # noqa: S603 (our own words)
