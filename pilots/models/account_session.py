"""Sessions with whose they are and when they were used, so that people see and end their own."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountSession(AbstractBaseSession):
    """One browser in which somebody is logged in, or is about to be."""

    # None between the password and the second factor
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    browser = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    # When a password was last given, which dangerous acts ask for again
    confirmed_at = models.DateTimeField()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("session")  # type: ignore[assignment]
        verbose_name_plural = _("sessions")  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.account}: {self.browser}"
