"""The map with so many places or pilots that the table shows the first of them: it says so, and leads to all."""

import pytest

from tests import factories
from tests.factories import PublishedPilotFactory
from tests.pages.maps import marks, table
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)

POSITIONS = {
    "lyon": ("45.76", "4.84"),
    "lille": ("50.63", "3.06"),
    "nice": ("43.70", "7.27"),
    "ghent": ("51.05", "3.72"),
}


@pytest.fixture
def visit(client):
    return lambda address="/map/": read(client.get(address))


def make(slug, *titles, country="FR"):
    """Make a place with a published pilot for each title."""
    latitude, longitude = POSITIONS[slug]
    authority = factories.AuthorityFactory(
        slug=slug,
        place=slug.title(),
        name=f"City of {slug.title()}",
        country=country,
        latitude=latitude,
        longitude=longitude,
    )
    for title in titles:
        PublishedPilotFactory(slug=title, title=title, authority=authority)


@pytest.fixture
def four_places(monkeypatch):
    """Make four places, of which two are one too many for a table."""
    monkeypatch.setattr("pilots.browse.map_places.MOST_PLACES", 2)
    monkeypatch.setattr("pilots.pages.map.MOST_PLACES", 2)
    make("lyon", "a")
    make("lille", "b", "c")
    make("nice", "d")
    make("ghent", "e", country="BE")


def test_every_place_shows_its_first_pilots_and_leads_to_all(visit, monkeypatch):
    monkeypatch.setattr("pilots.browse.partnerships.MOST_LISTED", 2)
    make("lyon", "a", "b", "c")
    make("nice", "d")
    page = visit()
    assert table(page) == {
        "France 4 pilots": {"Lyon 3 pilots": ["a", "All pilots of City of Lyon"], "Nice 1 pilot": ["d"]}
    }
    assert page.one("p", role="status").text == "There are 4 pilots. Not all of them are listed below."
    assert page.one("tr", id="place-lyon").one("p").text.startswith("1 of 3 pilots is shown.")
    assert page.one("tr", id="place-lyon").hrefs()[-1] == "/authorities/lyon/"
    assert [card.texts("li") for card in page.one("svg", class_="map-wide").all("div", class_="map-card")] == [
        ["a", "and 2 more"],
        ["d"],
    ]


@pytest.mark.usefixtures("four_places")
def test_of_too_many_places_those_with_most_pilots_are_listed_and_the_rest_counted(visit):
    page = visit()
    assert table(page) == {
        "Belgium 1 pilot": {"Ghent 1 pilot": ["e"]},
        "France 4 pilots": {"Lille 2 pilots": ["b", "c"]},
    }
    said = page.one("table", class_="map-table").all("td", colspan="2")
    assert [cell.text for cell in said] == [
        "2 more places in France are not listed here. France: all 4 pilots as a list"
    ]
    assert said[0].hrefs() == ["/pilots/?country=FR"]
    assert visit(said[0].hrefs()[0]).one("h1").text == "4 of 5 pilots"


@pytest.mark.usefixtures("four_places")
def test_mark_without_a_row_leads_to_the_authority(visit, client):
    page = visit()
    links = {link["aria-label"].partition(",")[0]: link["href"] for link in page.one("svg", class_="map-wide").all("a")}
    assert links["Lyon"] == "/authorities/lyon/"
    ids = {element.get("id") for element in page}
    assert {href[1:] for href in page.one("svg", class_="map").hrefs("#")} <= ids
    assert client.get(links["Lyon"]).status_code == 200
    assert len(marks(page)) == 3


@pytest.mark.usefixtures("four_places")
def test_small_maps_lead_to_rows_only_where_these_are(visit):
    rows = {f"/map/#{element.get('id')}" for element in visit()}
    front, entry = (visit(address).one("svg", class_="map").hrefs() for address in ("/", "/pilots/a/"))
    assert {href for href in front if href.startswith("/map/#place")} <= rows
    assert "/authorities/lyon/" in front
    assert set(entry) == {"/authorities/lyon/"}


@pytest.mark.usefixtures("four_places")
def test_choice_goes_along_to_the_list(visit):
    said = "4 pilots match: country France. Not all of them are listed below."
    assert visit("/map/?country=FR").one("p", role="status").text == said
    assert visit("/map/?country=FR&keep=e").one("td", colspan="2").hrefs() == ["/pilots/?country=FR&keep=e"]


def test_group_names_the_places_with_most_pilots_and_counts_the_others(visit, monkeypatch):
    monkeypatch.setattr("pilots.pages.map.MOST_IN_GROUP", 1)
    monkeypatch.setitem(POSITIONS, "near", ("45.77", "4.85"))
    make("near", "a")
    make("lyon", "b", "c")
    make("nice", "d")
    group = visit().one("div", class_="map-group")
    assert group.texts("li") == ["Lyon, France 2 pilots", "and 1 more place"]


def test_authorities_without_a_pilot_that_matches_have_no_row_where_all_are_read(visit, monkeypatch):
    monkeypatch.setattr("pilots.index.rows.MANY", 0)
    make("lyon", "a")
    make("ghent", "b", country="BE")
    factories.PilotFactory(authority__country="FR")
    assert table(visit("/map/?country=FR")) == {"France 1 pilot": {"Lyon 1 pilot": ["a"]}}
    assert len(marks(visit())) == 2
