"""Editors see who else has an entry open, without asking; nobody else does."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot, Presence
from tests.admin.forms import address
from tests.factories import PilotFactory, PublishedPilotFactory, UserFactory
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db

BEN = "Ben Second has this entry open too."


@pytest.fixture
def ben() -> User:
    return person("reviewer", username="ben", first_name="Ben", last_name="Second")


def url_of(pilot: Pilot) -> str:
    """Where an open form says that it is open."""
    return reverse("admin:pilots_pilot_presence", args=[pilot.pk])


def say(client: Client, pilot: Pilot) -> str:
    """Say that the form is open, and return what is answered."""
    answer = client.post(url_of(pilot))
    assert answer.status_code == 200
    return str(answer.json()["words"])


def test_first_one_is_alone_and_the_second_sees_the_first(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    assert say(browser_of(ben), pilot) == ""
    assert BEN in say(admin_client, pilot)


def test_form_names_who_else_has_it_open_without_a_script(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    say(browser_of(ben), pilot)
    assert BEN in admin_client.get(address(pilot)).content.decode()
    assert BEN not in admin_client.get(address(PilotFactory())).content.decode()


def test_opening_a_form_writes_nothing(admin_client: Client) -> None:
    pilot = PilotFactory()
    admin_client.get(address(pilot))
    assert admin_client.get(url_of(pilot)).status_code == 405
    assert not Presence.objects.exists()


def test_several_are_named_in_one_sentence(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    for user in (ben, person("reviewer", username="cleo")):
        say(browser_of(user), pilot)
    assert "Ben Second and cleo have this entry open too." in say(admin_client, pilot)


def test_entry_and_its_working_copy_are_one(admin_client: Client, ben: User) -> None:
    pilot = PublishedPilotFactory()
    copy = workflow.revise(pilot, by=ben)
    say(browser_of(ben), copy)
    assert BEN in say(admin_client, pilot)


def test_who_says_so_twice_is_there_once(ben: User) -> None:
    pilot = PilotFactory()
    for _time in range(2):
        say(browser_of(ben), pilot)
    assert Presence.objects.count() == 1


def test_who_leaves_is_gone(admin_client: Client, ben: User) -> None:
    pilot = PilotFactory()
    say(browser_of(ben), pilot)
    assert browser_of(ben).post(url_of(pilot), {"leaving": "1"}).status_code == 204
    assert say(admin_client, pilot) == ""


def test_who_was_silent_for_ninety_seconds_is_gone_and_removed(admin_client: Client, ben: User) -> None:
    pilot, other = PilotFactory(), PilotFactory()
    for row in (pilot, other):
        Presence.objects.create(pilot=row, user=ben, seen_at=timezone.now() - timedelta(seconds=91))
    assert BEN not in admin_client.get(address(pilot)).content.decode()
    assert say(admin_client, pilot) == ""
    assert [row.user.username for row in Presence.objects.select_related("user")] == ["admin"]


def test_entry_that_somebody_may_not_see_has_no_names(ben: User) -> None:
    pilot = PilotFactory(owner=ben)
    say(browser_of(ben), pilot)
    assert browser_of(person("contributor")).post(url_of(pilot)).status_code == 404
    assert Presence.objects.count() == 1


def test_only_staff_are_answered(ben: User) -> None:
    pilot = PublishedPilotFactory()
    member = visitor()
    member.force_login(UserFactory())
    for client in (visitor(), member):
        assert client.post(url_of(pilot)).status_code == 302
    assert browser_of(UserFactory(is_staff=True)).post(url_of(pilot)).status_code in {403, 404}
    assert not Presence.objects.exists()


def test_forged_request_from_another_site_is_refused(ben: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben)
    assert client.post(url_of(PilotFactory())).status_code == 403


@pytest.mark.parametrize("pk", ["999", "9" * 30, "abc", "1%00"])
def test_entry_that_is_not_there_has_nobody(pk: str, admin_client: Client) -> None:
    assert admin_client.post(f"/admin/pilots/pilot/{pk}/presence/").status_code in {302, 400, 404}


def test_who_can_only_read_is_not_named_but_is_told_who_writes(ben: User) -> None:
    public = PublishedPilotFactory()
    copy = workflow.revise(public, by=ben)
    reader, other = browser_of(person("contributor")), browser_of(person("reviewer"))
    say(browser_of(ben), copy)
    assert BEN in say(reader, public)
    assert say(browser_of(ben), copy) == ""
    assert BEN in say(other, public)  # who only looks at the public entry, too
    assert Presence.objects.get().user == ben
