"""Copy the SQLite database into a file, whole, while the portal runs."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from pilots.models import Pilot


class Command(BaseCommand):
    """Copies beside the file first and then puts the copy in its place, so that it never holds half a backup."""

    help = "Copy the SQLite database into a file while the portal runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the copy goes; what is there is replaced")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Refuse to copy another kind of database, or one that holds no portal."""
        connection.ensure_connection()
        if not isinstance(connection.connection, sqlite3.Connection):
            raise CommandError(_("This portal is on PostgreSQL: use pg_dump. docs/operating.md says how."))
        if Pilot._meta.db_table not in connection.introspection.table_names():
            raise CommandError(_("There is no portal in this database. Is DATA_DIR what the portal runs with?"))
        unfinished = file.with_name(f"{file.name}.unfinished")
        try:
            os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
            with closing(sqlite3.connect(unfinished)) as copy:
                connection.connection.backup(copy)
            unfinished.replace(file)
        except OSError as error:
            raise CommandError(_("%(file)s: %(reason)s") % {"file": file, "reason": error.strerror}) from error
        self.stdout.write(_("The database is copied to %(file)s.") % {"file": file})
