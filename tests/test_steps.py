"""What takes more steps than it should is noticed."""

import re

import pytest

from tests.steps import is_linear, steps


def all_pairs(length: int) -> None:
    """Do something for each pair."""
    for _number in range(length):
        for _other in range(length):
            len("")


def test_steps_are_the_same_each_time() -> None:
    assert steps(all_pairs, 30) == steps(all_pairs, 30) > 900


def test_what_grows_with_the_square_is_noticed() -> None:
    assert steps(all_pairs, 40) > 15 * steps(all_pairs, 10)


@pytest.mark.parametrize("pattern", [r"\s*\n\s*", r"\w+@", r"(\d+)*$", r"\s+$", r"a.*b", r"(?:a|\w+)x", r"(?=.*b)a"])
def test_pattern_that_goes_over_a_text_again_is_noticed(pattern: str) -> None:
    assert not is_linear(re.compile(pattern))


@pytest.mark.parametrize("pattern", [r"\d+(?:[.,]\d+)*|\w+", r"\s{0,20}\n", r"(?<=[.!?]\s)|\n", r"a{1,3}b", r"\w+"])
def test_pattern_that_goes_over_a_text_once_is_good(pattern: str) -> None:
    assert is_linear(re.compile(pattern))
