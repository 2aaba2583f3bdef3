"""Dates as exact as the source gives them: a year, a month or a day.

Kept as ISO 8601 with reduced precision (`2019`, `2019-05`, `2019-05-17`), so the length is the
precision, the text sorts in order of time, and two dates compare at the coarser precision by
their common beginning.
"""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Least, Left, Length, Substr
from django.db.models.lookups import Exact, GreaterThanOrEqual
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.models.plain_text import clean_numbers

SHAPE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
LENGTHS = {4: "year", 7: "month", 10: "day"}
FIRST_DAY = "-01-01"
FORMATS = {"year": "Y", "month": "YEAR_MONTH_FORMAT", "day": "DATE_FORMAT"}


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless `value` is a year, a month or a day that exists."""
    try:
        if not SHAPE.fullmatch(value):
            raise ValueError(value)
        first_day(value)
    except ValueError:
        raise ValidationError(
            _("“%(value)s” is no date. Write a year (2019), a month (2019-05) or a day (2019-05-17)."),
            params={"value": value},
        ) from None


def first_day(value: str) -> date:
    """The first day of the year, month or day that `value` names. Raises ValueError."""
    return date.fromisoformat(value + FIRST_DAY[len(value) - 4 :])


def precision(value: str) -> str:
    """One of "year", "month" and "day"."""
    return LENGTHS[len(value)]


def describe_partial_date(value: str) -> str:
    """`2019-05` as “May 2019”, in the active language; "" for ""; a date that does not exist as it is."""
    try:
        return date_format(first_day(value), FORMATS[precision(value)])
    except ValueError:
        return value


class PartialDateField(models.CharField):
    """A date as exact as it is known; empty where it is not stated."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "help_text", gettext_lazy("As exact as the source: 2019, 2019-05 or 2019-05-17. Leave empty if not stated.")
        )
        super().__init__(*args, **kwargs)
        self.validators = [*self.default_validators]  # their sentence says how long a date is

    def to_python(self, value: Any) -> Any:
        """The date as it is kept, whatever was pasted. Django asks this of forms, fixtures, saves and updates."""
        value = super().to_python(value)
        return clean_numbers(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        """Let no browser cut what is pasted."""
        return super().formfield(**{"max_length": None, **kwargs})


def shape_constraint(field: str, name: str) -> models.CheckConstraint:
    """A constraint: `field` is empty or as long as a year, a month or a day, dashes in place."""
    year, month, day = (Q(Exact(Length(field), length)) for length in LENGTHS)
    dash_before_month, dash_before_day = (Q(Exact(Substr(field, place, 1), "-")) for place in (5, 8))
    return models.CheckConstraint(
        name=name,
        condition=Q(**{field: ""}) | year | month & dash_before_month | day & dash_before_month & dash_before_day,
    )


def order_constraint(start: str, end: str, name: str) -> models.CheckConstraint:
    """A constraint: `end` is not before `start`, compared at the coarser of the two precisions."""
    length = Least(Length(start), Length(end))
    return models.CheckConstraint(
        name=name,
        condition=Q(**{start: ""}) | Q(**{end: ""}) | Q(GreaterThanOrEqual(Left(end, length), Left(start, length))),
        violation_error_message=gettext_lazy("The end is before the start. Correct one of the two."),
    )
