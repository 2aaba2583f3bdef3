"""Names in lines, where no browser breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.pictures.lettering import width_of, wrap

WORDS = st.text(alphabet="abcW M.-/é漢", max_size=80)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Efus", ["Efus"]),
        ("", [""]),
        ("European Forum for Restorative Justice", ["European Forum for", "Restorative Justice"]),
        ("Municipality of Clichy-sous-Bois", ["Municipality of", "Clichy-sous-Bois"]),
    ],
)
def test_lines_are_about_equally_long_and_words_stay_whole(name, lines):
    assert list(wrap(name, 15, 4)) == lines


def test_word_too_long_for_a_line_breaks_after_a_hyphen_first():
    assert wrap("Clichy-sous-Bois", 7, 4) == ("Clichy-sous-", "Bois")
    assert wrap("x" * 20, 6.4, 4) == ("x" * 10, "x" * 10)


def test_what_does_not_fit_ends_with_dots():
    assert wrap("one two three four", 3.2, 2) == ("one", "two…")
    assert wrap("x" * 100, 6.4, 2) == ("x" * 10, "x" * 8 + "…")


@given(WORDS, st.floats(3, 20), st.integers(1, 5))
def test_no_line_is_too_long_and_no_letter_lost(name, width, most_lines):
    lines = wrap(name, width, most_lines)
    assert len(lines) <= most_lines
    assert all(width_of(line) <= width for line in lines)
    letters, shown = "".join(name.split()), "".join("".join(lines).split())
    assert shown == letters or (shown.endswith("…") and letters.startswith(shown[:-1]))
