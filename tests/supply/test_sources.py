"""What no source file of the portal may do, because a text of somebody else's could become code by it."""

import re
from collections.abc import Iterator

import pytest

from tests.locks import ROOT

DATABASES = ("sqlite",)  # files
# By kind of file: patterns, and why
FORBIDDEN = {
    "static/**/*.js": (
        r"\b(?:inner|outer)HTML\b|insertAdjacentHTML|createContextualFragment|document\.write|\bsrcdoc\b"  # as HTML
        r"|\beval\(|new Function\(|\bset(?:Timeout|Interval)\(\s*[\"'`]"  # text as a program
        r"|__proto__"  # names that others choose
        r"|postMessage\("  # to pages of others
    ),
    "pilots/**/*.py": r"\bTemplate\(|engines?\[.*\.from_string\(|engine\.from_string\(",  # a text as a template
    "templates/**/*.html": r"\bon(?:click|load|error|paste|submit|change)=|javascript:|\bstyle=\"",  # inline programs
}


def found(pattern: str, texts: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{name}: {match[0]}" for name, text in texts for match in re.finditer(pattern, text)]


def sources(files: str) -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.glob(files)):
        yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("files", FORBIDDEN)
def test_no_source_does_what_is_forbidden(files: str) -> None:
    assert len(list(sources(files))) > 10
    assert found(FORBIDDEN[files], sources(files)) == []


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ("static/**/*.js", "box.innerHTML = words"),
        ("static/**/*.js", 'setTimeout("go()", 1)'),
        ("pilots/**/*.py", "Template(pilot.summary).render()"),
        ("templates/**/*.html", '<a onclick="go()">'),
    ],
)
def test_what_is_forbidden_is_found(files: str, text: str) -> None:
    assert found(FORBIDDEN[files], iter([("file", text)]))
