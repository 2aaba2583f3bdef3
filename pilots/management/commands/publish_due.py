"""Publish what was planned for a time that has come. The server of `make run` does it by itself, every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots import retention, workflow
from pilots.index.content_version import current


class Command(BaseCommand):
    """Publishes entries through the workflow, in the name of who planned them. Safe to run twice at once."""

    help = "Publish the entries whose planned time has come."

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish each independently; end with status 1 when one could not be published. What is past its time goes."""
        refused = 0
        for outcome in workflow.publish_all_due():
            words = {"pilot": outcome.title, "reason": outcome.reason}
            if outcome.is_published:
                self.stdout.write(_("Published: “%(pilot)s”.") % words)
            else:
                refused += 1
                self.stderr.write(_("Not published: “%(pilot)s”. %(reason)s") % words)
        current()  # what is no longer public leaves the disk
        retention.delete_expired()  # last, so that nothing is published late for it
        if refused:
            text = ngettext(
                "%(n)d planned publication was not made.", "%(n)d planned publications were not made.", refused
            )
            raise CommandError(text % {"n": refused})
