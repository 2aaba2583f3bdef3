"""What an account shows beside its password: an authenticator app, passkeys, recovery codes."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pilots.models.accounts import account_field

# Long enough for two administrators to meet, too short for one to wait until the other is careless.
REQUEST_WORKS_FOR = timedelta(days=1)


class AuthenticatorApp(models.Model):
    """The secret that an app shares with the portal to make six digits every thirty seconds (RFC 6238)."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authenticator_app")
    secret = models.CharField(max_length=64)
    # The number of the half minute whose digits were used last: none is taken twice.
    last_step = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def __str__(self) -> str:
        return f"{self.account}"


class Passkey(models.Model):
    """The public half of a key that a device, a password manager or a security key keeps."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    # As the portal was told when it was added: the key's id and its public half (WebAuthn, attested credential data)
    credential = models.BinaryField()
    credential_digest = models.CharField(max_length=64, unique=True)
    # What the key said it was used so often; smaller than before means a copy of it. Most say 0.
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code that takes the place of a lost factor once. Only its digest is kept."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(name="recovery_code_is_kept_once", fields=["account", "digest"])]

    def __str__(self) -> str:
        return f"{self.account}"


class RemovalRequestQuerySet(models.QuerySet["FactorRemovalRequest"]):
    def open(self) -> "RemovalRequestQuerySet":
        """The requests that somebody may still agree to."""
        return self.filter(asked_at__gt=timezone.now() - REQUEST_WORKS_FOR)


class FactorRemovalRequest(models.Model):
    """One administrator asks that the second factor of somebody who lost it is removed; another has to agree."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_by = account_field(_("asked by"), blank=False)
    asked_at = models.DateTimeField()

    objects = RemovalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to remove a second factor")
        verbose_name_plural = _("requests to remove a second factor")

    def __str__(self) -> str:
        return f"{self.account}"
