"""Bringing a deleted entry back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from pilots.history.labels import missing_values_message
from pilots.history.record import Kind, change
from pilots.models import Pilot, Revision
from pilots.models.content import UnknownValues, find_rows
from pilots.models.revision import WAS_PUBLIC
from pilots.workflow.rules import Actor, Refused, is_reviewer


def recover(revision: Revision, *, by: Actor) -> Pilot:
    """Bring a deleted entry back as a draft of its writers that says what `revision` says, under its id and address.

    Lessons, figures and translations come back, and the numbers of its versions go on. Raises Refused
    when it is not deleted, when its address is taken or a value it names is gone; PermissionDenied.
    """
    if not is_reviewer(by):
        raise PermissionDenied(_("Your account may not recover “%(pilot)s”.") % {"pilot": revision.title})
    try:
        with transaction.atomic():
            pilot = _row_for(revision, by)
            with change(pilot, kind=Kind.RECOVERED, by=by, always=True) as under_way:
                under_way.carry(revision.content)
    except UnknownValues as error:
        raise Refused(missing_values_message(error)) from error
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return Pilot.objects.get(pk=pilot.pk)


def _left_at(history: "QuerySet[Revision]") -> datetime:
    """When visitors last saw an entry change, which is deleted: when it left, or when it was deleted."""
    own = history.filter(row=F("entry_id")).order_by("pk")
    public = own.filter(WAS_PUBLIC).last()
    after = own.filter(pk__gt=public.pk).first() if public else None
    moments: list[datetime] = [one.at for one in (after, public, own.last()) if one]
    return moments[0]


def _row_for(revision: Revision, by: Actor) -> Pilot:
    """A new row with the id of the entry, numbered on from where it was deleted."""
    history = Revision.objects.of(revision.entry_id)
    latest = history.filter(row=revision.entry_id).order_by("-edit_count").first()
    if latest is None or Pilot.objects.filter(pk=revision.entry_id).exists():
        raise Refused(_("“%(pilot)s” is not deleted.") % {"pilot": revision.title})
    if Pilot.objects.filter(slug=latest.slug).exists():
        raise Refused(
            _("Another entry has the address “%(slug)s” now. Give that one another address first.")
            % {"slug": latest.slug}
        )
    versions = list(history.versions().order_by("version"))
    found = find_rows(revision.content)
    pilot = Pilot(
        pk=revision.entry_id,
        slug=latest.slug,
        owner=latest.owner or by,
        second_writer=latest.second_writer if latest.owner else None,
        edit_count=latest.edit_count,
        version=versions[-1].version if versions else 0,
        version_at=versions[-1].at if versions else None,
        published_at=versions[0].at if versions else None,
        public_change_at=_left_at(history),
        **{name: found[name, revision.content[name]] for name in ("authority", "source")},
    )
    try:
        with transaction.atomic():
            pilot.save(force_insert=True)
    except IntegrityError as error:  # somebody was quicker by a moment
        raise Refused(_("“%(pilot)s” is not deleted any more.") % {"pilot": revision.title}) from error
    return pilot
