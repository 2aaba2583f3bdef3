"""Actions in the list of pilots go through the workflow, with its permissions and its refusals."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots.models import Pilot
from tests.admin.forms import address_of
from tests.factories import PilotFactory, PublishedPilotFactory, UserFactory
from tests.visitors import visitor

pytestmark = pytest.mark.django_db

MOVES = [
    ("submit", "draft", "in-review"),
    ("publish", "draft", "published"),
    ("publish", "in-review", "published"),
    ("withdraw", "published", "draft"),
    ("withdraw", "in-review", "draft"),
    ("archive", "published", "archived"),
    ("archive", "draft", "archived"),
    ("restore", "archived", "draft"),
]


def client_of(*codenames: str) -> tuple[Client, User]:
    """Return a logged-in client of an account with these rights on pilots, and the account."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="pilots", codename__in=codenames))
    client = visitor()
    client.force_login(user)
    return client, user


def act(client: Client, action: str, *pilots: Pilot) -> HttpResponse:
    """Tick pilots in the list, choose an action and press “Go”."""
    data = {"index": "0", "action": action, "_selected_action": [pilot.pk for pilot in pilots]}
    return client.post(address_of(Pilot), data, follow=True)


def said(response: HttpResponse) -> list[tuple[str, str]]:
    """Return the messages that an answer shows, with their levels."""
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def pilot_that_is(status: str, **values: Any) -> Pilot:
    """Return a complete pilot with this status."""
    return PublishedPilotFactory(**values) if status == "published" else PilotFactory(status=status, **values)


@pytest.mark.parametrize(("action", "before", "after"), MOVES)
def test_action_moves_the_ticked_pilots_and_logs_who_did_it(action: str, before: str, after: str) -> None:
    client, editor = client_of("view_pilot", "change_pilot", "publish_pilot")
    ticked, too, other = pilot_that_is(before), pilot_that_is(before), pilot_that_is(before)
    response = act(client, action, ticked, too)
    assert [Pilot.objects.get(pk=pilot.pk).status for pilot in (ticked, too, other)] == [after, after, before]
    assert said(response) == [("success", f"2 pilots are now “{Pilot.Status(after).label}”.")]
    assert {(entry.user_id, entry.object_id) for entry in LogEntry.objects.all()} == {
        (editor.pk, str(ticked.pk)),
        (editor.pk, str(too.pk)),
    }


@pytest.mark.parametrize(("action", "before", "after"), [move for move in MOVES if move[0] != "submit"])
def test_contributor_cannot_do_what_an_editor_does_by_a_request_made_by_hand(
    action: str, before: str, after: str
) -> None:
    client, _ = client_of("view_pilot", "add_pilot", "change_pilot", "delete_pilot")
    pilot = pilot_that_is(before)
    act(client, action, pilot)
    assert Pilot.objects.get(pk=pilot.pk).status == before
    assert not LogEntry.objects.exists()


def offered(client: Client) -> set[str]:
    """Return the actions that the list offers."""
    choices = client.get(address_of(Pilot)).context["action_form"].fields["action"].choices
    return {name for name, _ in choices if name}


def test_list_offers_what_the_account_may_do() -> None:
    PilotFactory()
    to_all = {"submit", "change_value", "export_chosen"}
    assert offered(client_of("view_pilot", "change_pilot")[0]) == to_all
    every = to_all | {"publish", "withdraw", "archive", "restore"}
    assert offered(client_of("view_pilot", "change_pilot", "publish_pilot")[0]) == every


def test_reader_is_offered_no_action_and_can_do_none() -> None:
    pilot = PilotFactory()
    client, _ = client_of("view_pilot")
    assert client.get(address_of(Pilot)).context["action_form"] is None
    act(client, "submit", pilot)
    assert Pilot.objects.get().status == "draft"


def test_account_without_any_right_can_do_nothing() -> None:
    pilot = PilotFactory()
    client, _ = client_of()
    assert act(client, "submit", pilot).status_code == 403
    assert Pilot.objects.get().status == "draft"


def test_incomplete_pilot_is_refused_in_a_message_and_the_others_go_on(admin_client: Client) -> None:
    incomplete, complete = PilotFactory(slug="a", title="Half", partners=[]), PilotFactory(slug="b")
    response = act(admin_client, "publish", incomplete, complete)
    assert said(response) == [
        ("error", "“Half” cannot be published yet. Add a partner."),
        ("success", "1 pilot is now “published”."),
    ]
    assert {pilot.slug: pilot.status for pilot in Pilot.objects.all()} == {"a": "draft", "b": "published"}


def test_move_that_makes_no_sense_is_refused_in_a_message(admin_client: Client) -> None:
    response = act(admin_client, "restore", PublishedPilotFactory(title="Public"))
    assert said(response) == [("error", "“Public” is “published”, so it cannot become “draft”.")]


def test_nothing_ticked_changes_nothing(admin_client: Client) -> None:
    PilotFactory()
    assert [level for level, _ in said(act(admin_client, "publish"))] == ["warning"]
    assert Pilot.objects.get().status == "draft"


def test_unknown_action_changes_nothing(admin_client: Client) -> None:
    assert act(admin_client, "explode", PilotFactory()).status_code == 200
    assert Pilot.objects.get().status == "draft"


def test_published_pilot_is_public_and_a_withdrawn_one_gone_at_the_next_request(
    admin_client: Client, client: Client
) -> None:
    pilot = PilotFactory()
    url = reverse("pilot", args=[pilot.slug])
    seen = [client.get(url).status_code]
    for action in ("publish", "withdraw", "publish", "archive", "restore"):
        act(admin_client, action, pilot)
        seen.append(client.get(url).status_code)
    assert seen == [404, 200, 410, 200, 410, 410]


def test_actions_can_be_sent_for_the_whole_list(admin_client: Client) -> None:
    PilotFactory.create_batch(3)
    data = {"index": "0", "action": "publish", "select_across": "1", "_selected_action": [Pilot.objects.first().pk]}
    admin_client.post(address_of(Pilot), data)
    assert Pilot.objects.published().count() == 3
