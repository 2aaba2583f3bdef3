"""One navigation: four sections in the header, each under one name; the views of the pilots as tabs of them only."""

import pytest
from django.urls import get_resolver

from pilots.templatetags.navigation import SECTIONS
from tests.pages.reading import Element, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

CHOICE = "?country=FR&keep=avignon"


@pytest.fixture
def visit(client):
    """A function from an address to its page."""
    return lambda address: read(client.get(address))


def current(page: Element) -> list[tuple[str, str]]:
    """The links of the header that say where the visitor is."""
    links = page.one("header").all("a")
    return [(link.text, link["aria-current"]) for link in links if link.get("aria-current")]


def test_header_leads_to_four_sections(visit):
    links = visit("/").one("nav", **{"aria-label": "Main"}).all("a")
    assert [(link.text, link["href"]) for link in links] == [
        ("Pilots", "/pilots/"),
        ("Lessons", "/lessons/"),
        ("Partners", "/partners/"),
        ("About", "/about/"),
    ]


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", []),
        ("/pilots/", [("Pilots", "page")]),
        ("/map/", [("Pilots", "true")]),
        ("/matrix/", [("Pilots", "true")]),
        ("/pilots/avignon/", [("Pilots", "true")]),
        ("/compare/", [("Pilots", "true")]),
        ("/shortlist/", [("Pilots", "true")]),
        ("/activities/training/", [("Pilots", "true")]),
        ("/lessons/", [("Lessons", "page")]),
        ("/partners/", [("Partners", "page")]),
        ("/partners/efus/", [("Partners", "true")]),
        ("/authorities/", [("Partners", "true")]),
        ("/about/", [("About", "page")]),
        ("/glossary/", []),
    ],
)
def test_header_says_in_which_section_a_page_is(visit, address, marked):
    assert current(visit(address)) == marked


def test_sections_hold_pages_that_there_are():
    names = set(get_resolver().reverse_dict)
    assert {page for section in SECTIONS for page in (section.page, *section.holds)} - names == set()


@pytest.mark.parametrize("address", ["/lessons/", "/partners/", "/about/", "/glossary/"])
def test_heading_names_the_page_as_the_navigation_does(visit, address):
    page = visit(address)
    name = next(link.text for link in page.all("a", href=address) if not link.get("hreflang"))
    assert name.lower() in page.one("h1").text.lower()
    assert name.lower() in page.one("head").one("title").text.lower()


@pytest.mark.parametrize(
    ("address", "name"), [("/partners/efus/", "Partners"), ("/authorities/the-hague/", "Authorities")]
)
def test_breadcrumb_calls_a_page_by_its_name(visit, address, name):
    assert visit(address).one("ol", class_="crumbs").text == name


def test_pilots_have_three_tabs_that_keep_the_choice(visit):
    for path in ("/pilots/", "/map/", "/matrix/"):
        tabs = visit(path + CHOICE).one("nav", class_="views").all("a")
        assert [(tab.text, tab["href"]) for tab in tabs] == [
            ("List", f"/pilots/{CHOICE}"),
            ("Map", f"/map/{CHOICE}"),
            ("Matrix", f"/matrix/{CHOICE}"),
        ]
        assert [tab["href"] for tab in tabs if tab.get("aria-current")] == [path + CHOICE]


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("/pilots/", ["/lessons/", "/partners/"]),
        ("/matrix/", ["/lessons/", "/partners/"]),
        ("/lessons/", ["/pilots/", "/partners/"]),
        ("/partners/", ["/pilots/", "/lessons/"]),
    ],
)
def test_other_sections_are_offered_with_the_same_choice(visit, path, others):
    assert visit(path + CHOICE).one("nav", class_="same-choice").hrefs() == [other + CHOICE for other in others]
    assert visit(path).all("nav", class_="same-choice") == []


def test_sections_beside_the_pilots_have_no_tabs(visit):
    assert [visit(path).all("nav", class_="views") for path in ("/lessons/", "/partners/")] == [[], []]


def test_footer_and_list_lead_to_what_the_header_leaves_out(visit):
    assert {"/glossary/", "/compare/", "/shortlist/", "/authorities/"} <= set(visit("/").one("footer").hrefs())
    assert "/compare/?keep=avignon" in visit(f"/pilots/{CHOICE}").one("p", class_="to-compare").hrefs()
