"""The list when it has more pilots than a page, and when values were renamed."""

import pytest

from pilots.models import FormerSlug
from tests.browse.thirty_pilots import make_thirty_pilots
from tests.factories import PartnerFactory, PublishedPilotFactory
from tests.pages.reading import read
from tests.stored_rows import rows_made_by, store

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.fixture
def thirty_pilots():
    store(rows_made_by(make_thirty_pilots))


@pytest.fixture
def visit(client):
    return lambda query="": read(client.get(f"/pilots/{query}"))


def cards(page):
    return [heading.one("a")["href"].split("/")[2] for heading in page.all("h2", class_="card-title")]


def test_pages_together_hold_each_pilot_once(thirty_pilots, visit):
    pages = [visit("?page=1"), visit("?page=2"), visit("?page=3")]
    assert [len(cards(page)) for page in pages] == [12, 12, 6]
    assert [slug for page in pages for slug in cards(page)] == [f"pilot-{number:02}" for number in range(30)]


def test_links_to_other_pages_keep_everything_chosen(thirty_pilots, visit):
    pager = visit("?partner=busy&q=pilot&sort=-place&page=2").one("nav", class_="pager")
    kept = "?q=pilot&partner=busy&sort=-place"
    assert [(link.text, link["href"]) for link in pager.all("a")] == [
        ("Previous page", f"/pilots/{kept}"),
        ("Page 1", f"/pilots/{kept}"),
        ("Page 3", f"/pilots/{kept}&page=3"),
        ("Next page", f"/pilots/{kept}&page=3"),
    ]
    assert pager.one("span", class_="pager-here")["aria-current"] == "page"


def test_following_next_keeps_filter_order_and_page_size(thirty_pilots, visit):
    page = visit("?partner=busy&sort=-place&per_page=24")
    assert len(cards(page)) == 24
    page = visit(page.one("a", rel="next")["href"].removeprefix("/pilots/"))
    assert cards(page) == [f"pilot-{number:02}" for number in (5, 4, 3, 2, 1, 0)]
    assert page.all("a", rel="next") == []


def test_a_new_choice_begins_at_the_first_page(thirty_pilots, visit):
    page = visit("?partner=busy&page=3")
    assert [link["href"] for link in page.one("ul", class_="chips").all("a")] == ["/pilots/", "/pilots/"]
    assert page.one("form", id="filters").all("input", name="page") == []


def test_heading_and_title_tell_the_page(thirty_pilots, visit):
    page = visit("?page=3")
    assert page.one("h1").text == "30 pilots, page 3 of 3"
    assert page.one("title").text == "30 pilots, page 3 of 3 – PREPARE pilots"


def test_one_page_needs_no_links_to_others(thirty_pilots, visit):
    assert visit("?per_page=48").all("nav", class_="pager") == []
    assert len(cards(visit("?per_page=48"))) == 30


def test_page_beyond_the_end_says_which_is_the_last(thirty_pilots, client):
    response = client.get("/pilots/?page=4")
    assert response.status_code == 404
    assert read(response).one("p", class_="lead").text == "This list has no page 4; its last page is 3."


def test_former_value_of_a_parameter_still_filters(thirty_pilots, visit):
    FormerSlug.objects.remember(PartnerFactory(slug="unused"), old="old-unused")
    renamed = PartnerFactory(slug="new-name", name="New name")
    FormerSlug.objects.remember(renamed, old="old-name")
    PublishedPilotFactory(slug="theirs", partners=[renamed])
    page = visit("?partner=old-name")
    assert cards(page) == ["theirs"]
    assert page.all("p", class_="note") == []
    assert page.one("ul", class_="chips").all("a")[0].text == "Partner: New name – remove"
    assert visit("?partner=old-unused").texts("p", class_="note") == [
        "No pilot has “old-unused” under “partner”, so it is ignored."
    ]


def test_empty_portal_has_a_list_that_says_so(visit):
    page = visit()
    assert page.one("h1").text == "0 pilots"
    assert cards(page) == []
