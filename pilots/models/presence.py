"""Who has which entry open at the moment."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilots.models.pilot import Pilot

# A form that is open says so every 30 seconds; three missed words, and it counts as closed.
OPEN_FOR = timedelta(seconds=90)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> "PresenceQuerySet":
        """Those that said so lately."""
        return self.filter(seen_at__gt=timezone.now() - OPEN_FOR)


class Presence(models.Model):
    """One editor who has one entry open."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [models.UniqueConstraint(name="editor_has_an_entry_open_once", fields=["pilot", "user"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.pilot}"
