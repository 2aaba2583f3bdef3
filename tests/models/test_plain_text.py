"""Text from people is cleaned on the way in: what is not seen goes, what is meant stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.models import plain_text
from pilots.models.plain_text import MOST_MARKS, clean, clean_line

CLEANED = [
    ("one\x0btwo", "one\ntwo"),
    ("one_x000B_two_x000d_", "one\ntwo"),
    ("a\r\nb\rc\x0cd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
    ("e\u0301t\u00e9", "\u00e9t\u00e9"),
    ("\u202eabc\u202c \u2066d\u2069\u200e\u200f\u061c", "abc d"),
    ("so\u00adft ze\u200bro\u2060 \ufeffbom \ufffcpicture", "soft zero bom picture"),
    ("bell\x07 nul\0 half\ud800 none\uffff", "bell nul half none"),
    ("\uf0b7\tone\n \uf0a7 two\n\ue123three", "• one\n• two\n• three"),
    ("•one\no\ttwo\n§\tthree", "• one\n• two\n• three"),
    ("in the \uf0b7 middle, private\ue123 sign", "in the • middle, private sign"),
    ("l\x92\u00e9cole \x93a\x94", "l’école “a”"),
    ("a \t  b \n\n \n\u00a0\n c  ", "a b\n\nc"),
    ("«\u00a0oui\u00a0» 10\u202f000", "«\u00a0oui\u00a0» 10\u202f000"),
    ("co\x1eoperate", "co\u2011operate"),
]


@pytest.mark.parametrize(("typed", "kept"), CLEANED)
def test_text_is_kept_as_it_is_meant(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", " \t\u00a0", "\u200b", "\u2800", "\u3164", "\u180e", "\ufe0f", "\xad", "\u2028", "\0", "\ue000\ufeff\n"],
)
def test_what_looks_empty_is_empty(typed: str) -> None:
    assert clean_line(typed) == ""


def test_field_of_one_line_has_one_line() -> None:
    assert clean_line(" \uf0b7 A title\x0bof\r\n\r\ntwo_x000A_ lines ") == "A title of two lines"


@pytest.mark.parametrize("cleaned", [clean, clean_line])
@given(
    text=st.lists(st.text(max_size=5) | st.sampled_from([typed for typed, _kept in CLEANED]), max_size=5).map("".join)
)
def test_cleaning_twice_changes_nothing_more(cleaned: object, text: str) -> None:
    assert callable(cleaned)
    once = cleaned(text)
    assert cleaned(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {unicodedata.category(char) for char in once.replace("\n", "")} & {"Cc", "Cs", "Co"}


def test_row_of_accents_on_one_letter_is_cut_before_it_is_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Putting marks of two kinds in order takes the square of their number."""
    composed: list[str] = []
    monkeypatch.setattr(plain_text.unicodedata, "normalize", lambda _form, text: composed.append(text) or text)
    clean("a" + "\u0301\u0316" * 5_000 + "b")
    assert [len(text) for text in composed] == [MOST_MARKS + 2]
