"""What to read beyond the portal about an approach, a group, a stage, an audience or a country."""

from functools import reduce
from operator import or_
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.reachable import web_address
from pilots.models.slugs import LowerCaseSlugField, lower_case
from pilots.models.text_fields import AddressField, LineField
from pilots.models.translation import Slugged, Translation
from pilots.models.vocabulary import ActivityType, Audience, Stage, TargetGroup

# What a work may be about: fields of which it has exactly one.
TERMS, COUNTRY = ("activity_type", "audience", "target_group", "stage"), "country"


def _about_one_topic() -> Q:
    no_country, no_term = {COUNTRY: ""}, {f"{term}__isnull": True for term in TERMS}
    a_term = (Q(**no_term | no_country | {f"{term}__isnull": False}) for term in TERMS)
    return reduce(or_, [*a_term, Q(~Q(**no_country), **no_term)])


def _topic_field(model: type[models.Model]) -> Any:
    return models.ForeignKey(
        model,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="further_reading",
        verbose_name=model._meta.verbose_name,
    )


class FurtherReading(Slugged):
    """A work about one topic of the portal. It is public wherever its topic is."""

    slug = LowerCaseSlugField(_("key"), max_length=80, unique=True)
    activity_type = _topic_field(ActivityType)
    audience = _topic_field(Audience)
    target_group = _topic_field(TargetGroup)
    stage = _topic_field(Stage)
    country = CountryField(_("country"), blank=True)
    title = LineField(_("title"), max_length=300, help_text=_("As the work itself gives it, in its own language."))
    original_language = LineField(
        _("language of the work"),
        max_length=15,
        blank=True,
        help_text=_("A screen reader then pronounces the name in that language."),
    )
    author = LineField(_("author"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    publisher = LineField(_("publisher"), max_length=200, blank=True)
    url = AddressField(_("address"), max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=100, help_text=_("Lower numbers come first; equal numbers are sorted by key.")
    )
    covers = TranslatedField(any_language=True)

    class Meta:
        verbose_name = _("further reading")
        verbose_name_plural = _("further reading")
        ordering = ("order", "slug")
        constraints = [
            models.CheckConstraint(
                name="further_reading_is_about_one_topic",
                condition=_about_one_topic(),
                violation_error_message=_(
                    "Choose exactly one: an activity type, an audience, a target group, a stage or a country."
                ),
            ),
            models.CheckConstraint(
                name="further_reading_year_is_plausible",
                condition=Q(year__isnull=True) | Q(year__gte=1900, year__lte=2100),
            ),
            models.CheckConstraint(name="further_reading_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="further_reading_has_a_slug", condition=~Q(slug="")),
            lower_case("further_reading_slug_is_lower_case"),
            web_address("url", name="further_reading_address_is_a_web_address"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    @property
    def made(self) -> str:
        """Who made it, when and where it appeared, as far as that is known."""
        return ", ".join(str(one) for one in (self.author, self.year, self.publisher) if one)


class FurtherReadingTranslation(Translation):
    """What a work covers, in one language."""

    master = TranslationsForeignKey(FurtherReading, models.CASCADE, related_name="translations")
    covers = LineField(_("what it covers"), max_length=300, help_text=_("One line."))

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("further reading translation")
