"""How often somebody may try: to log in, to have a password sent, to give a second factor, to find a preview link.

Numbers stand in the database, so that all processes and machines count together. A key is a digest with the site's
secret key, so no name and no address is kept; rows go when their time is over.

Nobody can lock out an editor: what strangers do counts for strangers. A browser in which the account has logged in
before has numbers of its own (`pilots.accounts.known_browser`), and a link to a new password makes one known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from pilots.accounts.known_browser import known_as
from pilots.accounts.source import source_of
from pilots.models import AttemptCount
from pilots.security_log import Event, account_named, record

MINUTE = 60
HOUR, DAY = 60 * MINUTE, 24 * 60 * MINUTE


@dataclass(frozen=True)
class Limit:
    """At most so many attempts of one kind in so many seconds, by whoever the words say."""

    kind: str
    most: int
    seconds: int
    whose: tuple[str, ...]

    @property
    def key(self) -> str:
        words = "\0".join((self.kind, *self.whose)).encode("utf-8", "replace")
        return salted_hmac("pilots.throttle", words, algorithm="sha256").hexdigest()


def login_limits(request: HttpRequest, username: str) -> list[Limit]:
    """For passwords, by the name that is typed, whether or not it is somebody's."""
    name, source = username.casefold(), source_of(request)
    if browser := known_as(request, username):
        return [Limit("login in a known browser", 10, 15 * MINUTE, (name, browser))]
    by_source = [
        Limit("login by account and source", 5, 15 * MINUTE, (name, source)),
        Limit("login by source", 50, 15 * MINUTE, (source,)),
    ]
    return [*(by_source if source else []), _from_everywhere(name)]


def _from_everywhere(name: str) -> Limit:
    """Many sources together: 100 guesses an hour of a password that stands ten thousand million."""
    return Limit("login by account", 100, HOUR, (name,))


def factor_limits(request: HttpRequest, user: Any) -> list[Limit]:
    """For second factors. Whoever gets here knows the password, and would need years for even odds.

    All browsers that a link made known count together, so reading somebody's e-mails gives 30 guesses a day more.
    """
    name = user.get_username()
    browser = known_as(request, name) or "unknown"
    whose = (str(user.pk), browser)
    return [Limit("factor", 10, 15 * MINUTE, whose), Limit("factor in a day", 30, DAY, whose)]


def reset_limits(request: HttpRequest) -> list[Limit]:
    """For requests to have a link sent, from one source."""
    source = source_of(request)
    return [Limit("reset by source", 20, HOUR, (source,))] if source else []


def letter_limits(address: str) -> list[Limit]:
    """For links sent to one address: each works for days, so a stranger who has five sent takes nothing away."""
    return [Limit("reset by address", 5, HOUR, (address.casefold(),))]


def preview_limits(request: HttpRequest) -> list[Limit]:
    """For links to drafts that show none."""
    source = source_of(request)
    return [Limit("preview by source", 60, 15 * MINUTE, (source,))] if source else []


def refusal_limits(user: Any) -> list[Limit]:
    """For refusals that the security log tells of: a program that asks for everything fills no table."""
    return [Limit("refusals told", 60, HOUR, (str(user.pk),))]


def seconds_to_wait(limits: Sequence[Limit]) -> int:
    """How long until one more attempt is allowed; 0 for now. One query."""
    now, numbers = timezone.now(), {limit.key: limit for limit in limits}
    rows = AttemptCount.objects.filter(key__in=numbers, ends_at__gt=now)
    waits = [(row.ends_at - now).total_seconds() for row in rows if row.count >= numbers[row.key].most]
    return max(1, round(max(waits))) if waits else 0


def count(limits: Sequence[Limit], username: str = "") -> int:
    """Count one attempt before it is made, and return 0; or return how long to wait.

    Counted first, so that a thousand at once are not all let through. The security log tells of the first one that is
    refused, with the account of this name if there is one. Five queries, in a transaction of its own.
    """
    if not limits:
        return 0
    now = timezone.now()
    with transaction.atomic():
        expired().delete()
        AttemptCount.objects.bulk_create(
            [AttemptCount(key=one.key, ends_at=now + timedelta(seconds=one.seconds)) for one in limits],
            ignore_conflicts=True,
        )
        rows = _locked(limits)
        if wait := seconds_to_wait(limits):
            _record_first_refusal(limits, username)
            return wait
        rows.update(count=F("count") + 1)
    return 0


def _locked(limits: Sequence[Limit]) -> QuerySet[AttemptCount]:
    """The numbers of these limits, locked in the same order everywhere: so no two ever wait for each other."""
    rows = AttemptCount.objects.filter(key__in=[limit.key for limit in limits])
    list(rows.select_for_update().order_by("key").values_list("key"))
    return rows


def _record_first_refusal(limits: Sequence[Limit], username: str) -> None:
    """Note that a limit was reached, and count this one attempt beyond it, so that it is not noted again."""
    for limit in limits:
        if AttemptCount.objects.filter(key=limit.key, count=limit.most).update(count=limit.most + 1):
            record(Event.THROTTLED, account=account_named(username) if username else None, limit=limit.kind)


def take_back(limits: Sequence[Limit]) -> None:
    """Count an attempt no more: it was right. Two queries, in a transaction of their own."""
    with transaction.atomic():
        _locked(limits).filter(count__gt=0).update(count=F("count") - 1)


def forgive(user: Any) -> None:
    """Let an account log in though strangers guessed too often, for who has no e-mail to get a link by. One query."""
    AttemptCount.objects.filter(key=_from_everywhere(user.get_username().casefold()).key).delete()


def expired() -> QuerySet[AttemptCount]:
    """The numbers that no limit needs any more."""
    return AttemptCount.objects.filter(ends_at__lte=timezone.now())


def words(seconds: int) -> str:
    """A sentence that says how long to wait, the same whoever was tried."""
    minutes = -(-seconds // MINUTE)
    text = ngettext(
        "This was tried too often. Try again in %(n)d minute.",
        "This was tried too often. Try again in %(n)d minutes.",
        minutes,
    )
    return text % {"n": minutes}
