"""Words that mean the same to those who search, as editors put them together."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.models.plain_text import listed
from pilots.models.provenance import ORIGINAL
from pilots.models.slugs import LowerCaseSlugField, lower_case
from pilots.models.text_fields import ProseField

LONGEST_SET = 1_000  # characters
MOST_WORDS = 12
LONGEST_WORD = 60


class SynonymSetManager(models.Manager["SynonymSet"]):
    """Finds a set by its key."""

    def get_by_natural_key(self, slug: str) -> "SynonymSet":
        """The set with this key. One query. Raises DoesNotExist."""
        return self.get(slug=slug)


def check_words(text: str) -> None:
    """Raise ValidationError unless there are some words, each short and different from the others."""
    words = split_words(text)
    folded = [word.casefold() for word in words]
    if not 2 <= len(words) <= MOST_WORDS:
        raise ValidationError(_("Write from two to %(most)d words or phrases, one a line.") % {"most": MOST_WORDS})
    for word in words:
        if len(word) > LONGEST_WORD:
            said = {"word": word, "most": LONGEST_WORD}
            raise ValidationError(_("“%(word)s” is too long: at most %(most)d characters a line.") % said)
        if not any(char.isalnum() for char in word):
            raise ValidationError(_("“%(word)s” has neither letter nor digit.") % {"word": word})
        if folded.count(word.casefold()) > 1:
            raise ValidationError(_("“%(word)s” stands there twice.") % {"word": word})


def split_words(text: str) -> list[str]:
    """The words or phrases of a set, one a line."""
    return listed(text)


class SynonymSet(models.Model):
    """Words or phrases of which each finds what any other of them finds; pages say so where it found more.

    A set counts on pages in its language, an English one on all pages: they show English where a text is missing.
    """

    slug = LowerCaseSlugField(gettext_lazy("key"), max_length=80, unique=True)
    language = models.CharField(
        gettext_lazy("language"),
        max_length=15,
        choices=settings.LANGUAGES,
        default=ORIGINAL,
        db_default=ORIGINAL,
        help_text=gettext_lazy("Pages in this language use the set; an English one is used on all pages."),
    )
    words = ProseField(
        gettext_lazy("words"),
        max_length=LONGEST_SET,
        validators=[check_words],
        help_text=gettext_lazy(
            "One word or phrase a line. Only what means the same in this field: “parole” and “conditional release”, "
            "but not “probation”."
        ),
    )

    objects = SynonymSetManager()

    class Meta:
        verbose_name = gettext_lazy("set of synonyms")
        verbose_name_plural = gettext_lazy("synonyms")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(name="synonym_set_has_a_slug", condition=~Q(slug="")),
            models.CheckConstraint(name="synonym_set_has_several_words", condition=Q(words__contains="\n")),
            lower_case("synonym_set_slug_is_lower_case"),
        ]

    def __str__(self) -> str:
        return ", ".join(split_words(self.words))

    def natural_key(self) -> tuple[str]:
        """The key, as fixtures name this row."""
        return (self.slug,)
