"""How often somebody tried something lately: to log in, to have a password sent, to guess a link."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttemptCount(models.Model):
    """A number of attempts until a moment. Whose they are, the key does not tell: it is a keyed digest."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("number of attempts")
        verbose_name_plural = _("numbers of attempts")

    def __str__(self) -> str:
        return f"{self.count}"
