"""No regular expression can cost more than in proportion to the text it looks at, however that was made."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.forms import RegexField
from django.forms.forms import DeclarativeFieldsMetaclass

import pilots
import prepare_portal
from pilots.spreadsheets.cells import FORMULA
from tests.patterns import faults

FUNCTIONS = {"compile", "sub", "subn", "split", "match", "fullmatch", "search", "findall", "finditer"}
# Made while the portal runs, of words that are escaped: alternatives without a repeat.
MADE_OF_WORDS = {"pilots/templatetags/texts.py": 2, "pilots/password_validation.py": 1}
# Made of one of four separators: one character, spaces, the separator.
MADE_OF_WORDS |= {"pilots/spreadsheets/delimited.py": 1}
# The patterns of other modules, compiled there or used by name.
NAMED = {"pilots/search/did_you_mean.py": 1, "pilots/search/spelling.py": 1}
# Asked by `match` alone, which does not go on to the next place.
ONLY_AT_THE_START = {FORMULA}


def modules() -> Iterator[str]:
    """Yield the name of every module of ours."""
    for package in (pilots, prepare_portal):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in found.name and not found.name.endswith((".settings", ".wsgi", "make_outlines")):
                yield found.name


def compiled() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every pattern that a module or a form of it holds, and those written inside functions."""
    for name in modules():
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{name}.{key}", value
            fields = getattr(value, "base_fields", {}) if isinstance(value, DeclarativeFieldsMetaclass) else {}
            yield from ((f"{name}.{key}.{n}", f.regex) for n, f in fields.items() if isinstance(f, RegexField))
    for path, call in calls():
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            yield f"{path}:{call.lineno}", re.compile(call.args[0].value)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield every call of a function of `re`."""
    for path in (*Path("pilots").rglob("*.py"), *Path("prepare_portal").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            function = getattr(node, "func", None)
            named = getattr(getattr(function, "value", None), "id", "") == "re"
            if isinstance(node, ast.Call) and named and getattr(function, "attr", "") in FUNCTIONS:
                yield str(path), node


@pytest.mark.parametrize(("name", "pattern"), [*compiled()], ids=lambda value: value if isinstance(value, str) else "")
def test_pattern_has_no_endless_repeats_that_share_characters(name: str, pattern: re.Pattern[str]) -> None:
    assert faults(pattern) == [] or pattern in ONLY_AT_THE_START


def test_pattern_made_at_run_time_is_looked_at_by_a_person() -> None:
    made: dict[str, int] = {}
    for path in sorted({path for path, _call in calls()}):
        tree = ast.parse(Path(path).read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        inside = {call for function in functions for call in ast.walk(function) if _is_made(call)}
        made |= {path: len(inside)} if inside else {}
    assert made == MADE_OF_WORDS | NAMED


def _is_made(node: ast.AST) -> bool:
    function = getattr(node, "func", None)
    named = getattr(getattr(function, "value", None), "id", "") == "re" and getattr(function, "attr", "") in FUNCTIONS
    return isinstance(node, ast.Call) and named and not isinstance(node.args[0], ast.Constant)


SLOW = [r"\s*\n\s*\n\s*", r"(a+)+b", r"(?:a|a+)*b", r"\w+\d+x", r".+?\s*\(", r"(?:\s*\w*)*x", r"x*-?x*y", r"(x+-?)+y"]
SLOW += [r"\s+\Z", r"(\s+)\n", r"(?:a+|b)c"]
QUICK = [
    r"\d+(?:\.\d+)*",
    r"x\d+(?:\.\d+)*x",
    r"=a+b+c+",
    r"\w{1,9}\w{1,9}",
    r"-(?:ab)+c",
    r"\w+|\s+|[^\w\s]",
    r"^ +-+x",
]


@pytest.mark.parametrize("slow", SLOW)
def test_slow_patterns_are_found(slow: str) -> None:
    assert faults(re.compile(slow))


@pytest.mark.parametrize("quick", QUICK)
def test_quick_patterns_are_left_alone(quick: str) -> None:
    assert faults(re.compile(quick)) == []
