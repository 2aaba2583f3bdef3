"""The fields of changed pilots, as a page shows them."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilots.history.differences import THERE, Difference
from pilots.history.labels import Names, label_of, names_in, value_of
from pilots.spreadsheets.import_preview import Verdict

# A page with all fields of 2,000 changed pilots would be too long to read.
MOST_SHOWN, LONGEST_SHOWN = 200, 240
AHEAD = 80  # characters that are shown of what stands before the change
BLANK = re.compile(r"\s")


@dataclass(frozen=True)
class ChangedField:
    label: str
    before: str
    after: str


def changed_fields(verdicts: list[Verdict]) -> list[tuple[Verdict, list[ChangedField]]]:
    """Changed pilots with their fields, those beyond the limit without. Two queries a kind of rows at most."""
    names = names_in(item for verdict in verdicts[:MOST_SHOWN] for item in verdict.differences)
    return [
        (verdict, [_field(verdict, item, names) for item in verdict.differences] if number < MOST_SHOWN else [])
        for number, verdict in enumerate(verdicts)
    ]


def _field(verdict: Verdict, item: Difference, names: Names) -> ChangedField:
    label = label_of(item.path, verdict.content, names=names)
    before, after = (_said(item, value, names) for value in (item.before, item.after))
    return ChangedField(label, *where_they_differ(before, after))


def _said(item: Difference, value: Any, names: Names) -> str:
    if item.path[-1] == THERE:
        return _("there") if value else _("not there")
    values = value if isinstance(value, list) else [value]
    return ", ".join(value_of(item.path, one, names) for one in values)


def where_they_differ(before: str, after: str) -> tuple[str, str]:
    """Two texts; of a long one, the words from a little before it differs from the other."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, same - AHEAD)
    blank = BLANK.search(before, start, same) if start else None
    start = blank.end() if blank else start
    return _stretch(before, start), _stretch(after, start)


def _stretch(text: str, start: int) -> str:
    """A text if it is short, else what stands from `start` on, up to the end of a word if there is one."""
    if len(text) <= LONGEST_SHOWN:
        return text
    shown = text[start : start + LONGEST_SHOWN]
    end = ""
    if start + LONGEST_SHOWN < len(text):
        blanks = [blank.start() for blank in BLANK.finditer(text[start : start + LONGEST_SHOWN + 1])]
        shown, end = shown[: blanks[-1] if blanks and blanks[-1] > 0 else None].rstrip(), " …"
    return f"{'… ' if start else ''}{shown}{end}"
