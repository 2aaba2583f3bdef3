"""Stands in for systemd where none runs: does what `systemctl` is told, by what the installed unit files say.

It holds the socket while the service is restarted, runs ExecStartPre and ExecStart as they stand there, and waits for
READY=1 from a service of Type=notify. It does not lock anything in, and runs no timers.
"""

import os
import shlex
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from prepare_portal.environment import VARIABLES
from tests.browser.server import HOST
from tests.deploy.unit_files import Values, values

PATIENCE = 120  # seconds; a start migrates first
# What `systemctl` is while this stands in: it hands its words on, and says what comes back.
SYSTEMCTL = """#!{python}
import socket, sys
with socket.socket(socket.AF_UNIX) as manager:
    manager.connect("{address}")
    manager.sendall("\\0".join(sys.argv[1:]).encode() or b"\\0")
    manager.shutdown(socket.SHUT_WR)
    status, _, said = manager.makefile().read().partition("\\n")
print(said, end="")
sys.exit(int(status))
"""


def plain_environment() -> dict[str, str]:
    """The variables of this process without those that make the portal run under tests."""
    ours = {*VARIABLES, "DJANGO_SETTINGS_MODULE", "PORTAL_TESTS"}
    return {name: value for name, value in os.environ.items() if name not in ours}


class ServiceManager:
    """The units in one folder that stands for a machine."""

    def __init__(self, machine: Path, own: dict[str, Callable[[], None]] | None = None) -> None:
        self.machine, self.own = machine, own or {}
        self.units = machine / "etc/systemd/system"
        self.port = 0  # until the socket is open; then always the same
        self.listener: socket.socket | None = None
        self.server: subprocess.Popen[bytes] | None = None
        self.log = machine / "journal"

    def act(self, words: list[str]) -> str:
        """Do what `systemctl` was told; raise CalledProcessError where a unit fails."""
        verb, *units = [word for word in words if not word.startswith("-")]
        if verb == "show":
            return f"{HOST}:{self.port} (Stream)\n"
        for unit in units:
            if unit in self.own:
                self.own[unit]()
            elif verb in {"stop", "restart"}:
                self.stop(unit)
            if verb in {"start", "restart"} or (verb == "enable" and "--now" in words):
                self.start(unit)
        return ""

    def start(self, unit: str) -> None:
        assert (self.units / unit).exists() or unit in self.own, f"There is no unit {unit}"
        if unit.endswith(".socket") and not self.listener:
            self.listener = socket.create_server((HOST, self.port), backlog=2048)
            self.port = self.listener.getsockname()[1]
        if unit == "prepare-portal.service" and not self.server:
            self.start("prepare-portal.socket")
            self.serve(values(unit, self.units))

    def serve(self, said: Values) -> None:
        """Start the service, with the socket as its third descriptor, and return when it is ready."""
        assert self.listener
        env = plain_environment() | self.settings(said)
        folder = self.here(said["WorkingDirectory"][-1])
        with self.log.open("ab") as log:
            for command in said["ExecStartPre"]:
                subprocess.run(shlex.split(self.here(command)), cwd=folder, env=env, stdout=log, stderr=log, check=True)
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified:
                address = self.machine / "notify"
                address.unlink(missing_ok=True)
                notified.bind(str(address))
                env |= {"NOTIFY_SOCKET": str(address), "LISTEN_FDS": "1"}
                number = self.listener.fileno()
                command = ["bash", "-c", f'LISTEN_PID=$$ exec "$@" 3<&{number}', "-"]
                command += shlex.split(self.here(said["ExecStart"][-1]))
                self.server = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, pass_fds=[number])
                self.wait_until_ready(notified)

    def wait_until_ready(self, notified: socket.socket) -> None:
        """Return when the service says so; raise AssertionError when it ends before."""
        notified.settimeout(1)
        for _second in range(PATIENCE):
            with suppress(TimeoutError):
                if b"READY=1" in notified.recv(1000):
                    return
            if self.server and self.server.poll() is not None:
                break
        self.stop("prepare-portal.service")
        raise AssertionError("The service did not start.")

    def stop(self, unit: str) -> None:
        if unit == "prepare-portal.service" and self.server:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(PATIENCE)
            self.server = None
        if unit.endswith(".socket") and self.listener:
            self.listener.close()
            self.listener = None

    def settings(self, said: Values) -> dict[str, str]:
        """What the files named by EnvironmentFile say."""
        lines = [line for name in said["EnvironmentFile"] for line in Path(self.here(name)).read_text().splitlines()]
        return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    def here(self, text: str) -> str:
        """The text with the folders of this machine."""
        return text.replace("/srv/", f"{self.machine}/srv/").replace("/etc/", f"{self.machine}/etc/")


@contextmanager
def running(manager: ServiceManager) -> Iterator[Path]:
    """Listen for `systemctl`, and yield the folder where that is; stop everything at the end."""
    programs = manager.machine / "stand-in"
    programs.mkdir()
    address = programs / "manager"
    command = programs / "systemctl"
    command.write_text(SYSTEMCTL.format(python=sys.executable, address=address))
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen()
        threading.Thread(target=answer, args=(manager, listener), daemon=True).start()
        try:
            yield programs
        finally:
            manager.stop("prepare-portal.service")
            manager.stop("prepare-portal.socket")


def answer(manager: ServiceManager, listener: socket.socket) -> None:
    """Answer each `systemctl` until the socket is closed."""
    while True:
        try:
            connection, _address = listener.accept()
        except OSError:
            return
        with connection, connection.makefile() as file:
            try:
                said = "0\n" + manager.act(file.read().split("\0"))
            except BaseException as error:  # noqa: BLE001 (whatever it is, the one who asked is told)
                said = f"1\n{error!r}\n"
            connection.sendall(said.encode())
