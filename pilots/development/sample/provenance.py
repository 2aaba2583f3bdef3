"""What is known of invented translations: in turn one that nobody checked, an older one, a checked one, a person's."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pilots.models.provenance import Records, checked, fingerprint, made_by_machine, made_by_person

CHECKER = "sample-translator"  # no account: a name in the records is kept when an account goes
CHECKED_AT = datetime(2025, 1, 1, 9, tzinfo=UTC)


def records_of(number: int, english: Mapping[str, str]) -> Records:
    """The record of each text of a translation, by what the English says."""
    makers = (
        made_by_person(CHECKER, CHECKED_AT),
        made_by_machine(),
        made_by_machine(),
        made_by_machine() | checked(CHECKER, CHECKED_AT),
    )
    is_older = number % len(makers) == 2
    return {
        field: makers[number % len(makers)] | {"of": fingerprint("What it said before." if is_older else text)}
        for field, text in english.items()
    }
