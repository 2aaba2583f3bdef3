"""For any filter, in any language, the list, the API and all that can be taken away hold the same, in one order."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare_portal.languages import LANGUAGES, in_language
from tests.examples import drawn
from tests.exports.reading_files import body
from tests.nine_pilots import OPTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("translated_pilots")]

WORDS = ("", "", "training", "prison officers", "Efus", "nothing that anybody said")
# Few facets at a time, or hardly a filter finds anything.
facets = st.lists(st.sampled_from(sorted(OPTIONS)), max_size=2, unique=True)
chosen = facets.flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(OPTIONS[name]), min_size=1, max_size=4, unique=True) for name in names}
    )
)
queries = st.tuples(chosen, st.sampled_from(WORDS), st.sampled_from(("", "place", "-place", "newest")))
CARD = re.compile(r'<h2 class="card-title"><a href="(?:/\w\w)?/pilots/([\w-]+)/')
ATOM = "{http://www.w3.org/2005/Atom}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def query_of(facets: dict[str, list[str]], words: str, sort: str) -> str:
    one = {name: value for name, value in (("q", words), ("sort", sort)) if value}
    return urlencode(facets | one, doseq=True)


def in_csv(file: bytes) -> list[str]:
    return [row["slug"] for row in csv.DictReader(io.StringIO(file.decode(), newline=""), strict=True)]


def in_xlsx(file: bytes) -> list[str]:
    """The first cell of each row but the first; `xlsx_rows` reads whole workbooks, and two hundred take long."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        rows = ET.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}row")
        return [next(row.itertext()) for row in rows][1:]


def in_atom(file: bytes) -> list[str]:
    entries = ET.fromstring(file).iter(f"{ATOM}entry")
    return [slug_of(entry.find(f"{ATOM}link").get("href")) for entry in entries]


def slug_of(address: str) -> str:
    """The pilot whose page is at this address."""
    return address.partition("/pilots/")[2].partition("/")[0]


# How each file tells its pilots.
FILES: dict[str, Callable[[bytes], list[str]]] = {
    "/pilots/": lambda page: CARD.findall(page.decode()),
    "/api/v1/pilots/": lambda file: [row["slug"] for row in json.loads(file)["results"]],
    "/pilots.csv": in_csv,
    "/pilots.xlsx": in_xlsx,
    "/map.geojson": lambda file: [feature["id"] for feature in json.loads(file)["features"]],
    "/pilots.ris": lambda file: re.findall(r"^ID  - (.+)\r$", file.decode(), re.MULTILINE),
    "/pilots.atom": in_atom,
    "/pilots.feed.json": lambda file: [slug_of(item["url"]) for item in json.loads(file)["items"]],
}


API = "/api/v1/pilots/"


def in_all(query: str, language: str) -> dict[str, list[str]]:
    """The pilots of the list and of each file in one language; the API has it in its query."""
    addresses = {path: f"{in_language(path, language)}?{query}" for path in FILES}
    addresses[API] = f"{API}?{query}&lang={language}"
    return {path: FILES[path](body(address)) for path, address in addresses.items()}


@drawn(200)
@given(queries, st.sampled_from(LANGUAGES))
def test_all_hold_the_pilots_of_the_list_in_its_order(drawn_query, language):
    found = in_all(query_of(*drawn_query), language)
    assert found == dict.fromkeys(FILES, found["/pilots/"])


# What pilots are sorted by is what their authorities are called in short: The Hague, La Haye, Den Haag.
A_TO_Z = {
    "en": "avignon catalonia clichy-sous-bois malaga rotterdam sarcelles "
    "swedish-prison-and-probation-service the-hague vilvoorde",
    "fr": "avignon catalonia clichy-sous-bois the-hague malaga rotterdam sarcelles "
    "swedish-prison-and-probation-service vilvoorde",
    "es": "avignon catalonia clichy-sous-bois the-hague malaga rotterdam sarcelles "
    "swedish-prison-and-probation-service vilvoorde",
    "nl": "avignon catalonia clichy-sous-bois the-hague malaga rotterdam sarcelles "
    "swedish-prison-and-probation-service vilvoorde",
    "sv": "avignon clichy-sous-bois the-hague catalonia swedish-prison-and-probation-service "
    "malaga rotterdam sarcelles vilvoorde",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pilots_come_by_place_in_the_language_of_the_page(language):
    wanted = A_TO_Z[language].split()
    assert in_all("", language) == dict.fromkeys(FILES, wanted)
    assert in_all("sort=-place", language) == dict.fromkeys(FILES, wanted[::-1])
