"""The portal as systemd runs it by the units in deploy/systemd: started in steps, and started again when it dies."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.stock import ROOT, clean_environment
from tests.browser.server import answers

SITE = "pilots.example.org"
UNIT = (ROOT / "deploy" / "systemd" / "prepare-portal.service").read_text()
RESTART_AFTER, STOP_WITHIN = (
    int(re.findall(rf"^{name}=(\d+)$", UNIT, re.MULTILINE)[0]) for name in ("RestartSec", "TimeoutStopSec")
)
PATIENCE = 120  # seconds until it answers
BACKLOG = 2048  # connections that wait for a portal that starts
PYTHON = sys.executable
STEPS_BEFORE = ([PYTHON, "gunicorn.conf.py"], [PYTHON, "manage.py", "set_up"])
SERVER = Path(PYTHON).parent / "gunicorn"
# What systemd does with the socket that it holds: visitors who come while the portal starts wait in it. By bash: dash
# knows files of one digit only.
WITH_SOCKET = 'exec 3<&"$SOCKET"; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$0"'


def production(folder: Path, database_url: str, **settings: str) -> dict[str, str]:
    """The environment of the portal in production, without a second factor, as a test machine may have it."""
    return clean_environment() | {
        "SITE_URL": f"https://{SITE}",
        "CONTACT_EMAIL": f"editors@{SITE}",
        "SECRET_KEY": "only for breaking things " * 4,
        "SECOND_FACTOR": "none",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "prepare_portal.settings",
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }


class Service:
    """One machine's portal. A thread stands in for systemd."""

    def __init__(
        self,
        environment: Mapping[str, str],
        log: Path,
        before: Sequence[Sequence[str]] = STEPS_BEFORE,
    ) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
        self.port = self.socket.getsockname()[1]
        self.environment = {**environment, "PORT": str(self.port), "SOCKET": str(self.socket.fileno())}
        self.log, self.before = log, before
        self.master: subprocess.Popen[bytes] | None = None
        self.is_wanted = threading.Event()
        self.systemd: threading.Thread | None = None

    def start(self) -> None:
        """Start it, and return when it answers."""
        self.order_start()
        end = time.monotonic() + PATIENCE
        while not answers(self.port, SITE):
            if time.monotonic() > end:
                raise RuntimeError(f"The portal did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def order_start(self) -> None:
        """Start it without waiting."""
        self.is_wanted.set()
        self.systemd = threading.Thread(target=self._keep_running, daemon=True)
        self.systemd.start()

    def stop(self) -> None:
        """Stop it as `systemctl stop` does, and return when it has ended."""
        self.is_wanted.clear()
        with contextlib.suppress(ProcessLookupError, AttributeError):
            self.master.terminate()  # type: ignore[union-attr]
        if self.systemd:
            self.systemd.join()

    def restart(self, **settings: str) -> None:
        """Restart it, with other settings if any are given; return when it answers."""
        self.stop()
        self.environment |= settings
        self.start()

    def kill_master(self) -> None:
        """Kill gunicorn's first process."""
        os.kill(self._running().pid, signal.SIGKILL)

    def switch_off(self) -> None:
        """Lose the machine: its processes are killed, and nobody takes connections any more."""
        self.is_wanted.clear()
        os.killpg(self._running().pid, signal.SIGKILL)
        self.socket.close()

    def switch_on(self) -> None:
        """Start the machine again, at the same port; return when it answers."""
        self.socket = socket.create_server(("127.0.0.1", self.port), backlog=BACKLOG)
        self.environment["SOCKET"] = str(self.socket.fileno())
        self.start()

    def workers(self) -> list[int]:
        """The ids of the processes that serve."""
        with contextlib.suppress(FileNotFoundError):
            pid = self._running().pid
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return []

    def processes(self) -> list[int]:
        """The ids of all its processes."""
        return [self._running().pid, *self.workers()]

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self.master, "it was never started"
        return self.master

    def _keep_running(self) -> None:
        """Run the steps of the unit again and again until it ends well or is no longer wanted."""
        while self.is_wanted.is_set():
            if all(self._step(step) == 0 for step in self.before):
                self.master = self._popen(["bash", "-c", WITH_SOCKET, str(SERVER)])
                status = self._wait_for_end(self.master)
                if status == 0 or not self.is_wanted.is_set():
                    return
            time.sleep(RESTART_AFTER)

    def _step(self, command: Sequence[str]) -> int:
        return self._popen(command).wait() if self.is_wanted.is_set() else 1

    def _wait_for_end(self, master: "subprocess.Popen[bytes]") -> int:
        """Return its status; then what is left of its processes is killed, as systemd does."""
        while True:
            try:
                status = master.wait(STOP_WITHIN)
                break
            except subprocess.TimeoutExpired:
                if not self.is_wanted.is_set():
                    master.kill()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(master.pid, signal.SIGKILL)
        return status

    def _popen(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[self.socket.fileno()],
                process_group=0,
            )
