"""Compares two contents of a pilot, field by field. Takes plain values and asks the database for nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilots.models.content import MANY, PARTS, Content
from pilots.models.pilot import PROFILE, SECTIONS

Path = tuple[str, ...]
# A part or pointer that is there at all, whatever its fields say.
THERE = "there"
FIRST = (THERE, "title", "summary", *SECTIONS, *PROFILE)


@dataclass(frozen=True)
class Difference:
    """One field that two contents do not share. `before` and `after` are text, lists of slugs, or None for absent."""

    path: Path
    before: Any
    after: Any


def flat(content: Content) -> dict[Path, Any]:
    """The content as one dictionary, each value under the path that leads to it.

    ("stages",) holds a list of slugs, ("texts", "en", "title") and ("lessons", "2", "texts", "en", "text")
    hold text, ("provenance", "fr", "title") holds what is known of a text as one dictionary,
    ("lessons", "2", "there") holds True for a lesson that exists.
    """
    return dict(_leaves(content, ()))


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if not isinstance(value, dict) or is_record(path):
        yield path, value
        return
    if len(path) == 2 and path[0] in {*PARTS, "passages"}:
        yield (*path, THERE), True
    for key, inner in value.items():
        yield from _leaves(inner, (*path, key))


def is_record(path: Path) -> bool:
    """Whether it leads to what is known of one text."""
    return path[-3:-2] == ("provenance",)


def text_of(path: Path) -> Path:
    """The path of the text that a record is about."""
    return (*path[:-3], "texts", *path[-2:])


def record_of(path: Path) -> Path:
    """The path of what is known of a text."""
    return (*path[:-3], "provenance", *path[-2:])


def nested(values: dict[Path, Any]) -> Content:
    """The content that `flat` made these values of, every part of it present."""
    content: Content = {"texts": {}, **{name: {} for name in (*PARTS, "passages")}}
    for path, value in values.items():
        into = content
        for key in path[:-1]:
            into = into.setdefault(key, {})
        if path[-1] == THERE:
            if path[0] in PARTS:
                into.setdefault("texts", {})
        else:
            into[path[-1]] = value
    return content


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: an absent text is an empty one."""
    return (one or "") == (other or "")


def differences(before: Content, after: Content) -> list[Difference]:
    """Every field that differs, in the order of the form: facts, texts, parts, pointers."""
    old, new = flat(before), flat(after)
    paths = sorted({*old, *new}, key=place)
    return [Difference(path, old.get(path), new.get(path)) for path in paths if not same(old.get(path), new.get(path))]


def says_the_same(one: Content, other: Content) -> bool:
    """Whether two contents say the same, whatever is known of their texts."""
    return all(is_record(difference.path) for difference in differences(one, other))


def place(path: Path) -> tuple[Any, ...]:
    """Where a field stands in the order of the form; numbers count as numbers."""
    groups = [
        "slug",
        "texts",
        "provenance",
        "authority",
        *MANY,
        "start",
        "end",
        "evaluation",
        "source",
        "reviewed_on",
        *PARTS,
    ]
    group = groups.index(path[0]) if path[0] in groups else len(groups)
    return (group, *(_rank(step) for step in path[1:]))


def _rank(step: str) -> str:
    """What a step of a path is sorted by: numbers as numbers, a part before its fields, texts as in the form."""
    if step.isdigit():
        return f"{int(step):06}"
    return f"{FIRST.index(step):02}" if step in FIRST else step
