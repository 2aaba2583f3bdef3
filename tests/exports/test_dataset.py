"""The archive of everything public, read with readers that others wrote."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, RDF, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from pilots.exports.dataset import views
from pilots.exports.dataset.catalogue import LANGUAGES, catalogue_graph
from pilots.exports.dataset.described import describe, edition_of
from pilots.exports.dataset.snapshot import snapshot
from pilots.exports.dataset.table import Field, cell
from tests.exports.reading_files import as_json, body
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

PREFIX = "http://127.0.0.1:8000"
FACETS = {"activity", "audience", "target", "stage"}


@pytest.fixture
def members():
    with zipfile.ZipFile(io.BytesIO(body("/data.zip"))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def described(members: dict[str, bytes]) -> dict[str, Any]:
    return {one["name"]: one for one in json.loads(members["datapackage.json"])["resources"]}


def graph(content: bytes, form: str) -> Graph:
    return Graph().parse(data=content, format=form)


def test_every_csv_is_described_with_its_headings_size_and_checksum(members):
    resources = described(members).values()
    assert {one["path"] for one in resources} == {name for name in members if name.endswith(".csv")}
    for one in resources:
        content = members[one["path"]]
        heads = next(csv.reader(io.StringIO(content.decode(), newline="")))
        assert [field["name"] for field in one["schema"]["fields"]] == heads
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert all(field["description"] for field in one["schema"]["fields"])


def test_keys_are_unique_and_lead_to_rows(members):
    resources = described(members)
    rows = {name: rows_of(members[one["path"]]) for name, one in resources.items()}
    for name, one in resources.items():
        keys = [tuple(row[field] for field in one["schema"]["primaryKey"]) for row in rows[name]]
        assert keys, name
        assert len(set(keys)) == len(keys), name
        for foreign in one["schema"].get("foreignKeys", []):
            to = foreign["reference"]
            there = {tuple(row[field] for field in to["fields"]) for row in rows[to["resource"]]}
            here = {tuple(row[field] for field in foreign["fields"]) for row in rows[name]}
            assert {key for key in here if all(key)} <= there, (name, foreign)


def test_csvw_describes_the_same_tables_and_references(members):
    tables = {table["url"]: table["tableSchema"] for table in json.loads(members["csv-metadata.json"])["tables"]}
    for one in described(members).values():
        schema = tables[one["path"]]
        assert [column["titles"] for column in schema["columns"]] == [it["name"] for it in one["schema"]["fields"]]
        assert len(schema.get("foreignKeys", [])) == len(one["schema"].get("foreignKeys", []))
        assert {to["reference"]["resource"] for to in schema.get("foreignKeys", [])} <= set(tables)


def test_tables_hold_the_nine_pilots_and_what_the_api_says_of_them(members):
    listed = as_json("/api/v1/pilots/?per_page=96")["results"]
    assert json.loads(members["json/pilots.json"])["results"] == listed
    by_slug = {row["pilot"]: row for row in rows_of(members["tables/pilots.csv"])}
    texts = {(row["pilot"], row["language"]): row for row in rows_of(members["tables/pilot_texts.csv"])}
    values = {(row["pilot"], row["vocabulary"], row["value"]) for row in rows_of(members["tables/pilot_values.csv"])}
    assert set(by_slug) == {one["slug"] for one in listed}
    for one in listed:
        row = by_slug[one["slug"]]
        assert (row["id"], row["authority"]) == (str(one["id"]), one["authority"]["slug"])
        assert texts[one["slug"], "en"]["summary"] == one["summary"]["text"]
        assert {(one["slug"], "activity", it["slug"]) for it in one["activity_types"]} <= values


@pytest.mark.parametrize("name", ["lessons", "partners", "authorities", "vocabularies", "glossary", "sources"])
def test_lists_are_those_of_the_api(members, name):
    listed = as_json(f"/api/v1/{name}/?per_page=96")
    kept = json.loads(members[f"json/{name}.json"])
    assert (kept["total"], kept["results"], kept["terms"]) == (listed["total"], listed["results"], listed["terms"])


def test_flat_tables_and_places_are_those_of_the_lists(members):
    assert members["flat/pilots.csv"] == body("/pilots.csv")
    assert members["flat/lessons.csv"] == body("/lessons.csv")
    assert json.loads(members["pilots.geojson"])["features"] == as_json("/map.geojson")["features"]


def test_checksums_are_those_of_all_other_files(members):
    lines = members.pop("SHA256SUMS").decode().splitlines()
    assert {line[66:]: line[:64] for line in lines} == {
        name: hashlib.sha256(content).hexdigest() for name, content in members.items()
    }


def test_terms_stand_in_every_file(members):
    sums = members.pop("SHA256SUMS")
    assert sums
    assert [name for name, content in members.items() if b"/about/#reuse" not in content] == []


def test_no_licence_is_invented(members):
    graphs = [graph(members[name], "turtle") for name in ("catalogue.ttl", "vocabularies.ttl")]
    assert [triple for one in graphs for triple in one.triples((None, DCTERMS.license, None))] == []
    assert "licenses" not in json.loads(members["datapackage.json"])
    assert b"dc:license" not in members["csv-metadata.json"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader uses it
def test_turtle_and_json_ld_say_the_same():
    for name in ("/data", "/data/vocabularies"):
        turtle, json_ld = graph(body(f"{name}.ttl"), "turtle"), graph(body(f"{name}.jsonld"), "json-ld")
        assert len(turtle) > 50
        assert isomorphic(turtle, json_ld)


@pytest.mark.parametrize(
    "address", ["/data.ttl", "/data.jsonld", "/data/vocabularies.ttl", "/data/vocabularies.jsonld"]
)
def test_nothing_is_made_for_who_is_refused_or_has_it(monkeypatch, address):
    tag = visitor().get(address)["ETag"]
    monkeypatch.delattr(views, "catalogue_graph")
    monkeypatch.delattr(views, "vocabulary_graph")
    assert visitor().get(address, headers={"If-None-Match": tag}).status_code == 304
    monkeypatch.delattr(views, "snapshot")
    assert visitor().get(f"{address}?country=FR").status_code == 400


def test_catalogue_that_cannot_name_the_archive_is_kept_by_nobody(monkeypatch):
    monkeypatch.setattr(views, "_archive", lambda _now: None)
    response = visitor().get("/data.ttl")
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_zip_is_a_package_of_files():
    found = graph(body("/data.ttl"), "turtle")
    packages = [str(one) for one in found.subjects(DCAT.packageFormat)]
    assert packages == [f"{PREFIX}/data.zip#distribution"]
    assert list(found.subjects(DCAT.compressFormat)) == []


def test_every_language_of_the_portal_has_its_code_for_catalogues_and_another_is_left_out(settings):
    assert {code for code, _name in settings.LANGUAGES} <= set(LANGUAGES)
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)
    now = snapshot()
    known = describe(now, edition_of(now, "1"), None)
    with_another, without = (catalogue_graph(replace(known, languages=some)) for some in (["en", "xx"], ["en"]))
    assert isomorphic(with_another, without)


def test_catalogue_says_how_large_the_archive_is_and_its_checksum():
    said = body("/data.ttl").decode()
    archive = body("/data.zip")
    assert hashlib.sha256(archive).hexdigest() in said
    at = URIRef(f"{PREFIX}/data.zip#distribution")
    assert graph(said.encode(), "turtle").value(at, DCAT.byteSize).toPython() == len(archive)


def test_concepts_are_the_pages_of_their_values_under_the_schemes_of_the_page():
    found = graph(body("/data/vocabularies.ttl"), "turtle")
    schemes = {str(one) for one in found.subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {f"{PREFIX}/data/#{facet}-vocabulary" for facet in FACETS}
    page = body("/data/").decode()
    for scheme in schemes:
        assert f'id="{scheme.partition("#")[2]}"' in page
    concepts = [str(one) for one in found.subjects(RDF.type, SKOS.Concept)]
    assert len(concepts) > 20
    for address in concepts:
        assert visitor().get(address.removeprefix(PREFIX)).status_code == 200


def test_page_says_what_the_archive_is():
    page, archive = body("/data/").decode(), body("/data.zip")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        version = json.loads(opened.read("datapackage.json"))["version"]
    for said in (hashlib.sha256(archive).hexdigest(), version, 'href="/data.zip"', 'href="/data.ttl"', "9 pilots"):
        assert said in page


@pytest.mark.parametrize("address", ["/data.zip", "/data.ttl", "/data.jsonld", "/data/vocabularies.ttl"])
def test_files_refuse_parameters_have_tags_and_may_be_read_by_other_sites(address):
    assert visitor().get(f"{address}?country=FR").status_code == 400
    response = visitor().get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["X-Robots-Tag"] == "noindex"
    again = visitor().get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, response["ETag"])
    assert visitor().head(address).status_code == 200


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("=1+1", "string", "'=1+1"),
        (-4.42, "number", "-4.42"),
        (None, "string", ""),
        (True, "boolean", "true"),
        (datetime(2026, 11, 30, 16, 5, tzinfo=UTC), "datetime", "2026-11-30T16:05:00Z"),
    ],
)
def test_cells_are_typed_and_never_formulas(value, kind, text):
    assert cell(Field("field", "", lambda row: row, kind), value) == text
