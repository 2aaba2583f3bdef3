"""What is kept for a time only, and deleted when that is over. `docs/operating.md` says how long, and why."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilots.accounts import sessions, throttle
from pilots.models import FactorRemovalRequest, ImportRun, Presence, PreviewLink, SecurityEvent, UnsavedForm
from pilots.security_log import Event, record

DAY = timedelta(days=1)

# What is past its time, by kind: a function that returns the rows.
EXPIRED: dict[str, Callable[[], Any]] = {
    "sessions": sessions.expired,
    "attempt-counts": throttle.expired,
    "unsaved-forms": UnsavedForm.objects.expired,
    "uploads": lambda: Session.objects.filter(expire_date__lte=timezone.now()),
    "imports": ImportRun.objects.expired,
    "open-forms": lambda: Presence.objects.exclude(pk__in=Presence.objects.now()),
    "preview-links": lambda: PreviewLink.objects.filter(
        Q(expires_at__lte=timezone.now()) | Q(revoked_at__isnull=False)
    ),
    "factor-removals": lambda: FactorRemovalRequest.objects.exclude(pk__in=FactorRemovalRequest.objects.open()),
    "security-log": SecurityEvent.objects.expired,
}
# What must not wait for the end of the day
SHORT_LIVED = ("sessions", "attempt-counts", "unsaved-forms")
NAMES: dict[str, Promise | str] = {
    "sessions": _("sessions that are over"),
    "attempt-counts": _("counted attempts"),
    "unsaved-forms": _("forms that nobody saved"),
    "uploads": _("files that nobody imported"),
    "imports": _("what imports left to be written, and what they could not write"),
    "open-forms": _("notes of who has which form open"),
    "preview-links": _("links to drafts that do not work any more"),
    "factor-removals": _("requests to remove a second factor"),
    "security-log": _("events of the security log"),
}


def delete_expired(kinds: Iterable[str] = SHORT_LIVED) -> dict[str, int]:
    """Delete what is past its time; return how many rows of each kind. Nothing is written when there is none."""
    deleted = {}
    for kind in kinds:
        rows = EXPIRED[kind]()
        deleted[kind] = rows.delete()[0] if rows.exists() else 0
    return deleted


def apply_retention() -> dict[str, int]:
    """Delete all that is past its time, and have the security log tell how much it was."""
    deleted = delete_expired(EXPIRED)
    record(Event.RETENTION_APPLIED, deleted=[f"{kind}: {count}" for kind, count in deleted.items() if count])
    return deleted


def apply_daily() -> None:
    """The same, unless that was done in the last day: by a timer, or by another process. One query then.

    Processes that start together may each do it on PostgreSQL: the second finds nothing to delete, and says so.
    """
    done = SecurityEvent.objects.filter(event=Event.RETENTION_APPLIED, at__gt=timezone.now() - DAY)
    if done.exists():
        return
    with transaction.atomic():
        if not done.all().exists():
            apply_retention()
