"""Runs every test: on SQLite, on PostgreSQL, and in a browser. `make test` calls it.

It ends with one line for each of the three, and fails when anything failed, was skipped or did
not run, or when the tests reach too little of the code.
"""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # when run as a script, Python looks beside this file only

from prepare_portal.environment import VARIABLES  # noqa: E402
from tests import databases  # noqa: E402

NO_TESTS_COLLECTED = 5  # pytest's exit status


@dataclass(frozen=True)
class Result:
    """What one run of pytest came to."""

    name: str
    passed: int
    failed: int
    skipped: int

    @property
    def closing_line(self) -> str:
        """Return the line that people and machines read."""
        return f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @property
    def is_good(self) -> bool:
        """Return whether tests ran and every one of them passed."""
        return self.passed > 0 and self.failed == 0 and self.skipped == 0


def read_result(name: str, report: Path, status: int) -> Result:
    """Return the figures of pytest's JUnit `report`; an error counts as a failure.

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


def exit_status(results: Sequence[Result], *, enough_covered: bool) -> int:
    """Return 0 when everything is as it should be, else 1."""
    return 0 if results and enough_covered and all(result.is_good for result in results) else 1


@dataclass(frozen=True)
class Suite:
    """One run of pytest: its name, what it runs, and where it leaves its figures."""

    name: str
    scratch: Path
    database_url: str = ""
    test_database_url: str = ""

    @property
    def coverage(self) -> Path:
        """Return the file with the lines and branches reached."""
        return self.scratch / f"coverage.{self.name}"

    @property
    def report(self) -> Path:
        """Return the file with the figures."""
        return self.scratch / f"{self.name}.xml"

    def command(self) -> list[str]:
        """Return the command line. Only the runs on the databases are measured for coverage."""
        measure = ["-m", "coverage", "run", f"--data-file={self.coverage}"]
        what = ["tests", "--ignore=tests/browser"]
        if self.name == "browser":
            measure, what = [], ["tests/browser"]
        places = [f"--junitxml={self.report}", f"--output={self.scratch / 'browser-output'}"]
        return [sys.executable, *measure, "-m", "pytest", *what, *places]

    def environment(self) -> dict[str, str]:
        """Return the environment: nothing of the portal's own settings but what the tests need."""
        inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        own = {
            "PORTAL_TESTS": "1",
            "DATA_DIR": str(self.scratch / f"{self.name}-data"),
            "DATABASE_URL": self.database_url,
            "TEST_DATABASE_URL": self.test_database_url,
        }
        return inherited | own

    @contextlib.contextmanager
    def started(self, output: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """Start the run, writing to `output` or to the screen; no process is left behind."""
        announce(f"{self.name}: tests start" + (", shown when done" if output else ""))
        with contextlib.ExitStack() as stack:
            target = stack.enter_context(output.open("wb")) if output else None
            process = subprocess.Popen(
                self.command(), cwd=ROOT, env=self.environment(), stdout=target, stderr=subprocess.STDOUT
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.terminate()
                process.wait()

    def result(self, status: int) -> Result:
        """Return the figures of the run that ended with `status`."""
        return read_result(self.name, self.report, status)


def announce(sentence: str) -> None:
    """Write a heading between the outputs of the runs."""
    print(f"\n── {sentence} ──", flush=True)


def run_databases(sqlite: Suite, postgresql: Suite) -> list[Result]:
    """Run the tests on both databases at the same time, and show one output after the other."""
    output = postgresql.scratch / "postgresql.log"
    with postgresql.started(output) as beside, sqlite.started() as shown:
        results = [sqlite.result(shown.wait()), postgresql.result(beside.wait())]
    announce("postgresql: what its tests said")
    sys.stdout.buffer.write(output.read_bytes())
    return results


def run_browser(browser: Suite) -> Result:
    """Run the browser tests, alone: a page that must wait for a core looks like a slow page."""
    with browser.started() as process:
        return browser.result(process.wait())


def measure_coverage(*suites: Suite) -> bool:
    """Show what the suites together did not reach; return whether they reached enough."""
    announce("coverage of the runs on both databases")
    data_file = f"--data-file={suites[0].scratch / 'coverage'}"
    coverage = [sys.executable, "-m", "coverage"]
    measured = [str(suite.coverage) for suite in suites]
    combined = subprocess.run([*coverage, "combine", "--quiet", data_file, *measured], cwd=ROOT, check=False)
    reported = subprocess.run([*coverage, "report", data_file], cwd=ROOT, check=False)
    enough = combined.returncode == reported.returncode == 0
    if not enough:
        print("The tests reach too little of the code, or could not be measured.", flush=True)
    return enough


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


def main() -> int:
    """Run everything and return the exit status."""
    signal.signal(signal.SIGTERM, stop_early)
    collect_static_files()
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as folder, databases.postgresql() as url:
        scratch = Path(folder)
        sqlite, postgresql = Suite("sqlite", scratch), Suite("postgresql", scratch, database_url=url)
        results = run_databases(sqlite, postgresql)
        results.append(run_browser(Suite("browser", scratch, test_database_url=url)))
        enough_covered = measure_coverage(sqlite, postgresql)
    print()
    for result in results:
        print(result.closing_line, flush=True)
    return exit_status(results, enough_covered=enough_covered)


if __name__ == "__main__":
    sys.exit(main())
