"""The map with no pilot, with pilots it cannot show, with several at one place."""

import pytest

from pilots.pages.map import small_map
from tests import factories
from tests.pages.maps import marks, table
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    return lambda: read(client.get("/map/"))


def test_empty_portal_has_a_map(visit):
    page = visit()
    assert page.one("h1").text == "Map: 0 pilots"
    assert page.one("svg", class_="map").all("a") == []


def test_places_without_a_mark_are_in_the_table_and_counted_by_reason(visit):
    factories.PublishedPilotFactory(title="One", authority__place="Lost")
    factories.PublishedPilotFactory(
        title="Two", authority__place="Cayenne", authority__latitude="4.9", authority__longitude="-52.3"
    )
    page = visit()
    assert table(page) == {"France 2 pilots": {"Lost 1 pilot": ["One"], "Cayenne 1 pilot": ["Two"]}}
    assert marks(page) == []
    assert page.one("figcaption").texts("p")[1:-1] == [
        "1 pilot is in the table only, because the position of its place is not recorded.",
        "1 pilot is in the table only, because its place is outside this map.",
    ]


def test_two_authorities_of_one_town_share_a_row_and_a_mark(visit):
    town = {"place": "Lyon", "country": "FR"}
    for slug, position in (("city", {}), ("prison", {"latitude": "45.76", "longitude": "4.84"})):
        factories.PublishedPilotFactory(authority=factories.AuthorityFactory(slug=slug, **town, **position))
    page = visit()
    assert list(table(page)["France 2 pilots"]) == ["Lyon 2 pilots"]
    assert marks(page) == ["Lyon, France: 2 pilots"]


def test_small_map_of_either_authority_of_a_town_leads_to_its_row(visit):
    there = {"place": "Lyon", "country": "FR", "latitude": "45.76", "longitude": "4.84"}
    pilots = [
        factories.PublishedPilotFactory(authority=factories.AuthorityFactory(slug=slug, **there))
        for slug in ("city", "prison")
    ]
    row = visit().one("tr", id="place-city")
    anchors = {row["id"], *(place["id"] for place in row.all("span") if place.get("id"))}
    assert {href for pilot in pilots for href in read(small_map([pilot]).picture).hrefs()} == {
        f"/map/#{anchor}" for anchor in anchors
    }


def test_towns_of_the_same_name_in_two_countries_are_two(visit):
    for country in ("FR", "BE"):
        factories.PublishedPilotFactory(authority=factories.AuthorityFactory(place="Saint-Denis", country=country))
    assert list(table(visit())) == ["Belgium 1 pilot", "France 1 pilot"]


def test_small_map_of_one_pilot_shows_its_surroundings():
    pilot = factories.PublishedPilotFactory(
        authority=factories.AuthorityFactory(slug="lyon", place="Lyon", latitude="45.76", longitude="4.84")
    )
    picture = read(small_map([pilot]).picture)
    assert set(picture.hrefs()) == {"/map/#place-lyon"}
    assert picture.one("svg", class_="map-land")["viewbox"].split()[2] == "2000.0"


def test_small_map_says_how_many_it_leaves_out():
    pilots = [factories.PublishedPilotFactory() for _ in range(2)]
    assert small_map(pilots).missing == ["The places of 2 pilots are not on this map."]
    assert small_map([]).missing == []
