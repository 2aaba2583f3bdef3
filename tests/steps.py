"""Counts what code does, in place of the time it takes: the same on every machine, idle or busy."""

import cProfile
import re
import sys
from collections.abc import Callable
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeVar

Answer = TypeVar("Answer")
REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT}


def steps(function: Callable[..., object], *arguments: object) -> int:
    """How many calls `function` makes."""
    return counted(function, *arguments)[1]


def counted(function: Callable[..., Answer], *arguments: object) -> tuple[Answer, int]:
    """What `function` returns, and how many calls it makes, of functions in Python and in C.

    What happens within one in C is one. The interpreter's own profiler counts; what it says of times is not read.
    """
    profile = cProfile.Profile()
    measuring = sys.getprofile()
    try:
        answer = profile.runcall(function, *arguments)
    finally:
        sys.setprofile(measuring)
    return answer, sum(entry.callcount for entry in profile.getstats())


def uncounted(function: Callable[..., Answer], *arguments: object) -> tuple[Answer, int]:
    """What `function` returns, and 0."""
    return function(*arguments), 0


def is_linear(pattern: re.Pattern[str]) -> bool:
    r"""Return whether searching with `pattern` costs no more than the length of the text, whatever the text.

    An expression is one call, whose steps nobody counts, so this reads how it is made. After a repeat without an end
    nothing may be required: where `\w+@` finds no @, it tries again from each letter of the word. It is stricter than
    need be, and does not see that two repeats of nothing but options can share a text in many ways.
    """
    return _is_linear(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), may_fail_after=False)


def _is_linear(sequence: Any, *, may_fail_after: bool) -> bool:
    return all(
        _is_linear_part(code, value, may_fail_after=may_fail_after or _needs_something(sequence, place + 1))
        for place, (code, value) in enumerate(sequence)
    )


def _needs_something(sequence: Any, place: int) -> bool:
    """Whether what stands from `place` on can fail: a character that must be there, or a look around."""
    rest = sequence[place:]
    return rest.getwidth()[0] > 0 or any(code in {codes.ASSERT, codes.ASSERT_NOT, codes.AT} for code, _value in rest)


def _is_linear_part(code: Any, value: Any, *, may_fail_after: bool) -> bool:
    if code in REPEATS:
        _least, most, repeated = value
        return not (most == codes.MAXREPEAT and may_fail_after) and _is_linear(repeated, may_fail_after=may_fail_after)
    if code is codes.BRANCH:
        return all(_is_linear(branch, may_fail_after=may_fail_after) for branch in value[1])
    if code is codes.SUBPATTERN:
        return _is_linear(value[-1], may_fail_after=may_fail_after)
    if code in {codes.ASSERT, codes.ASSERT_NOT}:
        return _is_linear(value[1], may_fail_after=True)
    return True
