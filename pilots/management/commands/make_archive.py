"""Make the archive of everything public, so that nobody waits for it; for a timer where there are many entries."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from pilots.exports.dataset import kept

NICENESS = 10


class Command(BaseCommand):
    """Makes it unless that of the present version is there."""

    help = "Make the archive of everything public, unless the present version has one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the option of the server, which calls it where there are many entries."""
        parser.add_argument(
            "--background",
            action="store_true",
            help="Let all else go first, and leave it to another that makes it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Say where it is. Raises CommandError where the content changes too often or nothing can be written."""
        if options["background"]:
            os.nice(NICENESS)
        try:
            found = kept.keep(0 if options["background"] else kept.FOR_EVER)
        except BlockingIOError:
            return
        except kept.StillChanging as error:
            raise CommandError(_("The content changed all the time while it was written. Try again.")) from error
        except OSError as error:
            raise CommandError(_("The archive could not be kept: %(reason)s.") % {"reason": error.strerror}) from error
        words = {"file": found.path, "version": found.written.version, "sha256": found.written.sha256}
        self.stdout.write(_("Version %(version)s, SHA-256 %(sha256)s: %(file)s") % words)
