"""Pointers into the source: paragraph and sentence numbers, never a quotation.

A pointer is written `3` (all of paragraph 3), `3.2` (its second sentence) or `3.2-4`; several are
joined by commas: `2, 3.1`. Paragraphs are the source's lines that are not empty, headings included,
counted from 1.
"""

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from pilots.models.numbered_text import POINTER
from pilots.models.pilot import PROFILE, SECTIONS, Pilot
from pilots.models.plain_text import clean_numbers
from pilots.models.slugs import LowerCaseSlugField
from pilots.models.text_fields import LineField
from prepare_portal.phrases import series_of

# What a pointer can stand for: a text, an item of the profile, a fact or a classification.
CLAIMS = (
    *("title", "summary", *SECTIONS, *PROFILE, "authority", "partners"),
    *("activity_types", "audiences", "target_groups", "stages", "start", "end"),
)
# Of these, each value has a pointer of its own.
CLASSIFICATIONS = ("partners", "activity_types", "audiences", "target_groups", "stages")
NO_VALUE = _("Only a classification has a value. Leave it empty for a text, an item or another fact.")
# Where a reader looks first for what an item of the profile says.
SAID_IN = ("what_was_done", "results", "background", "objectives", "prospects", "summary")


def validate_passage(value: str) -> None:
    """Raise ValidationError unless `value` is a list of pointers."""
    for part in value.split(","):
        match = POINTER.fullmatch(part.strip())
        if not match or (match["last"] and int(match["last"]) <= int(match["first"])):
            raise ValidationError(
                gettext(
                    "“%(part)s” is no passage. Write paragraph and sentences as 3, 3.2 or 3.2-4, several with commas."
                ),
                params={"part": part.strip()},
            )


def describe_passage(value: str) -> str:
    """`2, 3.1-2` as “paragraph 2; paragraph 3, sentences 1–2”; "" for ""."""
    return series_of(_describe_part(part.strip()) for part in value.split(",") if part.strip())


def sentences_in(value: str) -> set[tuple[int, int | None]]:
    """What `2, 3.1-2` points at, by paragraph and sentence; the sentence is None for the whole of a paragraph."""
    found: set[tuple[int, int | None]] = set()
    for match in filter(None, (POINTER.fullmatch(part.strip()) for part in value.split(","))):
        paragraph, first = int(match["paragraph"]), int(match["first"] or 0)
        sentences = range(first, int(match["last"] or first) + 1) if first else [None]
        found |= {(paragraph, sentence) for sentence in sentences}
    return found


def covers(passage: str, other: str) -> bool:
    """Whether every sentence that `other` points at is one that `passage` points at."""
    wide = sentences_in(passage)
    return all((paragraph, number) in wide or (paragraph, None) in wide for paragraph, number in sentences_in(other))


def section_that_says(passage: str, passages: dict[str, str]) -> str:
    """The text of a pilot that rests on all of `passage`; "" for none. `passages` are those of its texts, by name."""
    return next((name for name in SAID_IN if covers(passages.get(name, ""), passage)), "")


def passage_by_text(passages: "Iterable[Passage]") -> dict[str, str]:
    """Return for each text the pointer to where the source says so."""
    return {row.about: row.passage for row in passages if not row.value}


def _describe_part(part: str) -> str:
    match = POINTER.fullmatch(part)
    if not match:
        return part
    if match["last"]:
        return gettext("paragraph %(paragraph)s, sentences %(first)s–%(last)s") % match.groupdict()
    if match["first"]:
        return gettext("paragraph %(paragraph)s, sentence %(first)s") % match.groupdict()
    return gettext("paragraph %(paragraph)s") % match.groupdict()


class PassageField(LineField):
    """A pointer into the pilot's source, empty where there is none."""

    default_validators = [validate_passage]
    cleaned = staticmethod(clean_numbers)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        kwargs.setdefault(
            "help_text",
            _("Where the source says so: paragraph and sentences, such as 3.2-4. Headings count as paragraphs."),
        )
        super().__init__(*args, **kwargs)


class PassageQuerySet(models.QuerySet["Passage"]):
    def get_by_natural_key(self, pilot: str, about: str, value: str) -> "Passage":
        return self.get(pilot__slug=pilot, about=about, value=value)

    def of_items(self) -> Self:
        """Those that make an item of the profile a stated one."""
        return self.filter(about__in=PROFILE, value="")

    def follow(self, about: str, *, old: str, new: str) -> None:
        """Point at the value `new` what pointed at `old`, after that value was given another slug."""
        there = self.model._default_manager.filter(about=about, value=new).values("pilot")
        self.filter(about=about, value=old).exclude(pilot__in=there).update(value=new)


class Passage(models.Model):
    """Where the source says what one text or one classification of a pilot says."""

    class About(models.TextChoices):
        """What the pointer stands for: a text, an item of the profile, or a fact or classification."""

        TITLE = "title", _("title")
        SUMMARY = "summary", _("summary")
        BACKGROUND = "background", _("background")
        OBJECTIVES = "objectives", _("objectives")
        WHAT_WAS_DONE = "what_was_done", _("what was done")
        RESULTS = "results", _("results")
        PROSPECTS = "prospects", _("prospects")
        MECHANISM = "mechanism", _("why it should work")
        MATERIALS = "materials", _("materials")
        STEPS = "steps", _("steps")
        STAFF = "staff", _("who did it, and with what training")
        DELIVERY = "delivery", _("how it was delivered")
        SETTING = "setting", _("where, and what it needs there")
        DURATION = "duration", _("how often and how long")
        REACH = "reach", _("who was reached, of how many")
        TAILORING = "tailoring", _("fitted to whom")
        CHANGES = "changes", _("changed on the way, and why")
        FIDELITY = "fidelity", _("kept to plan")
        COST = "cost", _("cost")
        CONTINUATION = "continuation", _("went on after the pilot")
        CORE = "core", _("what must stay and what may change")
        AUTHORITY = "authority", _("authority")
        PARTNERS = "partners", _("partners")
        ACTIVITY_TYPES = "activity_types", _("activity types")
        AUDIENCES = "audiences", _("audiences")
        TARGET_GROUPS = "target_groups", _("target groups")
        STAGES = "stages", _("stages")
        START = "start", _("start")
        END = "end", _("end")

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="passages", verbose_name=_("pilot"))
    about = models.CharField(pgettext_lazy("subject", "about"), max_length=20, choices=About.choices)
    value = LowerCaseSlugField(
        _("value"),
        max_length=80,
        blank=True,
        help_text=_("For a classification, the slug of the value, such as “training”; empty for texts."),
    )
    passage = PassageField(_("passage"), blank=False)
    rests_on_heading = models.BooleanField(
        _("heading only"),
        default=False,
        help_text=_("The heading says so, the text below it does not."),
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
                condition=Q(about__in=CLAIMS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} {self.value}: {self.passage}"

    def clean(self) -> None:
        """Raise ValidationError for a value of what has none: what stands for it would count as stated."""
        if self.value and self.about not in CLASSIFICATIONS:
            raise ValidationError({"value": NO_VALUE})

    def natural_key(self) -> tuple[str, str, str]:
        return (self.pilot.slug, self.about, self.value)
