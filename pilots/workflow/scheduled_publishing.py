"""Publishing at the time that was planned, in the name of who planned it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.history.record import Kind, lock
from pilots.models import Pilot, Revision
from pilots.workflow.rules import Refused, is_reviewer
from pilots.workflow.transitions import call_off, publish

log = logging.getLogger("pilots.due")


@dataclass(frozen=True)
class DuePublication:
    """What became of one plan: `reason` says why it was called off, or is empty."""

    entry_id: int
    title: str
    is_published: bool
    reason: str = ""


def publish_all_due() -> Iterator[DuePublication]:
    """Publish what is due, the longest overdue first, and yield what became of each.

    Each independently: one that is refused, or that goes wrong and is tried again the next time,
    does not hold up the others. Any number of processes and machines may do this at once.
    """
    due = Pilot.objects.filter(publish_at__lte=timezone.now()).select_related("revises")
    for pilot in due.order_by("publish_at", "pk"):
        title = str(pilot)
        try:
            if publish_if_due(pilot):
                yield DuePublication(pilot.entry_id, title, is_published=True)
        except Refused as refusal:
            yield DuePublication(pilot.entry_id, title, is_published=False, reason=str(refusal))
        except Exception:  # whatever one entry has in it, the next is published
            log.exception("A planned publication went wrong. It is tried again: entry %s.", pilot.entry_id)
            words = _("It went wrong, and is tried again. The log says how.")
            yield DuePublication(pilot.entry_id, title, is_published=False, reason=words)


def publish_if_due(pilot: Pilot) -> bool:
    """Publish `pilot` if its time has come, and return whether it was published now.

    When it cannot be published, the plan is called off, writer and planner are told, and Refused says
    why. Whoever comes second, in another process, waits for the first and finds nothing to do.
    """
    refusal = ""
    with transaction.atomic():
        try:
            row = lock(pilot)
        except Pilot.DoesNotExist:  # a working copy that took the place of its original meanwhile
            return False
        if row.publish_at is None or row.publish_at > timezone.now():
            return False
        try:
            publish(row, by=_planner(row))
        except (Refused, PermissionDenied) as refused:
            refusal = str(refused)
            call_off(row, reason=refusal)
    if refusal:
        raise Refused(refusal)
    return True


def _planner(row: Pilot) -> Any:
    """Who planned the publication. Raises Refused if nobody can answer for what `row` says now."""
    if row.scheduled_by is None or not is_reviewer(row.scheduled_by):
        raise Refused(
            _("The account that planned it is closed, or may not publish any more. Somebody else must plan it anew.")
        )
    revisions = Revision.objects.filter(row=row.pk)
    plan = revisions.filter(kind=Kind.SCHEDULED).first()
    later = (
        revisions.filter(edit_count__gt=plan.edit_count if plan else 0)
        .exclude(kind__in=[Kind.SUBMITTED, Kind.CONFIRMED])
        .select_related("actor")
    )
    if not all(revision.actor and is_reviewer(revision.actor) for revision in later):
        raise Refused(_("Its writer changed it after the time was set. Read it again, and plan it anew."))
    return row.scheduled_by
