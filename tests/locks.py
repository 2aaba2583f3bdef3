"""Checks that the lock files install whatever is released later; `make lint` calls it.

pip, told to require hashes, refuses all that a lock file leaves open: a requirement with extras that the lock names
without, one it does not name, a version that is not exact. Some of that shows only when a newer release comes out,
so it is read here from what the installed packages ask for: offline, and for each platform.
"""

import functools
import itertools
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUN, DEV, FORMATS = "requirements.txt", "requirements-dev.txt", "requirements-formats.txt"
PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ENVIRONMENTS = [
    {"sys_platform": it[0], "platform_system": it[1], "os_name": it[2], "python_version": python}
    | {"python_full_version": f"{python}.0", "platform_python_implementation": "CPython"}
    for it, python in itertools.product(PLATFORMS, PYTHONS)
]
Environment = dict[str, str]


class Lock:
    """A lock file, read: what it pins by name, and what is wrong with its lines."""

    def __init__(self, text: str) -> None:
        self.pinned: dict[str, list[Requirement]] = defaultdict(list)
        self.problems: list[str] = []
        lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
        for line in "\n".join(lines).replace("\\\n", " ").splitlines():
            if line.strip():
                self.problems += self._read(line.strip())

    def _read(self, line: str) -> Iterator[str]:
        if line.startswith("-"):
            yield f"{line}: no options belong there, least of all addresses of package registries"
            return
        said, *hashes = line.split("--hash=")
        try:
            pin = Requirement(said)
        except InvalidRequirement:
            yield f"{line}: no requirement"
            return
        self.pinned[canonicalize_name(pin.name)].append(pin)
        if [one.operator for one in pin.specifier] != ["=="] or pin.url or str(pin.specifier).endswith("*"):
            yield f"{said.strip()}: not pinned to one version"
        if not any(one.startswith("sha256:") for one in hashes):
            yield f"{said.strip()}: no hash"

    def version(self, name: str) -> str:
        return str(self.pinned[name][0].specifier).removeprefix("==")

    def refuses(self, asked: Requirement, environment: Environment) -> str:
        """Return why pip would not take what the lock has for what is asked there, "" if it would."""
        name = canonicalize_name(asked.name)
        pins = [pin for pin in self.pinned[name] if applies(pin, environment)]
        if not pins:
            return "is not locked"
        if missing := asked.extras - {extra for pin in pins for extra in pin.extras}:
            return f"is locked without [{', '.join(sorted(missing))}]: pip will refuse it when a newer one is released"
        if not asked.specifier.contains(self.version(name), prereleases=True):
            return f"is locked as {self.version(name)}"
        return ""


def applies(requirement: Requirement, environment: Environment, extra: str = "") -> bool:
    """Whether a requirement is one in this environment, when the package is asked for with this extra."""
    return requirement.marker is None or requirement.marker.evaluate(environment | {"extra": extra})


@functools.cache
def requirements_of(name: str) -> list[Requirement]:
    """All that the installed package may ask for; nothing of one that this machine does not need."""
    try:
        return [Requirement(line) for line in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return []


def asked_by(requirement: Requirement, environment: Environment) -> Iterator[Requirement]:
    for one in requirements_of(requirement.name):
        if any(applies(one, environment, extra) for extra in ("", *requirement.extras)):
            yield one


def asked_for(roots: list[str], environment: Environment) -> Iterator[tuple[str, Requirement]]:
    """Yield everything that has to be installed there, each after the name of what asks for it."""
    waiting, seen = [("pyproject.toml", Requirement(root)) for root in roots], set()
    while waiting:
        asking, requirement = waiting.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        yield asking, requirement
        if key not in seen:
            seen.add(key)
            waiting += [(requirement.name, one) for one in asked_by(requirement, environment)]


def out_of_step(lock: Lock, roots: list[str]) -> Iterator[str]:
    """Yield where the lock has not what the project asks for, or what it does not ask for."""
    needed = set()
    for environment in ENVIRONMENTS:
        for asking, requirement in asked_for(roots, environment):
            needed.add(canonicalize_name(requirement.name))
            if why := lock.refuses(requirement, environment):
                yield f"{requirement}, for {asking}, {why}"
    yield from (f"{name}: nothing asks for it" for name in sorted(set(lock.pinned) - needed))


def not_installed(lock: Lock) -> Iterator[str]:
    """Yield what is locked for this machine and not what is installed: of that, nothing can be said here."""
    for name, [pin, *_others] in lock.pinned.items():
        if pin.marker is None:
            try:
                found = metadata.version(name)
            except metadata.PackageNotFoundError:
                found = "nothing"
            if found != lock.version(name):
                yield f"{pin}: {found} is installed; call make again"


def not_taken(lock: Lock, asked: Iterable[Requirement]) -> Iterator[str]:
    """Yield what is asked for and not locked. What those ask for in turn is not installed here, so not known."""
    for requirement in asked:
        if why := lock.refuses(requirement, ENVIRONMENTS[0]):
            yield f"{requirement} {why}"


def problems(project: str, texts: dict[str, str]) -> list[str]:
    """What is wrong with the lock files, given the text of pyproject.toml and of each file by its name."""
    said = tomllib.loads(project)
    roots = said["project"]["dependencies"]
    locks = {name: Lock(text) for name, text in texts.items()}
    found: list[str] = []
    for name, asked in ((RUN, roots), (DEV, roots + said["dependency-groups"]["dev"])):
        lock = locks[name]
        wrong = lock.problems or [*not_installed(lock), *dict.fromkeys(out_of_step(lock, asked))]
        found += [f"{name}: {problem}" for problem in wrong]
    readers = map(Requirement, said["dependency-groups"]["formats"])
    wrong = locks[FORMATS].problems or list(not_taken(locks[FORMATS], readers))
    found += [f"{FORMATS}: {problem}" for problem in wrong]
    others = {name for name in locks[RUN].pinned if locks[RUN].pinned[name] != locks[DEV].pinned.get(name)}
    return found + [f"{DEV}: {name} is not locked as in {RUN}" for name in sorted(others)]


def main() -> int:
    """Say what is wrong; return the exit status."""
    texts = {name: (ROOT / name).read_text() for name in (RUN, DEV, FORMATS)}
    found = problems((ROOT / "pyproject.toml").read_text(), texts)
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        print("The lock files would not install for good. `make lock` writes them anew.", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
