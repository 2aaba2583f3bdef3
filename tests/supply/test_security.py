"""docs/security.md answers every requirement of ASVS 5.0 at levels 1 and 2 once, and names only what is there."""

import re

from tests.locks import ROOT

DATABASES = ("sqlite",)  # a document and files
TEXT = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| V(\d+)\.(\d+)\.(\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall(TEXT)
# By chapter and section: how many requirements of the levels 1 and 2 there are. Their numbers begin with 1 and have no
# gaps; those of level 3 come after them.
REQUIREMENTS = {
    1: {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    2: {1: 3, 2: 3, 3: 4, 4: 1},
    3: {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    4: {1: 3, 2: 1, 3: 2, 4: 4},
    5: {1: 1, 2: 3, 3: 2, 4: 3},
    6: {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    7: {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    8: {1: 2, 2: 3, 3: 1, 4: 1},
    9: {1: 3, 2: 4},
    10: {1: 2, 2: 2, 3: 4, 4: 11, 5: 5, 6: 2, 7: 3},
    11: {1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1},
    12: {1: 3, 2: 2, 3: 4},
    13: {1: 1, 2: 5, 3: 2, 4: 5},
    14: {1: 2, 2: 4, 3: 3},
    15: {1: 3, 2: 3, 3: 7},
    16: {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
    17: {1: 1, 2: 4, 3: 2},
}
PATH = re.compile(r"`([\w./-]+)`")
SHOWN_BY = re.compile(
    r"`(tests/(?:\w+/)*(?:test_|check)\w*\.py|docs/[\w-]+\.md|pyproject\.toml|(?:SECURITY|README|CONTRIBUTING)\.md)`"
)


def test_every_requirement_is_answered_once() -> None:
    answered = [tuple(map(int, row[:3])) for row in ROWS]
    asked = [
        (chapter, section, number)
        for chapter, sections in REQUIREMENTS.items()
        for section, most in sections.items()
        for number in range(1, most + 1)
    ]
    assert answered == asked
    assert len(asked) == 253


def test_every_answer_is_one_of_three() -> None:
    assert {row[3] for row in ROWS} == {"holds", "n/a", "gap"}


def test_what_is_not_held_says_why() -> None:
    assert [row for row in ROWS if row[3] != "holds" and len(row[4].split()) < 2] == []


def test_every_path_in_an_answer_is_there() -> None:
    named = {path for row in ROWS for path in PATH.findall(row[4]) if "/" in path or path.endswith(".md")}
    assert len(named) > 80
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_whatever_holds_is_shown_by_a_test_a_rule_of_the_build_or_a_document() -> None:
    assert [".".join(row[:3]) for row in ROWS if row[3] == "holds" and not SHOWN_BY.search(row[4])] == []


def test_whatever_is_named_as_a_test_has_tests_in_it() -> None:
    named = {path for row in ROWS for path in SHOWN_BY.findall(row[4]) if path.startswith("tests/")}
    assert len(named) > 60
    assert {path for path in named if "\ndef test_" not in (ROOT / path).read_text(encoding="utf-8")} == set()
