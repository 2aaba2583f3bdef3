"""Slugs: always in small letters; and those that were changed, which lead to the new ones for good."""

from typing import Any

from django import forms
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pilots.models.text_fields import Limited
from prepare_portal.phrases import labelled


class SlugFormField(forms.SlugField):
    """Asks for a slug, and takes capitals for small letters."""

    def to_python(self, value: Any) -> Any:
        """What was typed, in small letters."""
        return str(super().to_python(value) or "").lower()


class LowerCaseSlugField(Limited, models.SlugField):
    """A slug in small letters, however it is written: by a form, an import, a fixture or code.

    What goes round the fields of a model, such as `update()`, is refused by the constraint beside it.
    """

    def to_python(self, value: Any) -> Any:
        """A value from outside, in small letters."""
        said = super().to_python(value)
        return said.lower() if isinstance(said, str) else said

    def get_prep_value(self, value: Any) -> Any:
        """What a query looks for as it was asked: an address in capitals is not that of the page."""
        value = models.Field.get_prep_value(self, value)
        return value if value is None else str(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001 (Django's)
        """What is saved, in small letters; the row says the same from then on."""
        setattr(model_instance, self.attname, self.to_python(getattr(model_instance, self.attname)))
        return super().pre_save(model_instance, add)

    def deconstruct(self) -> Any:
        """Describe it to migrations as what it is to the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": SlugFormField, **kwargs})


def lower_case(name: str) -> models.CheckConstraint:
    """The constraint that the slug of a row has no capitals."""
    return models.CheckConstraint(
        name=name,
        condition=Q(slug=Lower("slug")),
        violation_error_message=_("Write the slug in small letters."),
    )


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Slugs that entries had before."""

    def remember(self, row: Any, old: str) -> None:
        """Note that `row` was known by the slug `old`; its present slug is no longer a former one."""
        model, old = row._meta.model_name, old.lower()
        self.filter(model=model, slug=row.slug).delete()
        self.update_or_create(model=model, slug=old, defaults={"object_id": row.pk})

    def bearer_of(self, slug: str, among: models.QuerySet[Any]) -> Any | None:
        """The row of `among` that once had this slug, or None. Two queries at most."""
        former = self.filter(model=among.model._meta.model_name, slug=slug.lower()).first()
        return among.filter(pk=former.object_id).first() if former else None


class FormerSlug(models.Model):
    """A slug that an entry had before."""

    model = models.CharField(max_length=40)
    slug = LowerCaseSlugField(_("slug"), max_length=80)
    object_id = models.BigIntegerField()

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [
            models.UniqueConstraint(name="former_slug_leads_to_one_entry", fields=["model", "slug"]),
            models.CheckConstraint(name="former_slug_is_not_empty", condition=~Q(slug="")),
            lower_case("former_slug_is_lower_case"),
        ]

    def __str__(self) -> str:
        return labelled(capfirst(self.kind), self.slug)

    @property
    def kind(self) -> str:
        """What an entry of this kind is called."""
        return str(apps.get_model("pilots", self.model)._meta.verbose_name)
