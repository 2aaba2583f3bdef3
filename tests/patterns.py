"""Finds regular expressions whose cost can grow with the square of a text, by their structure and without a clock."""

import re
from collections.abc import Iterator
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# One of each kind of character that patterns tell apart.
SAMPLE = [*map(chr, range(128)), *"éÀßıøœ\u0301\u00ad\u200b\u00a0\u202f‐‑–—−“”‘’«»…·•＝＠Ａ\ue000\ufeff🙂"]
MANY = 1000  # repeats beyond this count as without end
REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}
CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
Node = tuple[Any, Any]
Chars = frozenset[str]


def faults(pattern: re.Pattern[str]) -> list[str]:
    """What can make a pattern slow: repeats without end beside or inside each other over the same characters."""
    sequence = [*parser.parse(pattern.pattern, pattern.flags)]
    return [*_faults(sequence), *_at_each_place(sequence)]


def _at_each_place(sequence: list[Node]) -> Iterator[str]:
    """Yield a fault if a search tries an endless repeat from each place of a text, and then fails."""
    if not sequence:
        return
    if _is_endless(sequence[0]) and any(node[0] is sre.AT or not _may_be_empty(node) for node in sequence[1:]):
        yield "begins with an endless repeat that something has to follow"
    for part in _parts(sequence[0]):
        yield from _at_each_place([*part, *sequence[1:]]) if not _is_endless(sequence[0]) else ()


def _faults(sequence: list[Node]) -> Iterator[str]:
    for place, node in enumerate(sequence):
        if _is_endless(node):
            body = [*node[1][2]]
            yield from _beside(_chars(body), sequence[place + 1 :])
            yield from (f"nested: {inner}" for inner in _inside(body, body))
        for part in _parts(node):
            yield from _faults(part)


def _beside(chars: Chars, following: list[Node]) -> Iterator[str]:
    """Yield a fault if another endless repeat can go on where one over `chars` ends."""
    for node in following:
        shared = chars & _first([node])
        if _has_endless_first(node) and shared:
            yield f"adjacent over {sorted(shared)[:5]}"
        if not _may_be_empty(node) and not shared:
            return
        if not _may_be_empty(node) and node[0] not in REPEATS:
            chars = chars & _chars([node])


def _inside(body: list[Node], after: list[Node]) -> Iterator[str]:
    """Yield a fault if an endless repeat in a repeated body can share characters with what comes `after` it."""
    for place, node in enumerate(body):
        following = [*body[place + 1 :], *after]
        if _is_endless(node):
            yield from _beside(_chars([node]), following)
        else:
            for part in _parts(node):
                yield from _inside(part, following)


def _is_endless(node: Node) -> bool:
    return node[0] in REPEATS and int(node[1][1]) >= MANY


def _parts(node: Node) -> list[list[Node]]:
    kind, value = node
    if kind in REPEATS:
        return [[*value[2]]]
    if kind is sre.SUBPATTERN:
        return [[*value[3]]]
    if kind is sre.BRANCH:
        return [[*branch] for branch in value[1]]
    return [[*value]] if kind is sre.ATOMIC_GROUP else []


def _has_endless_first(node: Node) -> bool:
    """Whether what a node matches can go on without end from its first character."""
    if _is_endless(node):
        return True
    return any(part and _has_endless_first(part[0]) for part in _parts(node))


def _first(nodes: list[Node]) -> Chars:
    """The characters of the sample that what the nodes match can begin with."""
    found: set[str] = set()
    for node in nodes:
        parts = _parts(node)
        found.update(*(_first(part) for part in parts)) if parts else found.update(_single(node))
        if not _may_be_empty(node):
            break
    return frozenset(found)


def _may_be_empty(node: Node) -> bool:
    kind, value = node
    if kind in REPEATS:
        return value[0] == 0 or all(map(_may_be_empty, value[2]))
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT, sre.GROUPREF):
        return True
    parts = _parts(node)
    return bool(parts) and any(all(map(_may_be_empty, part)) for part in parts)


def _chars(nodes: list[Node]) -> Chars:
    """The characters of the sample that can stand anywhere in what the nodes match."""
    found: set[str] = set()
    for node in nodes:
        parts = _parts(node)
        found.update(*(_chars(part) for part in parts)) if parts else found.update(_single(node))
    return frozenset(found)


def _single(node: Node) -> set[str]:
    kind, value = node
    if kind is sre.LITERAL:
        return {char for char in SAMPLE if ord(char) == value} | {chr(value)}
    if kind is sre.NOT_LITERAL:
        return {char for char in SAMPLE if ord(char) != value}
    if kind is sre.ANY:
        return {*SAMPLE}
    if kind is sre.RANGE:
        return {char for char in SAMPLE if value[0] <= ord(char) <= value[1]} | {chr(value[0])}
    if kind is sre.CATEGORY:
        return {char for char in SAMPLE if re.match(CATEGORIES[value], char)}
    if kind is sre.IN:
        members = set().union(*(_single(inner) for inner in value if inner[0] is not sre.NEGATE))
        return {*SAMPLE} - members if value[0][0] is sre.NEGATE else members
    return set()
