"""Forms that could not be saved because a session was over: stored for a day, for the account that typed them."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=1)
MOST_FOR_ONE_ACCOUNT = 20


class UnsavedFormQuerySet(models.QuerySet["UnsavedForm"]):
    def of(self, user: Any) -> "UnsavedFormQuerySet":
        """What is stored for this account, the newest first. Nobody is shown anything else."""
        return self.filter(user=user.pk, kept_at__gt=timezone.now() - KEPT_FOR).order_by("-kept_at", "-pk")

    def expired(self) -> "UnsavedFormQuerySet":
        """What was stored for longer than a day, of all accounts."""
        return self.filter(kept_at__lte=timezone.now() - KEPT_FOR)

    def store(self, user: Any, *, address: str, title: str, fields: list[tuple[str, str]]) -> "UnsavedForm":
        """Store these fields in place of what was stored of this form; beyond the limit the oldest of `user` goes."""
        self.expired().delete()
        said = {"title": title, "fields": fields, "kept_at": timezone.now()}
        with transaction.atomic():
            form, _is_new = self.update_or_create(user=user, address=address, defaults=said)
            spare = self.filter(user=user).order_by("-kept_at", "-pk").values_list("pk", flat=True)
            self.filter(pk__in=list(spare[MOST_FOR_ONE_ACCOUNT:])).delete()
        return form


class UnsavedForm(models.Model):
    """The fields of one form, by the address it is sent to, as one account sent them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    title = models.CharField(max_length=300)
    fields = models.JSONField()
    kept_at = models.DateTimeField(db_index=True)

    objects = UnsavedFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved form")
        verbose_name_plural = _("unsaved forms")
        constraints = [models.UniqueConstraint(name="unsaved_form_is_kept_once", fields=["user", "address"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.address}"

    @property
    def kept_until(self) -> Any:
        return self.kept_at + KEPT_FOR
