"""Two texts are compared word by word, whatever they are, in few steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.history.word_diff import DiffPart, compare_lists, compare_texts
from tests.steps import steps

LONG = 10_000


def without(kind: str, pieces: list[DiffPart]) -> str:
    """The text that is left without the pieces of one kind."""
    return "".join(piece.text for piece in pieces if piece.kind != kind)


@given(before=st.text(), after=st.text())
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = compare_texts(before, after)
    assert without("added", pieces) == before
    assert without("removed", pieces) == after


@given(words=st.lists(st.sampled_from(["city", "prison", "staff", "and", "trained."]), max_size=30), cut=st.data())
def test_words_taken_out_are_the_only_ones_marked(words: list[str], cut: st.DataObject) -> None:
    start = cut.draw(st.integers(0, len(words)))
    before, after = " ".join(words), " ".join(words[:start])
    assert [piece.kind for piece in compare_texts(before, after) if piece.kind == "added"] == []


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("The city trained staff.", "The city trained officers.", "The city trained [-staff-]{+officers+}."),
        ("one two three", "one four five", "one [-two three-]{+four five+}"),
        ("", "New.", "{+New.+}"),
        ("Old.", "", "[-Old.-]"),
        ("Same.", "Same.", "Same."),
        ("d’Avignon", "de Avignon", "[-d’-]{+de +}Avignon"),
    ],
)
def test_only_the_words_that_differ_are_marked(before: str, after: str, shown: str) -> None:
    marks = {"same": "%s", "removed": "[-%s-]", "added": "{+%s+}"}
    assert "".join(marks[piece.kind] % piece.text for piece in compare_texts(before, after)) == shown


def test_one_word_in_ten_thousand_is_found() -> None:
    words = [f"word{number}" + "." * (number % 12 == 0) for number in range(LONG)]
    before = " ".join(words)
    words[5000] = "other"
    changed = [piece for piece in compare_texts(before, " ".join(words)) if piece.kind != "same"]
    assert changed == [DiffPart("removed", "word5000"), DiffPart("added", "other")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * LONG, "b a " * LONG),
        ("a. " * LONG, "a. b. " * LONG),
        ("." * LONG * 10, "!" * LONG * 10),
        (" ".join(f"x{n}." for n in range(LONG)), " ".join(f"x{n}." for n in range(LONG, 0, -1))),
        ("\n" * LONG, " \n \n" * LONG),
    ],
    ids=["two words", "short sentences", "marks", "turned round", "lines"],
)
def test_long_texts_take_a_few_steps_a_word(before: str, after: str) -> None:
    assert without("added", compare_texts(before, after)) == before
    assert steps(compare_texts, before, after) < 10 * LONG


def test_lists_are_compared_value_by_value() -> None:
    pieces = compare_lists(["Prison", "Release"], ["Release", "Probation"])
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Release"),
        ("removed", "Prison"),
        ("added", "Probation"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u0940\u0928\u094d\u0926\u0940"),
        ("\u0e17\u0e35\u0e48", "\u0e17\u0e37\u0e48"),
        ("\u05e9\u05b8", "\u05e9\u05b9"),
        ("\U0001f469\u200d\u2695\ufe0f", "\U0001f468\u200d\u2695\ufe0f"),
        ("\U0001f469\U0001f3fd", "\U0001f469\U0001f3ff"),
    ],
)
def test_letters_with_their_marks_and_emoji_are_compared_as_a_whole(before: str, after: str) -> None:
    pieces = [("same", "a "), ("removed", before), ("added", after), ("same", ", b")]
    assert compare_texts(f"a {before}, b", f"a {after}, b") == [DiffPart(*piece) for piece in pieces]
