"""Everything locked has a licence that is known, allowed and listed; what is copied into the tree is listed, too."""

from email.message import Message

import pytest

from tests.locks import DEV, FORMATS, ROOT, RUN
from tests.supply import licences

DATABASES = ("sqlite",)  # files alone
LIST = (ROOT / licences.LIST).read_text(encoding="utf-8")
# Kinds of files that others make, or might.
COPIED = {".csl", ".gif", ".ico", ".jpg", ".json", ".otf", ".png", ".svg", ".ttf", ".webp", ".woff", ".woff2", ".xlsx"}
FOLDERS = ("bench", "deploy", "docs", "fixtures", "pilots", "prepare_portal", "static", "templates", "tests")


def said(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


def test_every_locked_package_has_a_licence_that_is_allowed_and_listed() -> None:
    assert licences.problems(LIST, licences.known(LIST)) == []


@pytest.mark.parametrize(
    ("message", "licence"),
    [
        (said(License_Expression="MIT"), "MIT"),
        (said(License="bsd-3-clause"), "BSD-3-Clause"),
        (said(License="BSD", Classifier="License :: OSI Approved :: MIT License"), "MIT"),
        (said(Classifier="License :: OSI Approved :: BSD License"), ""),
        (said(License="Proprietary, ask us"), ""),
        (said(), ""),
    ],
)
def test_licence_is_what_the_package_declares_and_nothing_guessed(message: Message, licence: str) -> None:
    assert licences.declared(message) == licence


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("MIT AND BSD-3-Clause", True),
        ("", False),
    ],
)
def test_one_alternative_has_to_be_allowed_in_all_its_parts(licence: str, *, is_allowed: bool) -> None:
    assert licences.is_allowed(licence, ["MIT", "BSD-3-Clause"]) is is_allowed


@pytest.mark.parametrize(
    ("lock", "name", "licence", "complaint"),
    [
        (RUN, "new-one", "", "new-one: its licence is not known"),
        (RUN, "new-one", "GPL-3.0-or-later", "new-one: GPL-3.0-or-later is not among"),
        (FORMATS, "new-one", "SSPL-1.0", "new-one: SSPL-1.0 is not among"),
        (DEV, "new-one", "MIT", "“What develops and tests it” is not what is locked"),
    ],
)
def test_a_new_dependency_stops_the_build_until_it_is_looked_at(
    lock: str, name: str, licence: str, complaint: str
) -> None:
    found = licences.listed(LIST)
    found[lock] = {**found[lock], name: licence}
    assert any(complaint in problem for problem in licences.problems(LIST, found))


def test_the_list_is_written_anew_with_what_is_locked_and_its_words_stay() -> None:
    found = licences.listed(LIST) | {DEV: {"new-one": "MIT"}}
    text = licences.written(LIST, found)
    assert licences.listed(text) == found
    assert licences.written(text, licences.listed(LIST)) == LIST


def test_whatever_could_be_somebody_elses_work_is_listed_with_its_terms() -> None:
    carried = licences.section(LIST, "Work that is carried along")
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in COPIED]
    names = [path.relative_to(ROOT).as_posix() for path in found]
    assert len(names) > 40
    assert [name for name in names if not is_named(name, carried)] == []


def is_named(name: str, text: str) -> bool:
    """Whether the list names this file, or a folder that it is in."""
    return any(f"`{name.rsplit('/', depth)[0]}`" in text for depth in range(name.count("/") + 1))
