"""The browsers in which an account is logged in: listed, ended."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pilots.accounts.session_store import IDLE
from pilots.models import AccountSession

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
    now = timezone.now()
    rows = AccountSession.objects.filter(account=account.pk, expire_date__gt=now, seen_at__gt=now - IDLE)
    return rows.order_by("-seen_at", "pk")


def end(account: Any, *, but: str | None = None) -> int:
    """Log this account out everywhere, `but` in the session of this key; return how many ended. One query."""
    return AccountSession.objects.filter(account=account.pk).exclude(session_key=but or "").delete()[0]


def delete_expired() -> None:
    """Delete what is over. Nothing is written when there is none."""
    now = timezone.now()
    over = AccountSession.objects.filter(expire_date__lte=now) | AccountSession.objects.filter(
        account__isnull=False, seen_at__lte=now - IDLE
    )
    if over.exists():
        over.delete()
