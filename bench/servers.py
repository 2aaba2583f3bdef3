"""Starts the portal and its peers, each as in production and on one core, and stops them at the end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.stock import ROOT, Stock, clean_environment

PEERS = ROOT / "bench" / "peers"
PATIENCE = 180  # seconds until a server answers
SITE = "pilots.example.org"
# A proxy in front says that the visitor came by HTTPS; every browser takes compressed pages.
COMPRESSED = {"Accept-Encoding": "gzip, deflate, br"}
BEHIND_PROXY = COMPRESSED | {"Host": SITE, "X-Forwarded-Proto": "https"}


class DidNotStart(RuntimeError):
    """A server ended or stayed silent; the message holds what it said."""


@dataclass(frozen=True)
class Server:
    """A server that answers. `seconds` is how long it took until it did."""

    port: int
    process: "subprocess.Popen[Any]"
    headers: dict[str, str] = field(default_factory=lambda: COMPRESSED)
    seconds: float = 0.0

    @property
    def megabytes(self) -> float:
        """The memory of its worker, what it shares with its parent included."""
        own = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return max(resident(process) for process in own or [str(self.process.pid)])


def resident(process: str) -> float:
    """The megabytes of memory that a process occupies."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


@contextlib.contextmanager
def portal(stock: Stock, core: int, *, cached: bool, workers: int = 1) -> Iterator[Server]:
    """Serve the portal in production, with its page cache or without."""
    environment = stock.environment | {
        "SITE_URL": f"https://{SITE}",
        "CONTACT_EMAIL": f"editors@{SITE}",
        "SECRET_KEY": "only for measuring " * 4,
        "PAGE_CACHE": "on" if cached else "off",
        "WEB_CONCURRENCY": str(workers),
    }
    command = [Path(sys.executable).parent / "gunicorn"]
    with _serving(command, ROOT, environment, core, BEHIND_PROXY) as server:
        yield server


@contextlib.contextmanager
def django_peer(folder: str, app: str, programs: Path, core: int, **settings: str) -> Iterator[Server]:
    """Serve a peer made with Django: `folder` is its place beside the others, `app` its WSGI application."""
    command = [programs / "gunicorn", "--config", PEERS / "serving.py", app]
    with _serving(command, PEERS / folder, clean_environment() | settings, core, COMPRESSED) as server:
        yield server


@contextlib.contextmanager
def datasette(database: Path, programs: Path, core: int, *, tuned: bool) -> Iterator[Server]:
    """Serve a database with Datasette, with exact facets. Tuned: it never changes, and no more facets are suggested."""
    limits = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000} | ({"suggest_facets": "off"} if tuned else {})
    settings = [part for name, value in limits.items() for part in ("--setting", name, str(value))]
    command = [programs / "datasette", "serve", *(["--immutable"] if tuned else []), database, *settings, "--port"]
    with _serving(command, database.parent, clean_environment(), core, COMPRESSED, port_last=True) as server:
        yield server


@contextlib.contextmanager
def _serving(
    command: Sequence[Any],
    folder: Path,
    environment: dict[str, str],
    core: int,
    headers: dict[str, str],
    *,
    port_last: bool = False,
) -> Iterator[Server]:
    port = _free_port()
    start = time.monotonic()
    with (Path(environment.get("BENCH_LOG", os.devnull))).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 (our own words)
            [*command, *([str(port)] if port_last else [])],
            cwd=folder,
            env=environment | {"PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
    try:
        _wait(process, port)
        yield Server(port, process, headers, time.monotonic() - start)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait(process: "subprocess.Popen[Any]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.02)
    raise DidNotStart(f"{process.args} did not start. BENCH_LOG=file keeps what servers say.")
