"""The front page, partners, authorities, glossary and the pages about the portal."""

import pytest

from pilots.models import FormerSlug, Pilot
from tests import factories, facts
from tests.factories import PublishedPilotFactory
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

NOT_STATED = "Not stated in the source"


@pytest.fixture
def visit(client):
    return lambda address: read(client.get(address))


def cards(page):
    return [title.hrefs()[0].split("/")[2] for title in page.all("h3", class_="card-title")]


def details(page):
    return {row.one("dt").text: row.one("dd").text for row in page.one("main").all("dl")[0].all("div")}


def test_front_page_has_three_ways_in_and_then_the_newest(visit):
    main = visit("/").one("main")
    ways = main.one("div", class_="ways-in")
    assert [ways.one("form")["action"], *ways.texts("h2")] == [
        "/pilots/",
        "Start from your question",
        "Look where it happened",
    ]
    assert main.texts("h2")[-1] == "Newest entries"
    assert main.hrefs("/pilots/").count("/pilots/") == 1


def test_front_page_shows_nothing_twice(visit):
    main = visit("/").one("main")
    links = [
        href for href in main.hrefs() if not href.startswith("/map/#")
    ]  # the drawing has places alone and in groups
    assert sorted(links) == sorted(set(links))


def test_front_page_leads_on_by_questions_with_what_each_gives(visit):
    asked = {link.all("span")[0].text: link for link in visit("/").one("section", class_="questions").all("a")}
    assert len(asked) == 12
    for link in asked.values():
        path, _, anchor = link["href"].partition("#")
        page = visit(path)
        if path.startswith("/pilots/"):
            assert link.texts("span", class_="count") == [
                "1 pilot" if read_cards(page) == 1 else f"{read_cards(page)} pilots"
            ]
        if anchor:
            assert page.all("div", id=anchor)
    assert asked["I work in a prison"]["href"] == "/pilots/?stage=prison"


@pytest.mark.parametrize(
    ("words", "kind", "amount"),
    [
        ("I work for a city", "municipality", "7 pilots"),
        ("I work for a region", "regional-government", "1 pilot"),
        ("I work for a national agency", "national-agency", "1 pilot"),
    ],
)
def test_who_works_for_such_an_authority_is_shown_all_its_pilots(visit, words, kind, amount):
    asked = {link.all("span")[0].text: link for link in visit("/").one("section", class_="questions").all("a")}
    assert asked[words]["href"] == f"/pilots/?authority_kind={kind}"
    assert asked[words].texts("span", class_="count") == [amount]
    titles = visit(asked[words]["href"]).all("h2", class_="card-title")
    assert sorted(title.hrefs()[0].split("/")[2] for title in titles) == sorted(
        slug for slug, fact in facts.PILOTS.items() if fact.kind == kind
    )


def test_question_without_an_answer_is_not_asked(visit):
    Pilot.objects.filter(stages__slug="prison").update(status="draft")
    assert "I work in a prison" not in visit("/").one("section", class_="questions").text


def read_cards(page):
    return len(page.all("article"))


def test_front_page_searches_and_shows_the_three_newest(visit):
    page = visit("/")
    form = page.one("main").one("form")
    assert (form["action"], form["method"], form.one("input")["name"]) == ("/pilots/", "get", "q")
    assert len(cards(page)) == 3
    newest = PublishedPilotFactory()
    assert cards(visit("/")) == [newest.slug, *cards(page)[:2]]


def test_directory_of_partners_names_all_with_their_pilots(visit):
    page = visit("/partners/")
    assert page.one("h1").text == "6 partners"
    directory = page.one("ul", class_="directory")
    pages = [entry.hrefs()[0] for entry in directory.all("h3")]
    assert pages == [f"/partners/{slug}/" for slug in sorted(facts.PARTNERS)]
    linked = [href.split("/")[2] for ties in directory.all("ul", class_="ties") for href in ties.hrefs("/pilots/")]
    worked = [slug for slug, pilot in facts.PILOTS.items() for _partner in pilot.partners]
    assert sorted(linked) == sorted([*worked, "swedish-prison-and-probation-service"])  # where Efus staff took part


def test_directory_of_authorities_names_all_with_their_pilots(visit):
    page = visit("/authorities/")
    assert page.one("h1").text == "9 authorities"
    names = page.one("ul", class_="directory").texts("h2")
    assert names == [facts.PILOTS[slug].authority for slug in sorted(facts.PILOTS)]
    assert len(page.one("main").hrefs("/pilots/")) == 9


