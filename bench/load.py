"""Asks a server for one page as often as it can, and says how often that was. Every answer is checked.

With wrk where it is installed, otherwise with a few threads of Python.
"""

import gzip
import http.client
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli

from bench.servers import Server

CONNECTIONS = 4
PATIENCE = 120  # seconds for one answer
MINUTE = 60.0  # seconds
PLAY = 200  # bytes, as in every_answer.lua
FEWEST = 12  # answers in a turn, so that a slow page is not measured by one or two
LONGEST = 6.0  # seconds of a turn of the load tool; what would take longer is asked for one by one
ONE_BY_ONE = 3  # answers; of what takes longer than a minute together, one


class WrongAnswer(AssertionError):
    """A page does not hold what it should."""


@dataclass(frozen=True)
class Page:
    """A page of a server. `holds` raises WrongAnswer unless the text is what it should be.

    A file is asked for without compression, and once at a time: no server makes many long ones at once.
    """

    server: Server
    path: str
    holds: Callable[[str], None]
    is_file: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """What it is asked with."""
        return self.server.headers | ({"Accept-Encoding": "identity"} if self.is_file else {})

    def fetched(self) -> tuple[bytes, str]:
        """The body as it was sent, and the text; raises WrongAnswer unless it is a 200 and the right page."""
        status, body, encoding = ask(http.client.HTTPConnection("127.0.0.1", self.server.port), self)
        if status != 200:
            raise WrongAnswer(f"{self.path} answers {status}")
        text = decoded(body, encoding)
        self.holds(text)
        return body, text


@dataclass(frozen=True)
class Load:
    """What a turn came to: answers, seconds, and how many answers were wrong or failed."""

    answers: int
    seconds: float
    wrong: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


def ask(connection: http.client.HTTPConnection, page: Page) -> tuple[int, bytes, str]:
    """Return status, body and encoding of one answer."""
    connection.timeout = PATIENCE
    connection.request("GET", page.path, headers=page.headers)
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.getheader("Content-Encoding", "")


def decoded(body: bytes, encoding: str) -> str:
    """The text of a body. The bare view does not say that its bytes are compressed; nobody reads those."""
    plain = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[encoding](body)
    return plain.decode(errors="replace")


def turn(page: Page, seconds: float, core: int) -> float:
    """How often a second the server answers with the page; raises WrongAnswer when any answer is not it."""
    start = time.perf_counter()
    length = len(page.fetched()[0])
    once = time.perf_counter() - start
    if ONE_BY_ONE * once > MINUTE:
        return one_by_one(page, 1)
    if page.is_file or FEWEST * once > LONGEST:
        return one_by_one(page, max(ONE_BY_ONE, round(seconds / once)))
    done = load(page, max(seconds, FEWEST * once), core, length)
    page.fetched()
    if done.wrong or not done.answers:
        raise WrongAnswer(f"{page.path}: {done}")
    return done.rate


def one_by_one(page: Page, answers: int) -> float:
    """The rate of a file, or of a page so slow that the load tool would stop before it had some."""
    start = time.perf_counter()
    for _answer in range(answers):
        page.fetched()
    return answers / (time.perf_counter() - start)


def load(page: Page, seconds: float, core: int, length: int) -> Load:
    """Ask for a page of so many bytes for so many seconds, from another core than the server's."""
    if shutil.which("wrk"):
        return parsed(_wrk(page, seconds, core, length))
    return _threads(page, seconds, length)


def _wrk(page: Page, seconds: float, core: int, length: int) -> str:
    headers = [part for name, value in page.headers.items() for part in ("-H", f"{name}: {value}")]
    size = [f"-c{CONNECTIONS}", "-t1", f"-d{round(seconds)}s", f"--timeout={PATIENCE}s"]
    script = ["-s", str(Path(__file__).with_name("every_answer.lua"))]
    run = subprocess.run(  # noqa: S603 (our own words)
        ["wrk", *size, *script, *headers, f"http://127.0.0.1:{page.server.port}{page.path}"],  # noqa: S607
        env=os.environ | {"BENCH_LENGTH": str(length)},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def parsed(said: str) -> Load:
    """What wrk came to, from the line that the script prints at its end."""
    found = re.search(r"Answers: (\d+) in (\d+) us, wrong: (\d+)", said)
    if not found:
        raise WrongAnswer(f"wrk said nothing of answers:\n{said}")
    answers, microseconds, wrong = (int(number) for number in found.groups())
    return Load(answers, microseconds / 1e6, wrong)


def _threads(page: Page, seconds: float, length: int) -> Load:
    """Ask from threads of this process. Each keeps its connection."""
    start = time.perf_counter()
    right: list[bool] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", page.server.port)
        while time.perf_counter() < start + seconds:
            try:
                status, body, _encoding = ask(connection, page)
                right.append(status == 200 and abs(len(body) - length) <= PLAY)
            except OSError:
                right.append(False)
                connection.close()

    threads = [threading.Thread(target=work) for _connection in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(len(right), time.perf_counter() - start, right.count(False))
