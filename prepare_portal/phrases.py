"""Words and numbers by the rules of the page's language: in quotation marks, after a label, as lists, in groups."""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Spanish says “e” for “y” before the sound of an i, and “u” for “o” before that of an o, as CLDR has it.
SPANISH = {
    "y": ("e", re.compile(r"[ií]|h[ií](?![aeáé])", re.IGNORECASE)),
    "o": ("u", re.compile(r"h?[oó]|8|11(?![0-9])", re.IGNORECASE)),
}
# From which number on thousands are set apart, where not from the first one: Spanish writes 1234 and 12.345.
GROUPED_FROM = {"es": 10_000}


def in_digits(number: Decimal | int) -> str:
    """A number with the language's signs for decimals and between thousands: “12,345.5”."""
    ungrouped = GROUPED_FROM.get(get_language() or "", 0)
    is_grouped = not -ungrouped < number < ungrouped
    return str(number_format(number, force_grouping=is_grouped))


def quoted(words: object) -> str:
    """What somebody wrote, in quotation marks."""
    return _("“%(words)s”") % {"words": words}


def labelled(field: object, value: object) -> str:
    """A label with what it stands for: “Country: France”."""
    return _("%(field)s: %(value)s") % {"field": field, "value": value}


def with_colon(label: object) -> str:
    """A label alone, where what it stands for is no plain text."""
    return _("%(label)s:") % {"label": label}


def all_of(words: Iterable[object]) -> str:
    """Words as “a, b and c”."""
    return _listed(words, _("and"))


def any_of(words: Iterable[object]) -> str:
    """Words as “a, b or c”."""
    return _listed(words, _("or"))


def series_of(parts: Iterable[object]) -> str:
    """Parts that may be lists themselves: “country France or Spain; partner FACE”."""
    return reduce(_followed_by, map(str, parts), "")


def _followed_by(before: str, part: str) -> str:
    return _("%(before)s; %(part)s") % {"before": before, "part": part} if before else part


def _listed(words: Iterable[object], last: str) -> str:
    every = [str(word) for word in words]
    if get_language() == "es" and every and last in SPANISH:
        other, sound = SPANISH[last]
        last = other if sound.match(every[-1]) else last
    return get_text_list(every, last)
