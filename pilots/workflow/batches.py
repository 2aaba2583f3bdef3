"""Many entries written as one act: an import, a change of a value in many pilots. And taking it back."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from pilots.history.differences import says_the_same
from pilots.history.provenance import NOTHING, note_provenance
from pilots.history.record import Kind, add_revision, change, changed_since, count_edit, lock
from pilots.models import Pilot, Revision
from pilots.models.content import Content, UnknownValues, find_rows, read_content, write_content
from pilots.models.marked_text import MarkedText
from pilots.models.provenance import PERSON
from pilots.security_log import Event, record
from pilots.workflow.entries import rewrite
from pilots.workflow.rules import Actor, Conflict, Refused, is_reviewer, may_edit
from pilots.workflow.undo_transitions import undo_transitions
from pilots.workflow.working_copies import revise

WRITTEN = (Kind.IMPORTED, Kind.REPLACED)
MOVED = (Kind.SUBMITTED, Kind.PUBLISHED, Kind.WITHDRAWN, Kind.ARCHIVED, Kind.RESTORED)
KINDS = (*WRITTEN, *MOVED)
# One namespace: what undoes a batch is found from the batch alone.
UNDO = "undo"


@dataclass(frozen=True)
class PlannedWrite:
    """One entry to write: what it is to say, and its row as it was read; None for a new entry."""

    content: Content
    row: Pilot | None = None

    @property
    def title(self) -> str:
        """What messages call it."""
        texts = self.content["texts"]
        titles = ((texts.get(code, {}).get("title", ""), code) for code in ("en", *texts))
        return next((MarkedText(title, code) for title, code in titles if title), "")


# Writing -------------------------------------------------------------------


def carry_out(
    steps: list[PlannedWrite], *, by: Actor, kind: Kind, note: str = "", batch: UUID, made_by: str = PERSON
) -> Generator[int, None, None]:
    """Write all entries or none, yielding how many are done after each.

    `made_by` says who made texts that are new, see `change`. A public entry gets a working copy. Entries are
    taken in a fixed order, so that two who write many never wait for each other. Raises Refused,
    PermissionDenied, UnknownValues or ValidationError; a generator that is closed before its end writes nothing.
    """
    old = sorted((step for step in steps if step.row), key=lambda step: step.row.entry_id)  # type: ignore[union-attr]
    with transaction.atomic():
        for done, step in enumerate([*old, *(step for step in steps if not step.row)], start=1):
            if step.row is None:
                add_draft(step.content, by=by, kind=kind, note=note, batch=batch, made_by=made_by)
            else:
                _write(step.row, step.content, by=by, kind=kind, note=note, batch=batch, made_by=made_by)
            yield done
        what = "spreadsheet" if kind == Kind.IMPORTED else "value"
        record(Event.IMPORTED, by=by, kind=what, entries=len(steps), batch=str(batch))


def _write(read: Pilot, content: Content, *, by: Actor, **details: Any) -> None:
    seen, target = read.edit_count, read
    if read.is_public:
        present = lock(read)
        if present.edit_count != seen or not present.is_public:
            raise Conflict(_("“%(pilot)s” was changed since you read it. Look at it again first.") % {"pilot": read})
        target = revise(read, by=by, note=details["note"], batch=details["batch"])
        seen = target.edit_count
    rewrite(target, content, by=by, seen_edit=seen, **details)


def add_draft(
    content: Content,
    *,
    by: Actor,
    kind: Kind = Kind.CREATED,
    note: str = "",
    batch: UUID | None = None,
    made_by: str = PERSON,
) -> Pilot:
    """Add a draft that says `content`, owned by `by`. Raises Conflict when the address is taken; PermissionDenied.

    Raises UnknownValues and ValidationError when the content does not fit.
    """
    if not by.has_perm("pilots.add_pilot"):  # type: ignore[union-attr]
        raise PermissionDenied(_("Your account may not add pilots."))
    found = find_rows(content)
    rows = {name: found[name, content[name]] for name in ("authority", "source")}
    pilot = Pilot(slug=content["slug"], owner=by, **rows)
    with transaction.atomic():
        try:
            with transaction.atomic():
                pilot.save(force_insert=True)
        except IntegrityError as error:
            words = _("Another entry has the address “%(slug)s” now.")
            raise Conflict(words % {"slug": content["slug"]}) from error
        write_content(pilot, content)
        said = note_provenance(pilot, NOTHING, read_content(pilot), by=by, made_by=made_by)
        count_edit(pilot, said)
        add_revision(pilot, said, kind=kind, by=by, note=note, batch=batch)
    return pilot


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
    """Which of these batches were undone. One query."""
    marks = {undo_id(batch): batch for batch in batches}
    found = Revision.objects.filter(batch__in=marks).order_by().values_list("batch", flat=True).distinct()
    return {marks[mark] for mark in found if mark}


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
        revisions = list(Revision.objects.filter(batch=batch).order_by("row", "edit_count"))
        _check_batch(batch, revisions, by)
        if revisions[0].kind in MOVED:
            undo_transitions(revisions, undo_id(batch), by=by)
            return _undone(len(revisions), batch, by)
        spans: dict[int, list[Revision]] = {}
        for revision in revisions:
            spans.setdefault(revision.row, []).append(revision)
        for row, _span in sorted(spans.items(), key=lambda item: (item[1][0].entry_id, item[0])):
            _lock_to_undo(spans[row], by)
        for span in spans.values():
            _undo_one(span, by)
        return _undone(len(spans), batch, by)


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
        words = _(
            "“%(pilot)s” cannot be brought back, so nothing was undone. What is missing or does not fit: %(reason)s"
        )
        raise Refused(words % {"pilot": before.title, "reason": error}) from error
