"""Restore a backup into an empty place."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from pilots.management.backups import encryption
from pilots.management.backups.restoring import restore
from pilots.management.backups.writing import opened
from pilots.security_log import Event, record


class Command(BaseCommand):
    """Restores everything or nothing, and compares what is stored with what was saved."""

    help = (
        "Restore a backup of the portal, made on either database, into a place without entries, accounts and files. "
        "Only restore backups of your own: whoever made one decides who may log in afterwards."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a file that `manage.py backup` wrote")
        parser.add_argument("--identity", type=Path, help="for an encrypted one: the file with your private key of age")

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        keys = encryption.identities(identity) if identity else []
        try:
            with opened(file, keys, scratch=settings.DATA_DIR) as archive:
                restore(archive)
        except OSError as error:
            words = {"file": error.filename or file, "reason": error.strerror or error}
            raise CommandError(_("%(file)s: %(reason)s") % words) from error
        except DatabaseError as error:
            words = {"reason": str(error).strip()}
            raise CommandError(_("The database did not take the backup: %(reason)s") % words) from error
        manifest = archive.manifest
        counts = {"rows": manifest.row_count, "files": len(manifest.files)}
        record(Event.BACKUP_RESTORED, **counts, release=manifest.release, made_at=str(manifest.made_at))
        said = {"made_at": manifest.made_at, "release": manifest.release}
        self.stdout.write(_("Restored the backup of %(made_at)s, made by release %(release)s.") % said)
        self.stdout.write(_("Rows: %(rows)d. Files: %(files)d. Each is what was saved.") % counts)
