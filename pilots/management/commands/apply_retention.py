"""Delete what is past its time. The server of `make run` does it by itself, once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from pilots import retention
from prepare_portal.phrases import labelled


class Command(BaseCommand):
    """Deletes expired rows of every kind, and says how many. Safe to run at any time, and twice at once."""

    help = "Delete what is kept for a time only, such as events of the security log after 90 days."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was deleted."""
        deleted = {kind: count for kind, count in retention.apply_retention().items() if count}
        for kind, count in deleted.items():
            self.stdout.write(labelled(retention.NAMES[kind], count))
        if not deleted:
            self.stdout.write(_("Nothing is past its time."))
