"""Remove the second factor of somebody who lost it, where no two administrators can: who runs this has the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from pilots.accounts import second_factor, sessions
from pilots.accounts.letters import tell
from pilots.management.accounts import get_account
from pilots.security_log import Event, record


class Command(BaseCommand):
    """Removes app, passkeys and recovery codes of one account, and logs it out."""

    help = "Remove the authenticator app, the passkeys and the recovery codes of an account, and end its sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the user name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove them, tell the account by e-mail, and say what was done."""
        account = get_account(options["name"])
        if not second_factor.has_one(account):
            self.stdout.write(f"“{account.username}” has no second factor.")
            return
        with transaction.atomic():
            second_factor.remove_all(account)
            record(Event.FACTOR_REMOVED, account=account, kind="all", how="command")
            sessions.end(account)
        tell(account, "lost")
        self.stdout.write(f"The second factor of “{account.username}” is removed. It is chosen anew at the next login.")
