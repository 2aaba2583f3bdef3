"""Partners and authorities of so many pilots that a page shows the first of them: it says so, and leads to all."""

import pytest

from tests import factories
from tests.factories import PublishedPilotFactory
from tests.pages.networks import entries
from tests.pages.reading import Element, read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    return lambda address: read(client.get(address))


@pytest.fixture(autouse=True)
def limits(monkeypatch):
    """Let few be too many."""
    monkeypatch.setattr("pilots.browse.partnerships.MOST_LISTED", 4)
    monkeypatch.setattr("pilots.pages.organisations.MOST_ENTRIES", 2)
    monkeypatch.setattr("pilots.pages.organisations.MOST_AUTHORITIES", 3)
    monkeypatch.setattr("pilots.pages.organisations.LONG", 3)


def make(*slugs, partner, country="FR"):
    """Make a published pilot for each slug, of an authority of its own."""
    for slug in slugs:
        PublishedPilotFactory(
            slug=slug,
            partners=[partner],
            authority__slug=f"{slug}-town",
            authority__place=slug,
            authority__country=country,
            title=slug,
        )


def shown(page: Element) -> list[tuple[str, list[str]]]:
    """What links to pilots and to lists of them each entry of a directory has."""
    return [(entry.one("h3").text, entry.hrefs("/pilots/")) for entry in entries(page)]


def test_directory_shows_the_first_pilots_of_each_partner_and_leads_to_all(visit):
    make("a", "b", "c", partner=factories.PartnerFactory(slug="many", name="Many"))
    make("d", "e", partner=factories.PartnerFactory(slug="some", name="Some"), country="ES")
    page = visit("/partners/")
    assert shown(page) == [
        ("Many", ["/pilots/a/?from=partners", "/pilots/b/?from=partners", "/pilots/?partner=many"]),
        ("Some", ["/pilots/d/?from=partners", "/pilots/e/?from=partners"]),
    ]
    assert page.one("p", role="status").text == "There are 5 pilots. Not all of them are listed below."
    assert "3 pilots in all: Many" in page.one("ul", class_="directory").texts("a")
    assert visit("/pilots/?partner=many").one("h1").text.startswith("3 of 5 pilots")


@pytest.mark.parametrize(("most", "is_whole"), [(4, False), (5, True)])
def test_drawing_of_some_says_that_the_list_has_all_only_when_it_does(visit, monkeypatch, most, is_whole):
    monkeypatch.setattr("pilots.browse.partnerships.MOST_LINES", 3)
    monkeypatch.setattr("pilots.browse.partnerships.MOST_LISTED", most)
    make("a", "b", "c", partner=factories.PartnerFactory(slug="many"))
    make("d", "e", partner=factories.PartnerFactory(slug="some"))
    note = visit("/partners/").one("figure").one("p", class_="note").text
    assert ("Too many to draw" in note, "The list below has all." in note) == (True, is_whole)


def test_link_to_all_keeps_what_was_filtered(visit):
    many, some = factories.PartnerFactory(slug="many", name="Many"), factories.PartnerFactory(slug="some", name="Some")
    make("a", "b", "c", partner=many)
    make("d", "e", partner=some)
    make("f", partner=many, country="ES")
    assert shown(visit("/partners/?country=FR"))[0][1][-1] == "/pilots/?country=FR&partner=many"
    assert visit("/pilots/?country=FR&partner=many").one("h1").text.startswith("3 of 6 pilots")


def test_few_pilots_are_all_there_without_a_link_to_all(visit):
    make("a", "b", "c", "d", partner=factories.PartnerFactory(slug="many"))
    ((_name, links),) = shown(visit("/partners/"))
    assert [link.partition("?")[0] for link in links] == [f"/pilots/{slug}/" for slug in "abcd"]


def pilots_on(page: Element) -> list[list[str]]:
    """The pilots of each part of the page of an organisation."""
    return [part.texts("h3") for part in page.all("ul", class_="worked-list")]


def test_page_of_a_partner_has_others_first_with_its_own_pilots_then_with_those_it_took_part_in(visit):
    partner = factories.PartnerFactory(slug="many", name="Many")
    make("a", "b", "c", partner=partner)
    make("other", partner=factories.PartnerFactory())
    guest = factories.models.Pilot.objects.get(slug="other")
    factories.OrganisationInvolvedFactory(pilot=guest, partner=partner, name="Staff of Many")
    first, second = visit("/partners/many/"), visit("/partners/many/?page=2")
    assert [pilots_on(page) for page in (first, second)] == [[["a", "b"]], [["c"], ["other"]]]
    assert [page.one("head").one("title").text for page in (first, second)] == [
        f"Many: 3 pilots – page {number} of 2 – PREPARE pilots" for number in (1, 2)
    ]
    assert "This page shows number 1 to 2." in first.one("main").text
    assert first.one("nav", class_="pager").hrefs() == ["/partners/many/?page=2"] * 2


def test_page_of_an_authority_has_others(visit):
    authority = factories.AuthorityFactory(slug="town")
    for title in ("a", "b", "c"):
        PublishedPilotFactory(slug=title, title=title, authority=authority)
    pages = [visit(f"/authorities/town/?page={number}") for number in (1, 2)]
    assert [pilots_on(page) for page in pages] == [[["a", "b"]], [["c"]]]


def test_authorities_are_paged_and_letters_lead_to_the_page_they_begin_on(visit):
    make("ant", "bee", "cat", "cow", "dog", partner=factories.PartnerFactory())
    first, second = visit("/authorities/"), visit("/authorities/?page=2")
    letters = [page.one("nav", class_="letters").hrefs() for page in (first, second)]
    assert letters == [
        ["#letter-A", "#letter-B", "#letter-C", "/authorities/?page=2#letter-D"],
        ["/authorities/#letter-A", "/authorities/#letter-B", "/authorities/#letter-C", "#letter-D"],
    ]
    assert [len(page.one("ul", class_="directory").all("h2")) for page in (first, second)] == [3, 2]


@pytest.mark.parametrize("path", ["/partners/many/", "/authorities/a-town/", "/authorities/"])
def test_page_that_is_not_there_is_not_found_and_no_number_is_refused(client, path):
    make("a", partner=factories.PartnerFactory(slug="many"))
    assert [client.get(f"{path}?page={page}").status_code for page in ("1", "2", "x")] == [200, 404, 400]
