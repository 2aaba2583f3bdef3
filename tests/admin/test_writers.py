"""Who writes a draft or working copy is named, and a reviewer hands it over or opens it to a second writer."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, PreviewLink, Revision
from pilots.workflow.writers import hand_over
from tests.admin.forms import address, address_of, change
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.mailbox import emails, sent
from tests.pages.reading import read
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    """Who writes a working copy."""
    return person("contributor", first_name="Anna", last_name="First", email="anna@a.org")


@pytest.fixture
def ben() -> User:
    return person("contributor", first_name="Ben", last_name="Second", email="ben@a.org")


@pytest.fixture
def reviewer() -> Client:
    return browser_of(person("reviewer", first_name="Rita", last_name="Reviewer"))


def writers(pilot: Pilot) -> str:
    """The address of the page that asks who writes."""
    return reverse("admin:pilots_pilot_writers", args=[pilot.pk])


def state(client: Client, pilot: Pilot) -> Any:
    """What the form says of the entry's state."""
    return read(client.get(address(pilot))).one("section", **{"aria-labelledby": "entry-state-title"})


def test_entry_with_a_copy_of_a_colleague_names_the_writer_and_leads_where_one_may_go(anna: User, ben: User) -> None:
    public = PublishedPilotFactory()
    copy = workflow.revise(public, by=anna)
    shown = state(browser_of(ben), public)
    assert "is being written by Anna First" in shown.text
    assert address(copy) not in shown.hrefs()
    assert {browser_of(ben).get(way).status_code for way in shown.hrefs()} == {200}


def test_copy_is_led_to_by_those_who_may_open_it(anna: User, reviewer: Client) -> None:
    public = PublishedPilotFactory()
    copy = workflow.revise(public, by=anna)
    for client in (browser_of(anna), reviewer):
        assert address(copy) in state(client, public).hrefs()
    assert "Written by: Anna First" in state(reviewer, copy).text
    assert writers(copy) in state(reviewer, public).hrefs()
    assert writers(copy) not in state(browser_of(anna), copy).hrefs()


def test_reviewer_hands_a_copy_over(anna: User, ben: User, reviewer: Client) -> None:
    public = PublishedPilotFactory()
    copy = workflow.revise(public, by=anna)
    answer = submit_writers(reviewer, copy, owner=ben.pk, note="Anna is away.")
    assert answer["Location"] == address(copy)
    assert browser_of(anna).get(address(copy)).status_code == 302
    change(browser_of(ben), copy, summary="Ben's words.")
    kept = Revision.objects.get(kind=Kind.HANDED_OVER)
    assert (kept.note, kept.actor.first_name, kept.owner) == ("Anna is away.", "Rita", ben)  # type: ignore[union-attr]


def submit_writers(client: Client, pilot: Pilot, **said: Any) -> Any:
    """Send the form that asks who writes."""
    return client.post(writers(pilot), {"seen_edit": pilot.edit_count, "note": "", "second_writer": "", **said})


def test_reviewer_opens_a_copy_to_both(anna: User, ben: User, reviewer: Client) -> None:
    copy = workflow.revise(PublishedPilotFactory(), by=anna)
    assert submit_writers(reviewer, copy, owner=anna.pk, second_writer=ben.pk).status_code == 302
    for user, words in ((anna, "Anna's words."), (ben, "Ben's words.")):
        change(browser_of(user), copy, summary=words)
        assert str(copy) in browser_of(user).get(reverse("admin:index")).content.decode()
    workflow.submit(copy, by=ben)
    workflow.take_back(copy, by=anna)
    assert "Written by: Anna First and Ben Second" in state(browser_of(ben), copy).text


def test_former_writer_reads_what_was_written_before_the_handover_only(anna: User, ben: User, reviewer: Client) -> None:
    public = PublishedPilotFactory()
    copy = workflow.revise(public, by=anna)
    hand_over(copy, owner=ben, second_writer=None, by=person("reviewer"))
    change(browser_of(ben), copy, summary="Whispering.")
    kept = Revision.objects.filter(row=copy.pk, kind=Kind.CHANGED).get()
    compare = reverse("admin:pilots_pilot_compare", args=[public.pk])
    began = Revision.objects.get(kind=Kind.REVISED)
    assert browser_of(anna).get(compare, {"old": began.pk, "new": "public"}).status_code == 200
    assert browser_of(anna).get(compare, {"old": kept.pk, "new": "public"}).status_code == 404


def test_links_of_a_former_writer_end_with_the_handover(anna: User, ben: User) -> None:
    copy, reviewer = workflow.revise(PublishedPilotFactory(), by=anna), person("reviewer")
    until = timezone.now() + timedelta(days=1)
    for maker in (anna, reviewer):
        PreviewLink.objects.create(pilot=copy, made_by=maker, expires_at=until)
    hand_over(copy, owner=anna, second_writer=ben, by=reviewer)
    assert PreviewLink.objects.open().count() == 2
    hand_over(copy, owner=ben, second_writer=None, by=reviewer)
    assert [link.made_by for link in PreviewLink.objects.open()] == [reviewer]


