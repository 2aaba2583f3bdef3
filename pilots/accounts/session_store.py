"""Django's sessions in the database, with whose each is and when it was used: `SESSION_ENGINE` names this module."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from pilots.models import AccountSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
PENDING = timedelta(minutes=15)  # of who has given a password only
CONFIRMED_FOR = timedelta(minutes=15)
# How exactly `seen_at` is kept, so that not every page writes.
MINUTE = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """A session that ends after half an hour without use, and eight hours after its beginning in any case.

    The times and the account stand in columns beside the data, so that no page overwrites what another wrote there.
    """

    row: AccountSession | None = None
    browser = ""  # set by whoever logs somebody in

    @classmethod
    def get_model_class(cls) -> type[AccountSession]:
        return AccountSession

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()  # type: ignore[misc]
        if row and row.account_id and row.seen_at <= timezone.now() - IDLE:
            self._session_key = None
            return None
        self.row = row
        return row

    def create_model_instance(self, data: dict[str, Any]) -> AccountSession:
        """The row to save: with a new key its times begin anew, otherwise they stay."""
        row: AccountSession = super().create_model_instance(data)  # type: ignore[assignment]
        row.started_at = row.confirmed_at = row.seen_at = timezone.now()
        before, account = self.row, data.get(SESSION_KEY)
        if before and before.session_key == row.session_key:
            row.started_at, row.confirmed_at, row.seen_at = before.started_at, before.confirmed_at, before.seen_at
        row.account_id = int(account) if account else None
        row.browser = self.browser or (before.browser if before else "")
        row.expire_date = row.started_at + (LONGEST if account else PENDING)
        self.row = row
        return row

    def cycle_key(self) -> None:
        """Give the session a new key. It lasts no longer for that; a login begins with an empty one."""
        before = self.row if self.row and self.row.session_key == self.session_key else None
        super().cycle_key()
        if before and self.row:
            self.row.started_at = before.started_at

    def touch(self) -> None:
        """Note that the session is used. One query, once a minute."""
        row, now = self.row, timezone.now()
        if row and row.account_id and row.seen_at <= now - MINUTE:
            AccountSession.objects.filter(pk=row.pk).update(seen_at=now)
            row.seen_at = now

    def is_confirmed(self, *, is_sending: bool) -> bool:
        """Whether the password was given in the last quarter of an hour; to send a form, in the last half."""
        lasts = CONFIRMED_FOR * (2 if is_sending else 1)
        return bool(self.row and self.row.confirmed_at > timezone.now() - lasts)

    def confirm(self) -> None:
        """Note that it was given just now. The session gets a new key."""
        self.cycle_key()
