"""The server publishes what is planned by itself, and goes on whatever goes wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot, Revision
from pilots.workflow import scheduled_publishing, scheduler
from tests.admin.forms import address, address_of
from tests.commands.test_publish_due import planned
from tests.factories import PilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    return person("reviewer")


def test_what_is_due_is_published_and_what_is_not_waits(reviewer: User) -> None:
    now, later = planned(PilotFactory(), reviewer), PilotFactory()
    workflow.schedule(later, at=timezone.now() + timedelta(hours=1), by=reviewer)
    scheduler.run_due_tasks()
    assert [Pilot.objects.get(pk=row.pk).status for row in (now, later)] == ["published", "draft"]


def test_entry_that_goes_wrong_holds_up_no_other_and_is_tried_again(
    reviewer: User, monkeypatch: Any, caplog: Any
) -> None:
    first, second = planned(PilotFactory(slug="a"), reviewer), planned(PilotFactory(slug="b"), reviewer)
    publish = scheduled_publishing.publish

    def broken(row: Pilot, **said: Any) -> Pilot:
        return publish(row, **said) if row.pk == second.pk else 1 / 0

    monkeypatch.setattr(scheduled_publishing, "publish", broken)
    scheduler.run_due_tasks()
    assert [Pilot.objects.get(pk=row.pk).status for row in (first, second)] == ["draft", "published"]
    assert f"It is tried again: entry {first.pk}." in caplog.text
    monkeypatch.undo()
    scheduler.run_due_tasks()
    assert Pilot.objects.get(pk=first.pk).status == "published"


def test_database_that_is_away_is_logged_and_asked_again(reviewer: User, monkeypatch: Any, caplog: Any) -> None:
    pilot = planned(PilotFactory(), reviewer)

    def away() -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(scheduler, "publish_all_due", away)
    scheduler.run_due_tasks()
    assert "Planned publications could not be looked at." in caplog.text
    monkeypatch.undo()
    scheduler.run_due_tasks()
    assert Pilot.objects.get(pk=pilot.pk).status == "published"


def test_what_cannot_be_deleted_holds_up_no_publication(reviewer: User, monkeypatch: Any, caplog: Any) -> None:
    pilot = planned(PilotFactory(), reviewer)
    monkeypatch.setattr(scheduler.retention, "delete_expired", lambda: 1 / 0)
    scheduler.run_due_tasks()
    assert Pilot.objects.get(pk=pilot.pk).status == "published"
    assert "What is past its time could not be deleted." in caplog.text


def test_refusal_is_logged_without_the_words_of_the_entry(reviewer: User, caplog: Any) -> None:
    pilot = planned(PilotFactory(title="Whispering"), reviewer)
    pilot.partners.clear()
    scheduler.run_due_tasks()
    assert "A planned publication was not made" in caplog.text
    assert "Whispering" not in caplog.text


class Connections:
    """Stands for the database connections of a thread: counts how often they were given back."""

    closed = 0

    def close_all(self) -> None:
        self.closed += 1


def test_scheduler_looks_again_and_again_until_it_is_stopped(monkeypatch: Any) -> None:
    connections, looks = Connections(), []

    def look() -> None:
        looks.append(1)
        if len(looks) == 3:
            ticking.stopped.set()

    ticking = scheduler.Scheduler(every=0, then=look)
    monkeypatch.setattr(scheduler, "run_due_tasks", lambda then: then())
    monkeypatch.setattr(scheduler, "connections", connections)
    ticking.start()
    ticking.join()
    assert (len(looks), connections.closed) == (3, 3)


def test_scheduler_ends_with_the_process() -> None:
    assert scheduler.Scheduler().daemon


def overdue(reviewer: User, **fields: Any) -> Pilot:
    """An entry that should have been published an hour ago."""
    pilot = planned(PilotFactory(**fields), reviewer)
    Pilot.objects.filter(pk=pilot.pk).update(publish_at=timezone.now() - timedelta(hours=1))
    return pilot


def test_what_is_overdue_is_told_to_those_who_may_know_of_it(reviewer: User) -> None:
    writer = person("contributor")
    pilot = overdue(reviewer, title="Avignon", owner=writer)
    said = "1 planned publication is overdue"
    answers = [browser_of(user).get("/readyz").content.decode() for user in (reviewer, writer, person("contributor"))]
    assert [said in answer for answer in answers] == [True, True, False]
    assert "overdue since" in browser_of(reviewer).get(reverse("admin:index")).content.decode()
    assert "overdue since" in browser_of(reviewer).get(address_of(Pilot)).content.decode()
    assert "It should have been published on" in browser_of(writer).get(address(pilot)).content.decode()


def test_what_has_just_come_due_is_not_called_overdue(reviewer: User) -> None:
    pilot = planned(PilotFactory(), reviewer)
    assert not pilot.is_overdue
    assert "overdue" not in browser_of(reviewer).get("/readyz").content.decode()
    assert "to be published on" in browser_of(reviewer).get(address_of(Pilot)).content.decode()
    assert Revision.objects.filter(version__isnull=False).count() == 0
