"""Make the database ready to serve: what `make run` does before each start."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from pilots.history.completeness import measure_completeness
from pilots.search.reindex import follow_setting, index_words
from pilots.security_log import Event, record
from prepare_portal import environment


class Command(BaseCommand):
    """Migrates, loads the nine pilots into an empty database, and makes the first account of a test machine."""

    help = "Migrate, load the nine pilots if there are none, and the user admin on a test machine without users."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is missing; a second run changes nothing."""
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(
                f"The database cannot be used. Check DATABASE_URL and the server. It says: {error}"
            ) from error
        call_command("load_pilots", if_empty=True, stdout=self.stdout)
        measure_completeness()
        follow_setting()
        index_words()
        if not User.objects.exists():
            self._make_first_account()

    def _make_first_account(self) -> None:
        """Make `admin` where nobody but this machine can log in; elsewhere say how to make an account."""
        if settings.IN_PRODUCTION or not environment.is_this_machine(settings.HOST):
            self.stdout.write("There is no account yet. Make one: .venv/bin/python manage.py createsuperuser")
        else:
            self._make_admin()

    def _make_admin(self) -> None:
        given = environment.text("ADMIN_PASSWORD")
        password = given or secrets.token_urlsafe(18)
        user = User(username="admin")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(f"ADMIN_PASSWORD cannot be used. {' '.join(error.messages)}") from error
        account = User.objects.create_superuser("admin", password=password)
        record(Event.ACCOUNT_ADDED, account=account, gained=["active", "staff", "superuser"], how="command")
        self.stdout.write("admin password: (the one in ADMIN_PASSWORD)" if given else f"admin password: {password}")
