"""Pointers into the source."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pilots.models import Lesson, Passage
from pilots.models.passage import covers, describe_passage, section_that_says, validate_passage


@pytest.mark.parametrize("value", ["3", "3.2", "3.2-4", "2, 3.1", "2,3.1-2 , 14", "9999.999"])
def test_paragraph_and_sentences_are_a_passage(value: str) -> None:
    validate_passage(value)


# Each with the part that is no passage.
NO_PASSAGES = [("0", "0"), ("3.0", "3.0"), ("3.4-2", "3.4-2"), ("3.2-2", "3.2-2"), ("3-4", "3-4"), ("p. 3", "p. 3")]
NO_PASSAGES += [("3,", ""), ("2; 3", "2; 3"), ("2, 3.x", "3.x"), ("٣", "٣"), ("10000", "10000"), ("3.1\n4", "3.1\n4")]


@pytest.mark.parametrize(("value", "part"), NO_PASSAGES)
def test_anything_else_is_refused_with_a_sentence_that_says_how_to_write_it(value: str, part: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_passage(value)
    advice = "Write paragraph and sentences as 3, 3.2 or 3.2-4, several with commas."
    assert refusal.value.messages == [f"“{part}” is no passage. {advice}"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("3", "paragraph 3"),
        ("3.2", "paragraph 3, sentence 2"),
        ("3.2-4", "paragraph 3, sentences 2–4"),
        ("2, 3.1-2", "paragraph 2; paragraph 3, sentences 1–2"),
        ("", ""),
    ],
)
def test_passage_is_said_in_words(value: str, said: str) -> None:
    assert describe_passage(value) == said


def test_passage_written_round_the_forms_is_shown_as_it_is() -> None:
    assert describe_passage("page 3, 2.1") == "page 3; paragraph 2, sentence 1"


@pytest.mark.parametrize(
    ("passage", "other"),
    [("3.2", "3.2"), ("3", "3.2-4"), ("3.1-4", "3.2, 3.4"), ("2, 3.1, 3.2", "3.1-2"), ("2, 3", "3")],
)
def test_passage_covers_the_sentences_it_points_at(passage: str, other: str) -> None:
    assert covers(passage, other)


@pytest.mark.parametrize(("passage", "other"), [("3.1", "3.1-2"), ("3.1-4", "3"), ("13.2", "3.2"), ("", "3.1")])
def test_passage_does_not_cover_what_it_does_not_point_at(passage: str, other: str) -> None:
    assert not covers(passage, other)


def test_what_was_done_says_a_sentence_before_the_summary_does() -> None:
    texts = {"summary": "13.1-2", "what_was_done": "13.1-4", "objectives": "13.3"}
    assert section_that_says("13.1", texts) == "what_was_done"
    assert section_that_says("13.1", texts | {"what_was_done": "13.4"}) == "summary"
    assert section_that_says("13.1, 14", texts) == ""


@given(st.text(max_size=60))
def test_no_text_makes_the_check_or_the_wording_break(value: str) -> None:
    describe_passage(value)
    covers("3", value)
    with contextlib.suppress(ValidationError):
        validate_passage(value)


@pytest.mark.parametrize("pasted", ["3.2–4", "3.2‑4", " 3.2-4\u200b", "３.２−４"])
def test_pointer_is_kept_as_it_is_written_whatever_was_pasted(pasted: str) -> None:
    assert Passage._meta.get_field("passage").clean(pasted, None) == "3.2-4"
    assert Lesson._meta.get_field("passage").clean(pasted, None) == "3.2-4"
