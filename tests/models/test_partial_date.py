"""Dates as exact as the source gives them."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pilots.models import Pilot
from pilots.models.partial_date import describe_partial_date, precision, validate_partial_date


@pytest.mark.parametrize("value", ["2019", "2019-05", "2019-05-17", "2020-02-29", "0001", "9999-12-31"])
def test_year_month_or_day_is_a_partial_date(value: str) -> None:
    validate_partial_date(value)


NO_DATES = [
    "May 2019",
    "2019-5",
    "2019-13",
    "2019-00",
    "2019-02-30",
    "2021-02-29",
    "0000",
    "19",
    "20190517",
    "2019-05-",
]
NO_DATES += ["2019-05-17-01", " 2019", "2019\n", "٢٠١٩", "2019/05", "2019-W20", "-2019", "unknown", "2019\0"]


@pytest.mark.parametrize("value", NO_DATES)
def test_anything_else_is_refused_with_a_sentence_that_says_how_to_write_it(value: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_partial_date(value)
    sentence = f"“{value}” is no date. Write a year (2019), a month (2019-05) or a day (2019-05-17)."
    assert refusal.value.messages == [sentence]


@given(st.text(max_size=12))
def test_no_text_makes_the_check_break(value: str) -> None:
    with contextlib.suppress(ValidationError):
        validate_partial_date(value)
        assert describe_partial_date(value)


@given(st.dates())
def test_every_day_its_month_and_its_year_pass(day) -> None:
    for value in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        validate_partial_date(value)


@pytest.mark.parametrize(
    ("value", "said", "exactness"),
    [("2019", "2019", "year"), ("2019-05", "May 2019", "month"), ("2019-05-17", "17 May 2019", "day")],
)
def test_date_is_said_as_exactly_as_it_is_known(value: str, said: str, exactness: str) -> None:
    assert describe_partial_date(value) == said
    assert precision(value) == exactness


def test_date_that_is_not_stated_is_said_as_nothing() -> None:
    assert describe_partial_date("") == ""


@pytest.mark.parametrize("value", ["2019-13", "2019-02-30", "0000"])
def test_date_that_got_round_the_forms_and_does_not_exist_is_shown_as_it_is(value: str) -> None:
    assert describe_partial_date(value) == value


@pytest.mark.parametrize("pasted", ["2019‑05", "2019–05", "\u200b2019-05\u00a0", "２０１９−０５"])
def test_date_is_kept_as_it_is_written_whatever_was_pasted(pasted: str) -> None:
    field = Pilot._meta.get_field("start")
    assert field.clean(pasted, None) == field.get_prep_value(pasted) == "2019-05"
    assert field.formfield().clean(pasted).strip("\u200b\u00a0")


def test_date_that_is_too_long_is_told_once_how_to_be_written_and_no_browser_cuts_it() -> None:
    field = Pilot._meta.get_field("start")
    assert "maxlength" not in field.formfield().widget.attrs
    with pytest.raises(ValidationError) as refusal:
        field.clean("17 May 2019", None)
    assert [message for message in refusal.value.messages if "17 May 2019" in message] == refusal.value.messages
