"""Keeps the changes of many pilots at once, in queries that hardly depend on their number."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from pilots.history.completeness import completeness
from pilots.history.provenance import NOTHING, maker, with_provenance
from pilots.history.record import Kind
from pilots.history.translated_texts import count_states
from pilots.models import Pilot, Revision
from pilots.models.content import Content, read_contents, write_contents, write_provenance
from pilots.models.provenance import PERSON


@dataclass(frozen=True)
class Act:
    """What is done to many as one: the history says it of each. `made_by` as in `change`."""

    kind: Kind
    by: Any = None
    batch: UUID | None = None
    note: str = ""
    made_by: str = PERSON


def write_many(planned: dict[Pilot, Content], before: dict[int, Content], act: Act) -> None:
    """Make locked rows that are not public say their contents, and keep that of those that said something else.

    `before` is what each said, by its id; a row that is not there is new, and says nothing yet. Run it in a
    transaction. Some ninety queries, and two or three a row. Raises UnknownValues, ValidationError.
    """
    record_found({row: before[row.pk] for row in planned if row.pk in before})
    write_contents(planned)
    after = _noted(planned, before, act)
    changed = [row for row in planned if after[row.pk] != before.get(row.pk)]
    for row in changed:
        row.edit_count += 1
        said = after[row.pk]
        row.completeness, row.translation_counts = completeness(said), count_states(said)
        counted = {name: getattr(row, name) for name in ("edit_count", "completeness", "translation_counts")}
        Pilot.objects.filter(pk=row.pk).update(**counted)
    Revision.objects.bulk_create([revision_of(row, after[row.pk], act) for row in changed])


def _noted(planned: dict[Pilot, Content], before: dict[int, Content], act: Act) -> dict[int, Content]:
    """What the rows say now, having noted of each text that changed who made it, and what it rests on."""
    after = read_contents(row.pk for row in planned)
    who = maker(act.by, act.made_by)
    noted = {
        row: with_provenance(before.get(row.pk, NOTHING), after[row.pk], maker=who)
        for row in planned
        if after[row.pk] != before.get(row.pk)
    }
    write_provenance({row: said for row, said in noted.items() if said != after[row.pk]})
    return after | {row.pk: said for row, said in noted.items()}


def record_found(rows: dict[Pilot, Content]) -> None:
    """Keep what rows say that have no revision yet, as `record_existing_content` does for one. Three queries."""
    kept = set(Revision.objects.filter(row__in=[row.pk for row in rows]).order_by().values_list("row", "edit_count"))
    found = {row: said for row, said in rows.items() if (row.pk, row.edit_count) not in kept}
    versions = {(row.entry_id, row.version) for row in found if row.version}
    entries = Revision.objects.filter(entry_id__in={entry for entry, _version in versions}).order_by()
    taken = versions & set(entries.values_list("entry_id", "version")) if versions else set()
    Revision.objects.bulk_create(
        [
            revision_of(
                row,
                said,
                Act(Kind.FOUND),
                version=row.version if row.version and (row.entry_id, row.version) not in taken else None,
                at=row.version_at or row.updated_at,
            )
            for row, said in found.items()
        ]
    )


def revision_of(
    row: Pilot, content: Content, act: Act, *, version: int | None = None, at: datetime | None = None
) -> Revision:
    """What is to be kept of `row` after its present number of edits."""
    return Revision(
        entry_id=row.entry_id,
        row=row.pk,
        edit_count=row.edit_count,
        kind=act.kind,
        status=row.status,
        version=version,
        content=content,
        note=act.note,
        actor=act.by,
        actor_name=str(act.by) if act.by else "",
        owner_id=row.owner_id,
        second_writer_id=row.second_writer_id,
        batch=act.batch,
        at=at or timezone.now(),
    )
