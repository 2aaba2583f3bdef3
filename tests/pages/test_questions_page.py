"""Ask before you copy: questions on what the source does not state, to tick, to copy, to send."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pilots.models.pilot import PROFILE, SECTIONS
from pilots.pages.mailto import mailto
from pilots.pages.pilot.questions import QUESTIONS
from tests import factories
from tests.factories import PublishedPilotFactory
from tests.pages.reading import Element, read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks on both.
DATABASES = ("sqlite",)

ADDRESS = "/pilots/public/questions/"
COST = "What did it cost to set up and to run, in money and in hours of staff? Who paid?"


@pytest.fixture
def pilot() -> object:
    """A public pilot of which the source states results, the audience, the steps and when it was."""
    pilot = PublishedPilotFactory(
        slug="public",
        title="Über & more",
        results="What came of it.",
        start="2019",
        audiences=[factories.AudienceFactory()],
        authority__name="Northtown",
        partners=[factories.PartnerFactory(name="Helpers")],
    )
    factories.PassageFactory(pilot=pilot, about="steps", passage="3")
    return pilot


def offered(page: Element) -> list[str]:
    return [box["value"] for box in page.all("input", name="ask")]


def ticked(page: Element) -> list[str]:
    return [box["value"] for box in page.all("input", name="ask") if "checked" in box.attributes]


def letters(page: Element) -> list[tuple[str, str, str]]:
    """The links to send the questions by: to whom, subject, body."""
    found = []
    for href in page.one("ul", class_="letter-links").hrefs("mailto:"):
        parts = urlsplit(href)
        said = parse_qs(parts.query)
        found.append((unquote(parts.path), said["subject"][0], said["body"][0]))
    return found


def test_only_what_is_not_stated_is_asked(client, pilot):
    page = read(client.get(ADDRESS))
    assert offered(page) == [name for name in QUESTIONS if name not in {"results", "audiences", "steps", "start"}]
    assert ticked(page) == offered(page)
    assert f"1. {QUESTIONS['evaluation']}" in page.one("textarea").raw
    assert "readonly" in page.one("textarea").attributes


def test_every_section_and_item_of_the_profile_has_a_question():
    missing = {*SECTIONS, *PROFILE, "lessons", "methods", "evaluation", "audiences", "target_groups", "stages"}
    assert missing - QUESTIONS.keys() - {"what_was_done"} == set()


def test_ticks_are_in_the_address(client, pilot):
    response = client.get(f"{ADDRESS}?ask=cost&ask=evaluation")
    page = read(response)
    assert ticked(page) == ["evaluation", "cost"]
    assert page.one("ol", class_="paper-questions").texts("li") == [str(QUESTIONS["evaluation"]), COST]
    assert "noindex" in response.content.decode()
    assert page.one("link", rel="canonical")["href"].endswith(ADDRESS)
    assert "noindex" not in client.get(ADDRESS).content.decode()


def test_who_chose_questions_is_led_past_them_to_what_can_be_sent(client, pilot):
    page = read(client.get(ADDRESS))
    assert page.one("form", class_="ask")["action"] == f"{ADDRESS}#send"
    assert page.one("h2", id="send").text.startswith("Your ")


def test_unknown_and_answered_questions_are_named_and_all_others_asked(client, pilot):
    page = read(client.get(f"{ADDRESS}?ask=colour&ask=results&sort=evil"))
    assert page.texts("p", class_="note") == [
        "“sort” is not something this page can be filtered by.",
        "There is no question “colour”.",
        f"The source says something on this, so it is not asked: {QUESTIONS['results']}",
    ]
    assert ticked(page) == offered(page)


def test_too_many_ticks_are_refused_and_all_of_them_are_not(client, pilot):
    every = "&".join(f"ask={name}" for name in QUESTIONS)
    assert client.get(f"{ADDRESS}?{every}").status_code == 200
    many = "&".join(f"ask=n{number}" for number in range(41))
    assert client.get(f"{ADDRESS}?{many}").status_code == 400


def test_without_a_public_contact_the_editors_are_asked(client, pilot, settings):
    settings.CONTACT_EMAIL = "editors@example.org"
    page = read(client.get(f"{ADDRESS}?ask=cost"))
    assert page.one("ul", class_="letter-links").texts("a") == ["Ask the editors to put you in touch"]
    [(to, subject, body)] = letters(page)
    assert (to, subject) == ("editors@example.org", "Questions about “Über & more”")
    assert body.startswith(
        "Hello,\r\n\r\nplease put me in touch with the people of the pilot “Über & more” (Northtown) at http"
    )
    assert "/pilots/public/. Its source" in body
    assert f"\r\n\r\n1. {COST}\r\n\r\n" in body


def test_public_contacts_of_authority_and_partner_get_the_questions(client, pilot):
    type(pilot.authority).objects.update(public_contact="prevention@northtown.example")
    pilot.partners.update(public_contact="office+pilots@helpers.example")
    page = read(client.get(f"{ADDRESS}?ask=cost"))
    assert page.one("ul", class_="letter-links").texts("a") == [
        "Write to Northtown (prevention@northtown.example)",
        "Write to Helpers (office+pilots@helpers.example)",
    ]
    assert [to for to, _subject, _body in letters(page)] == [
        "prevention@northtown.example",
        "office+pilots@helpers.example",
    ]
    assert all("I read about the pilot" in body for _to, _subject, body in letters(page))


def test_link_is_encoded_so_that_no_text_can_add_a_recipient():
    link = mailto("a%b&bcc=x@example.org", "S & s?bcc=y", "One\nTwo & three #4")
    assert link == (
        "mailto:a%25b%26bcc%3Dx@example.org?subject=S%20%26%20s%3Fbcc%3Dy&body=One%0D%0ATwo%20%26%20three%20%234"
    )
    assert set(parse_qs(urlsplit(link).query)) == {"subject", "body"}


def test_page_of_a_pilot_leads_to_its_questions_where_it_names_what_is_not_stated(client, pilot):
    profile = read(client.get("/pilots/public/")).one("section", class_="profile")
    assert profile.hrefs("/pilots/") == [ADDRESS]


def test_shortlist_is_carried_to_the_questions_and_back(client, pilot):
    PublishedPilotFactory(slug="other")
    profile = read(client.get("/pilots/public/?keep=other")).one("section", class_="profile")
    assert profile.hrefs("/pilots/") == [f"{ADDRESS}?keep=other"]
    page = read(client.get(f"{ADDRESS}?keep=other&keep=nobody&ask=cost"))
    assert page.one("ol", class_="crumbs").hrefs() == ["/pilots/public/?keep=other"]
    kept = page.one("form", class_="ask").all("input", name="keep")
    assert [(box["type"], box["value"]) for box in kept] == [("hidden", "other")]
    assert any("nobody" in note for note in page.texts("p", class_="note"))


def test_contacts_are_on_the_pages_of_organisations_and_in_the_facts(client, pilot):
    assert "ublic contact" not in read(client.get("/pilots/public/")).text
    for row in (pilot.authority, pilot.partners.get()):
        type(row).objects.filter(pk=row.pk).update(website="https://there.example/", public_contact="us@there.example")
        hrefs = read(client.get(row.get_absolute_url())).hrefs()
        assert {"https://there.example/", "mailto:us@there.example"} <= set(hrefs)
    facts = read(client.get("/pilots/public/")).one("aside", class_="entry-facts").hrefs()
    assert {"https://there.example/", "mailto:us@there.example"} <= set(facts)
