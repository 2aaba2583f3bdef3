"""What an import changes in a long text is shown where it is, cut between words."""

import pytest

from pilots.spreadsheets.changed_fields import AHEAD, LONGEST_SHOWN, where_they_differ

LONG = " ".join(f"word{number}" for number in range(200))


def test_short_texts_are_shown_as_they_are() -> None:
    assert where_they_differ("One.\nTwo.", "One.") == ("One.\nTwo.", "One.")


def test_long_text_is_cut_between_words() -> None:
    before, after = where_they_differ("", LONG)
    assert before == ""
    assert LONG.startswith(after.removesuffix(" …") + " ")
    assert len(after) <= LONGEST_SHOWN + len(" …")


@pytest.mark.parametrize("changed", ["word150", "word199"])
def test_change_far_behind_is_shown_with_what_stands_before_it(changed: str) -> None:
    before, after = where_they_differ(LONG, LONG.replace(changed, "another"))
    assert changed in before
    assert "another" in after
    assert before.split()[:3] == after.split()[:3] != LONG.split()[:3]
    assert {*before.split(), *after.split()} <= {*LONG.split(), "another", "…"}


def test_what_was_added_at_the_end_of_a_short_text_is_shown() -> None:
    short = LONG[: LONGEST_SHOWN - 1].rpartition(" ")[0]
    before, after = where_they_differ(short, f"{short} and some more words")
    assert before == short
    assert after.endswith(" and some more words")


def test_text_without_blanks_is_cut_somewhere() -> None:
    before, after = where_they_differ("x" * 1000, "x" * 999 + "y")
    assert (len(before), after[-1]) == (AHEAD + len("… ") + 1, "y")
