"""The list as visitors see it, with the nine pilots."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils.http import urlencode

from tests import facts
from tests.pages.reading import Element, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    """A function from a query to the page of the list."""
    return lambda query="": read(client.get(f"/pilots/{query}"))


def linked(page: Element) -> list[str]:
    """The slugs of the pilots that the page's `<main>` links to."""
    paths = [urlsplit(href).path for href in page.one("main").hrefs("/pilots/")]
    return list(dict.fromkeys(match[1] for path in paths if (match := re.fullmatch(r"/pilots/([\w-]+)/", path))))


def options(page: Element) -> dict[tuple[str, str], Element]:
    """The labels of all facets' options by parameter and value."""
    boxes = [(label, box) for label in page.all("label") for box in label.all("input", type="checkbox")]
    return {(box["name"], box["value"]): label for label, box in boxes}


def ticked(page: Element) -> set[tuple[str, str]]:
    return {key for key, label in options(page).items() if "checked" in label.one("input").attributes}


@pytest.mark.parametrize(("countries", "partners", "count"), facts.COUNTS)
def test_cells_counted_by_hand(visit, countries, partners, count):
    page = visit("?" + urlencode({"country": countries, "partner": partners}, doseq=True))
    if countries == ["DE"]:  # no pilot is there, so the value is ignored with a note
        assert page.texts("p", class_="note") == ["No pilot has “DE” under “country”, so it is ignored."]
        count = 9
    assert len(linked(page)) == count
    assert page.one("h1").text == ("9 pilots" if count == 9 else f"{count} of 9 pilots")


def test_main_links_to_the_matching_pilots_only(visit):
    assert sorted(linked(visit())) == sorted(facts.PILOTS)
    assert linked(visit("?country=FR")) == ["avignon", "clichy-sous-bois", "sarcelles"]
    assert linked(visit("?country=FR&partner=denkzeit")) == []


def test_label_holds_the_box_the_name_and_last_the_count(visit):
    label = options(visit())["country", "FR"]
    assert label.content[0].tag == "input"
    assert label.text == "France 3"
    assert re.findall(r"\d+", label.raw)[-1] == label.one("span").text == "3"


def test_last_number_of_each_label_is_its_count(visit):
    counts = {key: re.findall(r"\d+", label.raw)[-1] for key, label in options(visit("?country=SE")).items()}
    assert {key for key, count in counts.items() if count == "1" and key[0] != "country"} == {
        ("authority_kind", "national-agency"),
        ("partner", "fryshuset-exit-sweden"),
        ("activity", "case-management"),
        ("activity", "practice-exchange"),
        ("audience", "probation-and-prison-staff"),
        ("stage", "probation"),
    }
    assert counts["country", "FR"] == "3"


def test_facets_are_fieldsets_of_one_form_that_is_sent_by_a_button(visit):
    form = visit().one("form", id="filters")
    assert (form["method"], form["action"]) == ("get", "/pilots/")
    legends = ["Country", "Kind of authority", "Partner", "Activity type", "Audience", "Target group", "Stage"]
    assert form.texts("legend") == legends
    assert [len(fieldset.all("legend")) for fieldset in form.all("fieldset")] == [1] * 7
    assert [element.tag for element in form if element.tag in {"input", "select", "button"}][-1] == "button"
    assert form.all("button")[-1].text == "Apply"


def test_form_keeps_what_is_chosen(visit):
    page = visit("?country=FR&country=ES&partner=efus&q=training&sort=newest&per_page=24")
    assert ticked(page) == {("country", "FR"), ("country", "ES"), ("partner", "efus")}
    search = page.one("input", id="q")
    assert (search["value"], search["form"], search["name"]) == ("training", "filters", "q")
    chosen = [option for option in page.all("option") if "selected" in option.attributes]
    assert [option.get("value") or option.text for option in chosen] == ["newest", "24"]


def test_value_may_be_written_in_any_case(visit):
    assert ticked(visit("?country=fr")) == {("country", "FR")}


def test_title_tells_count_and_choice(visit):
    assert visit("?country=FR").one("title").text == "3 of 9 pilots: country France – PREPARE pilots"
    assert visit().one("title").text == "9 pilots – PREPARE pilots"


def test_status_says_a_whole_sentence(visit):
    assert visit("?country=FR").one("p", role="status").text == "3 pilots match: country France."
    assert visit().one("p", role="status").text == "All 9 pilots are shown."


