"""Every page takes as many queries with 500 pilots as with nine. What each takes stands in `test_query_counts`."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from tests.pages.addresses import PAGES
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Django sends as many queries to both; tests/pages/test_query_counts.py counts them on each.
DATABASES = ("sqlite",)

# The entry of each kind that has everything it can have.
ARGUMENTS = {
    "pilot": "sample-pilot-1",
    "partner": "sample-partner-1",
    "authority": "sample-place-1",
    "source": "sample-source-1",
    "activity": "training",
    "audience": "police",
    "target-group": "young-offenders",
    "stage": "prison",
    "country": "FR",
}
# Every page in each of them; those that nothing narrows only in the first two, to see that they ignore it.
STATES = (
    "",
    "?country=FR&keep=sample-pilot-1&keep=sample-pilot-3",
    "?activity=training&target=young-offenders&partner=sample-partner-1",
    "?q=sample&sort=newest&per_page=96",
    "?rows=partner&columns=country&stage=prison",
    "?q=nothing-of-the-kind",
    "?country=FR&q=nothing-of-the-kind",
    "?pilot=sample-pilot-1&pilot=sample-pilot-3",
)
TOPICS = {"activity", "audience", "target-group", "stage", "country"}
UNFILTERED = {"front", "authorities", "source", "glossary", "about", "privacy", "accessibility", *TOPICS}
ADDRESSES = [
    reverse(name, args=[ARGUMENTS[kind]] if kind else []) + state
    for name, kind in PAGES.items()
    for state in (STATES[:2] if name in UNFILTERED else STATES)
]


# By address: the answer's status, and how many queries it took.
Visits = dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def visits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[Visits, Visits]:
    """What happened at each address with nine pilots, and with 500."""
    with django_db_blocker.unblock():
        return visited(9), visited(500)


def visited(pilots: int) -> Visits:
    """Visit each address once with so many pilots; none of them stays in the database."""
    with transaction.atomic():
        call_command("make_sample", f"--pilots={pilots}", stdout=StringIO())
        found = {address: visit(address) for address in ADDRESSES}
        transaction.set_rollback(True)
    return found


def visit(address: str) -> tuple[int, int]:
    """The answer's status, and how many queries it took."""
    client = visitor()
    client.raise_request_exception = False
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
    return status, len(queries)


@pytest.mark.parametrize("address", ADDRESSES)
def test_500_pilots_take_no_more_queries_than_nine(address: str, visits: tuple[Visits, Visits]) -> None:
    few, many = visits
    assert few[address][0] == 200
    assert many[address] == few[address]


def test_pages_that_show_entries_ask_the_database(visits: tuple[Visits, Visits]) -> None:
    asking = {address for address, (_status, queries) in visits[1].items() if queries > 3}
    assert asking >= {"/", "/pilots/", "/lessons/", "/pilots/sample-pilot-1/", "/partners/", "/authorities/"}
