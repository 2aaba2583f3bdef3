"""Imports that are written some rows at a time: each request writes for about a second, whoever comes back goes on."""

from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.history.record import Kind
from pilots.history.record_many import Act
from pilots.models import ImportRow, ImportRun, Pilot
from pilots.models.content import UnknownValues
from pilots.security_log import Event, record
from pilots.workflow.planned_writes import PlannedWrite, in_fixed_order, write_steps
from pilots.workflow.rules import Refused

AT_ONCE = 25  # entries of one transaction: others who write wait no longer than for that
SECOND = 1.0


def prepare(steps: list[PlannedWrite], *, by: Any, note: str, made_by: str) -> ImportRun:
    """Keep what an import is to write, for the hour in which it can be confirmed: then `begin`, and `go_on`."""
    with transaction.atomic():
        ImportRun.objects.expired().delete()
        run = ImportRun.objects.create(batch=uuid4(), owner=by, note=note, made_by=made_by, total=len(steps))
        planned = enumerate(in_fixed_order(steps), start=1)
        ImportRow.objects.bulk_create([_row_of(run, place, step) for place, step in planned])
    return run


def begin(batch: UUID, *, by: Any, note: str) -> bool:
    """Confirm an import, and return whether there is one of `by` to confirm, or was. Nothing is written yet."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().filter(batch=batch, owner=by).first()
        if run and run.started_at is None:
            run.started_at = run.moved_at = timezone.now()
            run.note = note or run.note
            run.save()
            record(Event.IMPORTED, by=by, kind="spreadsheet", entries=run.total, batch=str(run.batch))
    return run is not None


def go_on(run: ImportRun) -> None:
    """Write what is next, for about a second; what cannot be written is noted, and stops nothing else.

    Each transaction takes the run for itself: two tabs that go on at once write nothing twice.
    """
    began = monotonic()
    while _write_some(run) and monotonic() - began < SECOND:
        pass


def stop(batch: UUID) -> None:
    """Write no more of an import. Run it in a transaction with what follows from that."""
    run = ImportRun.objects.select_for_update().filter(batch=batch).first()
    if run:
        run.total -= run.rows.waiting().delete()[0]
        run.save(update_fields=["total"])


def under_way(user: Any) -> Any:
    """The imports of `user` with something to write, each with how much `waits` and was `left`. One query."""
    return with_counts().filter(owner=user, started_at__isnull=False, waits__gt=0).order_by("-started_at")


def with_counts() -> Any:
    """All imports that are kept; `waits` is how much of each is to be written, `left` how much could not be."""
    waits = Count("rows", filter=Q(rows__refusal=""))
    return ImportRun.objects.annotate(waits=waits, left=Count("rows", filter=~Q(rows__refusal="")))


def _row_of(run: ImportRun, place: int, step: PlannedWrite) -> ImportRow:
    said: dict[str, Any] = {"run": run, "place": place, "content": step.content, "title": step.title}
    if step.row:
        said |= {"row": step.row.pk, "revises": step.row.revises_id}
        said |= {"edit_count": step.row.edit_count, "status": step.row.status}
    return ImportRow(**said)


def _step_of(row: ImportRow) -> PlannedWrite:
    if row.row is None:
        return PlannedWrite(row.content)
    read = Pilot(
        pk=row.row, revises_id=row.revises, edit_count=row.edit_count, status=row.status, slug=row.content["slug"]
    )
    return PlannedWrite(row.content, read)


def _write_some(run: ImportRun) -> bool:
    """Write the next rows, and return whether there were any."""
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        rows = list(locked.rows.waiting()[:AT_ONCE])
        if rows:
            _write(rows, Act(Kind.IMPORTED, locked.owner, locked.batch, locked.note, locked.made_by))
            ImportRun.objects.filter(pk=run.pk).update(moved_at=timezone.now())
    return bool(rows)


def _write(rows: list[ImportRow], act: Act) -> None:
    """Write rows; where one of them cannot be written, the halves of them, so that the others are."""
    try:
        with transaction.atomic():
            write_steps([_step_of(row) for row in rows], act)
    except (Refused, PermissionDenied, UnknownValues, ValidationError, IntegrityError, DataError) as error:
        if len(rows) == 1:
            rows[0].refuse(_reason(error))
            return
        half = len(rows) // 2
        _write(rows[:half], act)
        _write(rows[half:], act)
    else:
        ImportRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _reason(error: Exception) -> str:
    match error:
        case ValidationError():
            return " ".join(error.messages)
        case UnknownValues():
            return _("These are not there any more: %(values)s.") % {"values": error}
        case IntegrityError() | DataError():
            return _("Somebody changed something that it names at the same moment. Import it again.")
    return str(error)
