"""Make the archive of everything public, so that nobody waits for it; for a timer where there are many entries."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from pilots.exports.dataset import kept


class Command(BaseCommand):
    """Makes it unless that of the present version is there."""

    help = "Make the archive of everything public, unless the present version has one."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say where it is. Raises CommandError where the content changes too often to be written."""
        try:
            found = kept.keep()
        except kept.StillChanging as error:
            raise CommandError(_("The content changed all the time while it was written. Try again.")) from error
        words = {"file": found.path, "version": found.written.version, "sha256": found.written.sha256}
        self.stdout.write(_("Version %(version)s, SHA-256 %(sha256)s: %(file)s") % words)
