"""Delete an account and take its name out of the history, when its owner has the right to be forgotten."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from pilots.management.personal_data import forget
from pilots.security_log import Event, record


class Command(BaseCommand):
    """Deletes the account; what it did stays, under a name that tells nobody who it was."""

    help = "Delete an account, and put “former editor” in the place of its name in the history. It cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the user name; also one whose account is deleted already")
        parser.add_argument("--no-input", action="store_true", help="do not ask first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, forget, and say what was done and where the name may still stand."""
        name: str = options["name"]
        account = User.objects.filter(username=name).first()
        others = User.objects.filter(is_superuser=True, is_active=True).exclude(username=name)
        if account and account.is_superuser and not others.exists():
            raise CommandError(f"“{name}” is the only superuser. Make another one first.")
        if not options["no_input"] and input(f"Type “{name}” to forget it for good: ") != name:
            raise CommandError("Nothing was changed.")
        with transaction.atomic():
            if account:
                record(Event.ACCOUNT_DELETED, account=account)
            record(Event.FORGOTTEN, account=account)
            done = forget(name, account, f"former editor {account.pk}" if account else "former editor")
        what = "deleted" if account else "no account"
        self.stdout.write(f"“{name}” is {what}, and its name is taken out of what it did.")
        self.stdout.write(
            f"Changes of entries: {done.revisions}. Accepted warnings: {done.warnings}. "
            f"Checked translations: {done.texts}. Notes that still have it as it was typed: {done.notes}.\n"
            "Older backups and the security log have it until they are deleted."
        )
