"""A pilot that was public once: its address says that it is no longer published, and nothing else of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from pilots import workflow
from pilots.browse.formerly_public import formerly_public, notes_on_missing
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import read_content
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

ADDRESSES = ("/pilots/gone/", "/pilots/gone/versions/")
WITHDRAWN = "The pilot “gone” is no longer published, so it is left out."
UNKNOWN = "There is no pilot “gone”, so it is left out."
# Pages that pilots are named to in the address, and the parameter they are named by.
NAMED_AT = (("/shortlist/", "keep"), ("/pilots/", "keep"), ("/map/", "keep"), ("/pilots/other/", "keep"))
NAMED_AT += (("/compare/", "pilot"), ("/compare/", "keep"))


def delete(pilot: Pilot, *, by: User) -> None:
    """Delete a pilot, the object in the test's hands staying as it is."""
    workflow.delete(Pilot.objects.get(pk=pilot.pk), by=by)


@pytest.fixture(params=[workflow.withdraw, workflow.archive, delete], ids=["withdrawn", "archived", "deleted"])
def gone(request: Any, admin_user: User) -> Pilot:
    """A pilot that was public as “gone”."""
    pilot: Pilot = PublishedPilotFactory(slug="gone", title="Secret title", summary="Secret words.")
    request.param(pilot, by=admin_user)
    return pilot


def statuses(client: Client, *slugs: str) -> list[int]:
    """The status of each pilot's page."""
    return [client.get(f"/pilots/{slug}/").status_code for slug in slugs]


@pytest.mark.parametrize("address", ADDRESSES)
def test_its_addresses_answer_410_with_a_sentence_and_ways_on(client: Client, gone: Pilot, address: str) -> None:
    answer = client.get(address)
    page = read(answer)
    assert (answer.status_code, page.one("h1").text) == (410, "This pilot is no longer published")
    assert page.one("title").text == "This pilot is no longer published – PREPARE pilots"
    assert page.one("main").hrefs() == ["/pilots/", "/partners/", "/authorities/", "/"]
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert b"Secret" not in answer.content
    assert answer["Cache-Control"] == "no-cache"


def test_pages_that_name_it_are_told(gone: Pilot) -> None:
    PilotFactory(slug="draft")
    assert formerly_public(["gone", "draft", "nobody"]) == {"gone"}
    assert notes_on_missing(["gone", "nobody"]) == [WITHDRAWN, UNKNOWN.replace("gone", "nobody")]


@pytest.mark.parametrize(("page", "name"), NAMED_AT)
def test_pages_that_name_it_say_so(client: Client, admin_user: User, page: str, name: str) -> None:
    workflow.archive(PublishedPilotFactory(slug="gone", title="Secret title"), by=admin_user)
    PublishedPilotFactory(slug="other")
    answer = client.get(f"{page}?{name}=gone&{name}=other&keep=nobody")
    assert read(answer).texts("p", class_="note") == [WITHDRAWN, UNKNOWN.replace("gone", "nobody")]
    assert b"Secret" not in answer.content


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_what_never_was_public_is_not_there(client: Client, status: str) -> None:
    PilotFactory(slug="gone", status=status)
    assert [client.get(address).status_code for address in ADDRESSES] == [404, 404]
    assert notes_on_missing(["gone"]) == [UNKNOWN]
    assert read(client.get("/pilots/?keep=gone")).texts("p", class_="note") == [UNKNOWN]


def test_draft_that_was_deleted_is_not_there(client: Client, admin_user: User) -> None:
    workflow.delete(PilotFactory(slug="gone"), by=admin_user)
    assert statuses(client, "gone") == [404]


def test_published_again_it_is_there_again(client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory(slug="gone")
    seen = []
    for move in (workflow.archive, workflow.restore, workflow.publish, workflow.withdraw, workflow.publish):
        move(pilot, by=admin_user)
        seen += statuses(client, "gone")
    assert seen == [410, 410, 200, 410, 200]


def test_deleted_pilot_is_there_again_once_it_was_recovered_and_published(client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory(slug="gone")
    delete(pilot, by=admin_user)
    recovered = workflow.recover(Revision.objects.filter(entry_id=pilot.pk).first(), by=admin_user)
    assert statuses(client, "gone") == [410]
    workflow.publish(recovered, by=admin_user)
    assert statuses(client, "gone") == [200]


def test_former_address_of_a_public_pilot_is_gone_with_it(client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory(slug="before")
    workflow.rename(pilot, "gone", by=admin_user)
    assert statuses(client, "before", "gone") == [301, 200]
    workflow.archive(pilot, by=admin_user)
    assert statuses(client, "before", "gone") == [410, 410]
    assert client.get("/pilots/before/versions/").status_code == 410


@pytest.mark.parametrize("way_to_rename", [workflow.rename, None], ids=["renamed", "saved with another"])
def test_address_given_after_it_was_withdrawn_tells_nothing(
    client: Client, admin_user: User, way_to_rename: Any
) -> None:
    pilot = PublishedPilotFactory(slug="gone")
    workflow.withdraw(pilot, by=admin_user)
    if way_to_rename:
        way_to_rename(pilot, "new-plans", by=admin_user)
    else:
        workflow.rewrite(pilot, read_content(pilot), by=admin_user, kind=Kind.CHANGED, slug="new-plans")
    assert statuses(client, "gone", "new-plans") == [410, 404]


def test_address_had_before_it_was_published_tells_nothing(client: Client, admin_user: User) -> None:
    pilot = PilotFactory(slug="working-title")
    workflow.rename(pilot, "gone", by=admin_user)
    workflow.publish(pilot, by=admin_user)
    workflow.withdraw(pilot, by=admin_user)
    assert statuses(client, "gone", "working-title") == [410, 404]


def test_draft_at_the_address_of_a_deleted_pilot_shows_nothing_until_it_is_public(
    client: Client, gone: Pilot, admin_user: User
) -> None:
    if Pilot.objects.filter(slug="gone").exists():
        workflow.rename(gone, "elsewhere", by=admin_user)
    PilotFactory(slug="gone", title="Secret title")
    answer = client.get("/pilots/gone/")
    assert (answer.status_code, b"Secret" in answer.content) == (410, False)
    Pilot.objects.filter(slug="gone").update(status="published", published_at="2026-01-01T00:00Z")
    assert statuses(client, "gone") == [200]


def test_pilot_withdrawn_before_there_was_a_history_is_told_by_its_row(client: Client) -> None:
    PublishedPilotFactory(slug="gone", status="archived")
    assert statuses(client, "gone") == [410]
