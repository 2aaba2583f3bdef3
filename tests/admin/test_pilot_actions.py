"""Actions in the list of pilots go through the workflow, with its permissions and its refusals."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot, Revision
from tests.admin.forms import address_of, change, forms_of
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
    """A logged-in client of an account with these rights on pilots, and the account."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="pilots", codename__in=codenames))
    client = visitor()
    client.force_login(user)
    return client, user


def act(client: Client, action: str, *pilots: Pilot) -> HttpResponse:
    """Tick pilots in the list, choose an action and press “Go”; then the button on the page that asks."""
    return confirm(client, ask(client, action, *pilots))


def ask(client: Client, action: str, *pilots: Pilot) -> HttpResponse:
    """Tick pilots in the list, choose an action and press “Go”."""
    data = {"index": "0", "action": action, "_selected_action": [pilot.pk for pilot in pilots]}
    return client.post(address_of(Pilot), data, follow=True)


def confirm(client: Client, page: HttpResponse, **typed: str) -> HttpResponse:
    """Press the button of a page that asks; a page that does not ask is returned as it is."""
    form = forms_of(page).get("many_form")
    if form is None:
        return page
    return client.post(page.context["address"], {**form, **typed}, follow=True)


def said(response: HttpResponse) -> list[tuple[str, str]]:
    """The messages that an answer shows, with their levels."""
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def pilot_that_is(status: str, **values: Any) -> Pilot:
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
    page = ask(admin_client, "restore", PublishedPilotFactory(title="Public"))
    assert "possible for none of the pilots that you chose" in page.content.decode()
    assert "many_form" not in forms_of(page)


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
    confirm(admin_client, admin_client.post(address_of(Pilot), data))
    assert Pilot.objects.published().count() == 3


# It asks first -------------------------------------------------------------------


@pytest.mark.parametrize(("action", "before", "_after"), MOVES)
def test_nothing_is_moved_before_the_question_is_answered(
    action: str, before: str, _after: str, admin_client: Client
) -> None:
    pilots = [pilot_that_is(before) for _number in range(2)]
    page = ask(admin_client, action, *pilots).content.decode()
    assert {pilot.status for pilot in Pilot.objects.all()} == {before}
    assert "2 pilots" in page
    assert all(str(pilot) in page for pilot in pilots)


def test_long_list_names_ten_counts_the_rest_and_has_them_all(admin_client: Client) -> None:
    PublishedPilotFactory.create_batch(23)
    data = {"index": "0", "action": "withdraw", "select_across": "1", "_selected_action": [Pilot.objects.first().pk]}
    page = admin_client.post(address_of(Pilot), data)
    assert page.context["title"] == "Withdraw 23 pilots?"
    text = page.content.decode()
    assert "and 13 more" in text
    first, rest = text.split("<details>")
    names = [str(pilot) for pilot in Pilot.objects.order_by("slug")]
    assert all(f">{name}</a>" in first for name in names[:10])
    assert all(f">{name}</a>" in rest for name in names[10:])


def test_question_tells_what_stays_as_it_is(admin_client: Client) -> None:
    page = ask(admin_client, "withdraw", PublishedPilotFactory(title="Goes"), PilotFactory(title="Stays"))
    assert page.context["title"] == "Withdraw 1 pilot?"
    assert page.content.decode().index("Goes") < page.content.decode().index("What stays as it is")
    assert page.content.decode().index("What stays as it is") < page.content.decode().index(">Stays</a>")


@pytest.mark.parametrize("rows", ["", "x", "1", "1:2,", "1:2:3", "9" * 30 + ":1", "1:-1", "é:1", "1:1," * 5001 + "1:1"])
def test_rows_that_no_list_sends_move_nothing(rows: str, admin_client: Client) -> None:
    PublishedPilotFactory()
    for name in ("withdraw", "archive"):
        response = admin_client.post(reverse("admin:pilots_pilot_move_many", args=[name]), {"rows": rows})
        assert response.status_code == 302
    assert Pilot.objects.get().status == "published"
    assert (
        admin_client.post(reverse("admin:pilots_pilot_move_many", args=["explode"]), {"rows": "1:1"}).status_code == 404
    )


def test_note_that_is_too_long_is_told_and_kept_and_nothing_is_moved(admin_client: Client) -> None:
    pilot = PublishedPilotFactory()
    note = "Why " * 200
    sent = {"rows": f"{pilot.pk}:{pilot.edit_count}", "note": note}
    page = admin_client.post(reverse("admin:pilots_pilot_move_many", args=["withdraw"]), sent)
    assert page.context["form"].errors["note"]
    assert note in page.content.decode()
    assert f'value="{sent["rows"]}"' in page.content.decode()
    assert Pilot.objects.get().status == "published"


