"""Places, graphs and crossings: what map, network, matrix and comparison show, for other programs."""

from xml.etree import ElementTree as ET

import pytest

from pilots.models import Authority
from tests import factories, facts
from tests.exports.reading_files import as_json, body, csv_rows
from tests.pages.reading import read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Rows are read as pages read them, which are asked for on both.
DATABASES = ("sqlite",)

GRAPH = "{http://graphml.graphdrawing.org/xmlns}"
HOME = "http://127.0.0.1:8000"
FILES = ["/map.geojson", "/partners.csv", "/partners.graphml", "/matrix.csv"]


def test_each_pilot_is_a_feature_at_the_place_of_its_authority():
    found = as_json("/map.geojson")
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == 9
    avignon = found["features"][0]
    longitude, latitude = avignon["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (5, 44)
    assert avignon["id"] == avignon["properties"]["slug"] == "avignon"
    assert avignon["properties"]["partners"][0].keys() == {"slug", "name", "language"}
    assert found["terms"]["address"].endswith("/about/#reuse")


def test_each_name_says_which_language_it_is_in():
    english = {one["id"]: one["properties"] for one in as_json("/map.geojson")["features"]}["avignon"]
    assert (english["place_language"], english["authority"]["language"]) == ("en", "en")
    Authority.objects.get(slug="avignon").create_translation("sv", name="Staden Avignon", place="Avignon")
    swedish = {one["id"]: one["properties"] for one in as_json("/sv/map.geojson")["features"]}
    assert (swedish["avignon"]["place"], swedish["avignon"]["place_language"]) == ("Avignon", "sv")
    assert swedish["avignon"]["authority"]["language"] == "sv"
    assert {(one["name"], one["language"]) for one in swedish["avignon"]["partners"]} == {("FACE", "fr")}
    assert {one["language"] for one in swedish["avignon"]["activity_types"]} == {"en"}
    assert {swedish["rotterdam"]["place_language"], swedish["rotterdam"]["authority"]["language"]} == {None, "en"}


def test_pilot_without_a_position_has_no_geometry():
    factories.PublishedPilotFactory(authority__place="Aa", authority__latitude=None, authority__longitude=None)
    assert as_json("/map.geojson")["features"][0]["geometry"] is None


def test_place_without_pilots_is_an_empty_collection():
    assert as_json("/map.geojson?country=FR&partner=denkzeit")["features"] == []


def test_graph_has_each_node_once_and_an_edge_for_each_line_of_the_table():
    graph = ET.fromstring(body("/partners.graphml"))
    nodes = [node.get("id") for node in graph.iter(f"{GRAPH}node")]
    edges = [(edge.get("source"), edge.get("target")) for edge in graph.iter(f"{GRAPH}edge")]
    assert len(nodes) == len(set(nodes))
    assert {end for edge in edges for end in edge} == set(nodes)
    rows = csv_rows("/partners.csv")
    assert edges == [(f"partner/{row['partner']}", f"authority/{row['authority']}") for row in rows]
    assert {row["role"] for row in rows} == {"partner", "took part"}


def test_graph_is_of_the_pilots_that_match():
    assert {row["country"] for row in csv_rows("/partners.csv?country=NL")} == {"NL"}


def test_table_of_the_matrix_has_each_number_of_the_page():
    rows = csv_rows("/matrix.csv?rows=stage&columns=country")
    table = read(visitor().get("/matrix/?rows=stage&columns=country")).one("div", class_="matrix").one("table")
    cells = [cell for line in table.one("tbody").all("tr") for cell in line.all("td")]
    assert {(row["rows"], row["columns"]) for row in rows} == {("stage", "country")}
    assert [row["pilots"] for row in rows] == [cell.text.replace("–", "0") for cell in cells]
    assert [row["address"].removeprefix(HOME) for row in rows] == ["".join(cell.hrefs()) for cell in cells]
    assert 0 < len([row for row in rows if row["address"]]) < len(rows)


def test_table_of_the_matrix_has_the_values_for_which_the_page_has_no_room(monkeypatch):
    monkeypatch.setattr("pilots.browse.matrix.MOST_SHOWN", 2)
    everything = {row["column"] for row in csv_rows("/matrix.csv?rows=stage&columns=country")}
    assert everything == {pilot.country for pilot in facts.PILOTS.values()}


def test_rows_and_columns_that_are_the_same_are_refused_with_the_reason():
    response = visitor().get("/matrix.csv?rows=activity&columns=activity")
    assert response.status_code == 400
    assert "Rows and columns cannot both be “Activity type”." in response.content.decode()


def test_comparison_has_a_column_for_each_pilot_and_a_line_for_each_row_of_the_page():
    rows = csv_rows("/compare.csv?pilot=rotterdam&pilot=vilvoorde")
    assert [*rows[0]] == ["fact", "rotterdam", "vilvoorde"]
    facts = {row["fact"]: row for row in rows}
    assert facts["Country"]["vilvoorde"] == "Belgium"
    assert facts["Summary"]["rotterdam"]
    assert facts["What may be reused"]["rotterdam"].endswith("/about/#reuse")
    assert len(csv_rows("/compare.csv?pilot=rotterdam&pilot=vilvoorde&show=differences")) < len(rows)


def test_comparison_says_how_exact_a_figure_is_and_what_is_not_stated():
    facts = {row["fact"]: row for row in csv_rows("/compare.csv?pilot=sarcelles&pilot=vilvoorde")}
    assert "; at least 35 hours of community work" in facts["In figures"]["sarcelles"]
    assert facts["In figures"]["vilvoorde"] == facts["Date"]["sarcelles"] == "Not stated in the source"


@pytest.mark.parametrize("address", FILES)
def test_what_a_page_leaves_out_is_refused(address):
    for query in ("country=XX", "colour=red", "sort=evil"):
        assert visitor().get(f"{address}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["", "?pilot=avignon", "?pilot=avignon&pilot=nobody"])
def test_comparison_of_fewer_than_two_is_refused(query):
    assert visitor().get(f"/compare.csv{query}").status_code == 400
