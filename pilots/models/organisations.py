"""The public bodies that ran pilots, and the partners they worked with."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.other_names import other_names_field
from pilots.models.protection import UsedByPilots, UsedByPilotsQuerySet
from pilots.models.provenance import ORIGINAL
from pilots.models.reachable import public_contact_field, web_address, website_field
from pilots.models.slugs import LowerCaseSlugField, lower_case
from pilots.models.text_fields import LineField
from pilots.models.translation import Translation, current_language

SLUG_HELP = _("Part of the address of its page. Keep it once published; after a change the old address redirects.")


class OrganisationQuerySet(UsedByPilotsQuerySet):
    """Authorities or partners."""

    def for_page(self) -> Self:
        """The rows with their texts. One query on top of the main query."""
        return self.prefetch_related("translations")


class Authority(UsedByPilots):
    """A public body that ran a pilot."""

    class Kind(models.TextChoices):
        """What sort of public body it is."""

        MUNICIPALITY = "municipality", _("municipality")
        REGION = "regional-government", _("regional government")
        AGENCY = "national-agency", _("national agency")

    slug = LowerCaseSlugField(_("slug"), max_length=80, unique=True, help_text=SLUG_HELP)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    country = CountryField(_("country"))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north (WGS 84), such as 43.94932. Needed for the map; give both or neither."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east (WGS 84), such as 4.80553; west is negative."),
    )
    other_names = other_names_field()
    website = website_field()
    public_contact = public_contact_field()
    name = TranslatedField(any_language=True)
    place = TranslatedField(any_language=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                name="authority_has_both_coordinates_or_none",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                violation_error_message=_("Give both latitude and longitude, or leave both empty."),
            ),
            models.CheckConstraint(
                name="authority_coordinates_are_on_earth",
                condition=(Q(latitude__isnull=True) | Q(latitude__gte=-90, latitude__lte=90))
                & (Q(longitude__isnull=True) | Q(longitude__gte=-180, longitude__lte=180)),
                violation_error_message=_("Latitude goes from -90 to 90, longitude from -180 to 180."),
            ),
            models.CheckConstraint(
                name="authority_kind_is_known",
                condition=Q(kind__in=["municipality", "regional-government", "national-agency"]),
            ),
            models.CheckConstraint(name="authority_country_is_two_letters", condition=Exact(Length("country"), 2)),
            models.CheckConstraint(name="authority_has_a_slug", condition=~Q(slug="")),
            lower_case("authority_slug_is_lower_case"),
            web_address("website", name="authority_website_is_a_web_address"),
        ]

    def __str__(self) -> str:
        return self.any_text("name") or self.slug

    def get_absolute_url(self) -> str:
        return reverse("authority", args=[self.slug])

    @classmethod
    def short_name_field_of(cls, kind: str) -> str:
        """The text that names such an authority in short.

        A town or a region is called by its place; of agencies, a place can have several.
        """
        return "name" if kind == cls.Kind.AGENCY else "place"

    @property
    def short_name_field(self) -> str:
        """The text that names this authority in short."""
        return self.short_name_field_of(self.kind)

    def language_of(self, field: str, stored_in: str) -> str:
        """A place that has no name of its own in a language is called there as in English: none is claimed."""
        return "" if field == "place" and stored_in == ORIGINAL != current_language() else stored_in


class AuthorityTranslation(Translation):
    """An authority's names in one language."""

    master = TranslationsForeignKey(Authority, models.CASCADE, related_name="translations")
    name = LineField(_("name"), max_length=200, help_text=_("As in “Municipality of Avignon”."))
    place = LineField(
        _("place"), max_length=100, help_text=_("Town or region, as it is called in this language: “Avignon”.")
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("authority translation")


class Partner(UsedByPilots):
    """An NGO or network that an authority worked with."""

    class Kind(models.TextChoices):
        """What sort of organisation it is, where the source says so."""

        NOT_STATED = "", _("not stated")
        NGO = "ngo", _("non-governmental organisation")
        NETWORK = "network", _("network")

    slug = LowerCaseSlugField(_("slug"), max_length=80, unique=True, help_text=SLUG_HELP)
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        blank=True,
        help_text=_("Leave empty where the source does not say."),
    )
    country = CountryField(
        _("country"), blank=True, help_text=_("Only where the source gives it. This is not the country of the pilot.")
    )
    original_name = LineField(
        _("name in its own language"),
        max_length=200,
        blank=True,
        help_text=_("Where it differs from the English name."),
    )
    original_language = LineField(
        _("language of that name"),
        max_length=15,
        blank=True,
        help_text=_("A screen reader then pronounces the name in that language."),
    )
    other_names = other_names_field()
    website = website_field()
    public_contact = public_contact_field()
    name = TranslatedField(any_language=True)
    full_name = TranslatedField(any_language=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(name="partner_kind_is_known", condition=Q(kind__in=["", "ngo", "network"])),
            models.CheckConstraint(
                name="partner_country_is_two_letters_or_none",
                condition=Q(country="") | Q(Exact(Length("country"), 2)),
            ),
            models.CheckConstraint(
                name="partner_original_name_has_its_language",
                condition=Q(original_name="", original_language="") | ~Q(original_name="") & ~Q(original_language=""),
                violation_error_message=_("Give both the name in its own language and that language, or neither."),
            ),
            models.CheckConstraint(name="partner_has_a_slug", condition=~Q(slug="")),
            lower_case("partner_slug_is_lower_case"),
            web_address("website", name="partner_website_is_a_web_address"),
        ]

    def __str__(self) -> str:
        return self.any_text("name") or self.slug

    def get_absolute_url(self) -> str:
        return reverse("partner", args=[self.slug])

    def language_of(self, field: str, stored_in: str) -> str:
        """A name is in the English row whatever its language: its own where that is known, else none is claimed."""
        return self.original_language if field == "name" and stored_in != current_language() else stored_in

    def users(self) -> list[Any]:
        """The pilots it ran with an authority or took part in otherwise, drafts included."""
        pilots = self._meta.get_field("pilots").related_model.objects
        used = pilots.filter(Q(partners=self) | Q(organisations_involved__partner=self))
        return list(used.distinct().order_by("slug").prefetch_related("translations"))


class PartnerTranslation(Translation):
    """A partner's names in one language."""

    master = TranslationsForeignKey(Partner, models.CASCADE, related_name="translations")
    name = LineField(_("short name"), max_length=100, help_text=_("As it is used in running text: “FACE”."))
    full_name = LineField(
        _("full name"), max_length=200, blank=True, help_text=_("Only where it differs from the short name.")
    )

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("partner translation")
