"""The text of a source, kept so that pointers can be checked; and the pointers that lead into it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from pilots.models.lesson import Lesson
from pilots.models.numbered_text import NumberedText
from pilots.models.parts import KeyFigure, OrganisationInvolved
from pilots.models.passage import Passage
from pilots.models.pilot import Pilot
from pilots.models.sources import Source
from pilots.models.text_fields import LONGEST_SOURCE, LineField, ProseField
from prepare_portal.phrases import in_digits

# Each is numbered, and an anchor: so many make a page of a megabyte. A hundred pages have about half as many.
MOST_SENTENCES = 4_000


class SourceTextQuerySet(models.QuerySet["SourceText"]):
    def shown(self) -> Self:
        """Those that visitors may read. Whatever a visitor is shown of a source's text starts here."""
        return self.filter(may_be_shown=True)

    def get_by_natural_key(self, source: str) -> "SourceText":
        return self.get(source__slug=source)


class SourceText(models.Model):
    """The text of one source. Editors read it; visitors only where it may be shown."""

    source = models.OneToOneField(Source, models.CASCADE, related_name="full_text", verbose_name=_("source"))
    text = ProseField(
        _("text"),
        max_length=LONGEST_SOURCE,
        help_text=_("One paragraph or heading a line, as pointers count them. Lines that are empty do not count."),
    )
    original_language = LineField(
        _("language of the text"),
        max_length=15,
        blank=True,
        help_text=_("A screen reader then reads its sentences in that language."),
    )
    may_be_shown = models.BooleanField(
        _("may be shown to visitors"),
        default=False,
        help_text=_("Only where the terms of the source allow it. Otherwise nobody but editors reads a word of it."),
    )

    objects = SourceTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a source")
        verbose_name_plural = _("text of the source")
        ordering = ("source",)
        constraints = [models.CheckConstraint(name="source_text_is_not_empty", condition=~Q(text=""))]

    def __str__(self) -> str:
        return str(self.source)

    def clean(self) -> None:
        """Refuse a text of more sentences than one page can show."""
        found = NumberedText(self.text).sentence_count
        if found > MOST_SENTENCES:
            words = _("This has %(found)s headings and sentences; at most %(most)s can be shown. Is it one text?")
            numbers = {"found": in_digits(found), "most": in_digits(MOST_SENTENCES)}
            raise ValidationError({"text": ValidationError(words, params=numbers)})

    def natural_key(self) -> tuple[str]:
        return (self.source.slug,)


@dataclass(frozen=True)
class StoredPointer:
    """A pointer of a pilot into its source, and what it stands for."""

    pilot: str
    about: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.pilot}, {self.about}: {self.pointer}"


def pointers_of(pilots: QuerySet[Pilot]) -> Iterator[StoredPointer]:
    """The pointers of these pilots into their source. Four queries."""
    rows = Passage.objects.filter(pilot__in=pilots).select_related("pilot")
    for row in rows.order_by("pilot__slug", "about", "value"):
        yield StoredPointer(row.pilot.slug, " ".join(filter(None, [row.get_about_display(), row.value])), row.passage)
    parts: tuple[Any, ...] = (Lesson, KeyFigure, OrganisationInvolved)
    for model in parts:
        numbered = model.objects.filter(pilot__in=pilots).exclude(passage="")
        for pilot, number, pointer in numbered.order_by("pilot__slug", "number").values_list(
            "pilot__slug", "number", "passage"
        ):
            yield StoredPointer(pilot, f"{model._meta.verbose_name} {number}", pointer)


def pointers_beyond(text: NumberedText, pilots: QuerySet[Pilot]) -> list[StoredPointer]:
    """The pointers of these pilots that name what the `text` of their source does not have."""
    return [stored for stored in pointers_of(pilots) if text.look_up(stored.pointer).beyond]
