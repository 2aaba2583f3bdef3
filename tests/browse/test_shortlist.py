"""The shortlist in the address."""

import pytest
from django.http import QueryDict

from pilots.browse.listing import Listing
from pilots.browse.selection import MOST_VALUES, InvalidQuery
from pilots.browse.shortlist import pilots_named
from pilots.models import FormerSlug
from tests.factories import PilotFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db


def test_pilots_come_in_the_order_they_were_chosen(django_assert_num_queries):
    for slug in "abc":
        PublishedPilotFactory(slug=slug)
    with django_assert_num_queries(2):
        assert list(pilots_named(["c", "a"])) == ["c", "a"]


def test_nothing_asked_takes_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert pilots_named([]) == {}


def test_former_slug_finds_its_pilot():
    pilot = PublishedPilotFactory(slug="new")
    FormerSlug.objects.remember(pilot, old="old")
    assert pilots_named(["old"])["old"].slug == "new"
    assert Listing(QueryDict("keep=old&keep=new")).selection.keep == ("new",)


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilot_is_answered_like_one_that_never_was(status):
    PilotFactory(slug="secret", status=status)
    hidden, unknown = (Listing(QueryDict(f"keep={slug}")) for slug in ("secret", "nobody"))
    assert hidden.shortlist == unknown.shortlist == []
    assert hidden.selection.notes[0].replace("secret", "nobody") == unknown.selection.notes[0]


def test_shortlist_narrows_nothing_and_stays_in_every_address():
    PublishedPilotFactory(slug="a", authority__country="FR")
    PublishedPilotFactory(slug="b", authority__country="NL")
    found = Listing(QueryDict("country=FR&keep=b"))
    assert [pilot.slug for pilot in found.page] == ["a"]
    assert found.chips[0].query_without == "?keep=b"
    assert found.selection.cleared().query() == "?keep=b"
    assert found.trail == found.selection.carried() == "?country=FR&keep=b"


def test_keeping_and_dropping_change_nothing_else():
    PublishedPilotFactory(slug="a")
    PublishedPilotFactory(slug="b")
    chosen = Listing(QueryDict("country=FR&keep=a&sort=newest")).selection
    assert chosen.shortlist_link("b") == ("put", "?country=FR&keep=a&keep=b&sort=newest")
    assert chosen.shortlist_link("a") == ("on", "?country=FR&sort=newest")
    assert chosen.dropping("a").query() == "?country=FR&sort=newest"


def test_too_long_a_shortlist_is_refused():
    with pytest.raises(InvalidQuery, match=f"At most {MOST_VALUES} values"):
        Listing(QueryDict("&".join(f"keep=pilot-{n}" for n in range(MOST_VALUES + 1))))