def test_chips_remove_one_value_each_and_one_link_all(visit):
    chips = visit("?country=FR&country=ES&partner=efus&sort=newest").one("ul", class_="chips")
    assert [(link.text, link["href"]) for link in chips.all("a")] == [
        ("Country: France – remove", "/pilots/?country=ES&partner=efus&sort=newest"),
        ("Country: Spain – remove", "/pilots/?country=FR&partner=efus&sort=newest"),
        ("Partner: Efus – remove", "/pilots/?country=FR&country=ES&sort=newest"),
        ("Remove all", "/pilots/?sort=newest"),
    ]
    assert visit().all("ul", class_="chips") == []


def test_no_result_says_so_and_offers_ways_out_with_their_counts(visit):
    page = visit("?country=FR&partner=denkzeit")
    assert page.one("h1").text == "0 of 9 pilots"
    ways = page.one("div", class_="no-results")
    assert [(item.text, item.one("a")["href"]) for item in ways.all("li")] == [
        ("without partner: Denkzeit 3 pilots", "/pilots/?country=FR"),
        ("without country: France 1 pilot", "/pilots/?partner=denkzeit"),
    ]
    assert ways.all("a")[-1].text == "Show all 9 pilots"
    for item in ways.all("li"):
        query = item.one("a")["href"].removeprefix("/pilots/")
        assert f" {len(linked(visit(query)))} pilot" in item.text


def test_no_result_where_dropping_one_part_is_not_enough_offers_each_part_alone(visit):
    page = visit("?country=SE&partner=face&stage=release&q=malaga")
    ways = page.one("div", class_="no-results")
    assert [item.text for item in ways.all("li")] == [
        "only stage: Release 4 pilots",
        "only country: Sweden 1 pilot",
        "only partner: FACE 1 pilot",
        "only search: “malaga” 1 pilot",
    ]


def test_unknown_values_and_names_are_ignored_with_a_visible_note(visit):
    page = visit("?country=XX&colour=red&sort=evil&country=FR")
    assert len(linked(page)) == 3
    assert page.texts("p", class_="note") == [
        "No pilot has “XX” under “country”, so it is ignored.",
        "“colour” is not something this page can be filtered by.",
        "“evil” is not possible for “sort”, so it is ignored.",
    ]
    assert visit("?country=FR").all("p", class_="note") == []


def test_glossary_terms_that_a_search_finds_stand_below_the_list_and_one_line_leads_there(visit):
    page = visit("?q=pjj")
    line = page.one("p", class_="to-terms").one("a")
    found = page.one("aside", class_="found-terms")
    assert (line.text, line["href"]) == ("1 term in the glossary", f"#{found['id']}")
    parts = [part["class"] for part in page.one("div", class_="results") if part.get("class")]
    assert parts.index("to-terms") < parts.index("cards") < parts.index("found-terms")
    assert found.one("a")["href"] == "/glossary/#pjj"
    assert "Youth Judicial Protection Service" in found.text


@pytest.mark.parametrize("query", ["?country=FR", "?q=a", "?page=1", "?sort=newest", "?colour=red"])
def test_every_address_with_parameters_is_kept_out_of_indexes(visit, query):
    page = visit(query)
    assert page.one("meta", name="robots")["content"] == "noindex, follow"
    assert page.one("link", rel="canonical")["href"] == "http://127.0.0.1:8000/pilots/"


def test_plain_list_is_for_indexes(visit):
    assert visit().all("meta", name="robots") == []
    assert visit().one("link", rel="canonical")["href"] == "http://127.0.0.1:8000/pilots/"


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?" + "&".join(["country=FR"] * 21), 400, "At most 20 values of “country” at once."),
        ("?q=" + "a" * 201, 400, "A search has at most 200 characters."),
        ("?page=two", 400, "“two” is not the number of a page."),
        ("?page=2", 404, "This list has no page 2; its last page is 1."),
        ("?page=0", 400, "“0” is not the number of a page."),
    ],
)
def test_abuse_is_refused_with_a_sentence(client, query, status, sentence):
    response = client.get(f"/pilots/{query}")
    assert response.status_code == status
    assert read(response).one("p", class_="lead").text == sentence


def test_two_words_with_accents_are_kept_as_typed(visit):
    page = visit("?q=M%C3%A1laga+%22DENKZEIT%22")
    assert page.one("input", id="q")["value"] == 'Málaga "DENKZEIT"'
    assert linked(page) == ["malaga"]
