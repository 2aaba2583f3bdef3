"""Notes who made the texts of an entry that changed, and what they rest on. The only place that does."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from pilots.models import Pilot
from pilots.models.content import PARTS, Content, write_provenance
from pilots.models.provenance import MACHINE, PERSON, Record, made_by_machine, made_by_person, records_after

# What a row says that was not there.
NOTHING: Content = {"texts": {}, **{name: {} for name in PARTS}}


def maker(by: Any, made_by: str = PERSON) -> Record:
    """The record of texts that `by`, an account or None, writes now; `made_by` says if a machine made them."""
    return made_by_machine() if made_by == MACHINE else made_by_person(str(by) if by else "", timezone.now())


def note_provenance(
    row: Pilot, before: Content, after: Content, *, by: Any, made_by: str = PERSON, wording_only: bool = False
) -> Content:
    """Note what became of the texts of `row`, which said `before`, and return `after` with what is known of them.

    `wording_only`: the English that changed says the same in other words. No query when nothing is to be noted.
    """
    noted = with_provenance(before, after, maker=maker(by, made_by), wording_only=wording_only)
    if noted != after:
        write_provenance(row, noted)
    return noted


def with_provenance(before: Content, after: Content, *, maker: Record, wording_only: bool = False) -> Content:
    """`after`, with what is known of each text when `maker` wrote what is not as it was `before`."""

    def noted(former: Mapping[str, Any], row: Content) -> Content:
        records = records_after(former, row, maker=maker, wording_only=wording_only)
        known = {"provenance": records} if records else {}
        return {key: value for key, value in row.items() if key != "provenance"} | known

    content = noted(before, after)
    for name in PARTS:
        content[name] = {
            number: noted(_former(before[name], number, part), part) for number, part in after[name].items()
        }
    return content


def _former(parts: Content, number: str, part: Content) -> Content:
    """What a part said before: the one that says the same now, whatever its number was, else that of its number."""
    present: Content = parts.get(number, NOTHING)
    candidates = [present, *parts.values()]
    return next((one for one in candidates if one["texts"] == part["texts"]), present)
