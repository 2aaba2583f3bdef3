"""Who sends a request or reads an answer bit by bit does not hold a thread of the server for long."""

import socket
import threading
from contextlib import suppress
from importlib.util import module_from_spec, spec_from_file_location
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from gunicorn.workers.gthread import ThreadWorker

from tests.site.server import configuration

# No page is asked.
DATABASES = ("sqlite",)


@pytest.fixture
def worker() -> Any:
    """Return a worker of the production server that serves nobody yet."""
    spec: Any = spec_from_file_location("server_settings", settings.BASE_DIR / "gunicorn.conf.py")
    spec.loader.exec_module(module := module_from_spec(spec))
    made = module.PoliteWorker(1, 1, [], SimpleNamespace(), 30, configuration(), SimpleNamespace())
    yield made
    made.tmp.close()


@pytest.fixture
def line() -> Any:
    """Return both ends of a connection."""
    visitor, server = socket.socketpair()
    server.settimeout(20)
    connection = Mock()
    connection.sock = server
    yield visitor, connection
    visitor.close()
    server.close()


def handle(worker: Any, line: Any, monkeypatch: pytest.MonkeyPatch, *, headers_are_there: bool) -> list[bytes]:
    """Let a thread of the server read a request, and the server look whom to give up. Return what the thread read."""
    visitor, connection = line
    waits, read = threading.Event(), []

    def listen(_worker: Any, conn: Any) -> None:
        if headers_are_there:
            worker.handle_request(None, conn)
        waits.set()
        read.append(conn.sock.recv(1))

    monkeypatch.setattr(ThreadWorker, "handle", listen)
    monkeypatch.setattr(ThreadWorker, "handle_request", lambda *_args: None)
    worker.headers_within = -1
    thread = threading.Thread(target=worker.handle, args=[connection])
    thread.start()
    assert waits.wait(20)
    worker.murder_pending()
    with suppress(BrokenPipeError):
        visitor.sendall(b"x")
    thread.join()
    assert not worker.listening
    return read


def test_connection_whose_headers_do_not_come_is_given_up(
    worker: Any, line: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert handle(worker, line, monkeypatch, headers_are_there=False) == [b""]


def test_request_that_is_answered_may_take_its_time(worker: Any, line: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert handle(worker, line, monkeypatch, headers_are_there=True) == [b"x"]


@pytest.mark.parametrize(("seconds", "is_whole"), [(-1, False), (600, True)])
def test_answer_that_is_not_read_is_ended_after_a_time(
    worker: Any, line: Any, monkeypatch: pytest.MonkeyPatch, seconds: int, *, is_whole: bool
) -> None:
    visitor, connection = line
    answer, begins, broken = bytes(4_000_000), threading.Event(), []  # more than a socket holds

    def send(_worker: Any, _request: Any, conn: Any) -> None:
        begins.set()
        try:
            conn.sock.sendall(answer)
        except BrokenPipeError as error:
            broken.append(error)

    monkeypatch.setattr(ThreadWorker, "handle_request", send)
    worker.answered_within = seconds
    thread = threading.Thread(target=worker.handle_request, args=[None, connection])
    thread.start()
    assert begins.wait(20)
    worker.murder_pending()
    connection.sock.settimeout(20)
    received = 0
    while received < len(answer) and (some := visitor.recv(1_000_000)):
        received += len(some)
    thread.join()
    assert (received == len(answer), not broken) == (is_whole, is_whole)
    assert not worker.answering
