"""Changing what an entry says, deleting and recovering it, giving it another address."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pilots.history.record import Kind, change, lock
from pilots.models import FormerSlug, Pilot
from pilots.models.content import Content, read_content
from pilots.models.provenance import PERSON
from pilots.workflow.rules import Actor, Conflict, Refused, copy_state, is_reviewer, may_edit, save
from pilots.workflow.working_copies import revise


def rewrite(
    pilot: Pilot,
    content: Content,
    *,
    by: Actor,
    kind: Kind,
    note: str = "",
    batch: Any = None,
    seen_edit: int | None = None,
    slug: str = "",
    made_by: str = PERSON,
    wording_only: bool = False,
    is_carried: bool = False,
) -> Pilot:
    """Make an entry say `content` and return the row that says it: a draft itself, else its working copy.

    A public entry gets a working copy if it has none and the content differs. `seen_edit` is the number
    of changes that `pilot` had when the caller read it: Conflict is raised when it has another now, or
    when there is a working copy that the caller has not read (then pass the copy as `pilot`). A draft
    also gets the address `slug`, if given. `made_by` and `wording_only` are as in `change`; `is_carried`: what is
    known of the texts comes with `content`. Raises Refused or PermissionDenied; UnknownValues and ValidationError
    when the content does not fit; Pilot.DoesNotExist when the row is gone.
    """
    with transaction.atomic():
        read = lock(pilot)  # before its copy, as publishing does, so that two never wait for each other
        copy = Pilot.objects.filter(revises=read).first()
        target = lock(copy) if copy else read
        if seen_edit is not None and (target.pk, target.edit_count) != (pilot.pk, seen_edit):
            raise Conflict(_("“%(pilot)s” was changed since you read it. Look at it again first.") % {"pilot": read})
        if target.is_public:
            if read_content(target) == content:
                return target
            target = revise(target, by=by)
        if not may_edit(by, target):
            raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": target})
        with change(
            target, kind=kind, by=by, note=note, batch=batch, made_by=made_by, wording_only=wording_only
        ) as under_way:
            if kind == Kind.REVERTED:
                under_way.bring_back(content)
            elif is_carried:
                under_way.carry(content)
            else:
                under_way.write(content)
            if slug and not target.revises_id:
                _give_address(under_way.row, slug)
    return target


def _give_address(row: Pilot, slug: str) -> None:
    """Give an entry another slug; the old one leads to it. Raises Refused when it is taken."""
    old = row.slug
    if slug == old:
        return
    if Pilot.objects.filter(slug=slug).exists():
        raise Refused(_("Another entry has the address “%(slug)s” already.") % {"slug": slug})
    save(row, slug=slug)
    FormerSlug.objects.remember(row, old=old)


def delete(pilot: Pilot, *, by: Actor) -> None:
    """Delete a pilot; its history stays, and `recover` brings it back. Raises PermissionDenied.

    If it was ever public, its address is kept as a former one, so that visitors can be told.
    """
    if not by.has_perm("pilots.delete_pilot"):  # type: ignore[union-attr]
        raise PermissionDenied(_("Your account may not delete “%(pilot)s”.") % {"pilot": pilot})
    with transaction.atomic():
        with change(pilot, kind=Kind.DELETED, by=by, always=True) as under_way:
            pass
        if under_way.row.published_at:
            FormerSlug.objects.remember(under_way.row, old=under_way.row.slug)
        under_way.row.delete()


def rename(pilot: Pilot, slug: str, *, by: Actor, note: str = "") -> Pilot:
    """Give a pilot another address; the old one leads to the new. Raises Refused or PermissionDenied."""
    if not is_reviewer(by):
        raise PermissionDenied(_("Your account may not change the address of “%(pilot)s”.") % {"pilot": pilot})
    with change(pilot, kind=Kind.RENAMED, by=by, note=note, always=True) as under_way:
        _give_address(under_way.row, slug)
    pilot.slug = slug
    return copy_state(pilot, under_way.row)
