"""The fields of changed pilots, as a page shows them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilots.exchange.judging import Verdict
from pilots.history.compare import THERE, Difference
from pilots.history.labels import Names, label_of, names_in, value_of

# A page with all fields of 2,000 changed pilots would be too long to read.
MOST_SHOWN, LONGEST_SHOWN = 200, 240


@dataclass(frozen=True)
class Shown:
    """One field of a changed pilot."""

    label: str
    before: str
    after: str


def shown(verdicts: list[Verdict]) -> list[tuple[Verdict, list[Shown]]]:
    """Return changed pilots with their fields, those beyond the limit without. Two queries a kind of rows at most."""
    names = names_in(item for verdict in verdicts[:MOST_SHOWN] for item in verdict.differences)
    return [
        (verdict, [_field(verdict, item, names) for item in verdict.differences] if number < MOST_SHOWN else [])
        for number, verdict in enumerate(verdicts)
    ]


def _field(verdict: Verdict, item: Difference, names: Names) -> Shown:
    label = label_of(item.path, verdict.content, names=names)
    return Shown(label, _said(item, item.before, names), _said(item, item.after, names))


def _said(item: Difference, value: Any, names: Names) -> str:
    if item.path[-1] == THERE:
        return _("there") if value else _("not there")
    values = value if isinstance(value, list) else [value]
    text = ", ".join(value_of(item.path, one, names) for one in values)
    return f"{text[:LONGEST_SHOWN]} …" if len(text) > LONGEST_SHOWN else text
