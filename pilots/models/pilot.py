"""A pilot: what is known about it, and its texts."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from parler.fields import TranslatedField

from pilots.models.accounts import account_field
from pilots.models.organisations import SLUG_HELP, Authority, Partner
from pilots.models.partial_date import PartialDateField, order_constraint, shape_constraint
from pilots.models.public import LATE, UNPUBLISHED, PilotQuerySet, PilotStatus
from pilots.models.slugs import LowerCaseSlugField, lower_case
from pilots.models.sources import Source
from pilots.models.translation import Slugged
from pilots.models.vocabulary import ActivityType, Audience, Stage, TargetGroup

SECTIONS = ("background", "objectives", "what_was_done", "results", "prospects")
# The implementation profile: what somebody needs who wants to repeat the pilot.
PROFILE = (
    *("mechanism", "materials", "steps", "staff", "delivery", "setting", "duration", "reach"),
    *("tailoring", "changes", "fidelity", "cost", "continuation", "core"),
)


# When the public version was published, also of pilots from before there were versions.
NEWEST_VERSION = Coalesce("version_at", "published_at")


class Pilot(Slugged):
    """One local activity of one authority with its partners."""

    Status = PilotStatus

    class Evaluation(models.TextChoices):
        """Whether the pilot was evaluated. A status, never a rating."""

        NOT_STATED = "", _("not stated")
        NONE = "none", _("not evaluated")
        PLANNED = "planned", _("planned")
        UNDER_WAY = "under-way", _("under way")
        DONE = "done", _("evaluated")

    slug = LowerCaseSlugField(_("slug"), max_length=80, unique=True, help_text=SLUG_HELP)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT, db_index=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    reviewed_on = models.DateField(
        _("last reviewed on"),
        null=True,
        blank=True,
        help_text=_("The day somebody last compared the entry with its source. Publishing sets it; visitors see it."),
    )

    # Who works on it, and how far it is
    revises = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="working_copy",
        verbose_name=_("working copy of"),
    )
    owner = account_field(_("written by"), help_text=_("Who writes it, and is told when it is sent back or published."))
    second_writer = account_field(
        _("written together with"),
        help_text=_("A second account that may write it and is told the same. You may leave it empty."),
    )
    edit_count = models.PositiveIntegerField(_("number of changes"), default=0, editable=False)
    version = models.PositiveSmallIntegerField(_("public version"), default=0, editable=False)
    version_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    public_change_at = models.DateTimeField(
        _("changed for the public at"),
        default=timezone.now,
        editable=False,
        help_text=_("When visitors last found it new, changed, at another address, back or gone."),
    )
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    scheduled_by = account_field(None, editable=False)
    completeness = models.PositiveSmallIntegerField(_("completeness in per cent"), default=0, editable=False)
    # By language, how many texts stand how: what `pilots.history.translated_texts.count_states` says.
    translation_counts = models.JSONField(_("translations"), default=dict, db_default={}, editable=False)

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

    # By facet: set by `pilots.index.rows`.
    values_on_card: dict[str, list[Any]]

    title = TranslatedField(any_language=True)
    summary = TranslatedField(any_language=True)
    background = TranslatedField(any_language=True)
    objectives = TranslatedField(any_language=True)
    what_was_done = TranslatedField(any_language=True)
    results = TranslatedField(any_language=True)
    prospects = TranslatedField(any_language=True)

    mechanism = TranslatedField(any_language=True)
    materials = TranslatedField(any_language=True)
    steps = TranslatedField(any_language=True)
    staff = TranslatedField(any_language=True)
    delivery = TranslatedField(any_language=True)
    setting = TranslatedField(any_language=True)
    duration = TranslatedField(any_language=True)
    reach = TranslatedField(any_language=True)
    tailoring = TranslatedField(any_language=True)
    changes = TranslatedField(any_language=True)
    fidelity = TranslatedField(any_language=True)
    cost = TranslatedField(any_language=True)
    continuation = TranslatedField(any_language=True)
    core = TranslatedField(any_language=True)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot")
        verbose_name_plural = _("pilots")
        ordering = ("slug",)
        permissions = [("publish_pilot", _("Can publish, withdraw and archive pilots"))]
        constraints = [
            models.CheckConstraint(name="pilot_status_is_known", condition=Q(status__in=PilotStatus.values)),
            models.CheckConstraint(
                name="published_pilot_has_publication_time",
                condition=~Q(status=PilotStatus.PUBLISHED) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pilot_evaluation_is_known",
                condition=Q(evaluation__in=["", "none", "planned", "under-way", "done"]),
            ),
            models.CheckConstraint(name="pilot_has_a_slug", condition=~Q(slug="")),
            lower_case("pilot_slug_is_lower_case"),
            models.CheckConstraint(
                name="working_copy_is_never_public",
                condition=Q(revises__isnull=True) | Q(status__in=UNPUBLISHED),
            ),
            models.CheckConstraint(
                name="second_writer_is_another_account",
                condition=Q(second_writer__isnull=True) | Q(owner__isnull=True) | ~Q(second_writer=models.F("owner")),
            ),
            shape_constraint("start", name="pilot_start_is_a_partial_date"),
            shape_constraint("end", name="pilot_end_is_a_partial_date"),
            order_constraint("start", "end", name="pilot_end_is_not_before_its_start"),
        ]
        # With the status first: without figures on the table, SQLite takes the index of that alone, and sorts.
        indexes = [
            models.Index("status", NEWEST_VERSION.desc(), "id", name="pilot_by_newest_version"),
            models.Index(fields=["status", "public_change_at"], name="pilot_by_public_change"),
        ]

    def __str__(self) -> str:
        return self.any_text("title") or self.slug

    @property
    def entry_id(self) -> int:
        """The id of the entry: of what is revised for a working copy, else its own."""
        return self.revises_id or self.pk

    @property
    def copy(self) -> "Pilot | None":
        return getattr(self, "working_copy", None)

    def is_written_by(self, user: Any) -> bool:
        """Whether `user` is one of its two writers. No query."""
        return user.pk is not None and user.pk in (self.owner_id, self.second_writer_id)

    @property
    def public_slug(self) -> str:
        """The slug visitors know or will know; a working copy's slug is never a URL."""
        return self.revises.slug if self.revises else self.slug

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been published minutes ago: then nothing looks at the clock. No query."""
        return self.publish_at is not None and self.publish_at < timezone.now() - LATE

    @property
    def is_public(self) -> bool:
        """Whether visitors can see this entry, by the rule of `PilotQuerySet.published`."""
        return self.status == self.Status.PUBLISHED

    def get_absolute_url(self) -> str:
        return reverse("pilot", args=[self.slug])
