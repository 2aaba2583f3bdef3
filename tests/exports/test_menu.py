"""The menu “Take away”: on each page the files that fit, of what the page shows, and about how large."""

import re

import pytest

from tests.exports.reading_files import body
from tests.pages.reading import Element, read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python.
DATABASES = ("sqlite",)

PACKS = ("pdf", "docx")
TABLES = ("csv", "xlsx")
NETWORK = ("csv", "graphml", "svg")
FEEDS = ("atom", "feed.json")
CITATIONS = ("ris", "bib", "csl.json")
PAGES = {
    "/pilots/?country=FR&country=NL": (
        "5 of 9 pilots",
        [f"/pilots.{one}?country=FR&country=NL" for one in (*TABLES, *CITATIONS, *FEEDS)],
    ),
    "/lessons/?country=FR&keep=avignon": (
        "5 of 12 working methods",
        [f"/lessons.{one}?country=FR" for one in (*TABLES, *FEEDS)],
    ),
    "/pilots/avignon/": ("1 pilot", [f"/pilots/avignon.{one}" for one in (*PACKS, *TABLES, *CITATIONS)]),
    "/shortlist/?keep=malaga&keep=avignon": (
        "2 pilots",
        [f"/shortlist.{one}?keep=malaga&keep=avignon" for one in (*PACKS, *TABLES, *CITATIONS)],
    ),
    "/compare/?pilot=malaga&pilot=avignon&keep=rotterdam": (
        "2 pilots",
        [f"/compare.{one}?pilot=malaga&pilot=avignon" for one in (*PACKS, "csv")],
    ),
    "/map/": ("9 pilots", ["/map.geojson", "/map.svg", "/pilots.atom", "/pilots.feed.json"]),
    "/matrix/?rows=stage": ("9 pilots", ["/matrix.csv?rows=stage"]),
    "/partners/": (
        "9 pilots",
        [*(f"/partners.{one}" for one in NETWORK), "/pilots.atom", "/pilots.feed.json"],
    ),
}
UNITS = {"bytes": 1, "KB": 1024, "MB": 1024**2}


def menu_of(address: str) -> Element:
    return read(visitor().get(address)).one("details", class_="take-away")


@pytest.mark.parametrize("address", PAGES)
def test_page_offers_the_files_that_fit_and_says_how_many_entries_they_have(address):
    amount, files = PAGES[address]
    menu = menu_of(address)
    assert menu.one("summary").text == f"Take away {amount}"
    assert menu.hrefs()[:-1] == files
    assert all(link.get("rel") == "nofollow" for link in menu.all("a")[:-1])


@pytest.mark.parametrize("address", PAGES)
def test_size_is_about_right(address):
    for row in menu_of(address).all("li"):
        said = re.search(r"about ([\d.]+)\s(bytes|KB|MB)", row.text)
        if said:
            size, real = float(said[1]) * UNITS[said[2]], len(body(row.one("a")["href"]))
            assert size / 2 < real < size * 2, (row.text, real)


@pytest.mark.parametrize("address", ["/pilots/?country=FR&partner=denkzeit", "/shortlist/", "/compare/", "/about/"])
def test_page_that_shows_nothing_offers_nothing(address):
    assert not read(visitor().get(address)).all("details", class_="take-away")


@pytest.mark.parametrize("address", PAGES)
def test_programs_of_other_sites_may_read_every_file_that_is_offered(address):
    for file in PAGES[address][1]:
        assert visitor().get(file).headers["Access-Control-Allow-Origin"] == "*", file


def test_size_of_the_file_of_the_matrix_counts_what_the_page_has_no_room_for(monkeypatch):
    sizes = [menu_of("/matrix/").all("li")[0].text]
    monkeypatch.setattr("pilots.browse.matrix.MOST_SHOWN", 1)
    sizes.append(menu_of("/matrix/").all("li")[0].text)
    assert "about" in sizes[0]
    assert sizes[1] == sizes[0]


CARRIED = "keep=avignon&page=1&per_page=48"


@pytest.mark.parametrize(
    "address", ["/pilots/", "/lessons/", "/map/", "/partners/", "/matrix/", "/cite/", "/pilots/avignon/"]
)
def test_files_are_offered_without_what_only_pages_have_a_use_for_and_refuse_it(address):
    page = read(visitor().get(f"{address}?country=FR&{CARRIED}"))
    files = {link for link in page.hrefs("/") if "." in link.partition("?")[0]}
    assert files
    for link in files:
        assert visitor().get(link).status_code == 200, link
        for parameter in CARRIED.split("&"):
            refused = f"{link}{'&' if '?' in link else '?'}{parameter}"
            assert visitor().get(refused).status_code == 400, refused


@pytest.mark.parametrize("page", ["/shortlist/?keep=malaga", "/compare/?pilot=malaga&pilot=avignon"])
def test_files_of_what_is_chosen_one_by_one_refuse_other_parameters_too(page):
    for link in menu_of(page).hrefs()[:-1]:
        assert visitor().get(f"{link}&page=1").status_code == 400
        if page.startswith("/compare/"):
            assert visitor().get(f"{link}&keep=rotterdam").status_code == 400
