"""Who may move a pilot to which status, and what it takes. The only place that changes a status.

Every move locks the row, checks, saves, and is written to the admin's log with its actor.
"""

from collections.abc import Callable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from pilots.models import Pilot

Status = Pilot.Status
Actor = User | AbstractBaseUser


class Refused(ValueError):
    """A move that cannot be made; the message says why and what to do."""


def submit(pilot: Pilot, *, by: Actor) -> Pilot:
    """Move a draft to review. Raises Refused or PermissionDenied."""
    return _move(pilot, {Status.DRAFT}, Status.IN_REVIEW, "pilots.change_pilot", by)


def publish(pilot: Pilot, *, by: Actor) -> Pilot:
    """Show a complete draft or reviewed pilot to the public. Raises Refused or PermissionDenied.

    The time of first publication is kept when a withdrawn pilot is published again. To publish is to
    have read the entry against its source, so the day of review is today.
    """
    return _move(pilot, {Status.DRAFT, Status.IN_REVIEW}, Status.PUBLISHED, "pilots.publish_pilot", by, _check_complete)


def withdraw(pilot: Pilot, *, by: Actor) -> Pilot:
    """Take a published pilot or one in review back to draft. Raises Refused or PermissionDenied."""
    return _move(pilot, {Status.PUBLISHED, Status.IN_REVIEW}, Status.DRAFT, "pilots.publish_pilot", by)


def archive(pilot: Pilot, *, by: Actor) -> Pilot:
    """Take a pilot out of the public for good, its texts kept. Raises Refused or PermissionDenied."""
    before = {Status.PUBLISHED, Status.DRAFT, Status.IN_REVIEW}
    return _move(pilot, before, Status.ARCHIVED, "pilots.publish_pilot", by)


def restore(pilot: Pilot, *, by: Actor) -> Pilot:
    """Bring an archived pilot back as a draft. Raises Refused or PermissionDenied."""
    return _move(pilot, {Status.ARCHIVED}, Status.DRAFT, "pilots.publish_pilot", by)


def _move(
    pilot: Pilot,
    before: set[Status],
    after: Status,
    permission: str,
    by: Actor,
    check: Callable[[Pilot], None] | None = None,
) -> Pilot:
    if not by.has_perm(permission):  # type: ignore[union-attr]
        raise PermissionDenied(_("Your account may not move “%(pilot)s” to “%(status)s”.") % _names(pilot, after))
    with transaction.atomic():
        row = Pilot.objects.select_for_update().get(pk=pilot.pk)
        if row.status not in before:
            raise Refused(
                _("“%(pilot)s” is “%(now)s”, so it cannot become “%(status)s”.")
                % {**_names(row, after), "now": row.get_status_display()}
            )
        if check:
            check(row)
        row.status = after
        if after == Status.PUBLISHED:
            row.published_at = row.published_at or timezone.now()
            row.reviewed_on = timezone.localdate()
        row.save(update_fields=["status", "published_at", "reviewed_on", "updated_at"])
        LogEntry.objects.log_actions(
            by.pk, [row], CHANGE, _("Moved to “%(status)s”.") % {"status": after.label}, single_object=True
        )
    pilot.status, pilot.published_at, pilot.updated_at = row.status, row.published_at, row.updated_at
    pilot.reviewed_on = row.reviewed_on
    return pilot


def _check_complete(pilot: Pilot) -> None:
    english = pilot.translations.filter(language_code="en").first()
    missing = [
        name
        for name, there in [
            (_("an English title"), english and english.title),
            (_("an English summary"), english and english.summary),
            (_("a partner"), pilot.partners.exists()),
            (_("an activity type"), pilot.activity_types.exists()),
        ]
        if not there
    ]
    if missing:
        raise Refused(
            _("“%(pilot)s” cannot be published yet. Add %(missing)s.")
            % {"pilot": pilot, "missing": get_text_list(missing, _("and"))}
        )


def _names(pilot: Pilot, status: Status) -> dict[str, str]:
    return {"pilot": str(pilot), "status": str(status.label)}
