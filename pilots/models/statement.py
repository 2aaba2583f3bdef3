"""What the portal says of itself: who stands behind it, and what may be done with it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.text_fields import ProseField
from pilots.models.translation import Translated, TranslatedQuerySet, Translation

LONGEST_STATEMENT = 1_000  # characters


class StatementQuerySet(TranslatedQuerySet):
    """What the portal says of itself."""

    def get_by_natural_key(self, kind: str) -> Any:
        """The statement of this kind. One query. Raises DoesNotExist."""
        return self.get(kind=kind)


class Statement(Translated):
    """One thing the portal says of itself. What nobody has written is shown as not stated."""

    class Kind(models.TextChoices):
        """What it says."""

        RUN_BY = "run-by", _("who runs the portal")
        PAID_BY = "paid-by", _("who paid for it")
        CHOSEN_BY = "chosen-by", _("how entries were chosen")
        REUSE = "reuse", _("what may be reused")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, unique=True)
    text = TranslatedField(any_language=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement about the portal")
        verbose_name_plural = _("statements about the portal")
        ordering = ("kind",)
        constraints = [
            models.CheckConstraint(
                name="statement_kind_is_known", condition=Q(kind__in=["run-by", "paid-by", "chosen-by", "reuse"])
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def natural_key(self) -> tuple[str]:
        return (self.kind,)


class StatementTranslation(Translation):
    """What the portal says of itself, in one language."""

    master = TranslationsForeignKey(Statement, models.CASCADE, related_name="translations")
    text = ProseField(
        _("text"),
        max_length=LONGEST_STATEMENT,
        help_text=_("One or two plain sentences. The foot of every page shows the beginning of some of them."),
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("translation of a statement about the portal")
