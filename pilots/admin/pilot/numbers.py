"""Numbers as people write them: a decimal comma, a minus from a word processor, a degree sign, N, S, E or W.

A box of the kind “number” is no help: browsers drop a comma in silence, and 51,34 became 5134.
"""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilots.models.plain_text import clean_line
from pilots.spreadsheets.amounts import ambiguity

LONGEST = 40  # characters
MINUS = str.maketrans(dict.fromkeys("−–‐‑﹣－", "-"))
DEGREE = str.maketrans(dict.fromkeys("º˚", "°"))  # on keyboards the sign beside it, which NFKC would make a letter
NUMBER = re.compile(r"([+-]?)\s?(\d{1,12})(?:([.,])(\d{1,20}))?", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(?: \d{3}){1,3}", re.ASCII)
DEGREES = re.compile(r"([NSEW]?)\s?([^NSEW°]{1,30})\s?°?\s?([NSEW]?)")
PLACES = 5  # of a degree: a metre


class DecimalInput(forms.DecimalField):
    """A number in a box for text."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """The number that was typed. Raises ValidationError, which says how to write it."""
        seen = clean_line(str(value if value is not None else "")).translate(DEGREE)
        said = unicodedata.normalize("NFKC", seen).translate(MINUS).strip()
        return self.read(said) if said else None

    def widget_attrs(self, widget: Any) -> Any:
        return super().widget_attrs(widget) | {"inputmode": "decimal"}

    def read(self, said: str) -> Decimal:
        """The number that `said` stands for: thousands may be parted by spaces, a comma may be a point."""
        if GROUPED.fullmatch(said):
            return Decimal(said.replace(" ", ""))
        if unclear := ambiguity(said):
            raise ValidationError(unclear)
        return plain_number(NUMBER.fullmatch(said), said, example="2.5")


class CoordinateInput(DecimalInput):
    """Degrees, at most five places behind the point."""

    letters: dict[str, int] = {}
    most = 0
    example = ""

    def read(self, said: str) -> Decimal:
        """The degrees; the letter of the half of the earth stands for the sign."""
        match = DEGREES.fullmatch(said.upper())
        letters = (match[1] + match[3]) if match else ""
        if match is None or len(letters) > 1 or (letters and letters not in self.letters):
            raise ValidationError(unreadable(said, self.example))
        number = plain_number(NUMBER.fullmatch(match[2].strip()), said, example=self.example)
        if letters and (number < 0 or match[2].strip()[0] in "+-"):
            raise ValidationError(unreadable(said, self.example))
        if abs(number) > self.most:
            words = _("“%(said)s” is not on the earth: degrees go from -%(most)d to %(most)d here.")
            raise ValidationError(words % {"said": said, "most": self.most})
        if number != round(number, PLACES):
            number = round(number, PLACES)
        return number * self.letters.get(letters, 1)


class LatitudeInput(CoordinateInput):
    """Degrees north."""

    letters = {"N": 1, "S": -1}
    most = 90
    example = "43.94932"


class LongitudeInput(CoordinateInput):
    """Degrees east."""

    letters = {"E": 1, "W": -1}
    most = 180
    example = "-4.42034"


def plain_number(match: re.Match[str] | None, said: str, *, example: str) -> Decimal:
    """The number of a match. Raises ValidationError where there is none."""
    if match is None or len(said) > LONGEST:
        raise ValidationError(unreadable(said, example))
    return Decimal(f"{match[1]}{match[2]}.{match[4] or 0}" if match[3] else f"{match[1]}{match[2]}")


def unreadable(said: str, example: str) -> str:
    """What to say of what is no number."""
    words = _("“%(said)s” cannot be read as one number. Write it with a decimal point, such as %(example)s.")
    return words % {"said": said[:LONGEST], "example": example}
