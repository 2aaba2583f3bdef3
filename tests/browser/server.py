"""The site as visitors get it: the real production server, on a port and a database of its own."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prepare_portal.environment import VARIABLES
from tests import tables

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
ADMIN_PASSWORD = "a-password-for-tests-only"
PATIENCE = 40  # seconds; stopping takes up to gunicorn's graceful_timeout


class SiteDidNotStart(RuntimeError):
    """The server ended or stayed silent; what it said stands above."""


@dataclass(frozen=True)
class Site:
    """A running site, with one user, `admin`."""

    url: str
    environment: dict[str, str] = field(default_factory=dict, repr=False, hash=False)
    admin_password: str = ADMIN_PASSWORD

    def manage(self, *command: str) -> None:
        """Run one of the site's management commands."""
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=self.environment, check=True)


@contextlib.contextmanager
def serve(database_url: str = "", sample: Sequence[str] = ()) -> Iterator[Site]:
    """Set a site up with the nine pilots, on SQLite unless told otherwise, and serve it until the end of the block.

    `sample` are options for `make_sample`, to have invented pilots instead.
    """
    with tempfile.TemporaryDirectory(prefix="portal-site-") as folder:
        port = free_port()
        environment = environment_for(folder, port, database_url)
        site = Site(f"http://{HOST}:{port}", environment)
        tables.put_into(folder)
        for command in [["migrate", "--verbosity=0"], ["make_sample", *sample]] if sample else []:
            site.manage(*command)
        site.manage("set_up")
        with running(environment):
            yield site


@contextlib.contextmanager
def serve_again(site: Site, **settings: str) -> Iterator[Site]:
    """Serve what a site has once more, with other settings."""
    port = free_port()
    environment = site.environment | settings | {"PORT": str(port)}
    with running(environment):
        yield Site(f"http://{HOST}:{port}", environment)


@contextlib.contextmanager
def running(environment: dict[str, str], host: str = HOST) -> Iterator[None]:
    """Run the production server with this environment, from when it answers to its `host` to the end of the block."""
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment)
    try:
        wait_until_alive(server, int(environment["PORT"]), host)
        yield
    finally:
        stop(server)


def environment_for(folder: str, port: int, database_url: str) -> dict[str, str]:
    """The environment of the site: nothing of the portal's settings but what is said here."""
    inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "prepare_portal.settings",  # pytest's own settings are for pytest's own process
        "ADMIN_PASSWORD": ADMIN_PASSWORD,
        "DATABASE_URL": database_url,
        "DATA_DIR": folder,
        "HOST": HOST,
        "PORT": str(port),
    }


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_alive(server: subprocess.Popen[bytes], port: int, host: str = HOST) -> None:
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        if answers(port, host):
            return
        time.sleep(0.1)
    raise SiteDidNotStart(f"The site did not answer on port {port}.")


def answers(port: int, host: str = HOST) -> bool:
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=5)) as connection:
        try:
            connection.request("GET", "/livez", headers={"Host": host})
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False


def stop(server: subprocess.Popen[bytes]) -> None:
    """Let the server finish and end it."""
    server.terminate()
    try:
        server.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
