"""Many entries written as one act: an import, a change of a value in many pilots. And taking it back."""

from collections.abc import Generator
from time import monotonic
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from pilots.history.differences import says_the_same
from pilots.history.record import Kind, change, changed_since, lock
from pilots.history.record_many import Act
from pilots.models import Pilot, Revision
from pilots.models.content import UnknownValues, read_content
from pilots.models.provenance import PERSON
from pilots.security_log import Event, record
from pilots.workflow.import_runs import SECOND, stop
from pilots.workflow.planned_writes import PlannedWrite, in_fixed_order, write_steps
from pilots.workflow.rules import Actor, Refused, is_reviewer, may_edit
from pilots.workflow.undo_transitions import undo_transitions

WRITTEN = (Kind.IMPORTED, Kind.REPLACED)
MOVED = (Kind.SUBMITTED, Kind.PUBLISHED, Kind.WITHDRAWN, Kind.ARCHIVED, Kind.RESTORED)
KINDS = (*WRITTEN, *MOVED)
# One namespace: what undoes a batch is found from the batch alone.
UNDO = "undo"
UNDONE_AT_ONCE = 10  # entries of one transaction
AT_ONCE = 50  # entries: all of them share most queries


# Writing -------------------------------------------------------------------


def carry_out(
    steps: list[PlannedWrite], *, by: Actor, kind: Kind, note: str = "", batch: UUID, made_by: str = PERSON
) -> Generator[int, None, None]:
    """Write all entries or none, some at a time, yielding how many are done.

    `made_by` says who made texts that are new, see `change`. A public entry gets a working copy. Raises Refused,
    PermissionDenied, UnknownValues or ValidationError; a generator that is closed before its end writes nothing.
    """
    act = Act(kind, by, batch, note, made_by)
    with transaction.atomic():
        planned = in_fixed_order(steps)
        for begin in range(0, len(planned), AT_ONCE):
            write_steps(planned[begin : begin + AT_ONCE], act)
            yield min(begin + AT_ONCE, len(planned))
        what = "spreadsheet" if kind == Kind.IMPORTED else "value"
        record(Event.IMPORTED, by=by, kind=what, entries=len(steps), batch=str(batch))


# Looking back --------------------------------------------------------------


def batches_of(user: Any) -> Any:
    """What was done to many entries as one act, the newest first; own ones only, unless for a reviewer.

    Each is a dictionary: batch, kind, actor_name, note, at, entries. One query.
    """
    revisions = Revision.objects.filter(batch__isnull=False, kind__in=KINDS)
    revisions = revisions if is_reviewer(user) else revisions.filter(actor=user)
    grouped = revisions.order_by().values("batch", "kind", "actor", "actor_name", "note")
    return grouped.annotate(at=Min("at"), entries=Count("entry_id", distinct=True), latest=Max("pk")).order_by(
        "-latest"
    )


def undone_batches(batches: list[UUID]) -> set[UUID]:
    """Which of these batches were undone, all of each. One query."""
    marks = {undo_id(batch): batch for batch in batches}
    found = Revision.objects.filter(batch__in=[*batches, *marks]).order_by().values("batch")
    counted = found.annotate(rows=Count("row", distinct=True), moves=Count("pk", filter=Q(kind__in=MOVED)))
    rows = {one["batch"]: one["rows"] for one in counted}
    moves = {one["batch"] for one in counted if one["moves"]}
    return {one for mark, one in marks.items() if mark in rows and (one in moves or rows[mark] >= rows.get(one, 0))}


def undone_entries(batch: UUID) -> int:
    """How many entries of a batch say again what they said before it. One query."""
    return Revision.objects.filter(batch=undo_id(batch)).values("entry_id").distinct().count()


def undo_id(batch: UUID) -> UUID:
    return uuid5(batch, UNDO)


# Undoing -------------------------------------------------------------------


def undo(batch: UUID, *, by: Actor) -> int:
    """Take a batch back and return how many entries it was: each says again what it said before.

    New entries are deleted, working copies that were made for it thrown away. Raises Refused, naming
    them, when entries were changed since, or are not the account's to change; PermissionDenied for
    another's batch. All or nothing.
    """
    with transaction.atomic():
        stop(batch)
        revisions = list(Revision.objects.filter(batch=batch).order_by("row", "edit_count"))
        _check_batch(batch, revisions, by)
        if revisions[0].kind in MOVED:
            undo_transitions(revisions, undo_id(batch), by=by)
            return _undone(len(revisions), batch, by)
        spans = _spans(revisions)
        for span in spans.values():
            _lock_to_undo(span, by)
        for span in spans.values():
            _undo_one(span, by)
        return _undone(len(spans), batch, by)


