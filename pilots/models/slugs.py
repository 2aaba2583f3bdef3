"""Addresses that were changed: the old one leads to the new one for good."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Slugs that entries had before."""

    def remember(self, row: Any, old: str) -> None:
        """Note that `row` was known by the slug `old`; its present slug is no longer a former one."""
        model = row._meta.model_name
        self.filter(model=model, slug=row.slug).delete()
        self.update_or_create(model=model, slug=old, defaults={"object_id": row.pk})

    def bearer_of(self, slug: str, among: models.QuerySet[Any]) -> Any | None:
        """Return the row of `among` that once had this slug, or None. Two queries at most."""
        former = self.filter(model=among.model._meta.model_name, slug=slug).first()
        return among.filter(pk=former.object_id).first() if former else None


class FormerSlug(models.Model):
    """A slug that an entry had before."""

    model = models.CharField(max_length=40)
    slug = models.SlugField(max_length=80)
    object_id = models.BigIntegerField()

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [
            models.UniqueConstraint(name="former_slug_leads_to_one_entry", fields=["model", "slug"]),
            models.CheckConstraint(name="former_slug_is_not_empty", condition=~Q(slug="")),
        ]

    def __str__(self) -> str:
        return f"{self.model}: {self.slug}"
