"""A source's text is numbered as its pointers count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.models.numbered_text import NumberedText, split
from tests.steps import steps

# The same Python on both.
DATABASES = ("sqlite",)

TEXT = "Northtown (XX) – Helpers: A heading\n\nOne. Two!\nThree? Four.  Five."


def pointers(text: NumberedText, pointer: str) -> list[str]:
    return [sentence.pointer for sentence in text.look_up(pointer).sentences]


def test_paragraphs_are_lines_that_are_not_empty_headings_included():
    text = NumberedText(TEXT)
    assert [len(paragraph.sentences) for paragraph in text.paragraphs] == [1, 2, 3]
    assert [paragraph.number for paragraph in text.paragraphs] == [1, 2, 3]
    assert text.sentence_count == 6


# Each with how many sentences it has.
@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Work with “formers” (i.e. those who left) goes on. It helps.", 2),
        ("Others (e.g. The Northtown Office) came. So did we.", 2),
        ("They said: “It works.” Then they left.", 2),
        ("They said “Stop.” and left.", 1),
        ("(It was cold.) Nobody came.", 2),
        ("Dr. Known met Mr. J. Known at no. 5. It rained.", 2),
        ("Nobody said no. 5 people left.", 1),
        ("Nobody said no. People left.", 2),
        ("The U.S. Office sent 2.5 people. They stayed.", 2),
        ("It lasted until 5 p.m. The next day it rained.", 2),
        ("Is it so? ¿Es así? «Oui.» Ja…", 4),
        ("It began in Sept. 2019 and on 5 Jan. 2020. It ended.", 2),
        ("« C’est fini ! » dit-il. « Oui. » Puis il part.", 3),
        ("1. Set up the group. Meet in 2019. Go on.", 3),
        ("a. First this", 1),
        ("The Ph.D. Office came, bl.a. Anna, and Mme. Curie. They left.", 2),
        ("He left. – Then she came", 2),
        ("Half-day sessions of Fryshuset/Exit", 1),
        ("What is the ‘process’? A question.", 2),
        ("…", 1),
        ("", 0),
    ],
)
def test_sentences_are_told_apart(line: str, count: int):
    assert len(list(split(line))) == count, list(split(line))


@pytest.mark.parametrize(
    ("pointer", "found", "beyond"),
    [
        ("1", ["1.1"], ()),
        ("3", ["3.1", "3.2", "3.3"], ()),
        ("2.2", ["2.2"], ()),
        ("3.2-3, 2.1", ["3.2", "3.3", "2.1"], ()),
        ("2, 2.1", ["2.1", "2.2"], ()),
        ("3.2-5", ["3.2", "3.3"], ("3.4-5",)),
        ("3.3-4", ["3.3"], ("3.4",)),
        ("2.3", [], ("2.3",)),
        ("2.5-6", [], ("2.5-6",)),
        ("1, 4", ["1.1"], ("4",)),
        ("page 3", [], ("page 3",)),
        ("", [], ()),
    ],
)
def test_pointer_finds_its_sentences_and_says_what_the_text_does_not_have(pointer, found, beyond):
    text = NumberedText(TEXT)
    assert pointers(text, pointer) == found
    assert text.look_up(pointer).beyond == beyond


@given(st.text(alphabet="aA .!?…()“”\n", max_size=60))
def test_nothing_is_lost_or_added_but_blanks(text: str):
    numbered = NumberedText(text)
    said = "".join(sentence.text for paragraph in numbered.paragraphs for sentence in paragraph.sentences)
    assert "".join(said.split()) == "".join(text.split())


@given(st.text(max_size=60))
def test_any_pointer_is_answered(pointer: str):
    NumberedText(TEXT).look_up(pointer)


@pytest.mark.parametrize("piece", [".", "A. ", "“", "a.)", "\n"])
def test_time_grows_with_the_text_and_no_faster(piece: str):
    few, many = (steps(NumberedText, piece * n) for n in (500, 5_000))
    assert many < 12 * few
