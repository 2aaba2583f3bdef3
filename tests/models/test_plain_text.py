"""Text from people is cleaned on the way in: what is not seen goes, what is meant stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.models import plain_text
from pilots.models.other_names import other_names
from pilots.models.plain_text import MOST_MARKS, clean, clean_address, clean_line, clean_mailbox
from pilots.models.synonyms import split_words

CLEANED = [
    ("one\x0btwo", "one\ntwo"),
    ("one_x000B_two_x000d_", "one\ntwo"),
    ("a\r\nb\rc\x0cd\x85e\u2028f\u2029g", "a\nb\nc\nd\ne\nf\ng"),
    ("e\u0301t\u00e9", "\u00e9t\u00e9"),
    ("\u202eabc\u202c \u2066d\u2069\u200e\u200f\u061c", "abc d"),
    ("so\u00adft ze\u200bro\u2060 \ufeffbom \ufffcpicture", "soft zero bom picture"),
    ("\uf0b7", ""),
    (" • \n\n\u200b•\n", ""),
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


# Emoji of several characters, letters that joiners shape, letters with many marks.
MEANT = [
    *(
        "\U0001f469\U0001f3fd\u200d\u2695\ufe0f",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u2764\ufe0f\u200d\U0001f525",
    ),
    *(
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "1\ufe0f\u20e3",
        "\U0001f1eb\U0001f1f7",
        "\u00a9\ufe0f",
        "\U0001f642\u200d\u2195\ufe0f",
    ),
    "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    *(
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0647\u200d",
        "\u0915\u094d\u200d\u0937",
        "\u0d36\u0d4d\u200d",
    ),
    *(
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
        "\u09b0\u200d\u09cd\u09af",
        "\u0e17\u0e35\u0e48",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
    ),
    *("t\u0177 \u0174yr", "\u0110\u1eb7ng Th\u1ecb Ng\u1ecdc Hu\u1ec7", "\u0628\u0650\u0633\u0651\u064e"),
    "\u05e9\u05bc\u05c1\u05b8\u0596\u05dc",
    "\u0f67\u0f90\u0fb5\u0fa8\u0fb3\u0fba\u0fbc\u0fbb\u0f82",
]
JOINED = ["\u200d", "\u200c", "\ufe0f", "\u0323", "\u094d", "\u0915", "\U0001f469"]


@pytest.mark.parametrize("cleaned", [clean, clean_line])
@given(
    text=st.lists(
        st.text(max_size=5) | st.sampled_from([*(typed for typed, _kept in CLEANED), *MEANT, *JOINED]), max_size=5
    ).map("".join)
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
    assert {len(text) for text in composed} == {MOST_MARKS + 2}


@pytest.mark.parametrize("mark", ["\u0e47", "\u20dd", "\u094d\u200d"])
def test_row_of_marks_is_cut_in_every_script(mark: str) -> None:
    assert len(clean(f"\u0915{mark * 1_000}b")) <= 2 + MOST_MARKS * 2


@pytest.mark.parametrize("text", MEANT)
def test_ignorable_characters_and_marks_stay_where_they_mean_something(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert clean(f"a {text} b") == f"a {text} b"
    assert clean_line(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("avi\u200cg\u200dnon\ufe0f", "avignon"),
        ("\u200d\U0001f469\u200d", "\U0001f469"),
        ("\U0001f469\u200b\u200d\u200d\U0001f469", "\U0001f469\U0001f469"),
        ("\u0915\u200c\u200d\u200c", "\u0915\u200c"),
        ("1\ufe0f", "1"),
        ("\U0001f3f4\U000e0068\U000e0069\U000e007f", "\U0001f3f4"),
        ("q\u0323\u094d\u200d", "q\u094d\u0323"),
    ],
)
def test_ignorable_characters_go_where_they_mean_nothing(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("<https://example.org/>", "https://example.org/"),
        ("\u201chttp://example.org/\u201d\u200b\u00a0", "http://example.org/"),
        ("www.example.org/b", "www.example.org/b"),
        ("", ""),
    ],
)
def test_address_is_kept_as_it_is_opened(pasted: str, kept: str) -> None:
    assert clean_address(pasted) == clean_address(kept) == kept


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("mailto:office@example.org", "office@example.org"),
        ("<MAILTO:Office@example.org>", "Office@example.org"),
        ("\u201coffice@example.org\u201d.", "office@example.org"),
        ("office@exam\u00adple.org,\u00a0", "office@example.org"),
        ("mailto@example.org", "mailto@example.org"),
    ],
)
def test_mailbox_is_kept_without_what_stands_around_it(pasted: str, kept: str) -> None:
    assert clean_mailbox(pasted) == clean_mailbox(kept) == kept


def test_list_that_was_pasted_with_its_bullets_is_read_without_them() -> None:
    pasted = clean("\uf0b7\tfr: La Haye\n\n• nl: Den Haag \n·\tHolland")
    assert [*other_names(pasted)] == [("fr", "La Haye"), ("nl", "Den Haag"), ("", "Holland")]
    assert split_words(pasted) == ["fr: La Haye", "nl: Den Haag", "Holland"]
