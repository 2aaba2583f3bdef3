"""When the last good backup was made, so that everybody on the staff can see that one was."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class LastBackupManager(models.Manager["LastBackup"]):
    def moment(self) -> datetime | None:
        """When it was made; None if none ever was. One query."""
        return self.values_list("made_at", flat=True).first()


class LastBackup(models.Model):
    """One row, written when a backup was read again and found good. A restored portal has none yet."""

    made_at = models.DateTimeField(_("made at"))

    objects = LastBackupManager()

    class Meta:
        verbose_name = _("last backup")
        verbose_name_plural = _("last backups")

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
