"""A link shows one draft to a colleague without an account: for some days, to nobody else, kept nowhere."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot, PreviewLink
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db


def link_to(pilot: Pilot, days: float = 7, **fields: Any) -> str:
    """Make a link and return its address."""
    row = PreviewLink.objects.create(pilot=pilot, expires_at=timezone.now() + timedelta(days=days), **fields)
    return f"/preview/{row.token}/"


def draft(**fields: Any) -> Pilot:
    """A complete draft with a title in two languages."""
    pilot: Pilot = PilotFactory(title="First title", **fields)
    pilot.create_translation("fr", title="Premier titre")
    LessonFactory(pilot=pilot, text="Meet early.")
    return pilot


def test_whoever_has_the_link_reads_the_draft_and_is_told_so(client: Client) -> None:
    address = link_to(draft())
    page = read(client.get(address))
    assert page.one("h1").text == "First title"
    assert "Meet early." in page.one("main").text
    assert "visitors cannot see this yet. This is a draft" in page.one("main").text
    until = timezone.localdate() + timedelta(days=7)
    assert f"The link works until {until.day} {until:%B %Y}" in page.one("main").text
    assert read(client.get(address + "?language=fr")).one("h1").text == "Premier titre"
    assert page.one("main").hrefs("?") == ["?language=en", "?language=fr"]
    assert len(page.one("nav", class_="languages").hrefs("?language=")) == 5


def test_language_of_a_preview_is_named_and_its_english_is_that_of_the_preview(client: Client) -> None:
    pilot = draft()
    record = {"title": {"by": "person", "of": "0123456789abcdef"}}
    pilot.translations.filter(language_code="fr").update(provenance=record)
    answer = client.get(link_to(pilot) + "?language=fr")
    assert answer["Content-Language"] == "fr"
    assert "?language=en#title" in read(answer).one("main").hrefs("?")
    none = client.get("/preview/none/?language=fr")
    assert (none.status_code, none["Content-Language"]) == (404, "fr")
    assert b'lang="fr"' in none.content


def test_answer_is_kept_by_nobody_listed_by_nobody_and_tells_no_other_site(client: Client) -> None:
    answer = client.get(link_to(draft()))
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert "Disallow: /preview/" in client.get("/robots.txt").content.decode()


def test_page_does_not_repeat_its_address(client: Client) -> None:
    address = link_to(draft())
    answer = client.get(address)
    assert address.split("/")[2].encode() not in answer.content
    assert read(answer).all("link", rel="canonical") == []


ENDED: dict[str, Callable[[User], str]] = {
    "run out": lambda _user: link_to(draft(), days=-0.01),
    "revoked": lambda _user: link_to(draft(), revoked_at=timezone.now()),
    "of a public entry": lambda _user: link_to(PublishedPilotFactory()),
    "of an archived entry": lambda _user: link_to(draft(status="archived")),
    "deleted": lambda user: ended_by(draft(), lambda pilot: workflow.delete(pilot, by=user)),
    "archived": lambda user: ended_by(draft(), lambda pilot: workflow.archive(pilot, by=user)),
    "thrown away": lambda user: ended_by(
        workflow.revise(PublishedPilotFactory(), by=user), lambda copy: workflow.discard(copy, by=user)
    ),
    "published copy": lambda user: ended_by(
        workflow.revise(PublishedPilotFactory(), by=user), lambda copy: workflow.publish(copy, by=user)
    ),
    "unknown": lambda _user: "/preview/" + "x" * 43 + "/",
    "too long": lambda _user: "/preview/" + "x" * 65 + "/",
    "with more behind it": lambda _user: "/preview/none),/",
    "strange": lambda _user: "/preview/" + "%C3%A9'~" * 6 + "/",
}


def ended_by(pilot: Pilot, end: Callable[[Pilot], Any]) -> str:
    """The address of a link to an entry with which `end` was done."""
    address = link_to(pilot)
    end(pilot)
    return address


@pytest.mark.parametrize("kind", ENDED)
def test_every_link_that_does_not_work_answers_alike_to_the_byte(client: Client, admin_user: User, kind: str) -> None:
    answer, unknown = client.get(ENDED[kind](admin_user)), client.get("/preview/none/")
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert answer.headers == unknown.headers


def test_page_of_a_link_that_does_not_work_says_so_and_leads_to_the_list(client: Client) -> None:
    page = read(client.get("/preview/none/"))
    assert page.one("h1").text == "This link does not show a draft"
    assert "/pilots/" in page.one("main").hrefs()


def test_link_stays_ended_when_the_entry_is_withdrawn_again(client: Client, admin_user: User) -> None:
    pilot = draft()
    address = link_to(pilot)
    workflow.publish(pilot, by=admin_user)
    workflow.withdraw(pilot, by=admin_user)
    assert client.get(address).status_code == 404
    assert client.get(link_to(pilot)).status_code == 200


def test_link_shows_the_latest_text_of_a_working_copy_while_visitors_see_the_old_one(
    client: Client, admin_user: User
) -> None:
    pilot = PublishedPilotFactory(title="Old", slug="avignon")
    copy = workflow.revise(pilot, by=admin_user)
    address = link_to(copy)
    copy.translations.update(title="New")
    assert read(client.get(address)).one("h1").text == "New"
    assert read(client.get("/pilots/avignon/")).one("h1").text == "Old"


def test_token_stands_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for address in (link_to(draft()), "/preview/unknown/"):
        client.get(address)
        client.post(address)
        assert address.split("/")[2] not in caplog.text


@pytest.mark.parametrize("size", [1, 20])
def test_queries_do_not_depend_on_the_entry(client: Client, django_assert_num_queries: Any, size: int) -> None:
    pilot = draft()
    for _number in range(size):
        LessonFactory(pilot=pilot)
    address = link_to(pilot)
    with django_assert_num_queries(12):
        client.get(address)


def test_nobody_writes_through_a_link(client: Client) -> None:
    assert client.post(link_to(draft())).status_code == 405
