"""The rule for who may read which rows and revisions, by itself; `tests/admin/test_access.py` tries every page."""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db import IntegrityError, connection
from django.db.models import F

from pilots import notifications, workflow
from pilots.history.record import Kind, change
from pilots.models import Pilot, Revision
from pilots.models.access import may_read, readable_pilots, readable_revisions
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.mailbox import emails
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return person("contributor", email="writer@a.org")


@pytest.fixture
def colleague() -> User:
    return person("contributor")


@pytest.fixture
def reviewer() -> User:
    return person("reviewer")


def kinds(user: Any, pilot: Pilot) -> list[str]:
    """What was done, of which `user` may read what the row said then; the newest first."""
    return [revision.kind for revision in readable_revisions(user).filter(row=pilot.pk)]


def test_draft_is_for_its_two_writers_and_reviewers(writer: User, colleague: User, reviewer: User) -> None:
    pilot = PilotFactory(owner=writer, second_writer=colleague)
    readers = [writer, colleague, reviewer, person("administrator"), person("superuser")]
    assert [may_read(user, pilot) for user in readers] == [True] * 5
    assert [may_read(user, pilot) for user in (person("contributor"), person(), AnonymousUser())] == [False] * 3


def test_draft_that_nobody_writes_is_not_for_those_without_an_account(reviewer: User) -> None:
    pilot = PilotFactory(owner=None)
    workflow.submit(pilot, by=reviewer)
    assert not readable_pilots(AnonymousUser()).exists()
    assert not readable_revisions(AnonymousUser()).exists()


def test_entry_archived_from_the_public_is_for_all_who_view_pilots(colleague: User, reviewer: User) -> None:
    pilot = PublishedPilotFactory()
    workflow.archive(pilot, by=reviewer)
    assert may_read(colleague, pilot)
    assert kinds(colleague, pilot) == [Kind.ARCHIVED, Kind.FOUND]


def test_entry_archived_before_there_was_a_history_is_judged_by_its_version(colleague: User, reviewer: User) -> None:
    for version, readable in ((1, True), (0, False)):
        pilot = PilotFactory(status="archived", version=version)
        assert may_read(colleague, pilot) is readable
        with change(pilot, kind=Kind.MERGED, by=reviewer, always=True):
            pass
        assert kinds(colleague, pilot) == ([Kind.MERGED, Kind.FOUND] if readable else [])


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_entry_archived_before_it_was_public_stays_its_writers(
    status: str, writer: User, colleague: User, reviewer: User
) -> None:
    pilot = PilotFactory(owner=writer, status=status)
    workflow.archive(pilot, by=reviewer)
    assert [may_read(user, pilot) for user in (writer, colleague)] == [True, False]
    assert kinds(colleague, pilot) == []


def test_entry_withdrawn_and_then_archived_hides_what_it_says_now_alone(
    writer: User, colleague: User, reviewer: User
) -> None:
    pilot = PublishedPilotFactory(owner=writer)
    for move in (workflow.withdraw, workflow.archive, workflow.restore, workflow.archive):
        move(pilot, by=reviewer)
    assert [may_read(user, pilot) for user in (writer, colleague)] == [True, False]
    assert kinds(colleague, pilot) == [Kind.FOUND]


def test_reviewer_who_is_none_any_more_reads_no_draft_that_they_changed(writer: User, reviewer: User) -> None:
    pilot = PilotFactory(owner=writer, status="in-review")
    workflow.send_back(pilot, by=reviewer, reason="Because.")
    reviewer.groups.set(writer.groups.all())
    former = User.objects.get(pk=reviewer.pk)
    assert not may_read(former, pilot)
    assert kinds(former, pilot) == []


def test_writers_go_on_reading_what_became_of_a_copy_that_is_gone(
    writer: User, colleague: User, reviewer: User
) -> None:
    copy = workflow.revise(PublishedPilotFactory(), by=writer)
    gone = Pilot(pk=copy.pk)
    workflow.discard(copy, by=writer)
    assert kinds(writer, gone) == [Kind.DISCARDED, Kind.REVISED, Kind.FOUND]
    assert kinds(colleague, gone) == []


def test_mail_goes_to_nobody_who_may_not_read_the_entry(
    colleague: User, django_capture_on_commit_callbacks: Any
) -> None:
    pilot = PilotFactory()
    User.objects.filter(pk=colleague.pk).update(email="colleague@a.org")
    with django_capture_on_commit_callbacks(execute=True):
        notifications.not_published(pilot, colleague)
    assert emails() == []


def test_second_writer_is_another_account(writer: User) -> None:
    with pytest.raises(IntegrityError, match="second_writer_is_another_account"):
        PilotFactory(owner=writer, second_writer=writer)


def models_before_the_rename(app: str, name: str) -> Any:
    """A model whose rows have `edit`, as the migration calls their number of changes."""
    return SimpleNamespace(objects=apps.get_model(app, name).objects.annotate(edit=F("edit_count")))


def test_migration_says_of_each_kept_revision_who_wrote_its_row(writer: User, reviewer: User) -> None:
    public = PublishedPilotFactory(owner=reviewer)
    workflow.archive(public, by=reviewer)
    copy = workflow.revise(PublishedPilotFactory(), by=writer)
    gone = copy.pk
    workflow.discard(copy, by=reviewer)
    Revision.objects.update(owner=None)
    then, editor = SimpleNamespace(get_model=models_before_the_rename), SimpleNamespace(connection=connection)
    import_module("pilots.migrations.0007_add_second_writer").note_who_wrote(then, editor)
    assert {kept.owner for kept in Revision.objects.filter(row=public.pk)} == {reviewer}
    kept = Revision.objects.filter(row=gone).order_by("edit_count")
    assert [(revision.kind, revision.owner) for revision in kept][1:] == [("revised", writer), ("discarded", writer)]


def test_deleted_draft_comes_back_to_its_writers(writer: User, colleague: User, reviewer: User) -> None:
    pilot = PilotFactory(owner=writer, second_writer=colleague)
    pk = pilot.pk
    workflow.delete(pilot, by=reviewer)
    back = workflow.recover(Revision.objects.of(pk).latest("pk"), by=reviewer)
    assert (back.owner, back.second_writer) == (writer, colleague)


def test_deleted_draft_that_nobody_writes_comes_back_to_who_recovers_it(reviewer: User) -> None:
    pilot = PilotFactory(owner=None)
    pk = pilot.pk
    workflow.delete(pilot, by=reviewer)
    assert workflow.recover(Revision.objects.of(pk).latest("pk"), by=reviewer).owner == reviewer
