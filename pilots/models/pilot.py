"""A pilot, its key figures, the organisations involved, and where the source says so."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField, TranslationsForeignKey

from pilots.models.organisations import SLUG_HELP, Authority, Partner
from pilots.models.partial_date import PartialDateField, order_constraint, shape_constraint
from pilots.models.passage import PassageField
from pilots.models.sources import Source
from pilots.models.translation import PartOfPilot, Slugged, SluggedQuerySet, Translation
from pilots.models.vocabulary import ActivityType, Audience, Stage, TargetGroup

SECTIONS = ("background", "objectives", "what_was_done", "results", "prospects")


class PilotQuerySet(SluggedQuerySet):
    """Pilots."""

    def published(self) -> Self:
        """Return what the public may see. This is the only definition of it."""
        return self.filter(status=Pilot.Status.PUBLISHED)

    def for_links(self) -> Self:
        """Return pilots with what a link to them says. Two queries beside the rows' own, none for no rows."""
        return self.select_related("authority").prefetch_related("translations", "authority__translations")

    def for_listing(self) -> Self:
        """Return pilots with what a card shows. Six queries beside the rows' own, none for no rows."""
        return self.for_links().prefetch_related("partners__translations", "activity_types__translations")


class Pilot(Slugged):
    """One local activity of one authority with its partners."""

    class Status(models.TextChoices):
        """Where an entry stands on its way to the public. Changed through `pilots.workflow` only."""

        DRAFT = "draft", _("draft")
        IN_REVIEW = "in-review", _("in review")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    class Evaluation(models.TextChoices):
        """Whether the pilot was evaluated. A status, never a rating."""

        NOT_STATED = "", _("not stated")
        NONE = "none", _("not evaluated")
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under-way", _("under way")
        DONE = "done", _("evaluated")

    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=SLUG_HELP)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, db_index=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="pilots", verbose_name=_("authority"))
    partners = models.ManyToManyField(Partner, related_name="pilots", verbose_name=_("partners"))
    activity_types = models.ManyToManyField(
        ActivityType, related_name="pilots", blank=True, verbose_name=_("activity types")
    )
    audiences = models.ManyToManyField(
        Audience,
        related_name="pilots",
        blank=True,
        verbose_name=_("audiences"),
        help_text=_("Professionals whom the pilot trained or brought together."),
    )
    target_groups = models.ManyToManyField(
        TargetGroup,
        related_name="pilots",
        blank=True,
        verbose_name=_("target groups"),
        help_text=_("People whom the pilot is meant to support."),
    )
    stages = models.ManyToManyField(Stage, related_name="pilots", blank=True, verbose_name=_("stages"))
    start = PartialDateField(_("start"))
    end = PartialDateField(_("end"))
    evaluation = models.CharField(
        _("evaluation"),
        max_length=10,
        choices=Evaluation.choices,
        blank=True,
        help_text=_("What the source says about an evaluation of this pilot. Not a rating."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="pilots", verbose_name=_("source"))

    title = TranslatedField(any_language=True)
    summary = TranslatedField(any_language=True)
    background = TranslatedField(any_language=True)
    objectives = TranslatedField(any_language=True)
    what_was_done = TranslatedField(any_language=True)
    results = TranslatedField(any_language=True)
    prospects = TranslatedField(any_language=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ("slug",)
        permissions = [("publish_pilot", _("Can publish, withdraw and archive pilots"))]
        constraints = [
            models.CheckConstraint(
                name="pilot_status_is_known", condition=Q(status__in=["draft", "in-review", "published", "archived"])
            ),
            models.CheckConstraint(
                name="published_pilot_has_publication_time",
                condition=~Q(status="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pilot_evaluation_is_known",
                condition=Q(evaluation__in=["", "none", "planned", "under-way", "done"]),
            ),
            models.CheckConstraint(name="pilot_has_a_slug", condition=~Q(slug="")),
            shape_constraint("start", name="pilot_start_is_a_partial_date"),
            shape_constraint("end", name="pilot_end_is_a_partial_date"),
            order_constraint("start", "end", name="pilot_end_is_not_before_its_start"),
        ]

    def __str__(self) -> str:
        return self.any_text("title") or self.slug

    @property
    def is_public(self) -> bool:
        """Whether visitors can see this entry, by the rule of `PilotQuerySet.published`."""
        return self.status == self.Status.PUBLISHED

    def get_absolute_url(self) -> str:
        """Return the address of the pilot's page."""
        return reverse("pilot", args=[self.slug])


class PilotTranslation(Translation):
    """A pilot's texts in one language. What the source does not say is empty."""

    master = TranslationsForeignKey(Pilot, models.CASCADE, related_name="translations")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("Two or three short sentences: who did what, with whom, for whom.")
    )
    background = models.TextField(
        _("background"), blank=True, help_text=_("Why this pilot came about. Leave empty if not stated.")
    )
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("What the pilot was meant to achieve."))
    what_was_done = models.TextField(
        _("what was done"), blank=True, help_text=_("Steps, people, methods. Explain each abbreviation.")
    )
    results = models.TextField(
        _("results"),
        blank=True,
        help_text=_("What came of it, as the source reports it. Intentions belong to prospects."),
    )
    prospects = models.TextField(_("prospects"), blank=True, help_text=_("What is planned or hoped for next."))

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("pilot translation")


class KeyFigure(PartOfPilot):
    """A number from the source, with what it counts."""

    class Qualifier(models.TextChoices):
        """How exact the source's number is."""

        EXACT = "exact", _("exactly")
        ABOUT = "about", _("about")
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
        """The value or range as people write it: “15”, “16–25”, “2.5”."""
        values = [self.value] if self.upper is None else [self.value, self.upper]
        return "–".join(f"{Decimal(value).normalize():f}" for value in values)


class KeyFigureTranslation(Translation):
    """What a key figure counts, in one language."""

    master = TranslationsForeignKey(KeyFigure, models.CASCADE, related_name="translations")
    label = models.CharField(_("what it counts"), max_length=200, help_text=_("As in “probation and prison staff”."))

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("key figure translation")


class OrganisationInvolved(PartOfPilot):
    """Another organisation that took part, beside the authority and the partners."""

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
    name = models.CharField(_("name"), max_length=200)

    class Meta(Translation.Meta):
        unique_together = (("master", "language_code"),)
        verbose_name = _("other organisation translation")


class PassageQuerySet(models.QuerySet["Passage"]):
    """Pointers from claims to the source."""

    def get_by_natural_key(self, pilot: str, about: str, value: str) -> "Passage":
        """Return the pointer for one claim of one pilot."""
        return self.get(pilot__slug=pilot, about=about, value=value)

    def follow(self, about: str, *, old: str, new: str) -> None:
        """Point at the value `new` what pointed at `old`, after that value was given another slug."""
        there = self.model._default_manager.filter(about=about, value=new).values("pilot")
        self.filter(about=about, value=old).exclude(pilot__in=there).update(value=new)


class Passage(models.Model):
    """Where the source says what one text or one classification of a pilot says."""

    class About(models.TextChoices):
        """What the pointer stands for: a text, or a fact or classification."""

        TITLE = "title", _("title")
        SUMMARY = "summary", _("summary")
        BACKGROUND = "background", _("background")
        OBJECTIVES = "objectives", _("objectives")
        WHAT_WAS_DONE = "what_was_done", _("what was done")
        RESULTS = "results", _("results")
        PROSPECTS = "prospects", _("prospects")
        AUTHORITY = "authority", _("authority")
        PARTNERS = "partners", _("partners")
        ACTIVITY_TYPES = "activity_types", _("activity types")
        AUDIENCES = "audiences", _("audiences")
        TARGET_GROUPS = "target_groups", _("target groups")
        STAGES = "stages", _("stages")
        START = "start", _("start")
        END = "end", _("end")

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="passages", verbose_name=_("pilot"))
    about = models.CharField(_("about"), max_length=20, choices=About.choices)
    value = models.SlugField(
        _("value"),
        max_length=80,
        blank=True,
        help_text=_("For a classification, the slug of the value, such as “training”; empty for texts."),
    )
    passage = PassageField(_("passage"), blank=False)
    rests_on_heading = models.BooleanField(
        _("heading only"), default=False, help_text=_("The heading says so, the text below it does not.")
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage in the source")
        verbose_name_plural = _("passages in the source")
        ordering = ("pilot", "about", "value")
        constraints = [
            models.UniqueConstraint(
                name="passage_points_once_for_each_claim",
                fields=["pilot", "about", "value"],
                violation_error_message=_("There is already a passage for this text or value. Extend that one."),
            ),
            models.CheckConstraint(name="passage_is_not_empty", condition=~Q(passage="")),
            models.CheckConstraint(
                name="passage_is_about_something_known",
                condition=Q(about__in=["title", "summary", *SECTIONS, "authority", "partners"])
                | Q(about__in=["activity_types", "audiences", "target_groups", "stages", "start", "end"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.value}: {self.passage}"

    def natural_key(self) -> tuple[str, str, str]:
        """Return the pilot's slug, the claim and its value."""
        return (self.pilot.slug, self.about, self.value)
