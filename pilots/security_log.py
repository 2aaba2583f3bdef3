"""The security log: who logged in, was refused, got rights, took drafts away, published. A row and a line an event.

The row is written in the transaction of what it tells of, so what is rolled back leaves none. The line goes to standard
output once that is committed. `docs/security-log.md` describes both, for whoever reads them by program.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import Error, transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilots.models import SecurityEvent
from pilots.models.plain_text import clean_line

lines = logging.getLogger("pilots.security")
log = logging.getLogger(__name__)

Detail = str | int | bool | Sequence[str]
LONGEST = 200  # characters of one text
MOST = 50  # texts of one detail


class Event(TextChoices):
    """What is recorded."""

    LOGGED_IN = "login", _("logged in")
    LOGIN_FAILED = "login-failed", _("wrong password")
    FACTOR_FAILED = "second-factor-failed", _("wrong second factor")
    LOGGED_OUT = "logout", _("logged out")
    SESSIONS_ENDED = "sessions-ended", _("sessions ended")
    THROTTLED = "throttled", _("tried too often")
    REFUSED = "refused", _("refused for want of a right")
    FORM_REFUSED = "form-refused", _("form without a valid token refused")
    SUSPICIOUS = "suspicious-request", _("request refused that no page makes")
    PASSWORD_CHANGED = "password-changed", _("password changed")
    RESET_ASKED = "password-reset-asked", _("link to a new password asked for")
    FACTOR_ADDED = "second-factor-added", _("second factor added")
    FACTOR_REMOVED = "second-factor-removed", _("second factor removed")
    CODES_MADE = "recovery-codes-made", _("recovery codes made")
    FACTOR_LOST = "second-factor-lost", _("second factor reported lost")
    ACCOUNT_ADDED = "account-added", _("account added")
    ACCOUNT_INVITED = "account-invited", _("invitation sent again")
    ACCOUNT_DELETED = "account-deleted", _("account deleted")
    DATA_HANDED_OUT = "personal-data-handed-out", _("data of a person handed out")
    FORGOTTEN = "account-forgotten", _("name taken out of the history")
    ADDRESS_CHANGED = "address-changed", _("user name or address changed")
    RIGHTS_CHANGED = "rights-changed", _("rights changed")
    GROUP_CHANGED = "group-changed", _("rights of a group changed")
    EXPORTED = "exported", _("drafts exported")
    PREVIEW_MADE = "preview-made", _("preview link made")
    PREVIEW_REVOKED = "preview-revoked", _("preview link revoked")
    PUBLISHED = "published", _("entry published")
    WITHDRAWN = "withdrawn", _("entry withdrawn")
    ARCHIVED = "archived", _("entry archived")
    DELETED = "deleted", _("entry deleted")
    RECOVERED = "recovered", _("deleted entry recovered")
    ROW_DELETED = "row-deleted", _("row deleted that has no history")
    IMPORTED = "imported", _("many entries written")
    UNDONE = "undone", _("change of many entries undone")
    BACKED_UP = "backed-up", _("backup made")
    BACKUP_RESTORED = "backup-restored", _("backup restored")
    RETENTION_APPLIED = "retention-applied", _("what is past its time deleted")


# What each event tells beside who did it, when, and to which account.
DETAILS: dict[Event, frozenset[str]] = {
    event: frozenset(names.split())
    for event, names in {
        Event.LOGGED_IN: "second_factor",
        Event.LOGIN_FAILED: "step",
        Event.FACTOR_FAILED: "",
        Event.LOGGED_OUT: "",
        Event.SESSIONS_ENDED: "count",
        Event.THROTTLED: "limit",
        Event.REFUSED: "page row",
        Event.FORM_REFUSED: "page row",
        Event.SUSPICIOUS: "page row",
        Event.PASSWORD_CHANGED: "how",
        Event.RESET_ASKED: "",
        Event.FACTOR_ADDED: "kind",
        Event.FACTOR_REMOVED: "kind how",
        Event.CODES_MADE: "",
        Event.FACTOR_LOST: "",
        Event.ACCOUNT_ADDED: "gained how",
        Event.ACCOUNT_INVITED: "",
        Event.ACCOUNT_DELETED: "",
        Event.DATA_HANDED_OUT: "",
        Event.FORGOTTEN: "",
        Event.ADDRESS_CHANGED: "fields",
        Event.RIGHTS_CHANGED: "gained lost",
        Event.GROUP_CHANGED: "group gained lost",
        Event.EXPORTED: "kind entries unpublished",
        Event.PREVIEW_MADE: "entry days",
        Event.PREVIEW_REVOKED: "entry",
        Event.PUBLISHED: "entry version",
        Event.WITHDRAWN: "entry",
        Event.ARCHIVED: "entry",
        Event.DELETED: "entry",
        Event.RECOVERED: "entry",
        Event.ROW_DELETED: "kind row",
        Event.IMPORTED: "kind entries batch",
        Event.UNDONE: "entries batch",
        Event.BACKED_UP: "rows files encrypted",
        Event.BACKUP_RESTORED: "rows files release made_at",
        Event.RETENTION_APPLIED: "deleted",
    }.items()
}


def record(event: Event, *, by: Any = None, account: Any = None, **details: Detail) -> None:
    """Note that `by` did something, to `account` where it was done to one. Three queries.

    `by` is None for a command, the server itself, or somebody who is not logged in. Never pass passwords, tokens,
    addresses, or what a visitor typed: the names of accounts are taken from them, everything else from our own code.
    A row that cannot be written holds nobody up: the log of errors says so, and the line is written all the same.
    """
    if unknown := details.keys() - DETAILS[event]:
        raise TypeError(f"“{event}” does not tell {sorted(unknown)}.")
    actor, about = _named(by), _named(account)
    row = SecurityEvent(at=timezone.now(), event=event.value, details={k: _plain(v) for k, v in details.items()})
    row.actor_id, row.actor_name = actor
    row.account_id, row.account_name = about
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except Error:
        log.exception("A security event could not be stored: %s", event.value)
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(lambda: _write_line(row), robust=True)
    else:  # on_commit would connect first, which fails while the database is away
        _write_line(row)


def account_named(username: str) -> Any:
    """The account of this name, if somebody has typed one; None for any other. One query or none."""
    return None if "\0" in username else User.objects.filter(username__iexact=username).first()


def _write_line(row: SecurityEvent) -> None:
    told = {"actor": row.actor_name or None, "actor_id": row.actor_id}
    told |= {"account": row.account_name or None, "account_id": row.account_id}
    lines.info(row.event, extra=told | {"details": row.details})


def _named(account: Any) -> tuple[int | None, str]:
    """The id and the user name; nothing for nobody, and for who is not logged in."""
    if account is None or account.pk is None:
        return None, ""
    return account.pk, clean_line(account.get_username())[:150]


def _plain(value: Detail) -> Detail:
    """`value` in one line and not too long, whatever is in it."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return clean_line(value)[:LONGEST]
    return [clean_line(str(text))[:LONGEST] for text in value[:MOST]]
