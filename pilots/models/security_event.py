"""What happened to accounts, rights and entries: a row an event, never changed, deleted when its time is over."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=90)


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    def expired(self) -> "SecurityEventQuerySet":
        """The events that are older than they are kept."""
        return self.filter(at__lte=timezone.now() - KEPT_FOR)


class SecurityEvent(models.Model):
    """One event. `pilots.security_log` writes them, and says which there are and what each tells.

    The keys have no constraint: the row stays as it was written when an account is deleted, with the names of then.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    event = models.CharField(_("what happened"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    actor_name = models.CharField(_("by"), max_length=150, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    account_name = models.CharField(_("account"), max_length=150, blank=True)
    details = models.JSONField(_("details"), default=dict)

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        default_permissions = ("view",)
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
