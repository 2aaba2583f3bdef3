"""How the production server runs. `gunicorn` in this folder reads it; `make run` starts it.

Running it alone checks the settings it reads, and has no other effect.
"""

import contextlib
import gc
import logging
import os
import shutil
import socket
import time
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from prepare_portal import environment
from prepare_portal.logs import JsonFormatter
from prepare_portal.metrics_folder import make_folder

HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.whole_number("PORT", 8000, at_least=1, at_most=65535)

METRICS_PORT, METRICS_TOKEN = environment.metrics_port(PORT), environment.metrics_token()

wsgi_app = "prepare_portal.wsgi"
address = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
# The second one is for Prometheus on this machine; `prepare_portal.metrics` tells the two apart.
bind = [address, f"127.0.0.1:{METRICS_PORT}"] if METRICS_PORT else [address]
if __name__ == "__config__" and (METRICS_PORT or METRICS_TOKEN):  # gunicorn's name for this file
    metrics_folder = make_folder()


class PoliteWorker(ThreadWorker):
    """Gunicorn's worker with threads, which waits for no slow visitor for long, and on the word to stop serves all.

    Gunicorn's own stops accepting and shuts the door when it is done: visitors who connected
    meanwhile are cut off. (With 16 clients at once, each stop cut off 16.)
    """

    door_open_for = 0.3  # seconds; by then every other process has heard the word and let go of the door
    headers_within = 10  # seconds
    # Seconds in which an answer is made and read: a long file by a line of 4 Mbit/s, compressed by a fifth of that.
    # Whoever needs longer gets a part, which has no end or less than its length.
    answered_within = 600

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Until when, by connection: whose headers a thread waits for, and who reads an answer.
        self.listening: dict[Any, float] = {}
        self.answering: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it, in a thread."""
        self.listening[conn] = time.monotonic() + self.headers_within
        try:
            return super().handle(conn)
        finally:
            self.listening.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose headers are there."""
        self.listening.pop(conn, None)
        self.answering[conn] = time.monotonic() + self.answered_within
        try:
            return super().handle_request(req, conn)
        finally:
            self.answering.pop(conn, None)

    def murder_pending(self) -> None:
        """Give up who is slow, once a second: also those who send headers or read answers bit by bit, in a thread."""
        super().murder_pending()
        now = time.monotonic()
        for slow, direction in ((self.listening, socket.SHUT_RD), (self.answering, socket.SHUT_RDWR)):
            for conn, end in list(slow.items()):
                if end < now:
                    with contextlib.suppress(OSError):
                        conn.sock.shutdown(direction)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 (gunicorn's signature)
        """Start or stop accepting; when stopping for good, accept all who came and shut the door at once."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            end = time.monotonic() + self.door_open_for
            while time.monotonic() < end:
                self.accept_all()
                time.sleep(0.005)
            self.accept_all()
            for listener in self.sockets:
                listener.close()
            self.sockets = []

    def accept_all(self) -> None:
        """Accept everyone in the queue, which is never longer than gunicorn's backlog."""
        for listener in self.sockets:
            for _ in range(self.cfg.backlog):
                before = self.nr_conns
                self.accept(listener)
                if self.nr_conns == before:
                    break


# Processes use the cores, threads the time spent waiting for the database.
worker_class = PoliteWorker
workers = environment.whole_number("WEB_CONCURRENCY", 2, at_least=1, at_most=64)
threads = 4
# Loaded once, before the workers: they share its memory, and a wrong setting stops the start
# with its sentence instead of restarting workers for ever.
preload_app = True

# On the word to stop, requests in flight have this many seconds to finish.
graceful_timeout = 30
# Workers say that they are alive by touching a file; on a busy disk that could take too long.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (gunicorn unlinks the file at once)

# The longest address gunicorn can be told to read; a filter with every value chosen stays far below.
limit_request_line = 8190
# Who may say that a request came by HTTPS: by default only a proxy on this machine.
forwarded_allow_ips = environment.proxies()
# One header of theirs is believed, no other: gunicorn would also take https from two older ones.
secure_scheme_headers = {"X-FORWARDED-PROTO": "https"}
# The portal stands at the root of its host. By default a proxy may move it to another prefix with a header
# SCRIPT_NAME, and a proxy on this machine passes on what a visitor wrote there.
forwarder_headers = ""
# Nothing but HTTP steers the server.
control_socket_disable = True

# No access log: it would hold visitors' addresses.
accesslog = None
loglevel = "warning"


class WithoutAddresses(logging.Filter):
    """Drops the one message of gunicorn that names a visitor's address: a request it could not read."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record may be written."""
        return not record.getMessage().startswith("Invalid request from ip=")


class JsonLogger(Logger):
    """Gunicorn's log in the form of the site's own.

    A `logconfig_dict` would do it too, but switches on the work for an access log on every request.
    """

    def setup(self, cfg: Any) -> None:
        """Set the log up as gunicorn does, then give it the form and the filter."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())
            handler.addFilter(WithoutAddresses())
        # It warns of every HEAD request, because Django leaves it to the server to drop the body.
        logging.getLogger("gunicorn.http.wsgi").setLevel(logging.ERROR)


logger_class = JsonLogger


def when_ready(server: Any) -> None:
    """Say where the site is; everything else gunicorn says at the start is for its own developers."""
    print(f"The portal answers at http://{address}", flush=True)


def on_exit(server: Any) -> None:
    """Leave nothing in memory."""
    if METRICS_PORT or METRICS_TOKEN:
        shutil.rmtree(metrics_folder, ignore_errors=True)


def pre_fork(server: Any, worker: Any) -> None:
    """Close what the parent may have opened while loading: two processes on one connection corrupt it."""
    from django.db import connections

    connections.close_all()


def post_worker_init(worker: Any) -> None:
    """Read what pages are made from, so that the first visitor does not wait for it; the database may be away yet."""
    from django.db import DatabaseError, connections

    from pilots.index.content_version import current
    from pilots.index.pilots import index
    from pilots.search.names import names
    from pilots.workflow.scheduler import Scheduler

    with contextlib.suppress(DatabaseError):
        names(index())
    # With many entries, each full look for garbage through what stays anyway takes a tenth of a second.
    gc.collect()
    gc.freeze()
    connections.close_all()  # visitors are served by other threads
    Scheduler(then=current).start()