def test_question_can_only_be_answered_by_who_may_ask_it() -> None:
    pilot = PublishedPilotFactory()
    client, _ = client_of("view_pilot", "change_pilot")
    response = client.post(
        reverse("admin:pilots_pilot_move_many", args=["withdraw"]), {"rows": f"{pilot.pk}:{pilot.edit_count}"}
    )
    assert response.status_code == 403
    assert Pilot.objects.get().status == "published"


def test_draft_of_somebody_else_cannot_be_named_in_an_answer() -> None:
    pilot = PilotFactory(title="Secret")
    client, _ = client_of("view_pilot", "change_pilot")
    response = client.post(
        reverse("admin:pilots_pilot_move_many", args=["submit"]),
        {"rows": f"{pilot.pk}:{pilot.edit_count}"},
        follow=True,
    )
    assert Pilot.objects.get().status == "draft"
    assert "Secret" not in response.content.decode()


def test_many_refusals_are_counted_not_all_told(admin_client: Client) -> None:
    incomplete = PilotFactory.create_batch(14, partners=[])
    words = [text for _level, text in said(act(admin_client, "publish", *incomplete))]
    assert (len(words), words[-1]) == (11, "4 more stay as they are.")


def test_rows_are_not_deleted_by_the_dozen(admin_client: Client) -> None:
    pilots = PilotFactory.create_batch(2)
    ask(admin_client, "delete_selected", *pilots)
    data = {"index": "0", "action": "delete_selected", "_selected_action": [row.pk for row in pilots], "post": "yes"}
    admin_client.post(address_of(Pilot), data)
    assert Pilot.objects.count() == 2


# And can be undone as one --------------------------------------------------------


def undo(client: Client, page: HttpResponse) -> HttpResponse:
    """Press “Undo all of it” on the page that a move of many led to."""
    url, _status = page.redirect_chain[-1]
    return client.post(url, forms_of(page)["undo_form"], follow=True)


@pytest.mark.parametrize(("action", "before", "after"), MOVES)
def test_move_of_many_is_undone_as_one(action: str, before: str, after: str, admin_client: Client) -> None:
    pilots = [pilot_that_is(before) for _number in range(3)]
    page = act(admin_client, action, *pilots)
    assert {pilot.status for pilot in Pilot.objects.all()} == {after}
    assert said(undo(admin_client, page)) == [("success", "3 pilots are as they were before.")]
    assert {pilot.status for pilot in Pilot.objects.all()} == {before}
    assert said(undo(admin_client, page)) == [("error", "This is undone already.")]


def test_undoing_gives_back_the_day_of_review_and_the_planned_publication(admin_client: Client) -> None:
    at = timezone.now() + timedelta(days=3)
    planner = UserFactory()
    pilot = PilotFactory(status="in-review", publish_at=at, scheduled_by=planner, reviewed_on=date(2020, 1, 2))
    page = act(admin_client, "publish", pilot)
    undo(admin_client, page)
    row = Pilot.objects.get()
    assert (row.publish_at, row.scheduled_by, row.reviewed_on) == (at, planner, date(2020, 1, 2))


def test_plan_whose_time_has_passed_meanwhile_is_not_made_again(admin_client: Client) -> None:
    pilot = PilotFactory(publish_at=timezone.now() - timedelta(minutes=1), scheduled_by=UserFactory())
    undo(admin_client, act(admin_client, "archive", pilot))
    row = Pilot.objects.get()
    assert (row.status, row.publish_at) == ("draft", None)


def test_nothing_is_undone_when_one_was_changed_since(admin_client: Client) -> None:
    pilots = [PublishedPilotFactory(slug=slug) for slug in ("a", "b", "c")]
    page = act(admin_client, "withdraw", *pilots)
    change(admin_client, Pilot.objects.get(slug="b"), summary="Changed since.")
    words = [text for level, text in said(undo(admin_client, page)) if level == "error"]
    assert len(words) == 1
    assert f"“{pilots[1]}” was changed since" in words[0]
    assert {pilot.status for pilot in Pilot.objects.all()} == {"draft"}


