"""The table of queries: what each search finds in the nine pilots, in which order. The same on every database."""

from pathlib import Path

import pytest

from pilots.browse.filters import PilotFilterSet
from pilots.browse.neighbours import ListPosition, position_of
from pilots.browse.selection import RELEVANCE, Selection
from pilots.index.pilots import index
from pilots.models import Pilot
from tests.browse.lists import listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

LINES = (Path(__file__).parent / "queries.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" → ") for line in LINES if line and not line.startswith("# ")]


def test_table_is_long_enough():
    assert len(ROWS) >= 60
    assert len({words for words, _slugs in ROWS}) == len(ROWS)


@pytest.fixture(scope="module")
def known(nine_pilots, django_db_blocker):
    with django_db_blocker.unblock():
        return index()


@pytest.mark.parametrize(("words", "slugs"), ROWS)
def test_search_finds_these_pilots_in_this_order(known, words, slugs):
    found = PilotFilterSet.matches(Selection(q=words, sort=RELEVANCE), known)[0 : len(known.facts)]
    assert [known.facts[pk].slug for pk in found] == ([] if slugs == "-" else slugs.split())


def test_list_shows_this_order_unless_another_is_chosen():
    ranked = [pilot.slug for pilot in listing({}, q="prison").page]
    assert ranked == ["catalonia", "swedish-prison-and-probation-service", "avignon"]
    assert [pilot.slug for pilot in listing({}, q="prison", sort="place").page] == sorted(ranked)


def test_neighbours_follow_the_best_match(known):
    pilots = PilotFilterSet.matches(Selection(q="prison", sort=RELEVANCE), known)
    order = {pilot.slug: pilot for pilot in Pilot.objects.filter(pk__in=pilots[0:3])}
    place = position_of(order["swedish-prison-and-probation-service"].pk, pilots)
    assert place == ListPosition(2, 3, order["catalonia"].pk, order["avignon"].pk)
