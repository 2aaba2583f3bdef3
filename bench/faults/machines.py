"""Three machines on one PostgreSQL behind nginx, as docs/scaling.md has them, and pgbouncer in between."""

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from bench.faults.network import behind_proxy
from bench.faults.service import Service
from bench.faults.stores import POSTGRESQL, Postgresql, Store
from bench.faults.traffic import Target
from bench.faults.trial import Fault, Trial, tool
from bench.stock import ROOT
from tests import databases

MACHINES, TIMES, AWAY = 3, 10, 10
PUBLISHES = """
import sys, django
django.setup()
from django.contrib.auth.models import User
from pilots import workflow
from pilots.models import Pilot
reviewer = User.objects.get(username="editor0")
print("ready", flush=True)
for line in sys.stdin:
    copy = workflow.revise(Pilot.objects.get(slug="avignon"), by=reviewer)
    copy.set_current_language("en")
    copy.summary = line.strip()
    copy.save()
    workflow.publish(copy, by=reviewer)
    print("done", flush=True)
"""


class Spread(Fault):
    """The portal on three machines."""

    databases = (POSTGRESQL,)
    editors, visitors = 3, 3
    services: list[Service]

    def targets(self, scratch: contextlib.ExitStack, folder: Path, service: Service) -> list[Target]:
        self.services = [service]
        for number in range(1, MACHINES):
            data = folder / f"machine-{number}"
            data.mkdir()
            other = Service({**service.environment, "DATA_DIR": str(data)}, folder / f"portal-{number}.log")
            scratch.callback(other.stop)
            other.start()
            self.services.append(other)
        self.proxy: list[int] = []
        return [behind_proxy("nginx", scratch, folder, self.services, self.proxy)]


class LostMachine(Spread):
    title = "one machine of three is lost"
    says = "`kill -9` of all its processes, and its port is closed; ten seconds later it is there again"

    def happen(self, trial: Trial) -> None:
        self.services[1].switch_off()
        time.sleep(AWAY)
        self.services[1].switch_on()
        trial.cause_ended()


class RestartedInTurn(Spread):
    title = "three machines are restarted one after the other"
    says = "as an upgrade of each does it; nothing may be lost"

    def happen(self, trial: Trial) -> None:
        for service in self.services:
            service.restart()
        trial.cause_ended()
        trial.holds = all(asked.is_good for asked in trial.traffic.asked)


class PublishedElsewhere(Spread):
    title = f"an entry is published {TIMES} times, and each of three machines is asked for it"
    says = "by a fourth process; each machine has to show the new words at the first request after that"

    def happen(self, trial: Trial) -> None:
        seen = 0
        command = [sys.executable, "-c", PUBLISHES]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, cwd=ROOT, env=trial.service.environment, **pipes) as writer:  # type: ignore[call-overload]
            wait_for("ready", writer.stdout)
            for number in range(TIMES):
                words = f"These words came as number {number}."
                print(words, file=writer.stdin, flush=True)
                wait_for("done", writer.stdout)
                pages = (Target(service.port).ask("/pilots/avignon/") for service in self.services)
                seen += sum(status == 200 and words in page for status, page, _location in pages)
            writer.stdin.close()
        asked = TIMES * MACHINES
        trial.notes.append(f"{seen} of {asked} pages had the new words at the first request")
        trial.holds = seen == asked
        trial.cause_ended()


def wait_for(word: str, lines: Iterable[str]) -> None:
    """Read until this word came; lines of the logs come in between."""
    next(line for line in lines if line.strip() == word)


class RestartedBouncer(Fault):
    title = "pgbouncer in session mode is restarted"
    says = "it stands between the portal and PostgreSQL, is killed, and is there again two seconds later"
    databases = (POSTGRESQL,)

    def database_url(self, scratch: contextlib.ExitStack, folder: Path, store: Store) -> str:
        assert isinstance(store, Postgresql)
        self.bouncer = Bouncer(folder, store)
        scratch.callback(self.bouncer.stop)
        self.bouncer.start()
        return self.bouncer.url

    def happen(self, trial: Trial) -> None:
        self.bouncer.stop()
        time.sleep(2)
        self.bouncer.start()
        trial.cause_ended()


class Bouncer:
    """pgbouncer in front of a server, reached by a socket beside that of the server."""

    def __init__(self, folder: Path, store: Postgresql, mode: str = "session") -> None:
        self.store, self.file = store, folder / f"pgbouncer-{mode}.ini"
        self.url = re.sub(r":\d+/", ":6432/", store.url)
        self.file.write_text(
            f"[databases]\npostgres = host={store.socket} port={store.port} user=postgres\n[pgbouncer]\nlisten_addr =\n"
            f"listen_port = 6432\nunix_socket_dir = {store.socket}\nauth_type = any\npool_mode = {mode}\n"
            "default_pool_size = 50\nignore_startup_parameters = extra_float_digits\n"
        )
        self.file.chmod(0o644)

    def start(self) -> None:
        """Start it, and return when it takes connections."""
        owner = databases.make_ours(Path(self.store.socket))
        with self.file.with_suffix(".log").open("ab") as log:
            command = [tool("pgbouncer"), str(self.file)]
            self.server = subprocess.Popen(command, stdout=log, stderr=log, **owner)
        door, end = Path(self.store.socket) / ".s.PGSQL.6432", time.monotonic() + databases.PATIENCE
        while not door.exists():
            if time.monotonic() > end:
                raise RuntimeError(f"pgbouncer did not start: {self.file.with_suffix('.log').read_text()[-500:]}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Kill it."""
        self.server.kill()
        self.server.wait()
        (Path(self.store.socket) / ".s.PGSQL.6432").unlink(missing_ok=True)


FAULTS = (LostMachine, RestartedInTurn, PublishedElsewhere, RestartedBouncer)
