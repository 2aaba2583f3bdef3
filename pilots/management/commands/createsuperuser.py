"""Django's command that makes an account with all rights, without the names that everybody tries first."""

import os
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db.models import Max

from pilots.security_log import Event, record

# What programs that guess passwords try, in the languages of the portal
TRIED_FIRST = frozenset(
    {"admin", "administrator", "administrateur", "administrador", "beheerder", "administratör", "root", "superuser"}
    | {"sysadmin", "webmaster", "user", "test", "guest", "demo", "portal", "prepare", "pilot", "pilots", "editor"}
    | {"django", "postgres", "operator", "support", "info"}
)


def check_password_of_environment() -> None:
    """Refuse a weak password that nobody types, as Django does not. Raises CommandError."""
    password = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
    try:
        if password is not None:
            validate_password(password)
    except ValidationError as error:
        raise CommandError("\n".join(error.messages)) from error


class Command(createsuperuser.Command):
    """Refuses names that tell nothing of who it is, and are guessed first."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Make the account, and have the security log tell of it."""
        if not options["interactive"]:
            check_password_of_environment()
        last = User.objects.aggregate(last=Max("pk"))["last"] or 0
        said = super().handle(*args, **options)
        for account in User.objects.filter(pk__gt=last, is_superuser=True):
            record(Event.ACCOUNT_ADDED, account=account, gained=["active", "staff", "superuser"], how="command")
        return said

    def _validate_username(self, username: Any, verbose_field_name: Any, database: Any) -> Any:
        """What is wrong with a name; Django asks for another one, or stops with `--noinput`."""
        stored = User.normalize_username(str(username))
        if stored.casefold().strip(" 0123456789_-.") in TRIED_FIRST:
            return f"Error: “{username}” is tried first by whoever guesses. Take the name of a person."
        return super()._validate_username(stored, verbose_field_name, database)  # type: ignore[misc]
