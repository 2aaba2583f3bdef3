"""Parts of a pilot other than its texts: key figures, and the other organisations involved."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.organisations import Partner
from pilots.models.passage import PassageField
from pilots.models.pilot import Pilot
from pilots.models.text_fields import LineField
from pilots.models.translation import PartOfPilot, Translation
from prepare_portal.phrases import in_digits


class KeyFigure(PartOfPilot):
    """A number from the source, with what it counts."""

    class Qualifier(models.TextChoices):
        """How exact the source's number is."""

        EXACT = "exact", _("exactly")
        ABOUT = "about", pgettext_lazy("amount", "about")
        AT_LEAST = "at-least", _("at least")

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="key_figures", verbose_name=_("pilot"))
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Place in the list: 1 comes first."))
    qualifier = models.CharField(_("exactness"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    upper = models.DecimalField(
        _("up to"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Only for a range, such as 16 to 25."),
    )
    passage = PassageField(_("passage"))
    label = TranslatedField(any_language=True)

    class Meta:
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")
        ordering = ("pilot", "number")
        constraints = [
            models.UniqueConstraint(
                name="key_figure_number_is_unique_in_its_pilot",
                fields=["pilot", "number"],
                violation_error_message=_("Another key figure of this pilot has this number. Take the next free one."),
            ),
            models.CheckConstraint(name="key_figure_number_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="key_figure_range_goes_up",
                condition=Q(upper__isnull=True) | Q(upper__gt=F("value")),
                violation_error_message=_("“Up to” must be more than the value. Leave it empty if there is no range."),
            ),
            models.CheckConstraint(
                name="key_figure_qualifier_is_known", condition=Q(qualifier__in=["exact", "about", "at-least"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.any_text('label')}".strip()

    @property
    def amount(self) -> str:
        """The value or range as people write it in the page's language: “15”, “16–25”, “2.5” or “2,5”."""
        values = [self.value] if self.upper is None else [self.value, self.upper]
        return "–".join(in_digits(Decimal(value).normalize()) for value in values)

    @property
    def stated_amount(self) -> str:
        """The amount with how exact the source is: “at least 35”."""
        is_exact = self.qualifier == self.Qualifier.EXACT
        return self.amount if is_exact else f"{self.get_qualifier_display()} {self.amount}"


class KeyFigureTranslation(Translation):
    """What a key figure counts, in one language."""

    master = TranslationsForeignKey(KeyFigure, models.CASCADE, related_name="translations")
    label = LineField(_("what it counts"), max_length=200, help_text=_("As in “probation and prison staff”."))

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("key figure translation")


class OrganisationInvolved(PartOfPilot):
    """An organisation that took part, other than the authority and the partners."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="organisations_involved", verbose_name=_("pilot"))
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("Place in the list: 1 comes first."))
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
        verbose_name=_("same as partner"),
        help_text=_("If it is the partner of another pilot, so that its page can say so."),
    )
    passage = PassageField(_("passage"))
    name = TranslatedField(any_language=True)

    class Meta:
        verbose_name = _("other organisation involved")
        verbose_name_plural = _("other organisations involved")
        ordering = ("pilot", "number")
        constraints = [
            models.UniqueConstraint(
                name="organisation_number_is_unique_in_its_pilot",
                fields=["pilot", "number"],
                violation_error_message=_(
                    "Another organisation of this pilot has this number. Take the next free one."
                ),
            ),
            models.CheckConstraint(name="organisation_number_starts_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return self.any_text("name") or f"{self.pilot}: {self.number}"


class OrganisationInvolvedTranslation(Translation):
    """The name of another organisation in one language."""

    master = TranslationsForeignKey(OrganisationInvolved, models.CASCADE, related_name="translations")
    name = LineField(_("name"), max_length=200)

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("other organisation translation")
