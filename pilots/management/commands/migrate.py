"""Django's own command, which leaves no database without its triggers."""

from typing import Any

from django.core.management.commands import migrate

from pilots.models.triggers import make_triggers


class Command(migrate.Command):
    """Migrates; when a migration stops, the portal as it is goes on noticing what is written."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate. The signal that makes the triggers anew is only sent after success."""
        try:
            super().handle(*args, **options)
        finally:
            make_triggers(None, plan=(), using=options["database"])