def test_new_writer_is_told_and_nobody_else(
    anna: User, ben: User, reviewer: Client, django_capture_on_commit_callbacks: Any
) -> None:
    copy = workflow.revise(PublishedPilotFactory(title="Avignon"), by=anna)
    with django_capture_on_commit_callbacks(execute=True):
        submit_writers(reviewer, copy, owner=anna.pk, second_writer=ben.pk)
    assert emails() == [("ben@a.org", "For you to write: Avignon")]
    assert "Rita Reviewer has made you a writer" in sent()[0].body


def test_both_writers_are_told_what_becomes_of_it(
    anna: User, ben: User, django_capture_on_commit_callbacks: Any
) -> None:
    pilot = PilotFactory(title="A", owner=anna, second_writer=ben, status="in-review")
    with django_capture_on_commit_callbacks(execute=True):
        workflow.send_back(pilot, by=person("reviewer"), reason="Because.")
    assert emails() == [("anna@a.org", "Sent back: A"), ("ben@a.org", "Sent back: A")]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"second_writer": "anna"}, "Choose two different people"),
        ({"owner": "nobody"}, "Select a valid choice"),
        ({"owner": "closed"}, "Select a valid choice"),
        ({"owner": ""}, "This field is required"),
        ({"seen_edit": 0}, "Somebody changed this entry"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    said: dict[str, Any], words: str, anna: User, reviewer: Client
) -> None:
    person(username="nobody")
    person("contributor", username="closed", is_active=False)
    User.objects.filter(pk=anna.pk).update(username="anna")
    copy = workflow.revise(PublishedPilotFactory(), by=anna)
    ids: dict[Any, Any] = dict(User.objects.values_list("username", "pk"))
    answer = submit_writers(reviewer, copy, **{"owner": anna.pk} | {key: ids.get(it, it) for key, it in said.items()})
    assert words in answer.content.decode()
    assert Pilot.objects.get(pk=copy.pk).second_writer is None


@pytest.mark.parametrize("role", ["", "contributor"])
def test_nobody_but_reviewers_decides_who_writes(role: str, anna: User) -> None:
    me = person(role)
    copy = workflow.revise(PublishedPilotFactory(), by=anna)
    mine = PilotFactory(owner=me)
    for pilot in (copy, mine):
        for method in ("get", "post"):
            answer = getattr(browser_of(me), method)(writers(pilot), {"owner": me.pk, "seen_edit": pilot.edit_count})
            leads_to_the_entry = role == "contributor" and pilot == copy
            assert answer.status_code in ({302} if leads_to_the_entry else {403, 404})
    with pytest.raises(PermissionDenied):
        hand_over(copy, owner=me, second_writer=None, by=me)
    assert Pilot.objects.get(pk=copy.pk).owner == anna


def test_public_and_archived_entries_have_no_writers_to_change(ben: User, reviewer: Client) -> None:
    for pilot in (PublishedPilotFactory(), PilotFactory(status="archived")):
        assert reviewer.get(writers(pilot)).status_code == 404
        with pytest.raises(workflow.Refused):
            hand_over(pilot, owner=ben, second_writer=None, by=person("reviewer"))


def test_account_that_may_not_write_is_made_no_writer(anna: User) -> None:
    pilot = PilotFactory(owner=anna)
    with pytest.raises(workflow.Refused, match="may not write"):
        hand_over(pilot, owner=anna, second_writer=person(), by=person("reviewer"))


def test_reason_and_sender_stand_on_the_form_until_it_is_sent_again(anna: User, reviewer: Client) -> None:
    pilot = PilotFactory(owner=anna)
    workflow.submit(pilot, by=anna, note="Please look at the figures.")
    assert "Sent for review by Anna First" in state(reviewer, pilot).text
    assert "Please look at the figures." in state(reviewer, pilot).text
    send_back = reverse("admin:pilots_pilot_move", args=[pilot.pk, "send-back"])
    reviewer.post(send_back, {"note": "Too many <names>.", "seen_edit": pilot.edit_count})
    shown = state(browser_of(anna), pilot).text
    assert "Sent back by Rita Reviewer" in shown
    assert "Too many <names>." in shown
    change(browser_of(anna), pilot, summary="Fewer.")
    assert "Too many <names>." in state(browser_of(anna), pilot).text
    workflow.submit(Pilot.objects.get(), by=anna)
    assert "Too many" not in state(reviewer, pilot).text


def test_working_copy_stands_below_its_original_in_the_list_and_is_called_one(anna: User, reviewer: Client) -> None:
    first = PublishedPilotFactory(slug="a", title="Avignon")
    PilotFactory(slug="b", title="Barcelona")
    workflow.revise(first, by=anna)
    names = [row.text for row in read(reviewer.get(address_of(Pilot))).all("th", class_="field-named")]
    assert names == ["Avignon", "Working copy: Avignon", "Barcelona"]
