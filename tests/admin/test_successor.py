"""Addresses of a working copy that was published or thrown away lead to its entry."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from pilots import workflow
from pilots.models import Pilot
from tests.admin.forms import unrendered
from tests.cached_content import rows_for_a_module
from tests.factories import PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
# What an address leads to is looked up in the same way.
DATABASES = ("sqlite",)

ENDS: list[Callable[..., Any]] = [workflow.publish, workflow.discard]
PAGES = {
    "change/": "change/",
    "": "change/",
    "history/": "history/",
    "history/compare/?old=public&new=now": "history/",
    "preview/": "preview/",
    "preview/?language=fr": "preview/?language=fr",
    "move/publish/": "change/",
    "move/schedule/": "change/",
    "delete/": "change/",
    "checks/x/accept/": "change/",
}


def gone(end: Callable[..., Any], entry: Pilot) -> int:
    """The id of a working copy that was published or thrown away."""
    copy = workflow.revise(entry, by=person("contributor"))
    pk: int = copy.pk
    end(copy, by=person("reviewer"))
    return pk


def page(pk: int, name: str) -> str:
    """The address of a page about a pilot."""
    return f"/admin/pilots/pilot/{pk}/{name}"


@pytest.fixture(scope="module")
def entry_and_gone(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Pilot, int]]:
    """Return an entry, and the id of a working copy of it that is gone."""
    with rows_for_a_module(django_db_blocker):
        entry = PublishedPilotFactory(title="Avignon")
        yield entry, gone(request.param, entry)


@pytest.mark.parametrize("entry_and_gone", ENDS, indirect=True)
@pytest.mark.parametrize("name", PAGES)
def test_page_of_a_copy_that_is_gone_leads_to_that_of_its_entry(name: str, entry_and_gone: tuple[Pilot, int]) -> None:
    entry, pk = entry_and_gone
    client = browser_of(person("reviewer"))
    with unrendered():
        answer = client.get(page(pk, name), follow=True)
    assert (answer.redirect_chain[-1][0], answer.status_code) == (page(entry.pk, PAGES[name]), 200)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["The working copy of “Avignon” was published or thrown away. This is the entry itself."]


def test_button_pressed_on_a_copy_that_is_gone_leads_to_the_entry() -> None:
    entry = PublishedPilotFactory()
    pk = gone(workflow.publish, entry)
    for name in ("move/publish/", "history/1/bring-back/", "preview/", "presence/"):
        answer = browser_of(person("reviewer")).post(page(pk, name), {"seen_edit": 1})
        assert answer["Location"] == page(entry.pk, "change/"), name


def test_frame_of_a_copy_that_is_gone_shows_the_entry() -> None:
    entry = PublishedPilotFactory()
    pk = gone(workflow.discard, entry)
    answer = browser_of(person("contributor")).get(reverse("admin:framed-preview", args=[pk]))
    assert answer["Location"] == reverse("admin:framed-preview", args=[entry.pk])


def reader(role: str) -> User:
    """Return somebody with a role, or with none."""
    return person("" if role == "nobody" else role)


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "1e3"])
def test_what_never_was_there_leads_nowhere(key: str) -> None:
    client = browser_of(person("reviewer"))
    assert client.get(page(0, "history/").replace("/0/", f"/{key}/")).status_code == 404
    assert client.get(page(0, "change/").replace("/0/", f"/{key}/"))["Location"] == "/admin/"


@pytest.mark.parametrize("role", ["nobody", "contributor"])
def test_nobody_is_led_to_an_entry_that_they_may_not_read(role: str) -> None:
    entry = PublishedPilotFactory(title="Whispering")
    pk = gone(workflow.discard, entry)
    workflow.withdraw(entry, by=person("reviewer"))
    client = browser_of(reader(role))
    for name in PAGES:
        answer = client.get(page(pk, name), follow=True)
        assert "Whispering" not in answer.content.decode(), name
        assert str(entry.pk) not in [part for way, _status in answer.redirect_chain for part in way.split("/")], name


@pytest.mark.parametrize("name", PAGES)
def test_page_of_a_copy_that_is_a_colleagues_leads_to_that_of_its_entry(name: str) -> None:
    entry = PublishedPilotFactory(title="Avignon")
    copy = workflow.revise(entry, by=person("contributor", username="wendy"))
    response = browser_of(person("contributor")).get(page(copy.pk, name), follow=True)
    if name == "delete/":  # contributors delete nothing
        assert response.status_code == 403
        return
    assert response.redirect_chain[-1][0] == page(entry.pk, PAGES[name])
    assert "You may not read the working copy of “Avignon”" in response.content.decode()


def test_page_that_a_copy_does_not_have_leads_its_writer_nowhere() -> None:
    writer = person("contributor")
    copy = workflow.revise(PublishedPilotFactory(), by=writer)
    assert browser_of(writer).get(page(copy.pk, "history/999/bring-back/")).status_code == 404
