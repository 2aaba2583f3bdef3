"""Accepting a warning, and taking that back. A right of reviewers; the admin's log keeps both."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pilots.history.record import lock
from pilots.models import AcceptedWarning, Pilot
from pilots.workflow.check_report import run_checks
from pilots.workflow.rules import Refused, is_reviewer


def accept_warning(pilot: Pilot, token: str, *, reason: str, by: Any) -> AcceptedWarning:
    """Let the finding with this token pass, for the reason given. Raises Refused or PermissionDenied.

    It holds for the entry and its working copy, as long as field, words and sentence stay.
    """
    _require_reviewer(pilot, by)
    if not reason.strip():
        raise Refused(_("Say why this may stay as it is."))
    with transaction.atomic():
        row = lock(pilot)
        found = next((finding for finding in run_checks(row).open if finding.token == token), None)
        if found is None or not found.may_be_accepted:
            raise Refused(_("This warning is not there any more, or it cannot be accepted. Look at the list again."))
        accepted, _created = AcceptedWarning.objects.get_or_create(
            entry_id=row.entry_id,
            code=found.code,
            key=found.key,
            defaults={"reason": reason.strip(), "by": by, "by_name": str(by)},
        )
        _log(row, _("Accepted the warning “%(words)s”: %(reason)s"), found.excerpt, accepted.reason, by)
    return accepted


def reopen_warning(pilot: Pilot, accepted: AcceptedWarning, *, by: Any) -> None:
    """Make an accepted warning count again. Raises PermissionDenied."""
    _require_reviewer(pilot, by)
    with transaction.atomic():
        row = lock(pilot)
        _log(
            row,
            _("The warning “%(words)s” counts again; it was accepted: %(reason)s"),
            accepted.key,
            accepted.reason,
            by,
        )
        accepted.delete()


def _require_reviewer(pilot: Pilot, by: Any) -> None:
    if not is_reviewer(by):
        raise PermissionDenied(_("Your account may not accept warnings about “%(pilot)s”.") % {"pilot": pilot})


def _log(row: Pilot, message: str, words: str, reason: str, by: Any) -> None:
    text = message % {"words": words, "reason": reason}
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, text, single_object=True)
