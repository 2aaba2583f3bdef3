"""What several server processes count is told as one, and outlives each of them."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from prepare_portal.metrics_folder import PREFIX
from tests import tables
from tests.browser.server import HOST, ROOT, environment_for, free_port, stop, wait_until_alive
from tests.site.test_metrics import told

# Files and processes are the same whatever the database.
DATABASES = ("sqlite",)
pytestmark = pytest.mark.django_db


def get(port: int, path: str) -> tuple[int, str]:
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=20)) as visitor:
        visitor.request("GET", path)
        answer = visitor.getresponse()
        return answer.status, answer.read().decode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, int]]:
    """A server with two processes: itself, its port, and the one for Prometheus."""
    tables.put_into(str(tmp_path))
    port, own = free_port(), free_port()
    environment = environment_for(str(tmp_path), port, "") | {"METRICS_PORT": str(own), "WEB_CONCURRENCY": "2"}
    process = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment)
    try:
        wait_until_alive(process, port)
        yield process, port, own
    finally:
        stop(process)


def workers(master: subprocess.Popen[bytes]) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()]


def counted(own: int) -> float:
    """How many requests for the page that is not there were counted."""
    labels = (("cache", "none"), ("kind", "page"), ("status", "4xx"))
    return told(get(own, "/metrics")[1]).get(("portal_request_duration_seconds_count", labels), 0)


def folder_of(master: subprocess.Popen[bytes]) -> Path:
    """Where it keeps what is counted: the folder that it holds open."""
    opened = [Path(os.readlink(link)) for link in Path(f"/proc/{master.pid}/fd").iterdir()]
    return next(path for path in opened if path.name.startswith(PREFIX))


def test_what_was_counted_outlives_a_process_and_goes_with_the_server(
    server: tuple[subprocess.Popen[bytes], int, int],
) -> None:
    master, port, own = server
    assert [get(port, "/nowhere/")[0] for _time in range(12)] == [404] * 12
    assert {counted(own) for _time in range(6)} == {12}, "each process tells what both counted"
    assert get(own, "/nowhere/") == (404, "")
    for pid in workers(master):
        os.kill(pid, signal.SIGKILL)
    wait_until_alive(master, port)
    get(port, "/nowhere/")
    assert counted(own) == 13
    folder = folder_of(master)
    assert [*folder.iterdir()]
    stop(master)
    assert not folder.exists()


def test_folder_of_a_server_that_was_killed_is_removed_by_the_next_and_that_of_a_living_one_stays() -> None:
    make = "from prepare_portal.metrics_folder import make_folder; print(make_folder(), flush=True); input()"
    servers = [
        subprocess.Popen([sys.executable, "-c", make], cwd=ROOT, stdin=-1, stdout=-1, text=True) for _n in (1, 2)
    ]
    try:
        killed, living = (Path(server.stdout.readline().strip()) for server in servers)  # type: ignore[union-attr]
        assert killed.stat().st_mode & 0o777 == 0o700
        servers[0].kill()
        servers[0].wait()
        assert killed.exists()
        subprocess.run([sys.executable, "-c", make], cwd=ROOT, input="\n", text=True, check=True, capture_output=True)
        assert (killed.exists(), living.exists()) == (False, True)
    finally:
        for server in servers:
            server.kill()
            server.communicate()
