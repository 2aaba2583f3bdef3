"""Working copies: a public entry stays as it is while a revision of it is worked on."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pilots import notifications
from pilots.history.provenance import note_provenance
from pilots.history.record import Kind, add_revision, change, count_edit, lock, record_existing_content
from pilots.models import Pilot
from pilots.models.content import Content, read_content, write_content
from pilots.workflow.rules import (
    PUBLISH,
    Actor,
    Refused,
    Status,
    check_complete,
    check_status,
    copy_state,
    log,
    make_public,
    may_discard,
    require,
    save,
    state_before_move,
)


def revise(
    pilot: Pilot,
    *,
    by: Actor,
    content: Content | None = None,
    note: str = "",
    batch: UUID | None = None,
    present: Content | None = None,
    wording_only: bool = False,
    is_carried: bool = False,
) -> Pilot:
    """Make a working copy of a published pilot, saying what it says or `content`, and return it.

    `present` is what it says, where the caller has locked it and read that already: fourteen queries.
    `wording_only` and `is_carried` say how `content` came about, as in `change`.
    Raises Refused when there is a copy already or the pilot is not public, PermissionDenied.
    """
    if not by.has_perm("pilots.change_pilot"):  # type: ignore[union-attr]
        raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": pilot})
    with transaction.atomic():
        return make_copy(
            lock(pilot),
            owner=by,
            content=content,
            note=note,
            batch=batch,
            present=present,
            wording_only=wording_only,
            is_carried=is_carried,
        )


def make_copy(
    original: Pilot,
    *,
    owner: Actor | None,
    content: Content | None,
    note: str,
    batch: UUID | None = None,
    status: Status = Status.DRAFT,
    present: Content | None = None,
    wording_only: bool = False,
    is_carried: bool = False,
) -> Pilot:
    """Make a working copy of a locked row, `owner`'s or nobody's. Raises Refused."""
    if original.status != Status.PUBLISHED:
        raise Refused(_("“%(pilot)s” is not published, so it needs no working copy.") % {"pilot": original})
    if Pilot.objects.filter(revises=original).exists():
        raise Refused(_("There is a working copy of “%(pilot)s” already. Go on with that.") % {"pilot": original})
    said = read_content(original) if present is None else present
    copy = Pilot(
        slug=f"~{original.pk}",  # never an address: these have no tilde
        revises=original,
        owner=owner,
        status=status,
        authority_id=original.authority_id,
        source_id=original.source_id,
    )
    copy.save()
    record_existing_content(copy, said)
    write_content(copy, said if content is None else content)
    after = said if content is None else read_content(copy)
    if content is not None and not is_carried:
        after = note_provenance(copy, said, after, by=owner, wording_only=wording_only)
    count_edit(copy, after)
    add_revision(copy, after, kind=Kind.REVISED, by=owner, note=note, batch=batch)
    return Pilot.objects.get(pk=copy.pk)


def discard(copy: Pilot, *, by: Actor) -> None:
    """Throw a working copy away; what is public stays. Raises Refused or PermissionDenied."""
    if copy.revises_id is None:
        raise Refused(_("“%(pilot)s” is no working copy.") % {"pilot": copy})
    if not may_discard(by, copy):
        raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": copy})
    with change(copy, kind=Kind.DISCARDED, by=by, always=True):
        pass
    copy.delete()


def publish_copy(copy: Pilot, by: Actor, note: str, batch: UUID | None = None) -> Pilot:
    """Put the content of a working copy in the place of what it revises."""
    require(copy, PUBLISH, by)
    with transaction.atomic():
        original = lock(copy.revises)  # type: ignore[arg-type]
        row = lock(copy)
        check_status(row, PUBLISH)
        if original.status != Status.PUBLISHED:
            raise Refused(
                _("The entry behind “%(pilot)s” is not public any more. Publish that first, or throw the copy away.")
                % {"pilot": row}
            )
        content = read_content(row)
        check_complete(row, content)
        with change(original, kind=Kind.PUBLISHED, by=by, note=note, batch=batch, always=True) as under_way:
            if batch:
                copy_before = {
                    "content": content,
                    "status": row.status,
                    "owner": row.owner_id,
                    "second_writer": row.second_writer_id,
                }
                under_way.state_before = state_before_move(original) | {"copy": copy_before}
            under_way.carry(content)
            save(under_way.row, **make_public(under_way))
            log(under_way.row, Status.PUBLISHED, by)
        notifications.published(row, by)
        notifications.outdated(under_way.row, under_way.before, content, by)
        row.delete()
    return copy_state(original, under_way.row)
