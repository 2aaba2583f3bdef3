"""Back up the whole portal into one file, while editors go on saving."""

from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.management.backups import encryption, retention
from pilots.management.backups.writing import write_backup
from pilots.models import LastBackup
from pilots.security_log import Event, record
from prepare_portal import environment


class Command(BaseCommand):
    """Writes one backup and reads it again; in a folder it then deletes those that are old enough."""

    help = (
        "Back up entries, history, accounts and files as they are at this moment; sessions and what nobody saved are "
        "left out. The file holds password hashes: only its owner may read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where it goes: a file, or a folder, which gives it a name by time")
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            metavar="age1…",
            help="encrypt it for this public key of age, not those in BACKUP_RECIPIENTS",
        )
        parser.add_argument("--keep", type=at_least_one, help="in a folder: delete all but the last so many backups")
        parser.add_argument(
            "--keep-weekly", type=at_least_one, help="and the last one of each of the last so many weeks that have one"
        )

    def handle(
        self,
        *args: Any,
        file: Path,
        recipient: list[str],
        keep: int | None,
        keep_weekly: int | None,
        **options: Any,
    ) -> None:
        """Say what was saved. Nothing older is deleted unless the new one is good."""
        keys = encryption.recipients(recipient or environment.text("BACKUP_RECIPIENTS").split())
        made_at = timezone.now()
        folder = file if file.is_dir() else None
        if folder is None and (keep or keep_weekly):
            raise CommandError(_("%(file)s is no folder; only in one are older backups deleted.") % {"file": file})
        named = folder / retention.name_for(made_at, is_encrypted=bool(keys)) if folder else file
        unfinished = folder / "portal.unfinished" if folder else file.with_name(f"{file.name}.unfinished")
        try:
            manifest = write_backup(named, unfinished, made_at, keys)
            self.stdout.write(_("Saved, read again and compared: %(file)s") % {"file": named})
            words = {"rows": manifest.row_count, "files": len(manifest.files), "bytes": named.stat().st_size}
            self.stdout.write(_("Rows: %(rows)d. Files: %(files)d. Bytes: %(bytes)d.") % words)
            self._note(made_at)
            told = {"rows": manifest.row_count, "files": len(manifest.files), "encrypted": bool(keys)}
            record(Event.BACKED_UP, **told)
            if folder and (keep or keep_weekly):
                for old in retention.drop_older(folder, named, keep=keep or 1, keep_weekly=keep_weekly or 0):
                    self.stdout.write(_("Deleted: %(file)s") % {"file": old})
        except OSError as error:
            reason = {"file": error.filename or named, "reason": error.strerror or error}
            raise CommandError(_("%(file)s: %(reason)s") % reason) from error

    def _note(self, made_at: Any) -> None:
        """Let `/readyz` know. A backup that could not be noted is as good as any other."""
        try:
            LastBackup.objects.update_or_create(pk=1, defaults={"made_at": made_at})
        except DatabaseError as error:
            words = {"reason": str(error).strip()}
            self.stderr.write(_("That there is a new backup could not be noted: %(reason)s") % words)


def at_least_one(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise ArgumentTypeError(_("%(text)s is no whole number above 0.") % {"text": text})
    return int(text[:9])