def test_nothing_is_undone_when_one_was_moved_or_deleted_since(admin_client: Client) -> None:
    pilots = [PublishedPilotFactory() for _number in range(2)]
    page = act(admin_client, "withdraw", *pilots)
    workflow.archive(pilots[0], by=User.objects.get())
    assert [level for level, _text in said(undo(admin_client, page))] == ["error"]
    workflow.delete(pilots[0], by=User.objects.get())
    assert [level for level, _text in said(undo(admin_client, page))] == ["error"]
    assert Pilot.objects.get(pk=pilots[1].pk).status == "draft"


def test_published_working_copy_is_one_again_and_visitors_read_what_they_read_before(admin_client: Client) -> None:
    boss = User.objects.get()
    pilot = PublishedPilotFactory(summary="Old words.", owner=boss)
    writer = UserFactory()
    copy = workflow.revise(pilot, by=boss)
    change(admin_client, copy, summary="New words.")
    Pilot.objects.filter(pk=copy.pk).update(owner=writer, status="in-review")
    page = act(admin_client, "publish", Pilot.objects.get(pk=copy.pk))
    assert Pilot.objects.get().text_in("summary", "en")[0] == "New words."
    assert said(undo(admin_client, page)) == [("success", "1 pilot is as it was before.")]
    public, again = Pilot.objects.order_by("pk")
    assert [row.text_in("summary", "en")[0] for row in (public, again)] == ["Old words.", "New words."]
    assert (again.revises, again.status, again.owner) == (public, "in-review", writer)
    assert public.version == Pilot.objects.get(pk=pilot.pk).version
    assert list(Revision.objects.of(public.pk).versions().values_list("version", flat=True)) == [3, 2, 1]


def test_writer_takes_back_what_was_sent_but_nobody_elses() -> None:
    client, me = client_of("view_pilot", "change_pilot")
    pilots = [PilotFactory(owner=me) for _number in range(2)]
    page = act(client, "submit", *pilots)
    stranger, _ = client_of("view_pilot", "change_pilot")
    url = page.redirect_chain[-1][0]
    assert stranger.get(url).status_code == 404
    assert stranger.post(url).status_code == 404
    undo(client, page)
    assert {pilot.status for pilot in Pilot.objects.all()} == {"draft"}


def test_moves_of_many_stand_in_the_list_of_what_can_be_undone(admin_client: Client) -> None:
    act(admin_client, "withdraw", PublishedPilotFactory())
    assert "withdrawn" in admin_client.get(reverse("admin:pilots_pilot_imports")).content.decode()


# Why a move is not possible --------------------------------------------------------


def reason(client: Client, pilot: Pilot, name: str) -> str:
    """Open the page of a move that is not offered, and return the message."""
    response = client.get(reverse("admin:pilots_pilot_move", args=[pilot.pk, name]), follow=True)
    [(level, text)] = said(response)
    assert level == "error"
    return text


def test_publication_that_is_planned_already_is_told_with_its_time(admin_client: Client) -> None:
    at = datetime(2040, 5, 17, 9, 30, tzinfo=UTC)
    pilot = PilotFactory(title="Planned", publish_at=at, scheduled_by=User.objects.get())
    text = reason(admin_client, pilot, "schedule")
    assert "“Publish later” is not possible for “Planned”." in text
    assert "planned for 17 May 2040, 09:30 (UTC) already. To choose another time, call that off first." in text


def test_each_refused_move_says_why(admin_client: Client) -> None:
    draft, public = PilotFactory(), PublishedPilotFactory()
    copy = workflow.revise(public, by=User.objects.get())
    assert "No publication of it is planned." in reason(admin_client, draft, "unschedule")
    assert "an entry with the status “draft”" in reason(admin_client, draft, "restore")
    assert "an entry with the status “published”" in reason(admin_client, public, "publish")
    assert "an entry with the status “draft”" in reason(admin_client, draft, "discard")
    assert "It is a working copy." in reason(admin_client, copy, "archive")
    client, _ = client_of("view_pilot", "change_pilot")
    assert "Your account may not do it. Ask a reviewer." in reason(client, public, "withdraw")


def test_error_in_the_admin_leads_back_into_it(admin_client: Client, client: Client) -> None:
    broken = admin_client.post(address_of(Pilot), {"action": "publish", "_selected_action": ["abc"], "index": "0"})
    assert broken.status_code == 400
    page = broken.content.decode()
    assert f'href="{address_of(Pilot)}"' in page
    assert f'href="{reverse("admin:index")}"' in page
    for public in ("/pilots/?page=x", "/nothing/"):
        assert "First page of editing" not in client.get(public).content.decode()
