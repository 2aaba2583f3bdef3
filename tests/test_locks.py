"""A lock file that would not install for good is noticed before it is too late."""

import re

import pytest

from tests import locks

PROJECT = (locks.ROOT / "pyproject.toml").read_text()
TEXTS = {name: (locks.ROOT / name).read_text() for name in (locks.RUN, locks.DEV, locks.FORMATS)}
MAKEFILE = (locks.ROOT / "Makefile").read_text()


def spoilt(pattern: str, replacement: str) -> list[str]:
    """What is said of the lock for developing after a change to it."""
    text = re.sub(pattern, replacement, TEXTS[locks.DEV], count=1, flags=re.MULTILINE)
    assert text != TEXTS[locks.DEV]
    return locks.problems(PROJECT, TEXTS | {locks.DEV: text})


def test_locks_are_good() -> None:
    assert locks.problems(PROJECT, TEXTS) == []


@pytest.mark.parametrize(
    ("pattern", "replacement", "said"),
    [
        (r"^coverage\[toml\]==", "coverage==", r"coverage\[toml\]>=.*, for pytest-cov, is locked without \[toml\]"),
        (r"^tablib\[xlsx\]==", "tablib==", r"tablib\[xlsx\].*, for django-import-export, is locked without \[xlsx\]"),
        (r"^babel==", "babel>=", "babel>=.* not pinned to one version"),
        (r"^(babel==\d+\.).*? ", r"\1* ", "babel==.* not pinned to one version"),
        (r"^babel==[\d.]+ ", "babel @ https://example.org/babel.whl ", "babel.* not pinned to one version"),
        (r"^(babel==[\d.]+) (\\\n +--hash=\S+ ?)+", r"\1", "babel==.* no hash"),
        (r"\A", "--index-url https://example.org/simple\n", "--index-url .* no options belong there"),
        (r"\A", "-e git+https://example.org/it.git\n", "-e git.* no options belong there"),
        (r"^colorama==[^#]*", "", "colorama.*, for pytest, is not locked"),  # Windows alone asks for it
        (r"^sqlparse==[^#]*", "", "sqlparse>=.*, for django, is not locked"),
        (r"^(asgiref==)", r"nobody-asked==1 --hash=sha256:ab\n\1", "nobody-asked: nothing asks for it"),
        (r"^babel==[\d.]+", "babel==2.17.0", "babel==2.17.0: [\\d.]+ is installed"),
        (r"^babel==[\d.]+", "babel==2.17.0", "babel is not locked as in requirements.txt"),
    ],
)
def test_lock_that_would_rot_is_refused(pattern: str, replacement: str, said: str) -> None:
    problems = spoilt(pattern, replacement)
    assert [problem for problem in problems if re.search(said, problem)], problems


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"babel>=', '"babel>=999", "x>=', "babel>=999, for pyproject.toml, is locked as"),
        ('"babel>=', '"a-new-one", "babel>=', "a-new-one, for pyproject.toml, is not locked"),
        ('"rispy>=', '"rispy>=999", "x>=', "requirements-formats.txt: rispy>=999 is locked as"),
        ('    "rispy>=', '    "a-new-one", "rispy>=', "requirements-formats.txt: a-new-one is not locked"),
        ('    "hypothesis>=6.170",\n', "", "requirements-dev.txt: hypothesis: nothing asks for it"),
    ],
)
def test_lock_out_of_step_with_the_project_is_refused(before: str, after: str, said: str) -> None:
    project = PROJECT.replace(before, after)
    assert project != PROJECT
    assert any(said in problem for problem in locks.problems(project, TEXTS))


def test_make_installs_nothing_but_what_is_locked() -> None:
    installing = [line for line in MAKEFILE.splitlines() if "pip install" in line]
    assert len(installing) == 3
    assert all("$(EXACTLY) -r requirements" in line for line in installing)
    assert "EXACTLY := --require-hashes --only-binary=:all:" in MAKEFILE


def test_lint_checks_the_locks() -> None:
    assert "$(BIN)/python -m tests.locks" in MAKEFILE
