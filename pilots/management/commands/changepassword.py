"""Django's command that sets a password, told to the security log and to the owner of the account."""

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword

from pilots.accounts import letters, sessions, throttle
from pilots.management.accounts import get_account
from pilots.security_log import Event, record


class Command(changepassword.Command):
    """Sets a password by hand. Whoever runs this has the database."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Ask for the password and set it; log the account out, and let it in even if strangers guessed too often."""
        said = super().handle(*args, **options)
        account = get_account(options["username"] or getpass.getuser())
        record(Event.PASSWORD_CHANGED, account=account, how="command")
        sessions.end(account)
        throttle.forgive(account)
        letters.tell_of_change(account, "password")
        return said
