"""Keeps every change. Whoever changes a pilot does it inside `change`, and nothing is lost or overwritten."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pilots import security_log
from pilots.history.completeness import completeness
from pilots.history.provenance import note_provenance, with_present_records
from pilots.history.translated_texts import count_states
from pilots.models import Pilot, Revision
from pilots.models.content import Content, read_content, write_content, write_provenance
from pilots.models.provenance import PERSON
from pilots.security_log import Event

Kind = Revision.Kind
# What the security log tells of entries
RECORDED = {
    Kind.PUBLISHED: Event.PUBLISHED,
    Kind.WITHDRAWN: Event.WITHDRAWN,
    Kind.ARCHIVED: Event.ARCHIVED,
    Kind.DELETED: Event.DELETED,
    Kind.RECOVERED: Event.RECOVERED,
}
COUNTED = ("edit_count", "completeness", "translation_counts", "public_change_at")


@dataclass
class Change:
    """A change under way: the locked row, what it said before, and what the revision will say about it."""

    row: Pilot
    before: Content
    note: str = ""
    version: int | None = None
    state_before: dict[str, Any] | None = None
    is_carried: bool = False

    def write(self, content: Content) -> None:
        """Make the row say `content`. Raises UnknownValues and ValidationError, see `write_content`."""
        write_content(self.row, content)

    def carry(self, content: Content) -> None:
        """Make the row say `content`, which was written elsewhere or before: its texts are known as it knows them.

        Raises UnknownValues and ValidationError, see `write_content`.
        """
        self.is_carried = True
        write_content(self.row, content)

    def bring_back(self, content: Content) -> None:
        """Make the row say `content` again, which it said before; checks since then of the same words stay."""
        self.carry(with_present_records(self.before, content))

    def keep_records(self, content: Content) -> None:
        """Have the texts of the row known as `content` knows them, without a change of their words."""
        self.is_carried = True
        write_provenance({self.row: content})


@contextmanager
def change(
    pilot: Pilot,
    *,
    kind: Kind,
    by: Any,
    note: str = "",
    batch: UUID | None = None,
    always: bool = False,
    made_by: str = PERSON,
    wording_only: bool = False,
) -> Iterator[Change]:
    """Lock `pilot`, let the caller change it, and keep what it says then as a revision by `by`.

    The first change of a row also keeps what it said before. When the content is the same as before,
    no revision is added, unless `always`: then what happened is worth one without a change of words,
    such as a new status. All or nothing: it is a transaction.

    Of each text that changed it is noted who made it, `by` or a machine (`made_by`), and what it rests on; English
    that changed says something else, unless `wording_only`. Not so for what was carried here (`Change.carry`).
    """
    with transaction.atomic():
        row = lock(pilot)
        before, was_public = read_content(row), row.is_public
        record_existing_content(row, before)
        under_way = Change(row, before, note)
        yield under_way
        after = read_content(row)
        if after != before and not under_way.is_carried:
            after = note_provenance(row, before, after, by=by, made_by=made_by, wording_only=wording_only)
        if always or after != before:
            now = timezone.now()
            if _visitors_notice(under_way, after, was_public=was_public):
                row.public_change_at = now
            count_edit(row, after)
            add_revision(
                row,
                after,
                kind=kind,
                by=by,
                note=under_way.note,
                version=under_way.version,
                batch=batch,
                state_before=under_way.state_before,
                at=now,
            )
        pilot.edit_count = row.edit_count


def _visitors_notice(under_way: Change, after: Content, *, was_public: bool) -> bool:
    """Whether a pilot came, went, or says something else or the same anew where visitors see it."""
    if under_way.row.is_public != was_public:
        return True
    return was_public and (after != under_way.before or under_way.version is not None)


def changed_since(row: Pilot, edit_count: int) -> bool:
    """Whether `row` was changed since it had so many edits; that its translations were checked is no change."""
    if row.edit_count == edit_count:
        return False
    return Revision.objects.filter(row=row.pk, edit_count__gt=edit_count).exclude(kind=Kind.CONFIRMED).exists()


def lock(pilot: Pilot) -> Pilot:
    """The row as it is now, locked until the transaction ends. Raises Pilot.DoesNotExist.

    What a working copy revises is locked before the copy, everywhere: so two who need both never wait for each other.
    """
    if pilot.revises_id:
        Pilot.objects.select_for_update(of=("self",)).filter(pk=pilot.revises_id).first()
    return Pilot.objects.select_for_update(of=("self",)).select_related("revises").get(pk=pilot.pk)


def count_edit(row: Pilot, content: Content) -> None:
    """Count one more edit of `row`, note how complete and how far translated `content` is. One query."""
    row.edit_count += 1
    row.completeness, row.translation_counts = completeness(content), count_states(content)
    noted = {name: getattr(row, name) for name in COUNTED}
    Pilot.objects.filter(pk=row.pk).update(**noted)


def record_existing_content(row: Pilot, content: Content) -> None:
    """Keep what `row` says if there is no revision of it yet: it was loaded, or written before there was a history."""
    if not Revision.objects.filter(row=row.pk, edit_count=row.edit_count).exists():
        version = row.version or None
        if version and Revision.objects.of(row.entry_id).filter(version=version).exists():
            version = None
        revision = add_revision(row, content, kind=Kind.FOUND, by=None, version=version)
        Revision.objects.filter(pk=revision.pk).update(at=row.version_at or row.updated_at)


def add_revision(
    row: Pilot,
    content: Content,
    *,
    kind: Kind,
    by: Any,
    note: str = "",
    version: int | None = None,
    batch: UUID | None = None,
    state_before: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Revision:
    """Keep `content` as what `row` says after its present number of edits. One query, or four."""
    if event := RECORDED.get(kind):
        security_log.record(event, by=by, entry=row.entry_id, **({"version": version} if version else {}))
    return Revision.objects.create(
        entry_id=row.entry_id,
        row=row.pk,
        edit_count=row.edit_count,
        kind=kind,
        status=row.status,
        version=version,
        content=content,
        note=note,
        actor=by,
        actor_name=str(by) if by else "",
        owner_id=row.owner_id,
        second_writer_id=row.second_writer_id,
        batch=batch,
        state_before=state_before,
        at=at or timezone.now(),
    )
