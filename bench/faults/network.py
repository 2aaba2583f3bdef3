"""A mail server that says nothing, a proxy that drops connections, a thousand visitors who are slow."""

import contextlib
import random
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from bench.faults.service import SITE, Service
from bench.faults.stores import SQLITE
from bench.faults.traffic import TOKEN, Target
from bench.faults.trial import Fault, Trial, run, tool

SEED = 1
SLOW, SOURCES = 1000, 20  # connections, and addresses that they come from
LASTS = 20  # seconds


class SilentMailServer(Fault):
    title = "the mail server accepts and says nothing"
    says = "eight requests for a new password, each of which sends a letter; then the portal is restarted"

    def settings(self, scratch: contextlib.ExitStack, folder: Path) -> dict[str, str]:
        silent = scratch.enter_context(socket.create_server(("127.0.0.1", 0), backlog=100))
        return {"EMAIL_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}"}

    def happen(self, trial: Trial) -> None:
        for number in range(8):
            form = urlencode({"email": f"editor{number}@example.org", "csrfmiddlewaretoken": TOKEN}).encode()
            cookies = {"Cookie": f"__Host-csrf={TOKEN}", "Referer": f"https://{SITE}/admin/"}
            began = time.monotonic()
            status, _text, _location = trial.traffic.targets[0].ask("/admin/password_reset/", form, **cookies)
            trial.traffic.note("letter", began, status, {302})
        time.sleep(15)
        began = time.monotonic()
        trial.service.restart()
        trial.notes.append(f"restart took {time.monotonic() - began:.1f} s")
        trial.cause_ended()


class DroppingProxy(Fault):
    title = "a proxy drops one connection in five"
    says = "anywhere in a request or its answer, at random, for twenty seconds"

    def targets(self, scratch: contextlib.ExitStack, folder: Path, service: Service) -> list[Target]:
        self.proxy = Dropper(service.port)
        return [Target(self.proxy.port)]

    def happen(self, trial: Trial) -> None:
        self.proxy.drops = 0.2
        time.sleep(LASTS)
        self.proxy.drops = 0
        trial.cause_ended()


class Dropper:
    """Hands bytes on between visitors and a port, and drops as many connections as `drops` says, after some bytes."""

    def __init__(self, behind: int) -> None:
        self.behind, self.drops, self.dice = behind, 0.0, random.Random(SEED)
        self.door = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            visitor, _address = self.door.accept()
            try:
                portal = socket.create_connection(("127.0.0.1", self.behind))
            except OSError:
                visitor.close()
                continue
            bytes_left = [self.dice.randrange(1, 20_000) if self.dice.random() < self.drops else None]
            for ends in ((visitor, portal), (portal, visitor)):
                threading.Thread(target=self._hand_on, args=(*ends, bytes_left), daemon=True).start()

    def _hand_on(self, source: socket.socket, to: socket.socket, bytes_left: list[int | None]) -> None:
        """Until one end has closed, or there are no bytes left."""
        with contextlib.suppress(OSError):
            while part := source.recv(4096):
                if bytes_left[0] is not None:
                    part, bytes_left[0] = part[: bytes_left[0]], max(0, bytes_left[0] - len(part))
                to.sendall(part)
                if bytes_left[0] == 0:
                    break
        for end in (source, to):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class SlowConnections(Fault):
    """Through the documented proxy, which collects requests and answers."""

    databases = (SQLITE,)  # none of it reaches a database
    says = (
        f"from {SOURCES} addresses at once, for twenty seconds: a third each send headers, send a form, and read a "
        "file a byte at a time"
    )
    proxy = "nginx"

    def targets(self, scratch: contextlib.ExitStack, folder: Path, service: Service) -> list[Target]:
        return [behind_proxy(self.proxy, scratch, folder, [service])]

    def happen(self, trial: Trial) -> None:
        with contextlib.ExitStack() as open_ones:
            slow = [self.connection(trial, open_ones, number) for number in range(SLOW)]
            trial.notes.append(f"{sum(line is not None for line in slow)} connections were open at once")
            end = time.monotonic() + LASTS
            while time.monotonic() < end:
                for line in filter(None, slow):
                    with contextlib.suppress(OSError):
                        line.send(b"a")
                time.sleep(1)
        trial.cause_ended()

    def connection(self, trial: Trial, open_ones: contextlib.ExitStack, number: int) -> ssl.SSLSocket | None:
        """One that has begun a request; None where the proxy would not have it."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        source = (f"127.0.1.{number % SOURCES + 1}", 0)
        begins = (
            f"GET / HTTP/1.1\r\nHost: {SITE}\r\nX-Slow: ",
            f"POST /admin/login/ HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 5000\r\n\r\nusername=",
            f"GET /pilots.csv HTTP/1.1\r\nHost: {SITE}\r\n\r\nGET / HTTP/1.1\r\nX-Slow: ",
        )
        try:
            plain = socket.create_connection(("127.0.0.1", trial.traffic.targets[0].port), 5, source)
            line = open_ones.enter_context(context.wrap_socket(plain, server_hostname=SITE))
            line.sendall(begins[number % 3].encode())
            line.settimeout(0)
        except OSError:
            return None
        return line


def behind_proxy(
    name: str, scratch: contextlib.ExitStack, folder: Path, services: Sequence[Service], pids: list[int] | None = None
) -> Target:
    """Start nginx or Caddy by the delivered file in front of these machines; its process is added to `pids`."""
    from tests.proxies import check  # knows models, so the portal's code has to be set up first

    tool(name)
    certificate = folder / "cert.pem", folder / "key.pem"
    subject = ["-subj", f"/CN={SITE}", "-addext", f"subjectAltName=DNS:{SITE}"]
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    run(*new, "-out", certificate[0], "-keyout", certificate[1])
    command, proxy = getattr(check, name)(folder, services[0].port, certificate)
    name_all(folder / "site.conf", services)
    home = {"PATH": "/usr/bin:/usr/sbin:/bin", "HOME": str(folder)}
    with (folder / "proxy.log").open("wb") as log:
        server = subprocess.Popen(command, env=home, stdout=log, stderr=log)
    scratch.callback(server.wait)
    scratch.callback(server.terminate)
    check.wait_for(proxy, server, folder / "proxy.log")
    (pids if pids is not None else []).append(server.pid)
    return Target(proxy.https, tls=True)


def name_all(site: Path, services: Sequence[Service]) -> None:
    """Have nginx spread visitors over these machines, as docs/scaling.md says: each is a server of the upstream."""
    if len(services) > 1:
        one, text = f"server 127.0.0.1:{services[0].port};", site.read_text()
        site.write_text(text.replace(one, " ".join(f"server 127.0.0.1:{service.port};" for service in services)))


class SlowConnectionsNginx(SlowConnections):
    title = "1,000 slow connections through nginx"


class SlowConnectionsCaddy(SlowConnections):
    title = "1,000 slow connections through Caddy"
    proxy = "caddy"


FAULTS = (SilentMailServer, DroppingProxy, SlowConnectionsNginx, SlowConnectionsCaddy)