@pytest.mark.parametrize("slug", sorted(facts.PARTNERS))
def test_partner_page_shows_its_pilots_and_what_is_known(visit, slug):
    name, full_name, original, language, kind, country = facts.PARTNERS[slug]
    page = visit(f"/partners/{slug}/")
    assert page.one("h1").text == name
    shown = details(page)
    assert shown["Full name"] == full_name or not full_name
    assert (shown["Full name"] == NOT_STATED) == (not full_name)
    assert shown.get("In its own language", "") == original
    assert (shown["Kind"] == NOT_STATED) == (not kind)
    assert shown["Country"] == {"DE": "Germany", "SE": "Sweden", "": NOT_STATED}[country]
    own = page.one("section", **{"aria-labelledby": "pilots"})
    assert sorted(cards(own)) == sorted(pilot for pilot, fact in facts.PILOTS.items() if slug in fact.partners)
    assert own.hrefs("/pilots/?") == [f"/pilots/?partner={slug}"]
    assert not language or page.one("dd", lang=language).text == original


def test_efus_page_tells_that_its_staff_took_part_in_sweden(visit):
    involved = visit("/partners/efus/").one("section", **{"aria-labelledby": "involved"})
    assert involved.one("h2").text == "Took part in without being a partner"
    assert cards(involved) == ["swedish-prison-and-probation-service"]


@pytest.mark.parametrize("slug", sorted(set(facts.PARTNERS) - {"efus"}))
def test_no_other_partner_took_part_elsewhere(visit, slug):
    assert visit(f"/partners/{slug}/").all("section", **{"aria-labelledby": "involved"}) == []


@pytest.mark.parametrize("slug", sorted(facts.PILOTS))
def test_authority_page_shows_place_kind_country_and_pilots(visit, slug):
    fact = facts.PILOTS[slug]
    page = visit(f"/authorities/{slug}/")
    assert page.one("h1").text == fact.authority
    shown = details(page)
    assert shown["Place"] == fact.place
    assert shown["Kind"].lower().replace(" ", "-") == fact.kind
    assert page.one("main").hrefs("/pilots/?") == [f"/pilots/?country={fact.country}"]
    assert cards(page) == [slug]


def test_organisation_without_a_published_pilot_has_no_page(client):
    partner, authority = factories.PartnerFactory(slug="unused"), factories.AuthorityFactory(slug="unused")
    factories.PilotFactory(partners=[partner], authority=authority)
    factories.OrganisationInvolvedFactory(pilot=PublishedPilotFactory(), partner=partner)
    assert client.get("/partners/unused/").status_code == 404
    assert client.get("/authorities/unused/").status_code == 404


@pytest.mark.parametrize("kind", ["partner", "authority"])
def test_former_address_of_an_organisation_redirects_for_good(client, kind):
    pilot = PublishedPilotFactory()
    row = pilot.authority if kind == "authority" else pilot.partners.get()
    FormerSlug.objects.remember(row, old="before")
    response = client.get(row.get_absolute_url().replace(row.slug, "before"))
    assert (response.status_code, response["Location"]) == (301, row.get_absolute_url())


def test_former_slug_of_one_kind_leads_nowhere_in_another(client):
    FormerSlug.objects.remember(PublishedPilotFactory(), old="before")
    assert client.get("/partners/before/").status_code == 404


def test_glossary_explains_every_term(visit):
    words = visit("/glossary/").one("dl", class_="words")
    assert sorted(words.texts("dt"), key=str.casefold) == sorted(facts.GLOSSARY, key=str.casefold)
    assert [dt.hrefs() for dt in words.all("dt")] == [[f"#{dt['id']}"] for dt in words.all("dt")]
    own = [(span["lang"], span.text) for span in words.all("span") if span.get("lang")]
    assert own == [(language, word) for word, language, _ in map(facts.GLOSSARY.get, words.texts("dt")) if language]


def test_about_page_names_the_sources_of_published_pilots(visit):
    factories.PilotFactory(source=factories.SourceFactory(title="Source of a draft"))
    text = visit("/about/").one("main").text
    assert "PREPARE: nine local activities (text as supplied)" in text
    assert "Source of a draft" not in text


@pytest.mark.parametrize("address", ["/pilots/none/", "/partners/none/", "/authorities/none/", "/none/"])
def test_what_is_not_there_is_404(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/pilots", "/pilots/avignon", "/about"])
def test_address_without_its_last_slash_leads_on(client, address):
    response = client.get(f"{address}?country=FR")
    assert (response.status_code, response["Location"]) == (301, f"{address}/?country=FR")
