"""The test command tells the truth: what it counts, what it prints, and when it fails."""

import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import tables
from tests.conftest import TESTS, UNMEASURED
from tests.exhaustive import EXHAUSTIVE
from tests.run_all import (
    LONGEST_FIRST,
    NO_TESTS_COLLECTED,
    Result,
    Suite,
    added,
    by_kind,
    exit_status,
    on_sqlite,
    read_result,
    run,
    suites,
)

GOOD = Result("sqlite", passed=3, failed=0, skipped=0)


def report(folder: Path, *suites: str) -> Path:
    """Write a JUnit report with these attributes of its suites, and return its path."""
    file = folder / "report.xml"
    file.write_text(f"<testsuites>{''.join(f'<testsuite {suite} />' for suite in suites)}</testsuites>")
    return file


def test_closing_line_has_the_agreed_form() -> None:
    assert Result("sqlite", 312, 0, 0).closing_line == "sqlite: 312 passed, 0 failed, 0 skipped"


def test_errors_count_as_failures_and_neither_passes(tmp_path: Path) -> None:
    file = report(tmp_path, 'tests="10" errors="1" failures="2" skipped="3"')
    assert read_result("sqlite", file, 1) == Result("sqlite", passed=4, failed=3, skipped=3)


def test_suites_of_a_report_are_added(tmp_path: Path) -> None:
    file = report(tmp_path, 'tests="2" skipped="1"', 'tests="5" failures="1"')
    assert read_result("browser", file, 1) == Result("browser", passed=5, failed=1, skipped=1)


def test_run_that_broke_off_without_a_report_is_a_failure(tmp_path: Path) -> None:
    assert read_result("sqlite", tmp_path / "none.xml", 139) == Result("sqlite", 0, 1, 0)


def test_run_that_broke_off_in_its_report_is_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "report.xml"
    file.write_text('<testsuites><testsuite tests="4"')
    assert read_result("sqlite", file, 3) == Result("sqlite", 0, 1, 0)


def test_bad_exit_without_a_failed_test_is_a_failure(tmp_path: Path) -> None:
    assert read_result("sqlite", report(tmp_path, 'tests="4"'), 3) == Result("sqlite", 4, 1, 0)


def test_nothing_collected_is_no_failed_test_but_no_success(tmp_path: Path) -> None:
    nothing = read_result("browser", report(tmp_path, 'tests="0"'), NO_TESTS_COLLECTED)
    assert nothing == Result("browser", 0, 0, 0)
    assert exit_status([GOOD, nothing], enough_covered=True) == 1


def test_command_succeeds_when_everything_passed() -> None:
    assert exit_status([GOOD, GOOD, GOOD], enough_covered=True) == 0


def test_runs_of_the_browser_are_one_line() -> None:
    results = [Result("one", passed=4, failed=1, skipped=0), Result("two", passed=5, failed=0, skipped=2)]
    assert added("browser", results) == Result("browser", passed=9, failed=1, skipped=2)


def test_run_of_the_browser_without_a_test_is_a_failure() -> None:
    empty = Result("two", 0, 0, 0)
    assert added("browser", [GOOD, empty]) == Result("browser", passed=3, failed=1, skipped=0)
    assert not added("browser", [empty, empty]).is_good


def test_runs_are_three_at_a_time_the_longest_first_and_shown_when_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    others = tmp_path / "others"
    others.mkdir()
    code = f"""
import os, pathlib, sys, time
mine = pathlib.Path({str(others)!r}, str(os.getpid()))
mine.touch()
time.sleep(0.3)
print("beside", len(list(mine.parent.iterdir())))
mine.unlink()
"""
    monkeypatch.setattr(Suite, "command", lambda _suite: [sys.executable, "-c", code])
    planned = suites(tmp_path, "")
    results = run(planned)
    assert [result.name for result in results] == [suite.name for suite in planned]
    said = capfdbinary.readouterr().out
    starting = [said.index(f"{name}: tests start".encode()) for name in LONGEST_FIRST]
    assert starting == sorted(starting)
    assert said.count(b"beside") == len(planned)
    assert b"beside 4" not in said


