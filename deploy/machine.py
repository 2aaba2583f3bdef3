"""What `portal` finds on the machine: folders, the settings of the service, the user who runs it, and systemd."""

import contextlib
import http.client
import os
import pwd
import shlex
import shutil
import subprocess
import time
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


class Failed(Exception):
    """What went wrong, in a sentence for the operator."""


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
    settings = {name.strip(): " ".join(shlex.split(value)) for name, _equals, value in pairs}
    return os.environ | {"HOME": settings["DATA_DIR"]} | settings


def data_dir() -> Path:
    return Path(environment()["DATA_DIR"])


def newest_backup() -> Path:
    backups = sorted(BACKUPS.glob("portal-*.zip*"))
    if not backups:
        raise Failed(f"There is no backup in {BACKUPS}.")
    return backups[-1]


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


# The service -----------------------------------------------------------------------


def units(ending: str) -> list[str]:
    return sorted(unit.name for unit in UNITS.glob(f"prepare-portal*{ending}"))


def port() -> int:
    """Where systemd listens for the portal."""
    return int(systemctl("show", "--property=Listen", "--value", SOCKET).split()[0].rpartition(":")[2])


def check(port: int, patience: float = PATIENCE, server: subprocess.Popen[bytes] | None = None) -> None:
    """Return when the portal answers on a port, with its database and its pages."""
    end = time.monotonic() + patience
    while time.monotonic() < end and (server is None or server.poll() is None):
        with contextlib.suppress(OSError, http.client.HTTPException):
            if all(ask(port, path) == http.client.OK for path in ("/readyz", "/", "/pilots/")):
                return
        time.sleep(0.5)
    raise Failed(f"The portal does not answer as it should on port {port}.")


def ask(port: int, path: str) -> int:
    """The status of an answer to a request as the proxy makes it."""
    host = urlsplit(environment().get("SITE_URL", "")).netloc or "127.0.0.1"
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
