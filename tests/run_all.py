"""Runs every test: on SQLite, on PostgreSQL, and in a browser. `make test` calls it.

Three runs at a time, one more than a small machine has cores, because each waits now and then for a database, a
server or a browser. Each of the three kinds is two runs, and the longest start first, so that none is left alone at
the end.

It ends with one line for each kind, and fails when anything failed, was skipped or did
not run, or when the tests reach too little of the code.

`make check` calls it with `--quick`: the tests on SQLite that are not exhaustive, without the browser and without
measuring.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from prepare_portal.environment import VARIABLES  # noqa: E402
from tests import databases, tables  # noqa: E402
from tests.browser import chromium  # noqa: E402

NO_TESTS_COLLECTED = 5  # pytest's exit status
AT_A_TIME = 3
# What each kind of run is made of, as pytest takes it: what one part leaves out, the other runs.
ADMIN, OTHERS = ("tests/admin",), ("tests", "--ignore=tests/admin", "--ignore=tests/browser")
LOOKS = "accessibility or styleguide or crowded or media or every_page or map or matrix or network"
# By how long they take: a long one that starts last is left alone at the end, on one core.
LONGEST_FIRST = (
    *("browser-looks", "browser-steps", "sqlite-others"),
    *("postgresql-admin", "postgresql-others", "sqlite-admin"),
)
IN_BROWSER = {"looks": ("tests/browser", "-k", LOOKS), "steps": ("tests/browser", "-k", f"not ({LOOKS})")}


@dataclass(frozen=True)
class Result:
    """What one run of pytest came to."""

    name: str
    passed: int
    failed: int
    skipped: int

    @property
    def closing_line(self) -> str:
        """The line that people and machines read."""
        return f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @property
    def is_good(self) -> bool:
        """Whether tests ran and every one of them passed."""
        return self.passed > 0 and self.failed == 0 and self.skipped == 0


def read_result(name: str, report: Path, status: int) -> Result:
    """The figures of pytest's JUnit `report`; an error counts as a failure.

    A run can fail without a failed test (a crash, a mistake in the configuration): that is one failure.
    """
    counts = dict.fromkeys(("tests", "errors", "failures", "skipped"), 0)
    with contextlib.suppress(FileNotFoundError, ET.ParseError):  # left by a run that broke off
        for suite in ET.parse(report).getroot().iter("testsuite"):
            for kind in counts:
                counts[kind] += int(suite.get(kind, 0))
    failed = counts["errors"] + counts["failures"]
    passed = counts["tests"] - failed - counts["skipped"]
    if failed == 0 and status not in {0, NO_TESTS_COLLECTED}:
        failed = 1
    return Result(name, passed, failed, counts["skipped"])


def added(name: str, results: Sequence[Result]) -> Result:
    """The figures of several runs as those of one; a run without a test is a failure among others."""
    empty = sum(not (result.passed or result.failed or result.skipped) for result in results)
    failed = sum(result.failed for result in results)
    passed, skipped = sum(result.passed for result in results), sum(result.skipped for result in results)
    return Result(name, passed, failed + (empty if passed else 0), skipped)


def exit_status(results: Sequence[Result], *, enough_covered: bool) -> int:
    """Return 0 when everything is as it should be, else 1."""
    return 0 if results and enough_covered and all(result.is_good for result in results) else 1


@dataclass(frozen=True)
class Suite:
    """One run of pytest: of which kind it is, its name, what it runs, and where it leaves its figures."""

    kind: str
    part: str
    scratch: Path
    what: tuple[str, ...] = ("tests",)
    database_url: str = ""
    test_database_url: str = ""
    measured: bool = False

    @property
    def name(self) -> str:
        """What the run is called, beside others of its kind."""
        return f"{self.kind}-{self.part}"

    @property
    def coverage(self) -> Path:
        """The file with the lines and branches reached."""
        return self.scratch / f"coverage.{self.name}"

    @property
    def report(self) -> Path:
        return self.scratch / f"{self.name}.xml"

    def command(self) -> list[str]:
        measure = ["-m", "coverage", "run", f"--data-file={self.coverage}"] if self.measured else []
        places = [f"--junitxml={self.report}", f"--output={self.scratch / f'{self.name}-output'}"]
        return [sys.executable, *measure, "-m", "pytest", *self.what, *places]

    def environment(self) -> dict[str, str]:
        """The environment: nothing of the portal's own settings but what the tests need."""
        inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        own = {
            "PORTAL_TESTS": "1",
            "DATA_DIR": str(self.scratch / f"{self.name}-data"),
            "DATABASE_URL": self.database_url,
            "TEST_DATABASE_URL": self.test_database_url,
        }
        return inherited | own

    @property
    def output(self) -> Path:
        return self.scratch / f"{self.name}.log"

    @contextlib.contextmanager
    def started(self) -> Iterator[subprocess.Popen[bytes]]:
        """Start the run, writing to `output`; no process is left behind."""
        announce(f"{self.name}: tests start, shown when done")
        with self.output.open("wb") as output:
            process = subprocess.Popen(
                self.command(), cwd=ROOT, env=self.environment(), stdout=output, stderr=subprocess.STDOUT
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.terminate()
                process.wait()

    def result(self, status: int) -> Result:
        return read_result(self.name, self.report, status)


def announce(sentence: str) -> None:
    """Write a heading between the outputs of the runs."""
    print(f"\n── {sentence} ──", flush=True)


def run(suites: Sequence[Suite]) -> list[Result]:
    """Run the suites, the longest first, some at a time, and show what each said when it is done."""
    waiting = sorted(suites, key=lambda suite: LONGEST_FIRST.index(suite.name))
    running, results = dict[Suite, subprocess.Popen[bytes]](), dict[Suite, Result]()
    with contextlib.ExitStack() as stack:
        while waiting or running:
            while waiting and len(running) < AT_A_TIME:
                suite = waiting.pop(0)
                running[suite] = stack.enter_context(suite.started())
            time.sleep(0.2)
            for suite, process in list(running.items()):
                if (status := process.poll()) is not None:
                    del running[suite]
                    results[suite] = suite.result(status)
                    announce(f"{suite.name}: what its tests said")
                    sys.stdout.buffer.write(suite.output.read_bytes())
                    sys.stdout.buffer.flush()
    return [results[suite] for suite in suites]


def measure_coverage(measured: Sequence[Suite]) -> bool:
    """Show what these runs did not reach together; return whether it was enough."""
    announce("coverage of the runs on SQLite")
    whole = f"--data-file={measured[0].scratch / 'coverage'}"
    files = [str(suite.coverage) for suite in measured]
    for command in (["combine", "--quiet", whole, *files], ["report", whole]):
        done = subprocess.run([sys.executable, "-m", "coverage", *command], cwd=ROOT, check=False)
    if done.returncode != 0:
        print("The tests reach too little of the code, or could not be measured.", flush=True)
    return done.returncode == 0


def collect_static_files() -> None:
    """Collect the static files if they never were, or changed since: pages refuse to name an uncollected one."""
    manifest = ROOT / "staticfiles" / "staticfiles.json"
    changed = max((path.stat().st_mtime for path in (ROOT / "static").rglob("*")), default=0.0)
    if manifest.exists() and manifest.stat().st_mtime >= changed:
        return
    with tempfile.TemporaryDirectory(prefix="portal-static-") as folder:
        environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment | {"DATA_DIR": folder}, check=True)


