"""Whose terms the portal stands on: the licences of all that is locked; `make lint` calls it.

Licences are read from what the packages say of themselves, or from pyproject.toml where they say it in words of
their own. What is not allowed there, or not known, stops the build. `make licences` writes docs/licences.md anew.
"""

import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.message import Message
from importlib import metadata
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

from tests.locks import DEV, FORMATS, ROOT, RUN, Lock

LIST = "docs/licences.md"
READERS = ROOT / ".venv-formats"
# What each table of the list is about: after which heading, and which lock.
TABLES = {RUN: "What runs the portal", DEV: "What develops and tests it", FORMATS: "What checks it from outside"}
# Classifiers that leave no choice; "BSD License" leaves three.
CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)

# name → what the package says of itself; None for one that is not installed
Said = Callable[[str], Any]
Licences = dict[str, str]


def said_by(paths: list[str] | None = None) -> Said:
    """What is installed in this environment, or in the folders of another."""
    found = metadata.distributions(path=paths) if paths else metadata.distributions()
    every = {canonicalize_name(one.metadata["Name"]): one.metadata for one in found}
    return every.get


def declared(said: Message) -> str:
    """The licence that a package declares, as SPDX writes it; "" for none, or for words that could mean several."""
    for field in ("License-Expression", "License"):
        try:
            return str(canonicalize_license_expression(said.get(field) or ""))
        except InvalidLicenseExpression:
            continue
    named = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if line.startswith("License :: ")]
    meant = {CLASSIFIERS.get(name, "") for name in named}
    return meant.pop() if len(meant) == 1 else ""


def is_allowed(licence: str, allowed: Iterable[str]) -> bool:
    """Whether one of the alternatives asks for nothing but what is allowed."""
    return any(set(one.split(" AND ")) <= set(allowed) for one in licence.strip("()").split(" OR "))


def licences_of(names: Iterable[str], said: Said, read: Mapping[str, str]) -> Licences:
    """The licence of each package: as it was read by us, else as it says itself; "" where nobody knows."""
    return {name: read.get(name) or declared(said(name) or Message()) for name in sorted(names)}


def refused(licences: Licences, allowed: Iterable[str]) -> Iterator[str]:
    for name, licence in licences.items():
        if not licence:
            yield f"{name}: its licence is not known; read it, and say in pyproject.toml under [tool.licences.read]"
        elif not is_allowed(licence, allowed):
            yield f"{name}: {licence} is not among the licences that pyproject.toml allows"


def listed(text: str) -> dict[str, Licences]:
    """What docs/licences.md says, by lock file."""
    return {lock: dict(ROW.findall(section(text, heading))) for lock, heading in TABLES.items()}


def section(text: str, heading: str) -> str:
    """What stands under a heading, without that itself."""
    return re.split(r"^## ", text.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def written(text: str, tables: Mapping[str, Licences]) -> str:
    """The list with new rows in its tables."""
    for lock, licences in tables.items():
        old = section(text, TABLES[lock])
        words, line, _rows = old.partition("|---|---|\n")
        rows = "".join(f"| `{name}` | {licence} |\n" for name, licence in licences.items())
        text = text.replace(old, words + line + rows + ("" if lock == FORMATS else "\n"))
    return text


def names_by_lock(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """What is locked, each package where it is met first: to run, to develop, to check."""
    pinned = {lock: set(Lock(texts[lock]).pinned) for lock in TABLES}
    before: set[str] = set()
    found = {}
    for lock, names in pinned.items():
        found[lock] = names - before
        before |= names
    return found


def known(text: str) -> dict[str, Licences]:
    """The licence of every locked package. Where no `.venv-formats` is, the list's own word for what it would hold."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["licences"]["read"]
    names = names_by_lock({lock: (ROOT / lock).read_text() for lock in TABLES})
    here, found = said_by(), {}
    for lock in (RUN, DEV):
        found[lock] = licences_of(names[lock], here, read)
    folders = [str(folder) for folder in READERS.glob("lib/python3*/site-packages")]
    if folders:
        found[FORMATS] = licences_of(names[FORMATS], said_by(folders), read)
    else:
        before = listed(text)[FORMATS]
        found[FORMATS] = {name: before.get(name, "") for name in sorted(names[FORMATS])}
    return found


def problems(text: str, found: Mapping[str, Licences]) -> list[str]:
    """What is wrong, given the text of the list and the licence of each package."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["licences"]
    wrong = [*refused(found[RUN], said["allowed"])]
    for lock in (DEV, FORMATS):
        wrong += refused(found[lock], [*said["allowed"], *said["allowed-to-develop"]])
    locked = {name for licences in found.values() for name in licences}
    wrong += [f"{name}: read in pyproject.toml, and not locked" for name in sorted(set(said["read"]) - locked)]
    differ = [TABLES[lock] for lock, licences in listed(text).items() if licences != found[lock]]
    return wrong + [f"{LIST}: “{heading}” is not what is locked; call make licences" for heading in differ]


def main() -> int:
    """Say what is wrong, having written the list anew if asked to; return the exit status."""
    text = (ROOT / LIST).read_text(encoding="utf-8")
    found = known(text)
    if "--update" in sys.argv:
        text = written(text, found)
        (ROOT / LIST).write_text(text, encoding="utf-8")
    wrong = problems(text, found)
    for problem in wrong:
        print(problem, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
