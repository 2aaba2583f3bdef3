"""The nine pilots as delivered, for tests of what visitors find in them.

A module that uses them says so to its own `conftest.py` by importing the fixture; the facts are
those of `tests/facts.py`, by the parameters of the list.
"""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from pilots.management.delivery.records import FILES, TRANSLATIONS
from tests import facts
from tests.cached_content import cached_content, rows_for_a_module
from tests.stored_rows import rows_made_by, store

Chosen = dict[str, list[str]]


@pytest.fixture(scope="module")
def nine_pilots(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have the nine pilots in the database for a module; take them out again at its end."""
    with rows_for_a_module(django_db_blocker):
        store(rows_made_by(load_nine_pilots))
        with cached_content():
            yield


@pytest.fixture(scope="module")
def translated_pilots(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have the nine pilots in five languages, in the same way."""
    with rows_for_a_module(django_db_blocker):
        store(rows_made_by(load_translated_pilots))
        with cached_content():
            yield


def load_nine_pilots() -> None:
    call_command("loaddata", *FILES, verbosity=0)


def load_translated_pilots() -> None:
    call_command("loaddata", *FILES, *TRANSLATIONS, verbosity=0)


def by_parameter(pilot: facts.Facts) -> dict[str, set[str]]:
    """The values of a pilot under the names that addresses use."""
    return {
        "country": {pilot.country},
        "authority_kind": {pilot.kind},
        "partner": set(pilot.partners),
        "activity": {value.rstrip("*") for value in pilot.activity_types},
        "audience": {value.rstrip("*") for value in pilot.audiences},
        "target": {value.rstrip("*") for value in pilot.target_groups},
        "stage": {value.rstrip("*") for value in pilot.stages},
    }


VALUES = {slug: by_parameter(pilot) for slug, pilot in facts.PILOTS.items()}
PARAMETERS = ("country", "authority_kind", "partner", "activity", "audience", "target", "stage")
OPTIONS = {name: sorted(set().union(*(pilot[name] for pilot in VALUES.values()))) for name in PARAMETERS}


def matching(chosen: Chosen, values: dict[str, dict[str, set[str]]] = VALUES) -> set[str]:
    """The pilots (or lessons) that have, for each parameter, one of the chosen values."""
    return {
        slug
        for slug, pilot in values.items()
        if all(pilot[name] & set(wanted) for name, wanted in chosen.items() if wanted)
    }


def counts(chosen: Chosen, values: dict[str, dict[str, set[str]]] = VALUES) -> dict[str, dict[str, int]]:
    """Return for each value how many of `values` have it and match what is chosen of the other parameters."""
    found: dict[str, dict[str, int]] = {}
    for name in next(iter(values.values())):
        others = matching({other: wanted for other, wanted in chosen.items() if other != name}, values)
        known = set().union(*(pilot[name] for pilot in values.values()))
        found[name] = {value: sum(value in values[slug][name] for slug in others) for value in known}
    return found
