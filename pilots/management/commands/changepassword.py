"""Django's command that sets a password, told to the security log."""

from typing import Any

from django.contrib.auth.management.commands import changepassword

from pilots.security_log import Event, account_named, record


class Command(changepassword.Command):
    """Sets a password by hand. Whoever runs this has the database."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Ask for the password and set it; the sessions of the account end by that."""
        said = super().handle(*args, **options)
        record(Event.PASSWORD_CHANGED, account=account_named(options["username"] or ""), how="command")
        return said
