"""An import under way: what it is still to write, so that it goes on where it was left or broke off."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = timedelta(days=30)
KEPT_UNCONFIRMED = timedelta(hours=1)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def expired(self) -> "ImportRunQuerySet":
        """Those on which nobody has gone on for thirty days, done or not; for an hour, if they were only looked at."""
        now = timezone.now()
        return self.filter(
            Q(moved_at__lte=now - KEPT_FOR) | Q(started_at__isnull=True, moved_at__lte=now - KEPT_UNCONFIRMED)
        )


class ImportRun(models.Model):
    """What one account is importing. The rows of its file stand beside it until each is written.

    `started_at` is None until it is confirmed.
    """

    batch = models.UUIDField(unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=10)
    total = models.PositiveIntegerField()
    started_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import under way")
        verbose_name_plural = _("imports under way")

    def __str__(self) -> str:
        return str(self.batch)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def waiting(self) -> "ImportRowQuerySet":
        """Those still to be written, in the order in which they are."""
        return self.filter(refusal="").order_by("place")

    def refused(self) -> "ImportRowQuerySet":
        """Those that could not be written, in the order of the import."""
        return self.exclude(refusal="").order_by("place")


class ImportRow(models.Model):
    """One entry of an import: what it is to say, and the row as it was read; deleted once it is written.

    `row` is None for a new entry. Of one that could not be written, `refusal` says why, and its content is not kept.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    row = models.BigIntegerField(null=True)
    revises = models.BigIntegerField(null=True)
    edit_count = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, blank=True)
    content = models.JSONField(default=dict)
    title = models.CharField(max_length=300, blank=True)
    refusal = models.TextField(blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint(name="import_writes_each_place_once", fields=["run", "place"])]

    def __str__(self) -> str:
        return f"{self.place}: {self.title}"

    def refuse(self, reason: str) -> None:
        """Keep why it could not be written, and no longer what it said."""
        self.refusal, self.content = reason, {}
        self.save(update_fields=["refusal", "content"])
