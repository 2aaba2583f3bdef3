"""Publish what was planned for a time that has come. A timer runs it every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots import workflow
from pilots.models import Pilot


class Command(BaseCommand):
    """Publishes entries through the workflow, in the name of who planned them. Safe to run twice at once."""

    help = "Publish the entries whose planned time has come."

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish each for itself; end with status 1 when one could not be published."""
        refused = 0
        due = Pilot.objects.filter(publish_at__lte=timezone.now()).select_related("revises")
        for pilot in due.order_by("publish_at", "pk"):
            title = str(pilot)
            try:
                if workflow.publish_if_due(pilot):
                    self.stdout.write(_("Published: “%(pilot)s”.") % {"pilot": title})
            except workflow.Refused as refusal:
                refused += 1
                self.stderr.write(_("Not published: “%(pilot)s”. %(reason)s") % {"pilot": title, "reason": refusal})
        if refused:
            text = ngettext(
                "%(n)d planned publication was called off.", "%(n)d planned publications were called off.", refused
            )
            raise CommandError(text % {"n": refused})
