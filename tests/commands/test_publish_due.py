"""What was planned is published when its time has come, once, in the name of who planned it."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from pilots import workflow
from pilots.history.record import Kind, change
from pilots.models import Pilot, Revision
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.mailbox import emails
from tests.people import person

pytestmark = pytest.mark.django_db


def planned(pilot: Pilot, by: User) -> Pilot:
    """Plan the publication of a pilot, and let the time come."""
    workflow.schedule(pilot, at=timezone.now() + timedelta(hours=1), by=by)
    Pilot.objects.filter(pk=pilot.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
    return Pilot.objects.get(pk=pilot.pk)


def publish_due() -> tuple[str, str]:
    """Run the command; return what it says, and on standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("publish_due", stdout=out, stderr=err)
    except CommandError as refusal:
        err.write(f"{refusal} ({refusal.returncode})")
    return out.getvalue(), err.getvalue()


def rewritten(pilot: Pilot, by: User) -> None:
    """Change what a draft says."""
    with change(pilot, kind=Kind.CHANGED, by=by) as under_way:
        under_way.row.translations.update(summary="Another sentence.")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer", email="reviewer@a.org")


def test_entry_whose_time_has_come_is_published_by_who_planned_it(reviewer: User) -> None:
    pilot = planned(PilotFactory(title="A training"), reviewer)
    assert publish_due() == ("Published: “A training”.\n", "")
    pilot.refresh_from_db()
    assert (pilot.status, pilot.publish_at, pilot.scheduled_by, pilot.version) == ("published", None, None, 1)
    assert Revision.objects.of(pilot.pk).versions().get().actor == reviewer


def test_working_copy_takes_the_place_of_the_public_entry(reviewer: User) -> None:
    public = PublishedPilotFactory(title="As it was")
    copy = workflow.revise(public, by=reviewer)
    copy.translations.update(title="As it will be")
    planned(copy, reviewer)
    assert publish_due() == ("Published: “As it will be”.\n", "")
    assert [(row.pk, row.title, row.version) for row in Pilot.objects.all()] == [(public.pk, "As it will be", 2)]


def test_entry_whose_time_is_to_come_waits(reviewer: User) -> None:
    workflow.schedule(PilotFactory(), at=timezone.now() + timedelta(minutes=5), by=reviewer)
    assert publish_due() == ("", "")
    assert Pilot.objects.get().status == "draft"


def test_second_run_finds_nothing_to_do(reviewer: User) -> None:
    planned(PilotFactory(), reviewer)
    publish_due()
    assert publish_due() == ("", "")
    assert Pilot.objects.get().version == 1


def incomplete(pilot: Pilot, _reviewer: User) -> None:
    pilot.partners.clear()


def close_account(_pilot: Pilot, reviewer: User) -> None:
    User.objects.filter(pk=reviewer.pk).update(is_active=False)


def take_role(_pilot: Pilot, reviewer: User) -> None:
    reviewer.groups.clear()


def delete_account(_pilot: Pilot, reviewer: User) -> None:
    reviewer.delete()


def change_it(pilot: Pilot, _reviewer: User) -> None:
    rewritten(pilot, by=pilot.owner)


NOBODY = "The account that planned it is closed, or may not publish any more. Somebody else must plan it anew."
REFUSALS = [
    (incomplete, "“A training” cannot be published yet. Add a partner.", True),
    (close_account, NOBODY, False),
    (take_role, NOBODY, False),
    (delete_account, NOBODY, False),
    (change_it, "Its writer changed it after the time was set. Read it again, and plan it anew.", True),
]


@pytest.mark.parametrize(("spoil", "reason", "planner_is_told"), REFUSALS)
def test_what_cannot_be_published_is_called_off_and_people_are_told(
    spoil: Any, reason: str, planner_is_told: Any, reviewer: User, django_capture_on_commit_callbacks: Any
) -> None:
    writer = person("contributor", email="writer@a.org")
    pilot = planned(PilotFactory(title="A training", owner=writer), reviewer)
    spoil(pilot, reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        said = publish_due()
    pilot.refresh_from_db()
    assert said == ("", f"Not published: “A training”. {reason}\n1 planned publication was not made. (1)")
    assert (pilot.status, pilot.publish_at, pilot.scheduled_by) == ("draft", None, None)
    revision = Revision.objects.of(pilot.pk).first()
    assert (revision.kind, revision.note, revision.actor) == ("unscheduled", reason, None)
    people = ["reviewer@a.org", "writer@a.org"] if planner_is_told else ["writer@a.org"]
    assert emails() == [(to, "Not published: A training") for to in people]
    assert publish_due() == ("", "")


def test_one_that_is_refused_does_not_hold_up_the_others(reviewer: User) -> None:
    first, second = planned(PilotFactory(slug="a"), reviewer), planned(PilotFactory(slug="b"), reviewer)
    first.partners.clear()
    publish_due()
    assert [Pilot.objects.get(pk=row.pk).status for row in (first, second)] == ["draft", "published"]


def test_what_a_reviewer_changed_after_the_plan_is_published(reviewer: User) -> None:
    pilot = planned(PilotFactory(owner=person("contributor")), reviewer)
    rewritten(pilot, by=person("reviewer"))
    workflow.submit(pilot, by=pilot.owner)
    publish_due()
    assert Pilot.objects.get().status == "published"


def test_writer_is_told_of_the_publication(reviewer: User, django_capture_on_commit_callbacks: Any) -> None:
    planned(PilotFactory(title="A training", owner=person("contributor", email="writer@a.org")), reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        publish_due()
    assert emails() == [("writer@a.org", "Published: A training")]


def test_second_process_that_read_the_same_list_publishes_nothing_again(reviewer: User) -> None:
    copy = workflow.revise(PublishedPilotFactory(), by=reviewer)
    due = [planned(PilotFactory(), reviewer), planned(copy, reviewer)]
    stale = [Pilot.objects.select_related("revises").get(pk=pilot.pk) for pilot in due]
    publish_due()
    before = Revision.objects.count()
    assert [workflow.publish_if_due(pilot) for pilot in stale] == [False, False]
    assert Revision.objects.count() == before


def test_plan_that_was_called_off_meanwhile_is_left_alone(reviewer: User) -> None:
    pilot = planned(PilotFactory(), reviewer)
    workflow.unschedule(Pilot.objects.get(), by=reviewer)
    assert workflow.publish_if_due(pilot) is False
    assert Pilot.objects.get().status == "draft"


def test_what_cannot_be_deleted_holds_up_no_publication(monkeypatch: Any) -> None:
    pilot = planned(PilotFactory(), person("reviewer"))
    monkeypatch.setattr("pilots.retention.delete_expired", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        publish_due()
    assert Pilot.objects.get(pk=pilot.pk).status == "published"
