"""What a pilot learnt, and how it worked: one lesson or working method a row, each with a permanent link."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.passage import PassageField
from pilots.models.pilot import Pilot
from pilots.models.text_fields import LONGEST_SUMMARY, ProseField
from pilots.models.translation import NumberedQuerySet, PartOfPilot, Translation


class LessonQuerySet(NumberedQuerySet):
    def public(self) -> Self:
        return self.filter(pilot__in=Pilot.objects.published().order_by())


class Lesson(PartOfPilot):
    """A lesson learnt or, if its kind says so, a working method. Its number makes its permanent link, so it stays."""

    class Kind(models.TextChoices):
        """What was learnt, or that it is how they worked."""

        HELPED = "helped", _("what helped")
        HARD = "hard", _("what was hard")
        INSIGHT = "insight", _("insight")
        METHOD = "method", _("working method")

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="lessons", verbose_name=_("pilot"))
    number = models.PositiveSmallIntegerField(
        _("number"),
        help_text=_("Makes the permanent link (lesson 2: #lesson-2). Do not reuse the number of a deleted lesson."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    passage = PassageField(_("passage"))
    text = TranslatedField(any_language=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson or working method")
        verbose_name_plural = _("lessons and working methods")
        ordering = ("pilot", "number")
        constraints = [
            models.UniqueConstraint(
                name="lesson_number_is_unique_in_its_pilot",
                fields=["pilot", "number"],
                violation_error_message=_("Another lesson of this pilot has this number. Take the next free one."),
            ),
            models.CheckConstraint(name="lesson_number_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="lesson_kind_is_known", condition=Q(kind__in=["helped", "hard", "insight", "method"])
            ),
        ]

    def __str__(self) -> str:
        return self.any_text("text") or f"{self.pilot}: {self.number}"

    @property
    def is_method(self) -> bool:
        """Whether it says how they worked, not what was learnt."""
        return self.kind in METHODS

    @property
    def name(self) -> str:
        """What it is called on the page of its pilot: “Lesson 2”, “Working method 3”."""
        words = gettext("Working method %(number)d") if self.is_method else gettext("Lesson %(number)d")
        return words % {"number": self.number}

    @property
    def anchor(self) -> str:
        """The lesson's place on the page of its pilot, for a permanent link."""
        return f"lesson-{self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.pilot.get_absolute_url()}#{self.anchor}"


# What was learnt, and how they worked: told apart wherever they are shown or counted.
LEARNT = (Lesson.Kind.HELPED, Lesson.Kind.HARD, Lesson.Kind.INSIGHT)
METHODS = (Lesson.Kind.METHOD,)
WHAT_WAS_LEARNT, HOW_THEY_WORKED = _("What was learnt"), _("How they worked")


class LessonTranslation(Translation):
    """A lesson or working method in one language."""

    master = TranslationsForeignKey(Lesson, models.CASCADE, related_name="translations")
    text = ProseField(
        _("text"),
        max_length=LONGEST_SUMMARY,
        help_text=_("One or two plain sentences. One lesson or working method a row."),
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("lesson translation")
