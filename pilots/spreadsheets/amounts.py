"""Amounts that can be read in two ways: in Madrid 1.200 is more than a thousand, in London a little more than one."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

# 0.125 and 0,125 can only be a part of one.
TWO_READINGS = re.compile(r"([+-]?\s?(?!0)\d{1,3})[.,](\d{3})", re.ASCII)
PLACES = 2  # that an amount is kept with


def ambiguity(said: str) -> str:
    """How to write what an amount may mean whose only separator is of thousands or decimals, "" if clear."""
    match = TWO_READINGS.fullmatch(said)
    if not match:
        return ""
    point = round(Decimal(f"{match[1]}.{match[2]}".replace(" ", "")), PLACES).normalize()
    words = _("“%(said)s” can be read in two ways. Write %(whole)s, or %(point)s.")
    return words % {"said": said, "whole": match[1] + match[2], "point": f"{point:f}"}