def undo_some(batch: UUID, *, by: Actor) -> tuple[int, int]:
    """Take the next entries of a batch back, for about a second; return how many are done, of how many.

    Before the first, it is as with `undo`: nothing is begun when one was changed since. One that is changed while this
    goes on stays as it is and stops no other. A move of many is undone at once.
    """
    began = monotonic()
    while True:
        with transaction.atomic():
            stop(batch)
            done, count = _undo_next(batch, by)
        if done == count or monotonic() - began > SECOND:
            return done, count


def _undo_next(batch: UUID, by: Actor) -> tuple[int, int]:
    revisions = list(Revision.objects.filter(batch=batch).defer("content").order_by("row", "edit_count"))
    undone = set(Revision.objects.filter(batch=undo_id(batch)).values_list("row", flat=True))
    _check_batch(batch, revisions, by)
    if revisions[0].kind in MOVED:
        count = undo(batch, by=by)
        return count, count
    spans = _spans(revisions)
    waiting = [span for row, span in spans.items() if row not in undone]
    changed = _changed_since(waiting, by)
    if not undone:
        for span in changed:
            _lock_to_undo(span, by)
        _undone(len(spans), batch, by)
    fitting = [span for span in waiting if span not in changed]
    some = fitting[:UNDONE_AT_ONCE]
    for span in some:
        _lock_to_undo(span, by)
    for span in some:
        _undo_one(span, by)
    return len(spans) - len(fitting) + len(some), len(spans)


def _spans(revisions: list[Revision]) -> dict[int, list[Revision]]:
    """What a batch did to each row, in the order in which rows are locked."""
    spans: dict[int, list[Revision]] = {}
    for revision in sorted(revisions, key=lambda one: (one.entry_id, one.row, one.edit_count)):
        spans.setdefault(revision.row, []).append(revision)
    return spans


def _changed_since(spans: list[list[Revision]], by: Actor) -> list[list[Revision]]:
    """Those whose rows are not as the batch left them, or not for `by` to change. One query, more for changed ones."""
    rows = Pilot.objects.in_bulk([span[-1].row for span in spans])
    return [
        span
        for span in spans
        if (row := rows.get(span[-1].row)) is None or not (may_edit(by, row) and _is_as_left(row, span[-1]))
    ]


def _undone(count: int, batch: UUID, by: Actor) -> int:
    record(Event.UNDONE, by=by, entries=count, batch=str(batch))
    return count


def _check_batch(batch: UUID, revisions: list[Revision], by: Actor) -> None:
    if not revisions or not any(revision.kind in KINDS for revision in revisions):
        raise Refused(_("There is nothing to undo."))
    if not is_reviewer(by) and {revision.actor_id for revision in revisions} != {by.pk}:
        raise PermissionDenied(_("Ask who did this, or a reviewer, to undo it."))
    if undone_batches([batch]):
        raise Refused(_("This is undone already."))


def _lock_to_undo(span: list[Revision], by: Actor) -> None:
    """Lock a row that a batch wrote. Raises Refused unless it is as the batch left it and `by` may change it."""
    last = span[-1]
    row = Pilot.objects.filter(pk=last.row).first()
    if row is not None:
        row = lock(row)
    if row is None or not _is_as_left(row, last):
        words = _("“%(pilot)s” was changed since, so nothing was undone. Bring it back to before on its own history.")
        raise Refused(words % {"pilot": last.title})
    if not may_edit(by, row):
        raise Refused(_("“%(pilot)s” is not yours to change now, so nothing was undone.") % {"pilot": last.title})


def _is_as_left(row: Pilot, last: Revision) -> bool:
    """Whether a row says what the batch left; what came after may only be batches that were undone."""
    if not changed_since(row, last.edit_count):
        return True
    later = Revision.objects.filter(row=row.pk, edit_count__gt=last.edit_count).exclude(
        kind__in=[*WRITTEN, Kind.UNDONE, Kind.CONFIRMED]
    )
    return not later.exists() and says_the_same(read_content(row), last.content)


def _undo_one(span: list[Revision], by: Actor) -> None:
    first = span[0]
    row = Pilot.objects.get(pk=first.row)
    before = Revision.objects.filter(row=row.pk, edit_count__lt=first.edit_count).order_by("-edit_count").first()
    with change(row, kind=Kind.UNDONE, by=by, batch=undo_id(first.batch), always=True) as under_way:  # type: ignore[arg-type]
        if before is not None and first.kind != Kind.REVISED:
            _put_back(under_way.bring_back, before)
    if before is None or first.kind == Kind.REVISED:
        row.delete()


def _put_back(bring_back: Any, before: Revision) -> None:
    try:
        bring_back(before.content)
    except (UnknownValues, ValidationError) as error:
        words = _("“%(pilot)s” cannot be brought back. What is missing or does not fit: %(reason)s")
        raise Refused(words % {"pilot": before.title, "reason": error}) from error
