"""Releases of the portal, side by side on one machine and on one database."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from machine import (
    HOME,
    SERVICE,
    SOCKET,
    UNITS,
    Failed,
    address,
    as_user,
    check,
    environment,
    link,
    manage,
    run,
    systemctl,
    units,
)

SOURCE, RELEASES, PACKAGES = HOME / "source", HOME / "releases", HOME / "packages"
CURRENT, PREVIOUS = HOME / "current", HOME / "previous"
# The release that migrated the database last, which after `portal back` is not the one that runs. It alone knows all
# tables, so it makes the backups, and restores them.
NEWEST = HOME / "newest"
# What every editor's save adds to, in any release
SAVES = """
from django.contrib.admin.models import LogEntry
from pilots.models import Revision
print(*(model.objects.order_by("pk").values_list("pk", flat=True).last() for model in (LogEntry, Revision)))
"""


def git(*words: str) -> str:
    return run(["git", *words], cwd=SOURCE, capture=True)


def current() -> Path:
    """The release that runs."""
    if not CURRENT.exists():
        raise Failed("The portal is not installed yet. `portal install` does it.")
    return CURRENT.resolve()


def newest() -> Path:
    """The release that knows every table."""
    return NEWEST.resolve() if NEWEST.exists() else current()


def note_newest(release: Path) -> None:
    """Remember who migrated last. An older release, which found nothing to migrate, is not taken for it."""
    if NEWEST.exists():
        with contextlib.suppress(Failed):
            git("merge-base", "--is-ancestor", commit_of(release), commit_of(NEWEST.resolve()))
            return
    link(NEWEST, release)


def commit_of(release: Path) -> str:
    return release.name.rpartition("-")[2]


def find_commit(*names: str) -> str:
    """The commit by the first of these names that the clone knows."""
    for name in names:
        with contextlib.suppress(Failed):
            return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()
    raise Failed(f"The clone in {SOURCE} has no {names[-1]}.")


def build(commit: str) -> Path:
    """Make the release of a commit, or take the one that is there, with its packages and all that it serves."""
    os.umask(0o022)  # the portal's user has to read it
    release = RELEASES.resolve() / git("log", "-1", "--format=%cs-%h", commit, "--").strip()
    complete = release / ".complete"
    if not complete.exists():
        shutil.rmtree(release, ignore_errors=True)
        release.mkdir(parents=True)
        run(["git", "archive", "--output", str(release / "files.tar"), commit], cwd=SOURCE)
        run(["tar", "--extract", "--file", "files.tar"], cwd=release)
        (release / "files.tar").unlink()
    link(release / ".venv", install_packages(release / "requirements.txt"))  # new ones, if Python is another
    if not complete.exists():
        catalogues = [str(po.relative_to(release).with_suffix(".mo")) for po in release.rglob("*.po")]
        run(["make", "--silent", "staticfiles/run.stamp", *catalogues], cwd=release)
        run([".venv/bin/python", "-m", "compileall", "-q", "pilots", "prepare_portal"], cwd=release)
        complete.touch()
    return release


def install_packages(lock: Path) -> Path:
    """The environment with the packages that a release locks, shared by all that lock the same."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    folder = PACKAGES / f"{sys.version_info.major}.{sys.version_info.minor}-{digest}"
    complete = folder / "run.stamp"  # what the Makefile looks for
    if not complete.exists():
        print("Installing packages …", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "--only-binary=:all:", "--requirement", str(lock)])
    complete.touch()
    return folder


def try_out(release: Path) -> None:
    """Run a release on a port of its own, on the same database, until it has answered."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    settings = environment()
    of_its_own = {
        "HOST": "127.0.0.1",
        "PORT": str(free),
        "WEB_CONCURRENCY": "1",
        "METRICS_PORT": "",
        "METRICS_TOKEN": "",
        "FORWARDED_ALLOW_IPS": ",".join(filter(None, [settings.get("FORWARDED_ALLOW_IPS"), "127.0.0.1"])),
    }
    command = [release / ".venv/bin/gunicorn"]
    server = subprocess.Popen(command, cwd=release, env=settings | of_its_own, **as_user())  # noqa: S603
    try:
        check("127.0.0.1", free, server=server)
    finally:
        server.terminate()
        server.wait()


def switch_to(release: Path) -> None:
    """Name the release that is to run, and give systemd its units in place of those of the one before."""
    gone = unit_names(current()) - unit_names(release) if CURRENT.exists() else set()
    if dropped := sorted(name for name in gone if (UNITS / name).exists()):
        systemctl("disable", "--now", *dropped)
        for name in dropped:
            (UNITS / name).unlink()
    link(CURRENT, release)
    shutil.copytree(unit_folder(release), UNITS, dirs_exist_ok=True)
    systemctl("daemon-reload")


def unit_folder(release: Path) -> Path:
    own = Path(__file__).resolve().parent / "systemd"  # for a release older than these files
    return with_it if (with_it := release / "deploy/systemd").exists() else own


def unit_names(release: Path) -> set[str]:
    return {file.name for file in unit_folder(release).iterdir() if file.is_file()}


def change_over(release: Path) -> None:
    """Let the service run another release, and return when it answers."""
    start(release)
    check(*address())


def start(release: Path) -> None:
    """Start a release in place of the one that runs, which ends first what it has begun, saves too.

    The socket stays open: visitors of this moment wait a few seconds.
    """
    switch_to(release)
    systemctl("enable", "--now", SOCKET, *units(".timer"))
    systemctl("enable", SERVICE)
    systemctl("restart", SERVICE)


def last_saves(release: Path) -> str:
    """What is another text after an editor has saved."""
    return manage(release, "shell", "--verbosity=0", "--command", SAVES, capture=True)


def keep_only(*kept: Path) -> None:
    """Delete all other releases, and packages that no release has. Any folder on the way may be a link."""
    needed = {folder.resolve() for release in kept for folder in (release, release / ".venv")}
    for folder in [*RELEASES.iterdir(), *PACKAGES.iterdir()]:
        if folder.resolve() not in needed:
            shutil.rmtree(folder)
