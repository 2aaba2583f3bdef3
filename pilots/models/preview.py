"""Links that let a colleague without an account read a draft, for some days."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilots.models.accounts import account_field
from pilots.models.pilot import Pilot
from pilots.models.public import UNPUBLISHED


def new_token() -> str:
    """A token nobody can guess: 32 random bytes, safe in an address."""
    return secrets.token_urlsafe(32)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> "PreviewLinkQuerySet":
        """The links that were not revoked and have not run out."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def working(self) -> "PreviewLinkQuerySet":
        """The links that still lead to something: what is published or archived needs none."""
        return self.open().filter(pilot__status__in=UNPUBLISHED)

    def end(self) -> int:
        """Revoke the links that are not revoked; return how many."""
        return self.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())


class PreviewLink(models.Model):
    """A link to one unpublished entry. It ends by itself, and can be revoked."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="preview_links", verbose_name=_("pilot"))
    token = models.CharField(_("token"), max_length=64, unique=True, default=new_token, editable=False)
    made_by = account_field(_("made by"), blank=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.pilot}: {self.expires_at:%Y-%m-%d}"
