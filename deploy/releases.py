"""Releases of the portal, side by side on one machine and on one database."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from machine import HOME, SERVICE, UNITS, Failed, as_user, check, environment, link, manage, port, run, systemctl

SOURCE, RELEASES, PACKAGES = HOME / "source", HOME / "releases", HOME / "packages"
CURRENT, PREVIOUS = HOME / "current", HOME / "previous"
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


def build(ref: str) -> Path:
    """Make the release of a commit, or take the one that is there, with its packages and all that it serves."""
    os.umask(0o022)  # the portal's user has to read it
    release = RELEASES.resolve() / git("log", "-1", "--format=%cs-%h", ref, "--").strip()
    complete = release / ".complete"
    if not complete.exists():
        shutil.rmtree(release, ignore_errors=True)
        release.mkdir(parents=True)
        run(["git", "archive", "--output", str(release / "files.tar"), ref], cwd=SOURCE)
        run(["tar", "--extract", "--file", "files.tar"], cwd=release)
        (release / "files.tar").unlink()
        link(release / ".venv", install_packages(release / "requirements.txt"))
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
    of_its_own = {
        "HOST": "127.0.0.1",
        "PORT": str(free),
        "WEB_CONCURRENCY": "1",
        "METRICS_PORT": "",
        "METRICS_TOKEN": "",
    }
    settings = environment() | of_its_own
    server = subprocess.Popen([release / ".venv/bin/gunicorn"], cwd=release, env=settings, **as_user())  # noqa: S603
    try:
        check(free, server=server)
    finally:
        server.terminate()
        server.wait()


def switch_to(release: Path) -> None:
    """Name the release that is to run, and give systemd its units."""
    link(CURRENT, release)
    with_it = release / "deploy/systemd"
    own = Path(__file__).resolve().parent / "systemd"  # for a release older than these files
    shutil.copytree(with_it if with_it.exists() else own, UNITS, dirs_exist_ok=True)
    systemctl("daemon-reload")


def change_over(release: Path) -> None:
    """Let the service run another release. The socket stays open: visitors of this moment wait a few seconds."""
    switch_to(release)
    systemctl("restart", SERVICE)
    check(port())


def last_saves(release: Path) -> str:
    """What is another text after an editor has saved."""
    return manage(release, "shell", "--verbosity=0", "--command", SAVES, capture=True)


def keep_only(*kept: Path) -> None:
    """Delete all other releases, and packages that no release has. Any folder on the way may be a link."""
    needed = {folder.resolve() for release in kept for folder in (release, release / ".venv")}
    for folder in [*RELEASES.iterdir(), *PACKAGES.iterdir()]:
        if folder.resolve() not in needed:
            shutil.rmtree(folder)
