"""The moves of an entry from one status to another."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots import notifications
from pilots.history.record import Change, Kind, change
from pilots.models import Pilot, PreviewLink, Revision
from pilots.models.public import UNPUBLISHED
from pilots.workflow.rules import (
    ARCHIVE,
    PUBLISH,
    RESTORE,
    SEND_BACK,
    SUBMIT,
    TAKE_BACK,
    WITHDRAW,
    Actor,
    Refused,
    Transition,
    check_complete,
    check_status,
    copy_state,
    is_reviewer,
    log,
    make_public,
    require,
    save,
    state_before_move,
)
from pilots.workflow.working_copies import publish_copy

NOTICES: dict[Transition, notifications.Notice] = {
    SUBMIT: notifications.waits,
    SEND_BACK: notifications.sent_back,
    PUBLISH: notifications.published,
}


def submit(pilot: Pilot, *, by: Actor, note: str = "", batch: UUID | None = None) -> Pilot:
    """Move a draft to review. Raises Refused or PermissionDenied."""
    return transition(pilot, SUBMIT, by, note, batch=batch)


def take_back(pilot: Pilot, *, by: Actor, note: str = "") -> Pilot:
    """Make one's own entry in review a draft again. Raises Refused or PermissionDenied."""
    if not is_reviewer(by) and not pilot.is_written_by(by):
        raise PermissionDenied(_("“%(pilot)s” is not yours. Ask its writer or a reviewer.") % {"pilot": pilot})
    return transition(pilot, TAKE_BACK, by, note)


def send_back(pilot: Pilot, *, by: Actor, reason: str) -> Pilot:
    """Send an entry in review back to its writer, with a reason. Raises Refused or PermissionDenied."""
    if not reason.strip():
        raise Refused(_("Say what is to be changed before “%(pilot)s” is sent back.") % {"pilot": pilot})
    return transition(pilot, SEND_BACK, by, reason.strip())


def publish(pilot: Pilot, *, by: Actor, note: str = "", batch: UUID | None = None) -> Pilot:
    """Show a complete draft or reviewed pilot to the public. Raises Refused or PermissionDenied.

    The time of first publication is kept when a withdrawn pilot is published again. To publish is to
    have read the entry against its source, so the day of review is today. A working copy takes the
    place of what it revises and is gone; the public pilot is returned.
    """
    if pilot.revises_id:
        return publish_copy(pilot, by, note, batch)
    return transition(pilot, PUBLISH, by, note, partial(_make_public_again, by=by), batch=batch)


def _make_public_again(under_way: Change, by: Actor) -> dict[str, Any]:
    """The fields of the next public version; who keeps translations is told what became of the last one's English."""
    fields = make_public(under_way)
    versions = Revision.objects.of(under_way.row.pk).versions().order_by("-version")
    last = versions.first() if under_way.row.version else None
    if last:
        notifications.outdated(under_way.row, last.content, under_way.before, by)
    return fields


def withdraw(pilot: Pilot, *, by: Actor, note: str = "", batch: UUID | None = None) -> Pilot:
    """Take a published pilot or one in review back to draft. Raises Refused or PermissionDenied."""
    return transition(pilot, WITHDRAW, by, note, batch=batch)


def archive(pilot: Pilot, *, by: Actor, note: str = "", batch: UUID | None = None) -> Pilot:
    """Take a pilot out of the public for good, its texts kept. Raises Refused or PermissionDenied."""
    if pilot.revises_id:
        raise Refused(_("“%(pilot)s” is a working copy. Throw it away instead.") % {"pilot": pilot})
    return transition(pilot, ARCHIVE, by, note, batch=batch)


def restore(pilot: Pilot, *, by: Actor, note: str = "", batch: UUID | None = None) -> Pilot:
    """Bring an archived pilot back as a draft. Raises Refused or PermissionDenied."""
    return transition(pilot, RESTORE, by, note, batch=batch)


def schedule(pilot: Pilot, *, at: datetime, by: Actor) -> Pilot:
    """Plan the publication of a complete pilot for a time to come. Raises Refused or PermissionDenied."""
    require(pilot, PUBLISH, by)
    if at <= timezone.now():
        raise Refused(_("The time to publish “%(pilot)s” has passed. Give one to come.") % {"pilot": pilot})
    with change(pilot, kind=Kind.SCHEDULED, by=by, always=True) as under_way:
        check_status(under_way.row, PUBLISH)
        check_complete(under_way.row, under_way.before)
        under_way.note = f"{at:%Y-%m-%d %H:%M} UTC"
        save(under_way.row, publish_at=at, scheduled_by=by)
    return copy_state(pilot, under_way.row)


def unschedule(pilot: Pilot, *, by: Actor) -> Pilot:
    """Call a planned publication off. Raises Refused or PermissionDenied."""
    require(pilot, PUBLISH, by)
    with change(pilot, kind=Kind.UNSCHEDULED, by=by, always=True) as under_way:
        if under_way.row.publish_at is None:
            raise Refused(_("No publication of “%(pilot)s” is planned.") % {"pilot": pilot})
        save(under_way.row, publish_at=None, scheduled_by=None)
    return copy_state(pilot, under_way.row)


def call_off(pilot: Pilot, *, reason: str) -> Pilot:
    """Call off a planned publication that cannot be made, without anybody's doing; the history says why."""
    with change(pilot, kind=Kind.UNSCHEDULED, by=None, note=reason, always=True) as under_way:
        notifications.not_published(under_way.row, under_way.row.scheduled_by)
        save(under_way.row, publish_at=None, scheduled_by=None)
    return copy_state(pilot, under_way.row)


def transition(
    pilot: Pilot,
    move: Transition,
    by: Actor,
    note: str,
    prepare: Callable[[Change], dict[str, Any]] | None = None,
    *,
    batch: UUID | None = None,
) -> Pilot:
    """Make one move. `prepare` checks what else is needed and returns the fields to save with the status."""
    require(pilot, move, by)
    with change(pilot, kind=move.kind, by=by, note=note, batch=batch, always=True) as under_way:
        row = under_way.row
        check_status(row, move)
        under_way.state_before = state_before_move(row) if batch else None
        fields = prepare(under_way) if prepare else {}
        planned = {} if move is SUBMIT else {"publish_at": None, "scheduled_by": None}
        save(row, status=move.after, **planned, **fields)
        if move.after not in UNPUBLISHED:
            PreviewLink.objects.filter(pilot=row).end()
        log(row, move.after, by)
        if move in NOTICES:
            NOTICES[move](row, by, note)
    return copy_state(pilot, row)
