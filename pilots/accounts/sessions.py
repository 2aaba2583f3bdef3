"""The browsers in which an account is logged in: listed, ended."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from pilots.accounts.session_store import IDLE
from pilots.models import AccountSession
from pilots.security_log import Event, record

# The first that a browser's own words hold: most pretend to be others too.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def name_of_browser(user_agent: str) -> str:
    """Browser and system in two words, so that people know it again; nothing that tells one machine from another."""
    found = (next((name for mark, name in kinds if mark in user_agent), "") for kinds in (BROWSERS, SYSTEMS))
    return ", ".join(filter(None, found))


def open_sessions(account: Any) -> QuerySet[AccountSession]:
    """Where this account is logged in now, the last used first."""
    return AccountSession.objects.filter(account=account.pk).exclude(_is_over()).order_by("-seen_at", "pk")


def end(account: Any, *, but: str | None = None, by: Any = None) -> int:
    """Log this account out everywhere, `but` in the session of this key; return how many ended. One query, or four."""
    return end_some(account, AccountSession.objects.filter(account=account.pk).exclude(session_key=but or ""), by=by)


def end_some(account: Any, rows: QuerySet[AccountSession], *, by: Any) -> int:
    """End these sessions of an account; return how many."""
    with transaction.atomic():
        ended = rows.delete()[0]
        if ended:
            record(Event.SESSIONS_ENDED, by=by, account=account, count=ended)
    return ended


def expired() -> QuerySet[AccountSession]:
    """The sessions that are over."""
    return AccountSession.objects.filter(_is_over())


def _is_over() -> Q:
    now = timezone.now()
    return Q(expire_date__lte=now) | Q(account__isnull=False, seen_at__lte=now - IDLE)
