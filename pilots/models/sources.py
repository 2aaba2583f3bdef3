"""Where the entries come from, and the words they explain."""

from functools import cached_property

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.numbered_text import NumberedText
from pilots.models.protection import UsedByPilots
from pilots.models.reachable import web_address
from pilots.models.slugs import LowerCaseSlugField, lower_case
from pilots.models.text_fields import LONGEST_SUMMARY, AddressField, LineField, ProseField
from pilots.models.translation import Slugged, Translation


class Source(UsedByPilots):
    """A text that entries are written from. What it does not state about itself stays empty."""

    slug = LowerCaseSlugField(_("slug"), max_length=80, unique=True)
    publisher = LineField(_("publisher"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    url = AddressField(_("address"), max_length=500, blank=True)
    title = TranslatedField(any_language=True)
    terms_of_reuse = TranslatedField(any_language=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                name="source_year_is_plausible", condition=Q(year__isnull=True) | Q(year__gte=1900, year__lte=2100)
            ),
            models.CheckConstraint(name="source_has_a_slug", condition=~Q(slug="")),
            lower_case("source_slug_is_lower_case"),
            web_address("url", name="source_address_is_a_web_address"),
        ]

    def __str__(self) -> str:
        return self.any_text("title") or self.slug

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    @cached_property
    def numbered_text(self) -> NumberedText | None:
        """Its text, for editors: whether or not visitors may read it. One query at first, then none."""
        stored = getattr(self, "full_text", None)
        return NumberedText(stored.text) if stored else None


class SourceTranslation(Translation):
    """A source's title and terms in one language."""

    master = TranslationsForeignKey(Source, models.CASCADE, related_name="translations")
    title = LineField(_("title"), max_length=300)
    terms_of_reuse = ProseField(
        _("terms of reuse"),
        max_length=LONGEST_SUMMARY,
        blank=True,
        help_text=_("What the source says on its reuse. Empty shows as “Not stated”."),
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("source translation")


class GlossaryTerm(Slugged):
    """An abbreviation or a term that readers may not know."""

    slug = LowerCaseSlugField(_("slug"), max_length=80, unique=True)
    original = LineField(
        _("in its own language"),
        max_length=200,
        blank=True,
        help_text=_("What the abbreviation stands for, such as “Protection Judiciaire de la Jeunesse”."),
    )
    original_language = LineField(_("language of that wording"), max_length=15, blank=True)
    term = TranslatedField(any_language=True)
    meaning = TranslatedField(any_language=True)

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                name="glossary_original_has_its_language",
                condition=Q(original="", original_language="") | ~Q(original="") & ~Q(original_language=""),
                violation_error_message=_("Give both the wording in its own language and that language, or neither."),
            ),
            models.CheckConstraint(name="glossary_term_has_a_slug", condition=~Q(slug="")),
            lower_case("glossary_term_slug_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.any_text("term") or self.slug

    def get_absolute_url(self) -> str:
        return f"{reverse('glossary')}#{self.slug}"


class GlossaryTermTranslation(Translation):
    """A glossary term in one language."""

    master = TranslationsForeignKey(GlossaryTerm, models.CASCADE, related_name="translations")
    term = LineField(_("term"), max_length=100, help_text=_("Exactly as entries write it: “MAR”."))
    meaning = ProseField(
        _("meaning"),
        max_length=LONGEST_SUMMARY,
        help_text=_("One plain sentence. Say what is not known, too."),
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("glossary term translation")
