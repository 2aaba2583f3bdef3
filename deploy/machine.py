"""What `portal` finds on the machine: folders, the settings of the service, the user who runs it, and systemd."""

import contextlib
import http.client
import os
import pwd
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# For trying it in a folder, as `make operator-walk` does
ROOT = Path(os.environ.get("PORTAL_ROOT", "/"))
USER = os.environ.get("PORTAL_USER", "portal")

HOME = ROOT / "srv/prepare-portal"
SETTINGS = ROOT / "etc/prepare-portal.env"
UNITS = ROOT / "etc/systemd/system"
COMMAND = ROOT / "usr/local/bin/portal"
BACKUPS = ROOT / "var/backups/prepare-portal"
SERVICE, SOCKET = "prepare-portal.service", "prepare-portal.socket"
PATIENCE = 60  # seconds until a server has to answer
# What `manage.py backup` calls a backup in a folder; a name that somebody gave says nothing about its time.
BACKUP = re.compile(r"portal-\d{8}T\d{6}Z\.zip(\.age)?")
EVERYWHERE = {"0.0.0.0", "[::]", ""}  # noqa: S104 (what systemd says, nothing that listens)
STAYS = re.compile(r"before-\d{8}T\d{6}|lost\+found")  # in DATA_DIR, when the rest is put aside


class Failed(Exception):
    """What went wrong, in a sentence for the operator."""


class NoAnswer(Failed):
    """The portal runs, and does not answer as it should."""


# Programs --------------------------------------------------------------------------


def run(command: list[str], *, capture: bool = False, **options: Any) -> str:
    """Run a program and return what it said, if captured; raise Failed when it fails."""
    output = subprocess.PIPE if capture else None
    done = subprocess.run(command, stdout=output, text=True, check=False, **options)  # noqa: S603 (commands of ours)
    if done.returncode:
        raise Failed(f"`{shlex.join(command)}` ended with status {done.returncode}.")
    return done.stdout or ""


def manage(release: Path, *words: str, capture: bool = False) -> str:
    """Run a management command of a release as the portal's user, with the settings of the service."""
    command = [str(release / ".venv/bin/python"), str(release / "manage.py"), *words]
    return run(command, env=environment(), capture=capture, **as_user())


def systemctl(*words: str) -> str:
    return run(["systemctl", *words], capture=words[0] == "show")


# Settings and folders --------------------------------------------------------------


def environment() -> dict[str, str]:
    """The variables that the service gets, beside those of this shell."""
    lines = SETTINGS.read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith(("#", ";"))]
    settings = {name.strip(): unquoted(name.strip(), value.strip()) for name, _equals, value in pairs}
    if not settings.get("DATA_DIR"):
        raise Failed(f"{SETTINGS} does not say what DATA_DIR is, such as DATA_DIR=/var/lib/prepare-portal.")
    return os.environ | {"HOME": settings["DATA_DIR"]} | settings


def unquoted(name: str, value: str) -> str:
    """A value as systemd reads it: quotes count only where it begins with one."""
    if not value.startswith(("'", '"')):
        return re.sub(r"\\(.)", r"\1", value)
    try:
        return " ".join(shlex.split(value))
    except ValueError:  # the value may be a password, so it is not repeated
        raise Failed(f"{name} in {SETTINGS} begins with a quotation mark and does not end with it.") from None


def data_dir() -> Path:
    return Path(environment()["DATA_DIR"])


def newest_backup() -> Path:
    backups = [file for file in BACKUPS.glob("*") if BACKUP.fullmatch(file.name)]
    if not backups:
        raise Failed(f"There is no backup in {BACKUPS}.")
    return max(backups, key=lambda file: file.name)


@contextlib.contextmanager
def put_aside(folder: Path) -> Iterator[Path]:
    """Move what a folder holds into a new one in it, because it may be a disk of its own.

    Whatever ends the block early, an interruption too, leaves the folder as it was.
    """
    aside = folder / f"before-{time.strftime('%Y%m%dT%H%M%S')}"
    before = {path.name for path in folder.iterdir() if not STAYS.fullmatch(path.name)}
    aside.mkdir(mode=0o700)
    try:
        for name in before:
            (folder / name).rename(aside / name)
        yield aside
    except BaseException:
        moved = {path.name for path in aside.iterdir()}
        for path in list(folder.iterdir()):
            if not STAYS.fullmatch(path.name) and (path.name in moved or path.name not in before):
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for name in moved:
            (aside / name).rename(folder / name)
        aside.rmdir()
        raise


def link(name: Path, target: Path) -> None:
    """Make a link, or have it lead elsewhere, in one step."""
    new = name.with_name(f"{name.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(name)


# The portal's user -----------------------------------------------------------------


def as_user() -> dict[str, Any]:
    """Who runs the portal's code, as options of `subprocess`."""
    user = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    return {**user, "umask": 0o077}


def add_user() -> None:
    try:
        pwd.getpwnam(USER)
    except KeyError:
        run(
            ["useradd", "--system", "--user-group", "--home-dir", str(data_dir()), "--shell", "/usr/sbin/nologin", USER]
        )


def make_private(folder: Path) -> None:
    """Make a folder that the portal's user alone may read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)


def require_readable(file: Path) -> None:
    """Raise Failed unless the portal's user may read a file."""
    if not file.is_file():
        raise Failed(f"There is no file {file}.")
    try:
        run(["test", "-r", str(file)], **as_user())
    except Failed:
        copied = f"`sudo install -m 600 -o {USER} {file} {BACKUPS}` puts a copy where it can; name that one."
        raise Failed(f"The portal's user may not read {file}. {copied}") from None


# The service -----------------------------------------------------------------------


def units(ending: str) -> list[str]:
    return sorted(unit.name for unit in UNITS.glob(f"prepare-portal*{ending}"))


def address() -> tuple[str, int]:
    """Where systemd listens for the portal."""
    said = systemctl("show", "--property=Listen", "--value", SOCKET).split()
    host, _colon, port = said[0].rpartition(":") if said else ("", "", "")
    if not port.isdecimal():
        raise Failed(f"{SOCKET} has to listen at a port first, such as ListenStream=127.0.0.1:8000.")
    return "127.0.0.1" if host in EVERYWHERE else host.strip("[]"), int(port)


def check(host: str, port: int, patience: float = PATIENCE, server: subprocess.Popen[bytes] | None = None) -> None:
    """Return when the portal answers there, with its database and its pages."""
    end = time.monotonic() + patience
    while time.monotonic() < end and (server is None or server.poll() is None):
        with contextlib.suppress(OSError, http.client.HTTPException):
            if all(is_well(host, port, path) for path in ("/readyz", "/", "/pilots/")):
                return
        time.sleep(0.5)
    raise NoAnswer(f"The portal does not answer as it should at {host}, port {port}.")


def is_well(host: str, port: int, path: str) -> bool:
    """Whether a request as the proxy makes it is answered well.

    Where the proxy is on another machine, this one is not believed, and is sent to the site's address.
    """
    site = environment().get("SITE_URL", "").rstrip("/")
    headers = {"Host": urlsplit(site).netloc or "127.0.0.1", "X-Forwarded-Proto": "https"}
    with contextlib.closing(http.client.HTTPConnection(host, port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        is_sent_on = answer.status == http.client.MOVED_PERMANENTLY and answer.headers["Location"] == f"{site}{path}"
        return answer.status == http.client.OK or is_sent_on