def stop_early(*_signal: object) -> NoReturn:
    """End on the word to stop, through every `finally`, so that no server is left behind."""
    sys.exit(1)


def on_sqlite(scratch: Path, *, measured: bool) -> list[Suite]:
    """The two runs on SQLite; where no coverage is measured, without exhaustive tests and with fewer examples."""
    parts = {"admin": ADMIN, "others": OTHERS}
    quick = () if measured else ("--quick", "--hypothesis-profile=quick")
    return [Suite("sqlite", part, scratch, (*what, *quick), measured=measured) for part, what in parts.items()]


def suites(scratch: Path, url: str) -> list[Suite]:
    """Every run, in this order; coverage is measured on SQLite only, because measuring takes its time.

    The two on PostgreSQL have a database each.
    """
    admin, others = (databases.address_of(url, f"portal_{part}") for part in ("admin", "others"))
    return [
        *on_sqlite(scratch, measured=True),
        Suite("postgresql", "admin", scratch, ADMIN, database_url=admin, test_database_url=url),
        Suite("postgresql", "others", scratch, OTHERS, database_url=others, test_database_url=url),
        *(Suite("browser", part, scratch, what, test_database_url=url) for part, what in IN_BROWSER.items()),
    ]


def by_kind(suites: Sequence[Suite], results: Sequence[Result]) -> list[Result]:
    """One result for each kind of run."""
    kinds = dict.fromkeys(suite.kind for suite in suites)
    pairs = list(zip(suites, results, strict=True))
    return [added(kind, [result for suite, result in pairs if suite.kind == kind]) for kind in kinds]


def run_everything(scratch: Path) -> tuple[list[Result], bool]:
    """The results of all runs, and whether they reach enough of the code."""
    with contextlib.suppress(chromium.NoBrowser):  # the tests say so, each
        chromium.find_or_install()  # here, because two runs would install it at the same time
    with databases.postgresql() as url, tables.prepared(scratch, url):
        planned = suites(scratch, url)
        results = by_kind(planned, run(planned))
        return results, measure_coverage([suite for suite in planned if suite.measured])


def run_quickly(scratch: Path) -> tuple[list[Result], bool]:
    """The result of the runs on SQLite, of which coverage is not asked."""
    planned = on_sqlite(scratch, measured=False)
    with tables.prepared(scratch):
        return by_kind(planned, run(planned)), True


def main() -> int:
    """Run everything, or the quick part of it, and return the exit status."""
    signal.signal(signal.SIGTERM, stop_early)
    collect_static_files()
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as folder:
        quick = sys.argv[1:] == ["--quick"]
        results, enough_covered = (run_quickly if quick else run_everything)(Path(folder))
    print()
    for result in results:
        print(result.closing_line, flush=True)
    return exit_status(results, enough_covered=enough_covered)


if __name__ == "__main__":
    sys.exit(main())
