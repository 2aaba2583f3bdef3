"""A whole entry written at once, by an import or a merge, is refused when somebody changed it since it was read."""

import pytest
from django.contrib.auth.models import User

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot
from pilots.models.content import Content, read_content
from tests.factories import PilotFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db


def saying(pilot: Pilot, title: str) -> Content:
    """What `pilot` says, under another title."""
    return read_content(pilot) | {"texts": {"en": {"title": title}}}


def rewrite(pilot: Pilot, title: str, by: User, seen_edit: int | None) -> Pilot:
    """Write the entry anew."""
    return workflow.rewrite(pilot, saying(pilot, title), by=by, kind=Kind.IMPORTED, seen_edit=seen_edit)


def test_entry_as_it_was_read_is_written(admin_user: User) -> None:
    pilot = PilotFactory()
    assert rewrite(pilot, "First", admin_user, 0).edit_count == 1
    assert rewrite(pilot, "Second", admin_user, 1).edit_count == 2


def test_entry_that_moved_on_is_refused(admin_user: User) -> None:
    pilot = PilotFactory()
    rewrite(pilot, "First", admin_user, 0)
    with pytest.raises(workflow.Conflict, match="was changed since you read it"):
        rewrite(pilot, "Second", admin_user, 0)
    assert read_content(pilot)["texts"]["en"]["title"] == "First"


def test_public_entry_as_it_was_read_gets_a_working_copy(admin_user: User) -> None:
    pilot = PublishedPilotFactory()
    assert rewrite(pilot, "New", admin_user, 0).revises == pilot


def test_working_copy_that_was_not_read_is_not_overwritten(admin_user: User) -> None:
    pilot = PublishedPilotFactory()
    copy = workflow.revise(pilot, by=admin_user)
    for seen in (0, copy.edit_count):
        with pytest.raises(workflow.Conflict):
            rewrite(pilot, "Blind", admin_user, seen)
    assert rewrite(copy, "Seen", admin_user, copy.edit_count).pk == copy.pk
