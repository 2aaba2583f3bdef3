"""Writing many entries at once, as one act: drafts in themselves, public ones in working copies, new ones as drafts."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pilots.history.record import Kind
from pilots.history.record_many import Act, record_found, revision_of, write_many
from pilots.models import Pilot, Revision
from pilots.models.content import Content, find_rows, read_contents
from pilots.models.marked_text import MarkedText
from pilots.workflow.rules import Actor, Conflict, may_edit


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


def in_fixed_order(steps: list[PlannedWrite]) -> list[PlannedWrite]:
    """Those that are there by the number of their entry, so that two who write many never wait for each other."""
    there = sorted((step for step in steps if step.row), key=lambda step: step.row.entry_id)  # type: ignore[union-attr]
    return [*there, *(step for step in steps if not step.row)]


def write_steps(steps: list[PlannedWrite], act: Act) -> None:
    """Write these entries, all of them. Run it in a transaction.

    Some ninety queries, and three or four an entry. Raises Conflict for one that was changed since it was read or
    whose address is taken, PermissionDenied, UnknownValues, ValidationError.
    """
    rows, copied = _lock([step.row for step in steps if step.row])
    contents: dict[int, Content] = {}  # of the rows as they were read
    for step in steps:
        if step.row:
            contents[step.row.pk] = step.content
            _check(step.row, rows.get(step.row.pk), act.by, is_copied=step.row.pk in copied)
    before = read_contents(contents)
    originals = {row: before.pop(row.pk) for row in map(rows.__getitem__, contents) if row.is_public}
    copies = _make_copies(originals, act)
    planned = {copies.get(pk) or rows[pk]: said for pk, said in contents.items()}
    before |= {copies[row.pk].pk: said for row, said in originals.items()}
    new = [step.content for step in steps if not step.row]
    write_many(planned | dict(zip(_add_drafts(new, act.by), new, strict=True)), before, act)


def _lock(read: list[Pilot]) -> tuple[dict[int, Pilot], set[int]]:
    """Lock rows and those of the same entries, by their ids; and which have a working copy. Two queries.

    What a working copy revises is locked before the copy, and entries by their number, as everywhere.
    """
    entries = {row.entry_id for row in read}
    locked = Pilot.objects.select_for_update(of=("self",))
    originals = list(locked.filter(pk__in=entries).order_by("pk"))
    copies = list(locked.filter(revises__in=entries).select_related("revises").order_by("revises_id"))
    return {row.pk: row for row in (*originals, *copies)}, {copy.entry_id for copy in copies}


def _check(read: Pilot, row: Pilot | None, by: Any, *, is_copied: bool) -> None:
    """Raise Conflict if `read` is not as it was, PermissionDenied if `by` may not change it."""
    if row is None or row.edit_count != read.edit_count or row.status != read.status or is_copied:
        raise Conflict(_("“%(pilot)s” was changed since you read it. Look at it again first.") % {"pilot": row or read})
    if not (by.has_perm("pilots.change_pilot") if row.is_public else may_edit(by, row)):
        raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": row})


def _make_copies(originals: dict[Pilot, Content], act: Act) -> dict[int, Pilot]:
    """Working copies of public rows without one, by the ids of those; what they say is still to be written."""
    copies = {
        row: Pilot(
            slug=f"~{row.pk}",  # never an address: these have no tilde
            revises=row,
            owner=act.by,
            authority_id=row.authority_id,
            source_id=row.source_id,
        )
        for row in originals
    }
    Pilot.objects.bulk_create([*copies.values()])
    made = {copies[row]: said for row, said in originals.items()}
    record_found(made)
    for copy in made:
        copy.edit_count += 1
    revised = Act(Kind.REVISED, act.by, act.batch, act.note)
    Revision.objects.bulk_create([revision_of(copy, said, revised) for copy, said in made.items()])
    return {row.pk: copy for row, copy in copies.items()}


def _add_drafts(contents: list[Content], by: Actor) -> list[Pilot]:
    """Empty drafts of `by` for new entries. Raises Conflict when an address is taken, PermissionDenied."""
    if not contents:
        return []
    if not by.has_perm("pilots.add_pilot"):  # type: ignore[union-attr]
        raise PermissionDenied(_("Your account may not add pilots."))
    slugs = [content["slug"] for content in contents]
    if taken := Pilot.objects.filter(slug__in=slugs).order_by("slug").first():
        raise Conflict(_("Another entry has the address “%(slug)s” now.") % {"slug": taken.slug})
    found = find_rows(*contents)
    drafts = [
        Pilot(slug=said["slug"], owner=by, **{name: found[name, said[name]] for name in ("authority", "source")})
        for said in contents
    ]
    try:
        with transaction.atomic():
            return Pilot.objects.bulk_create(drafts)
    except IntegrityError as error:
        raise Conflict(_("Somebody else takes one of these addresses at this moment. Look at it again.")) from error
