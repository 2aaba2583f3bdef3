"""The shortlist in the address: where it shows, what it leads to, its own page."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from pilots.browse.selection import MOST_VALUES
from pilots.models import FormerSlug, Pilot
from tests import factories
from tests.cached_content import cached_content
from tests.factories import PublishedPilotFactory
from tests.pages.reading import read
from tests.stored_rows import rows_made_by, store

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


def make_seven_pilots() -> None:
    for slug in "abcdefg":
        PublishedPilotFactory(
            slug=slug,
            title=f"Title {slug}",
            summary=f"Summary {slug}.",
            authority=factories.AuthorityFactory(slug=slug, name=f"City of {slug}", place=slug.upper()),
        )


@pytest.fixture
def pilots():
    store(rows_made_by(make_seven_pilots))
    return list(Pilot.objects.order_by("slug"))


@pytest.fixture
def visit(client, pilots):
    """A function that reads a page."""
    return lambda address: read(client.get(address))


def bar(page):
    return page.one("section", class_="shortlist")


def keep(*slugs):
    return "&".join(f"keep={slug}" for slug in slugs)


@pytest.mark.parametrize("address", ["/pilots/", "/lessons/", "/map/", "/matrix/", "/pilots/a/", "/compare/"])
def test_shortlist_stands_on_every_page_that_leads_to_pilots(visit, address):
    assert bar(visit(f"{address}?keep=b&keep=a")).one("h2").text == "Your shortlist: 2 pilots"
    assert visit(address).all("section", class_="shortlist") == []


def test_taking_off_from_the_bar_keeps_the_filters_and_the_order(visit):
    links = bar(visit("/pilots/?country=FR&keep=c&keep=a&keep=b")).one("ul").all("a")
    assert [link["href"] for link in links] == [
        "/pilots/?country=FR&keep=a&keep=b",
        "/pilots/?country=FR&keep=c&keep=b",
        "/pilots/?country=FR&keep=c&keep=a",
    ]
    assert links[0].text == "C, Title c – take off your shortlist"


def test_bar_leads_to_the_shortlist_and_the_comparison_and_to_no_pilot(visit):
    links = bar(visit("/pilots/?country=FR&keep=b&keep=a")).all("a")
    assert [link["href"] for link in links[2:]] == [
        "/shortlist/?keep=b&keep=a",
        "/compare/?pilot=b&pilot=a&keep=b&keep=a",
    ]
    assert {urlsplit(link["href"]).path for link in links} == {"/pilots/", "/shortlist/", "/compare/"}


def test_one_pilot_is_not_compared(visit):
    assert bar(visit("/pilots/?keep=a")).hrefs("/compare/") == []


def test_of_more_than_four_the_visitor_chooses(visit):
    assert bar(visit(f"/pilots/?{keep(*'abcde')}")).hrefs("/shortlist/")[-1] == f"/shortlist/?{keep(*'abcde')}#compare"


def test_long_shortlist_folds_away(visit):
    assert bar(visit(f"/pilots/?{keep(*'abcdef')}")).all("details") == []
    assert len(bar(visit(f"/pilots/?{keep(*'abcdefg')}")).one("details").all("li")) == 7


def test_card_says_whether_its_pilot_is_on_the_shortlist_and_stays_in_sight(visit):
    page = visit("/pilots/?keep=a")
    on, off = (page.one("a", id=f"keep-{slug}") for slug in "ab")
    assert (on.text, on["href"]) == ("On your shortlist: take off: Title a", "/pilots/#keep-a")
    assert (off.text, off["href"]) == ("Put on your shortlist: Title b", "/pilots/?keep=a&keep=b#keep-b")


def test_full_shortlist_takes_no_more(visit):
    for number in range(MOST_VALUES):
        PublishedPilotFactory(slug=f"more-{number}")
    page = visit("/pilots/a/?" + keep(*(f"more-{number}" for number in range(MOST_VALUES))))
    assert page.all("a", class_="keep") == []
    assert page.one("span", class_="keep-full").text == "Your shortlist is full"


def test_page_shows_the_pilots_in_the_order_they_were_chosen(visit):
    page = visit("/shortlist/?keep=c&keep=a")
    assert page.one("h1").text == "Your shortlist: 2 pilots"
    assert [heading.hrefs() for heading in page.all("h2", class_="card-title")] == [
        ["/pilots/c/?keep=c&keep=a"],
        ["/pilots/a/?keep=c&keep=a"],
    ]
    assert "Summary c." in page.all("article")[0].text
    assert page.all("a", class_="keep")[0]["href"] == "/shortlist/?keep=a"


def test_page_is_a_handout_with_full_addresses_and_dates(visit):
    page = visit("/shortlist/?keep=a&keep=b")
    paper = page.texts("p", class_="only-on-paper")
    assert paper[-1].startswith("This page is kept at http://")
    assert "/shortlist/?keep=a&keep=b. Printed as it stood on " in paper[-1]
    assert [line.endswith(f"/pilots/{slug}/") for line, slug in zip(paper[:-1], "ab", strict=True)] == [True, True]
    assert "Entry last changed on" in page.all("article")[0].text


def texts_of(article):
    """What stands under each heading of a pilot on the shortlist."""
    found, heading = {}, ""
    for part in article.one("div", class_="shortlist-texts"):
        if part.tag == "h3":
            heading = part.text
        elif heading and part.tag in {"p", "li"} and "not-stated" not in part.get("class"):
            found.setdefault(heading, []).append(part.text)
    return found


def test_handout_has_what_was_done_results_lessons_and_methods_apart(visit, pilots):
    pilots[0].what_was_done, pilots[0].results = "They met.\n\nThey talked.", "They agreed."
    pilots[0].save()
    for kind in ("method", "hard", "helped"):
        factories.LessonFactory(pilot=pilots[0], kind=kind, text=f"About {kind}.")
    first, second = visit("/shortlist/?keep=a&keep=b").all("article")
    assert texts_of(first) == {
        "What was done": ["They met.", "They talked."],
        "Results": ["They agreed."],
        "What was learnt": ["What was hard: About hard.", "What helped: About helped."],
        "How they worked": ["About method."],
    }
    assert texts_of(second) == {}
    assert second.one("p", class_="not-stated").text.startswith(
        "The source does not state: what was done, results, what was learnt, how they worked, "
    )
    assert "Not stated in the source" not in second.text


def test_text_that_tells_of_persons_stays_in_its_entry(visit, pilots):
    pilots[0].what_was_done = "A mentor met the two ocelot offenders."
    pilots[0].save()
    article = visit("/shortlist/?keep=a").one("article")
    assert "ocelot" not in article.text
    assert "/pilots/a/#what_was_done" in article.hrefs()


def test_handout_can_be_copied_and_sent_without_scripts(visit):
    page = visit("/shortlist/?keep=b&keep=a")
    field = page.one("input", id="address")
    assert field["value"].startswith("http://")
    assert field["value"].endswith("/shortlist/?keep=b&keep=a")
    assert "readonly" in field.attributes
    (mail,) = page.one("main").hrefs("mailto:")
    parts = urlsplit(mail)
    assert parts.path == ""
    assert not re.search(r"[^A-Za-z0-9%&=._~-]", parts.query), "what is not encoded gets lost in some programs"
    said = {name: unquote(value) for name, _equals, value in (part.partition("=") for part in parts.query.split("&"))}
    assert said["subject"] == "PREPARE pilots: Your shortlist: 2 pilots"
    assert said["body"].split("\r\n")[2] == field["value"]


def test_buttons_that_need_a_script_are_hidden_until_there_is_one(visit):
    section = visit("/shortlist/?keep=a").one("section", class_="take-along")
    assert ["hidden" in button.attributes for button in section.all("button")] == [True, True]
    assert section.one("span", **{"data-without-script": ""}).text.startswith("To print it")


def test_empty_shortlist_has_nothing_to_take_along(visit):
    assert visit("/shortlist/").all("section", class_="take-along") == []


def test_empty_page_explains_how_to_make_one(visit):
    page = visit("/shortlist/")
    assert page.one("h1").text == "Your shortlist is empty"
    assert "choose “Put on your shortlist”" in page.one("main").text
    assert page.one("main").hrefs() == ["/pilots/"]
    assert page.all("meta", name="robots") == []


def test_foot_of_every_page_leads_to_how_to_make_one(visit):
    for address in ("/", "/pilots/?keep=a", "/shortlist/"):
        assert visit(address).one("footer").hrefs("/shortlist/") == ["/shortlist/"]


def test_up_to_four_are_compared_by_a_link_and_more_by_a_form(visit):
    assert visit(f"/shortlist/?{keep(*'abcd')}").one("main").hrefs("/compare/") == [
        f"/compare/?pilot=a&pilot=b&pilot=c&pilot=d&{keep(*'abcd')}"
    ]
    form = visit(f"/shortlist/?{keep(*'abcde')}").one("main").one("form")
    assert form["action"] == "/compare/"
    assert [(box["name"], box["value"]) for box in form.all("input", type="checkbox")] == [
        ("pilot", s) for s in "abcde"
    ]
    assert [field["value"] for field in form.all("input", type="hidden")] == list("abcde")


def test_single_pilot_leads_to_the_choice_of_a_second(visit):
    link = visit("/shortlist/?keep=a").one("a", class_="button")
    assert (link.text, link["href"]) == ("Choose a second pilot to compare with", "/compare/?pilot=a&keep=a")


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilot_is_answered_like_one_that_never_was(client, pilots, status):
    factories.PilotFactory(slug="secret", title="Hush", status=status)
    hidden, unknown = (client.get(f"/shortlist/?keep=a&keep={slug}").content for slug in ("secret", "nobody"))
    assert hidden.replace(b"secret", b"nobody") == unknown
    assert "There is no pilot “nobody”, so it is left out.".encode() in unknown
    assert b"Hush" not in hidden


def test_former_slug_leads_to_the_pilot_once(visit, pilots):
    FormerSlug.objects.remember(pilots[0], old="before")
    assert len(visit("/shortlist/?keep=before&keep=a").all("article")) == 1


def test_other_parameters_are_ignored_with_a_note(visit):
    assert visit("/shortlist/?keep=a&country=FR&sort=newest").texts("p", class_="note") == [
        "“country” is not something this page can be filtered by.",
        "“sort” is not something this page can be filtered by.",
    ]


def test_abuse_is_refused(client):
    for count in (MOST_VALUES + 1, 1_500):
        assert client.get("/shortlist/?" + keep(*range(count))).status_code == 400


def test_shortlist_is_not_for_search_engines(visit):
    page = visit("/shortlist/?keep=a")
    assert page.one("meta", name="robots")["content"] == "noindex, follow"
    assert page.one("link", rel="canonical")["href"].endswith("/shortlist/")


@pytest.mark.parametrize("slugs", ["a", "abc", "abcdefg"])
def test_more_pilots_take_no_more_queries(client, pilots, django_assert_num_queries, slugs):
    with cached_content():
        client.get("/shortlist/")  # reads what is cached for all pages
        with django_assert_num_queries(5):
            client.get(f"/shortlist/?{keep(*slugs)}")


def test_empty_shortlist_takes_no_query(client, django_assert_num_queries):
    with cached_content():
        client.get("/shortlist/")
        with django_assert_num_queries(0):
            client.get("/shortlist/")
