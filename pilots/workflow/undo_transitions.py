"""Undoing a move of many entries: each gets back the status it had, all of them or none."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.history.record import Kind, change, changed_since, lock
from pilots.models import Pilot, PreviewLink, Revision
from pilots.models.content import UnknownValues
from pilots.models.public import UNPUBLISHED
from pilots.security_log import Event, record
from pilots.workflow.rules import Actor, Conflict, Refused, is_reviewer, log, save
from pilots.workflow.working_copies import revise


def undo_transitions(revisions: list[Revision], batch: UUID, *, by: Actor) -> None:
    """Take back the moves that `revisions` are, as `batch`. Run it in a transaction.

    Raises Conflict, naming the entry, when one was changed or moved since; PermissionDenied.
    """
    rows = [_lock_as_left(revision, by) for revision in sorted(revisions, key=lambda moved: moved.entry_id)]
    for row, revision in rows:
        if "copy" in (revision.state_before or {}):
            _bring_copy_back(row, revision, batch, by)
        else:
            _move_back(row, revision, batch, by)


def _lock_as_left(revision: Revision, by: Actor) -> tuple[Pilot, Revision]:
    """Lock the row of a move. Raises Conflict unless it is as the move left it, PermissionDenied."""
    row = Pilot.objects.filter(pk=revision.row).first()
    row = lock(row) if row else None
    if row is None or row.status != revision.status or changed_since(row, revision.edit_count):
        words = _("“%(pilot)s” was changed since, so nothing was undone. Look at it, and move each on its own form.")
        raise Conflict(words % {"pilot": revision.title})
    is_own = revision.kind == Kind.SUBMITTED and row.owner_id == by.pk
    if not (is_reviewer(by) or is_own):
        words = _("Your account may not move “%(pilot)s”, so nothing was undone.")
        raise PermissionDenied(words % {"pilot": revision.title})
    return row, revision


def _move_back(row: Pilot, revision: Revision, batch: UUID, by: Actor) -> None:
    state = revision.state_before or {}
    with change(row, kind=Kind.UNDONE, by=by, batch=batch, always=True) as under_way:
        save(under_way.row, status=state["status"], reviewed_on=_day(state), **_plan(state))
        if state["status"] not in UNPUBLISHED:
            PreviewLink.objects.filter(pilot=under_way.row).end()
        log(under_way.row, state["status"], by)
        if under_way.row.is_public != row.is_public:
            _record(under_way.row, by)


def _bring_copy_back(original: Pilot, revision: Revision, batch: UUID, by: Actor) -> None:
    """Make the entry say again what visitors read before, as its next version, and its working copy what it said."""
    state: dict[str, Any] = revision.state_before or {}
    before = (
        Revision.objects.filter(row=original.pk, edit_count__lt=revision.edit_count).order_by("-edit_count").first()
    )
    try:
        with change(original, kind=Kind.UNDONE, by=by, batch=batch, always=True) as under_way:
            under_way.bring_back(before.content if before else under_way.before)
            under_way.version = under_way.row.version + 1
            save(under_way.row, version=under_way.version, version_at=timezone.now(), reviewed_on=_day(state))
            _record(under_way.row, by)
        copy = revise(original, by=by, content=state["copy"]["content"], batch=batch, is_carried=True)
    except UnknownValues as error:
        words = _(
            "“%(pilot)s” cannot be brought back, so nothing was undone. What is missing or does not fit: %(reason)s"
        )
        raise Refused(words % {"pilot": revision.title, "reason": error}) from error
    save(
        copy,
        status=state["copy"]["status"],
        owner_id=state["copy"]["owner"],
        second_writer_id=state["copy"]["second_writer"],
    )


def _record(row: Pilot, by: Actor) -> None:
    """Have the security log tell that the entry came to the public again, or is withdrawn from it."""
    if row.is_public:
        record(Event.PUBLISHED, by=by, entry=row.entry_id, version=row.version)
    else:
        record(Event.WITHDRAWN, by=by, entry=row.entry_id)


def _day(state: dict[str, Any]) -> date | None:
    return date.fromisoformat(state["reviewed_on"]) if state["reviewed_on"] else None


def _plan(state: dict[str, Any]) -> dict[str, Any]:
    """The planned publication as it was, unless its time has passed."""
    at = datetime.fromisoformat(state["publish_at"]) if state["publish_at"] else None
    is_to_come = at is not None and at > timezone.now()
    return {"publish_at": at, "scheduled_by_id": state["scheduled_by"]} if is_to_come else {}