@pytest.mark.parametrize(
    "bad", [Result("sqlite", 3, 1, 0), Result("sqlite", 3, 0, 1), Result("sqlite", 0, 0, 0)], ids=str
)
def test_command_fails_on_one_failed_skipped_or_empty_run(bad: Result) -> None:
    assert exit_status([GOOD, bad], enough_covered=True) == 1


def test_command_fails_when_too_little_is_covered_or_nothing_ran() -> None:
    assert exit_status([GOOD], enough_covered=False) == 1
    assert exit_status([], enough_covered=True) == 1


def test_runs_see_no_settings_of_the_shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITE_URL", "https://pilots.example.org")
    monkeypatch.setenv("DATABASE_URL", "postgres://precious/data")
    environment = Suite("sqlite", "all", tmp_path).environment()
    assert "SITE_URL" not in environment
    assert environment["DATABASE_URL"] == ""
    assert environment["DATA_DIR"].startswith(str(tmp_path))


def test_every_test_belongs_to_a_run_of_each_kind(tmp_path: Path) -> None:
    """What one part leaves out, another runs."""
    planned = suites(tmp_path, "postgres://server/name")
    for kind in ("sqlite", "postgresql"):
        admin, others = (suite.what for suite in planned if suite.kind == kind)
        assert (admin, others) == (("tests/admin",), ("tests", "--ignore=tests/admin", "--ignore=tests/browser"))
    looks, steps = (suite.what for suite in planned if suite.kind == "browser")
    assert looks[:2] == steps[:2] == ("tests/browser", "-k")
    assert steps[2] == f"not ({looks[2]})"
    assert list(dict.fromkeys(suite.kind for suite in planned)) == ["sqlite", "postgresql", "browser"]


def test_runs_on_postgresql_have_a_database_each(tmp_path: Path) -> None:
    urls = [
        suite.database_url for suite in suites(tmp_path, "postgres://someone@server/postgres") if suite.database_url
    ]
    assert urls == ["postgres://someone@server/portal_admin", "postgres://someone@server/portal_others"]


def test_quick_run_is_that_on_sqlite_unmeasured(tmp_path: Path) -> None:
    planned = suites(tmp_path, "")
    quick = ("--quick", "--hypothesis-profile=quick")
    assert [suite.what for suite in on_sqlite(tmp_path, measured=False)] == [(*s.what, *quick) for s in planned[:2]]
    assert not any(option in suite.command() for suite in planned for option in quick)
    assert not any("coverage" in suite.command() for suite in on_sqlite(tmp_path, measured=False))


def test_each_module_that_a_quick_run_leaves_out_is_there() -> None:
    assert [name for name in sorted(EXHAUSTIVE) if not (TESTS / name).is_file()] == []


def test_coverage_is_measured_on_sqlite(tmp_path: Path) -> None:
    assert {suite.kind for suite in suites(tmp_path, "") if "coverage" in suite.command()} == {"sqlite"}
    assert all("coverage" in suite.command() for suite in suites(tmp_path, "") if suite.kind == "sqlite")


@pytest.mark.databases("sqlite")
@pytest.mark.django_db
def test_tables_are_made_where_the_tests_look_for_them() -> None:
    assert connection.settings_dict["NAME"] == tables.IN_MEMORY


def test_parts_are_added_to_their_kind(tmp_path: Path) -> None:
    planned = suites(tmp_path, "")
    results = [Result(suite.name, passed=number, failed=0, skipped=0) for number, suite in enumerate(planned, start=1)]
    assert [result.closing_line for result in by_kind(planned, results)] == [
        "sqlite: 3 passed, 0 failed, 0 skipped",
        "postgresql: 7 passed, 0 failed, 0 skipped",
        "browser: 11 passed, 0 failed, 0 skipped",
    ]


def test_modules_that_are_not_measured_are_there() -> None:
    there = {path.name for path in Path(__file__).parent.rglob("test_*.py")}
    assert there >= UNMEASURED
