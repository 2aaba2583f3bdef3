"""One value is added to many pilots or removed, seen before it is done, undone as one act."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.content import read_content
from tests.admin.forms import forms_of
from tests.admin.test_import_export import INLINE
from tests.factories import PassageFactory, PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
VALUE = "stages/prison"


@pytest.fixture(autouse=True)
def prison() -> Any:
    return StageFactory(slug="prison", name="Prison")


def choose(client: Client, *pilots: Pilot) -> HttpResponse:
    data = {"action": "change_value", "_selected_action": [pilot.pk for pilot in pilots]}
    return client.post(reverse("admin:pilots_pilot_changelist"), data)


def send(client: Client, page: HttpResponse, **changes: str) -> HttpResponse:
    fields = {name: values[0] for name, values in forms_of(page)["value_form"].items()}
    return client.post(reverse("admin:pilots_pilot_value"), fields | changes)


def look(client: Client, *pilots: Pilot, act: str = "add", value: str = VALUE) -> HttpResponse:
    """The page that says what would change."""
    return send(client, choose(client, *pilots), act=act, value=value)


def stages(pilot: Pilot) -> list[str]:
    return read_content(pilot)["stages"]


def test_value_is_added_after_a_look_and_undone(admin_client: Client, prison: Any) -> None:
    draft, public = PilotFactory(title="A draft"), PublishedPilotFactory(title="A public one")
    has_it = PilotFactory(title="Has it", stages=[prison])
    page = look(admin_client, draft, public, has_it)
    text = page.content.decode()
    for words in ("A draft", "a working copy is made", "Has it: It has this value already"):
        assert words in text
    assert stages(draft) == []
    done = send(admin_client, page, note="As agreed.")
    copy = Pilot.objects.get(revises=public)
    assert (stages(draft), stages(copy), stages(public)) == (["prison"], ["prison"], [])
    kept = Revision.objects.filter(kind=Kind.REPLACED)
    assert {(revision.note, str(revision.batch) in done["Location"]) for revision in kept} == {("As agreed.", True)}
    admin_client.post(done["Location"])
    assert stages(draft) == []
    assert not Pilot.objects.filter(revises=public).exists()


def test_value_is_removed_with_its_pointer(admin_client: Client, prison: Any) -> None:
    pilot = PilotFactory(stages=[prison])
    PassageFactory(pilot=pilot, about="stages", value="prison")
    send(admin_client, look(admin_client, pilot, act="remove"))
    said = read_content(pilot)
    assert (said["stages"], said["passages"]) == ([], {})


def test_only_partner_stays(admin_client: Client) -> None:
    pilot = PilotFactory()
    value = f"partners/{pilot.partners.get().slug}"
    page = look(admin_client, pilot, act="remove", value=value)
    assert "It is the only partner" in page.content.decode()
    assert pilot.partners.count() == 1


def test_change_in_between_is_noticed(admin_client: Client, admin_user: User) -> None:
    pilot = PilotFactory()
    page = look(admin_client, pilot)
    workflow.rewrite(pilot, read_content(pilot) | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    again = send(admin_client, page)
    assert again.status_code == 409
    assert stages(pilot) == []
    assert send(admin_client, again).status_code == 302


def test_contributor_changes_own_drafts_only() -> None:
    contributor = person("contributor")
    own, theirs = PilotFactory(owner=contributor), PilotFactory(title="Hidden")
    client = browser_of(contributor)
    page = send(client, choose(client, own), entries=f"{own.pk},{theirs.pk}", act="add", value=VALUE)
    assert "Hidden" not in page.content.decode()
    send(client, page, entries=f"{own.pk},{theirs.pk}")
    assert (stages(own), stages(theirs)) == (["prison"], [])


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "stages/none"), ("value", "slug/x"), ("act", "drop"), ("entries", "x"), ("entries", ""), ("seen", "x")],
)
def test_made_up_requests_change_nothing(admin_client: Client, field: str, value: str) -> None:
    pilot = PilotFactory()
    assert send(admin_client, look(admin_client, pilot), **{field: value}).status_code in (200, 302)
    assert stages(pilot) == []


def test_page_is_for_editors_and_runs_under_the_policy(admin_client: Client) -> None:
    assert browser_of(person("")).post(reverse("admin:pilots_pilot_value")).status_code == 403
    page = look(admin_client, PilotFactory())
    assert INLINE.findall(page.content.decode()) == []
