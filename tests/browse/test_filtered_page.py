"""What the list says of itself: heading, sentence, pages, orders; nothing of what is hidden."""

import pytest

from pilots.browse.listing import NoSuchPage
from tests.browse.lists import listing, shown
from tests.browse.thirty_pilots import make_thirty_pilots
from tests.factories import ActivityTypeFactory, GlossaryTermFactory, PartnerFactory, PublishedPilotFactory
from tests.stored_rows import rows_made_by, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def thirty_pilots():
    store(rows_made_by(make_thirty_pilots))


def test_one_pilot_is_told_in_the_singular():
    PublishedPilotFactory(authority__country="BE")
    assert (listing({}).heading, listing({}).sentence) == ("1 pilot", "1 pilot is shown.")
    assert listing({"country": ["BE"]}).heading == "1 of 1 pilot"


def test_empty_portal_says_so():
    assert (listing({}).heading, listing({}).count, listing({}).ways_out.without_part) == ("0 pilots", 0, [])


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilot_is_in_no_count_and_its_own_values_are_not_offered(status):
    shared = PartnerFactory(slug="shared")
    PublishedPilotFactory(partners=[shared])
    own = ActivityTypeFactory(slug="only-hidden")
    PublishedPilotFactory(partners=[shared], activity_types=[own], status=status, authority__country="SE")
    found = listing({})
    assert shown(found)["partner"] == {"shared": 1}
    assert "only-hidden" not in shown(found)["activity"]
    assert list(shown(found)["country"]) == ["FR"]
    assert found.total == found.count == 1


def test_pages_hold_every_pilot_once_in_order(thirty_pilots):
    slugs = [pilot.slug for number in (1, 2, 3) for pilot in listing({}, page=number).page]
    assert slugs == [f"pilot-{number:02}" for number in range(30)]


def test_order_can_be_turned_round(thirty_pilots):
    slugs = [pilot.slug for pilot in listing({}, sort="-place", per_page=48).page]
    assert slugs == [f"pilot-{number:02}" for number in reversed(range(30))]


def test_page_is_in_the_heading(thirty_pilots):
    assert listing({"partner": ["busy"]}, page=2).heading == "30 of 30 pilots, page 2 of 3"
    assert listing({}, per_page=48).heading == "30 pilots"


@pytest.mark.parametrize(("number", "size", "last"), [(4, 12, 3), (2, 48, 1), (10**30, 12, 3)])
def test_page_outside_the_list_is_refused_with_its_last_page(thirty_pilots, number, size, last):
    with pytest.raises(NoSuchPage, match=rf"^This list has no page \d+; its last page is {last}\.$"):
        listing({}, page=number, per_page=size)


def test_no_page_is_deeper_than_the_limit(thirty_pilots, monkeypatch):
    monkeypatch.setattr("pilots.browse.listing.DEEPEST_ENTRY", 24)
    assert listing({}, page=2).page.number == 2
    with pytest.raises(NoSuchPage, match="no page 3; its last page is 2"):
        listing({}, page=3)


def test_long_gaps_between_page_numbers_are_left_out(thirty_pilots, monkeypatch):
    assert listing({}, page=2).page_numbers == [1, 2, 3]
    found = listing({}, page=1)
    monkeypatch.setattr(found.page.paginator, "per_page", 2)
    del found.page.paginator.num_pages
    assert found.page_numbers == [1, 2, 3, "…", 15]


def test_glossary_terms_come_with_a_search_only():
    GlossaryTermFactory(term="MAR", meaning="A contact point.")
    assert [term.term for term in listing({}, q="contact").terms] == ["MAR"]
    assert listing({}).terms == ()


def test_orders_have_different_names():
    sorts = dict(listing({}).sorts)
    assert list(sorts) == ["place", "-place", "newest"]
    assert len(set(sorts.values())) == 3
