"""The page of the map: the same pilots as the list, on a map and as a table; and the small map of other pages."""

import re

import pytest

from pilots.models import Pilot
from pilots.pages.map import small_map
from tests.pages.maps import marks, table
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    """A function from a query to the page of the map."""
    return lambda query="": read(client.get(f"/map/{query}"))


def test_table_has_every_place_with_its_pilots_by_country(visit):
    found = table(visit())
    assert list(found) == [
        "Belgium 1 pilot",
        "France 3 pilots",
        "Netherlands 2 pilots",
        "Spain 2 pilots",
        "Sweden 1 pilot",
    ]
    assert found["Spain 2 pilots"] == {
        "Catalonia 1 pilot": ["Multi-agency partnership in case management"],
        "Málaga 1 pilot": ["Training municipal front-line workers in exit strategies"],
    }


def test_map_has_the_places_of_the_table(visit):
    assert marks(visit()) == [
        "3 places close together: Rotterdam (1 pilot), The Hague (1 pilot), Vilvoorde (1 pilot)",
        "Avignon, France: 1 pilot",
        "2 places close together: Clichy-sous-Bois (1 pilot), Sarcelles (1 pilot)",
        "Catalonia, Spain: 1 pilot",
        "Málaga, Spain: 1 pilot",
        "Sollentuna, Sweden: 1 pilot",
    ]


@pytest.mark.parametrize(
    ("query", "heading", "countries"),
    [
        ("?country=FR", "Map: 3 of 9 pilots", ["France 3 pilots"]),
        ("?partner=efus", "Map: 2 of 9 pilots", ["France 2 pilots"]),
        ("?q=hague", "Map: 1 of 9 pilots", ["Netherlands 1 pilot"]),
    ],
)
def test_filters_narrow_map_and_table_alike(visit, query, heading, countries):
    page = visit(query)
    assert page.one("h1").text == heading
    assert list(table(page)) == countries
    assert len(page.one("svg", class_="map-land")["viewbox"].split()) == 4


def test_map_zooms_to_what_is_chosen(visit):
    def width(query: str) -> float:
        return float(visit(query).one("svg", class_="map-land")["viewbox"].split()[2])

    assert width("?country=FR") < width("") < width("?country=FR&partner=denkzeit") == 5250


def test_what_shares_a_mark_from_afar_has_its_own_when_chosen(visit):
    assert marks(visit("?country=NL&country=BE")) == [
        "Vilvoorde, Belgium: 1 pilot",
        "2 places close together: Rotterdam (1 pilot), The Hague (1 pilot)",
    ]


@pytest.mark.parametrize("query", ["", "?country=FR", "?country=NL&country=BE&keep=avignon"])
def test_every_mark_leads_to_its_row_or_to_the_places_of_its_group(visit, query):
    page = visit(query)
    ids = {element.get("id") for element in page}
    fragments = [href for link in page.one("svg", class_="map").all("a") for href in [link["href"]]]
    assert fragments
    assert {fragment[1:] for fragment in fragments} <= ids


def test_group_lists_its_places_as_links_to_their_rows(visit):
    group = visit().one("div", id="group-clichy-sous-bois-and-1")
    assert [(link.text, link["href"]) for link in group.all("a")] == [
        ("Clichy-sous-Bois, France", "#place-clichy-sous-bois"),
        ("Sarcelles, France", "#place-sarcelles"),
    ]


def test_pilots_lead_back_to_the_map_as_it_was(visit):
    hrefs = visit("?country=FR").one("table", class_="map-table").hrefs()
    assert hrefs[0] == "/pilots/avignon/?country=FR&from=map"
    assert visit().one("table", class_="map-table").hrefs()[0] == "/pilots/vilvoorde/?from=map"


def test_no_result_says_so_offers_ways_out_and_shows_europe(visit):
    page = visit("?country=FR&partner=denkzeit")
    assert page.one("h1").text == "Map: 0 of 9 pilots"
    assert page.one("p", role="status").text == "No pilot matches: country France; partner Denkzeit."
    assert page.one("div", class_="no-results").hrefs("/map/") == [
        "/map/?country=FR",
        "/map/?partner=denkzeit",
        "/map/",
    ]
    assert page.one("svg", class_="map")["aria-label"] == "Map of Europe without a pilot"
    assert page.all("table") == []


def test_views_keep_what_is_chosen(visit):
    views = visit("?country=FR&q=training").one("nav", class_="views")
    assert views.one("a", **{"aria-current": "page"}).text == "Map"
    assert "/pilots/?q=training&country=FR" in views.hrefs()


@pytest.mark.parametrize("query", ["?page=x", "?q=" + "a" * 201])
def test_abuse_is_refused(client, query):
    assert client.get(f"/map/{query}").status_code == 400


def test_small_map_leads_to_the_rows_and_groups_of_the_large_one(client):
    picture = read(small_map(Pilot.objects.published().select_related("authority")).picture)
    hrefs = set(picture.hrefs())
    assert hrefs
    ids = {element.get("id") for element in read(client.get("/map/"))}
    assert {href.removeprefix("/map/#") for href in hrefs} <= ids


def test_small_map_takes_two_queries_and_is_lighter(django_assert_num_queries, client):
    with django_assert_num_queries(2):
        small = small_map(Pilot.objects.published().select_related("authority")).picture
    large = str(client.get("/map/").content.decode())
    assert len(small) < len(re.search(r"<svg class=\"map\".*</svg>\s*<figcaption>", large, re.DOTALL)[0])
