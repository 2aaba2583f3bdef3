"""The words pilots are classified by. Editors add to them; a word in use cannot be deleted."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.protection import UsedByPilots
from pilots.models.slugs import lower_case
from pilots.models.text_fields import LONGEST_SUMMARY, LineField, ProseField
from pilots.models.translation import Translation


class Term(UsedByPilots):
    """One value of a vocabulary."""

    # The name of the address of its page
    route: ClassVar[str]

    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Lower numbers come first; equal numbers are sorted by slug.")
    )
    name = TranslatedField(any_language=True)
    description = TranslatedField(any_language=True)

    class Meta:
        abstract = True
        ordering = ("order", "slug")
        constraints = [
            models.CheckConstraint(name="%(class)s_has_a_slug", condition=~models.Q(slug="")),
            lower_case("%(class)s_slug_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.any_text("name") or self.slug

    def get_absolute_url(self) -> str:
        return reverse(self.route, args=[self.slug])


class TermTranslation(Translation):
    """Name and description of a term in one language."""

    name = LineField(_("name"), max_length=100)
    description = ProseField(
        _("description"),
        max_length=LONGEST_SUMMARY,
        blank=True,
        help_text=_("One sentence that says what belongs here and what does not."),
    )

    class Meta(Translation.Meta):
        abstract = True


class ActivityType(Term):
    """What kind of activity a pilot was: training, case management, ..."""

    route = "activity"

    class Meta(Term.Meta):
        verbose_name = _("activity type")
        verbose_name_plural = _("activity types")


class ActivityTypeTranslation(TermTranslation):
    """An activity type in one language."""

    master = TranslationsForeignKey(ActivityType, models.CASCADE, related_name="translations")

    class Meta(TermTranslation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("activity type translation")


class Audience(Term):
    """Professionals whom a pilot trained or brought together."""

    route = "audience"

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class AudienceTranslation(TermTranslation):
    """An audience in one language."""

    master = TranslationsForeignKey(Audience, models.CASCADE, related_name="translations")

    class Meta(TermTranslation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("audience translation")


class TargetGroup(Term):
    """People whom a pilot is meant to support."""

    route = "target-group"

    class Meta(Term.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class TargetGroupTranslation(TermTranslation):
    """A target group in one language."""

    master = TranslationsForeignKey(TargetGroup, models.CASCADE, related_name="translations")

    class Meta(TermTranslation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("target group translation")


class Stage(Term):
    """Where in the way through justice a pilot works: prison, release, probation, community."""

    route = "stage"

    class Meta(Term.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")


class StageTranslation(TermTranslation):
    """A stage in one language."""

    master = TranslationsForeignKey(Stage, models.CASCADE, related_name="translations")

    class Meta(TermTranslation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("stage translation")


# By the field of a pilot that holds its values.
VOCABULARIES: dict[str, type[Term]] = {
    "activity_types": ActivityType,
    "audiences": Audience,
    "target_groups": TargetGroup,
    "stages": Stage,
}
