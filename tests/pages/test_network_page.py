"""Who worked with whom in the nine pilots: the drawing, the same as a list, and the pages of organisations."""

import pytest

from tests import facts
from tests.pages.networks import listed, rows, says
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

SWEDEN = "swedish-prison-and-probation-service"
EXIT_SWEDEN = "fryshuset-exit-sweden"
WORKED = sorted((partner, slug) for slug, pilot in facts.PILOTS.items() for partner in pilot.partners)


@pytest.fixture
def visit(client):
    return lambda address: read(client.get(address))


@pytest.mark.parametrize("drawing", ["network-wide", "network-narrow"])
def test_drawing_has_every_partner_authority_and_pilot_of_the_nine(visit, drawing):
    page = visit("/partners/")
    counts = [sum(slug in pilot.partners for pilot in facts.PILOTS.values()) for slug in facts.PARTNERS]
    partners = [f"{fact[0]}: {n} pilot{'s' * (n > 1)}" for fact, n in zip(facts.PARTNERS.values(), counts, strict=True)]
    assert says(page, "partners", drawing) == sorted(partners)
    assert len(says(page, "authorities", drawing)) == len(facts.PILOTS)
    assert len(says(page, "pilots", drawing)) == len(WORKED) + 1


def test_line_says_who_worked_with_whom_in_which_pilot_and_leads_there(visit):
    links = {
        link.one("title").text: link["href"] for link in visit("/partners/").one("svg", class_="network-wide").all("a")
    }
    line = "Municipality of Rotterdam with Fryshuset / Exit Sweden: Case management in probation and release"
    assert links[line] == "/pilots/rotterdam/?from=partners"
    assert links["Municipality of Rotterdam, Netherlands"] == "/authorities/rotterdam/"
    assert links["Fryshuset / Exit Sweden: 3 pilots"] == f"/partners/{EXIT_SWEDEN}/"


def test_dotted_line_says_that_efus_staff_took_part(visit):
    page = visit("/partners/")
    (line,) = page.one("svg", class_="network-wide").all("a", class_="network-otherwise")
    assert line.one("title").text == (
        "Efus staff took part in the pilot of Swedish Prison and Probation Service: "
        "Case management in probation and exit work"
    )
    assert "A dotted line: took part without being a partner." in page.one("figcaption").text


def test_list_has_all_that_the_drawing_has(visit):
    page = visit("/partners/")
    assert listed(page) == sorted([*WORKED, ("efus", SWEDEN)])
    assert "Took part in without being a partner:" in page.one("ul", class_="directory").text
    assert "Named there as: Efus staff" in page.one("ul", class_="directory").text


@pytest.mark.parametrize(
    ("query", "heading", "shown"),
    [
        ("?country=FR", "2 of 6 partners", [("efus", "clichy-sous-bois"), ("efus", "sarcelles"), ("face", "avignon")]),
        ("?partner=efus", "1 of 6 partners", [("efus", "clichy-sous-bois"), ("efus", "sarcelles")]),
        ("?country=SE", "1 of 6 partners", [("efus", SWEDEN), (EXIT_SWEDEN, SWEDEN)]),
        ("?q=hague", "1 of 6 partners", [("european-forum-for-restorative-justice", "the-hague")]),
    ],
)
def test_filters_narrow_drawing_and_list_alike(visit, query, heading, shown):
    page = visit(f"/partners/{query}")
    assert page.one("h1").text == heading
    assert listed(page) == shown
    assert len(says(page, "pilots")) == len(shown)


def test_partner_that_only_took_part_says_so_instead_of_a_number(visit):
    assert "Efus: took part otherwise" in says(visit("/partners/?country=SE"), "partners")


def test_links_to_pilots_know_the_way_back(visit):
    pilot = visit("/partners/?country=FR").one("ul", class_="directory").hrefs("/pilots/")[0]
    assert pilot == "/pilots/clichy-sous-bois/?country=FR&from=partners"
    back = visit(pilot).one("ol", class_="crumbs")
    assert (back.text, back.hrefs()) == ("Back to partners", ["/partners/?country=FR"])


def test_nothing_found_draws_nothing_and_offers_ways_out(visit):
    page = visit("/partners/?country=FR&partner=denkzeit")
    assert page.one("h1").text == "0 of 6 partners"
    assert page.one("main").all("svg") == []
    assert page.one("div", class_="no-results").hrefs("/partners/?") == [
        "/partners/?country=FR",
        "/partners/?partner=denkzeit",
    ]


def test_partner_page_tells_who_worked_with_it_and_on_what(visit):
    page = visit(f"/partners/{EXIT_SWEDEN}/")
    own = page.one("section", **{"aria-labelledby": "pilots"})
    assert own.one("h2").text == "Who worked with Fryshuset / Exit Sweden, and on what"
    assert [article.one("div", class_="worked-who").text for article in own.all("article")] == [
        "Municipality of Rotterdam Netherlands",
        "Swedish Prison and Probation Service Sweden",
        "Municipality of Vilvoorde Belgium",
    ]
    rotterdam = own.all("article")[0]
    assert rows(rotterdam)["On what"] == ["Training, Case management, Practice exchange"]
    assert rotterdam.hrefs("/pilots/") == ["/pilots/rotterdam/", "/pilots/rotterdam/#lesson-2"]


@pytest.mark.parametrize("slug", sorted(facts.PARTNERS))
def test_partner_page_reports_every_working_method_of_its_pilots_and_no_other_lesson(visit, slug):
    own = visit(f"/partners/{slug}/").one("section", **{"aria-labelledby": "pilots"})
    linked = [href for href in own.hrefs("/pilots/") if "#lesson-" in href]
    assert linked == [
        f"/pilots/{pilot}/#lesson-{number}"
        for pilot, fact in sorted(facts.PILOTS.items())
        if slug in fact.partners
        for number, kind in fact.lessons.items()
        if kind == "method"
    ]


def test_pilot_without_a_reported_method_says_so(visit):
    (article,) = visit("/partners/european-forum-for-restorative-justice/").all("article")
    assert rows(article)["Working methods it reports"] == ["Not stated in the source"]


def test_page_of_efus_names_whose_partner_it_was_not(visit):
    (article,) = visit("/partners/efus/").one("section", **{"aria-labelledby": "involved"}).all("article")
    found = rows(article)
    assert (found["Named there as"], found["Its partner"]) == (["Efus staff"], ["Fryshuset / Exit Sweden"])


def test_page_of_a_partner_with_several_ties_has_a_drawing_and_with_one_it_has_none(visit):
    assert len(says(visit(f"/partners/{EXIT_SWEDEN}/"), "pilots")) == 3
    assert len(says(visit("/partners/efus/"), "pilots")) == 3
    assert visit("/partners/face/").one("main").all("svg") == []


def test_authority_page_tells_with_whom_it_worked_and_who_took_part(visit):
    page = visit(f"/authorities/{SWEDEN}/")
    (article,) = page.all("article")
    assert article.one("div", class_="worked-who").hrefs() == [f"/partners/{EXIT_SWEDEN}/"]
    assert rows(article)["Also took part"] == ["Efus"]
    assert len(says(page, "pilots")) == 2


def test_names_in_the_drawing_say_that_they_are_not_in_the_language_of_the_page(client):
    for path, languages in (("/partners/", {""}), ("/fr/partners/", {"en"})):
        drawing = read(client.get(path)).all("svg", class_="network-wide")[0]
        names = [text for text in drawing.all("text") if text.parent.tag == "a"]
        assert {text.get("lang") for text in names if not text.get("class")} == languages
