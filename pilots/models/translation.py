"""Texts in several languages: one row a language, found by the key of what it translates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from parler.managers import TranslatableManager, TranslatableQuerySet
from parler.models import TranslatableModel, TranslatedFieldsModel

from pilots.models.provenance import (
    ORIGINAL,
    ProvenanceField,
    Record,
    RecordsFitLanguage,
    State,
    is_unchecked,
    state_of,
)
from pilots.models.slugs import LowerCaseSlugField


def current_language() -> str:
    """The code of the page's language; English where translations are switched off."""
    return get_language() or "en"


def best_text(texts: dict[str, str], language: str) -> tuple[str, str]:
    """One of `texts`, which come by language, and its language; ("", language) when all are empty.

    Prefers `language`, then English, then whatever there is.
    """
    for code in (language, "en", *sorted(texts)):
        if texts.get(code):
            return texts[code], code
    return "", language


class Standing(NamedTuple):
    """Who made a translated text, "machine", "person" or None; the day a person checked it; how the English changed.

    Who checked it is nobody's business but the editors'.
    """

    made_by: str | None = None
    checked_on: str | None = None
    state: State | None = None


def unchecked_texts(model: Any, prefix: str = "") -> Q:
    """That there is a text in a translation of `model` that nobody has checked; `prefix` leads to the translations."""
    texts = [
        Q(**{f"{prefix}{name}__gt": "", f"{prefix}provenance__{name}__checked_at__isnull": True})
        for name in model._parler_meta.root_model.get_translated_fields()
    ]
    return reduce(or_, texts) & ~Q(**{f"{prefix}language_code": ORIGINAL})


def seen_texts(model: Any) -> Q:
    """That there is a text in a translation of `model` that visitors see."""
    texts = [
        Q(**{f"{name}__gt": ""})
        & (Q(**{f"provenance__{name}__checked_at__isnull": False}) if settings.HIDE_UNCHECKED_TRANSLATIONS else Q())
        for name in model._parler_meta.root_model.get_translated_fields()
    ]
    return reduce(or_, texts) & ~Q(language_code=ORIGINAL)


def shown_texts(model: Any) -> Q:
    """That visitors see a text in a translation of `model`: in all rows, or where one was checked."""
    if not settings.HIDE_UNCHECKED_TRANSLATIONS:
        return Q()
    names = model._parler_meta.root_model.get_translated_fields()
    checked = [Q(**{f"provenance__{name}__checked_at__isnull": False}) for name in names]
    return reduce(or_, checked, Q(language_code=ORIGINAL))


def shown(path: str) -> Any:
    """The text that `path` leads to in a query for values, "" where visitors are not to see it."""
    if not settings.HIDE_UNCHECKED_TRANSLATIONS:
        return F(path)
    prefix, _underscores, name = path.rpartition("__")
    prefix += "__" if prefix else ""
    visible = Q(**{f"{prefix}language_code": ORIGINAL})
    visible |= Q(**{f"{prefix}provenance__{name}__checked_at__isnull": False})
    return Case(When(visible, then=F(path)), default=Value(""), output_field=models.TextField())


def give_texts(rows: Sequence[Any]) -> None:
    """Put their texts into rows of one model. One query; a third of the work of `prefetch_related`."""
    by_master: dict[int, list[Any]] = defaultdict(list)
    if rows:
        for text in rows[0]._parler_meta.root_model.objects.filter(master__in={row.pk for row in rows}).order_by():
            by_master[text.master_id].append(text)
    for row in rows:
        row.__dict__.setdefault("_prefetched_objects_cache", {})["translations"] = by_master[row.pk]


def has_texts(row: models.Model) -> bool:
    """Whether the texts of `row` were fetched with it. No query."""
    return "translations" in getattr(row, "_prefetched_objects_cache", {})


class TranslatedQuerySet(TranslatableQuerySet):
    """Rows with texts in several languages."""

    def with_texts(self, *related: str) -> list[Any]:
        """The rows with their texts and the rows named by `related`, in one query instead of two.

        Rows without a text in any language are left out.
        """
        texts = self.model._parler_meta.root_model.objects.filter(master__in=self.order_by())
        order = [f"master__{field}" for field in self.model._meta.ordering]
        rows: dict[int, Any] = {}
        for text in texts.select_related("master", *(f"master__{name}" for name in related)).order_by(*order):
            row = rows.setdefault(text.master_id, text.master)
            # Where Django keeps what prefetch_related("translations") finds, and parler looks for it.
            row.__dict__.setdefault("_prefetched_objects_cache", {}).setdefault("translations", []).append(text)
        return list(rows.values())


class SluggedQuerySet(TranslatedQuerySet):
    """Rows known by their slug."""

    def get_by_natural_key(self, slug: str) -> Any:
        """The row with this slug. One query. Raises the model's DoesNotExist."""
        return self.get(slug=slug.lower())


class TranslationManager(models.Manager):
    """Finds a translation by the natural key of its master, then its language."""

    def get_by_natural_key(self, *key: Any) -> Any:
        """The translation for `(*key of the master, language code)`. Two queries."""
        *master_key, language = key
        masters: Any = self.model._meta.get_field("master").related_model
        return self.get(master=masters._default_manager.get_by_natural_key(*master_key), language_code=language)


class Translation(TranslatedFieldsModel):
    """The texts of one row in one language, and what is known of each. Subclasses add `master` and the texts."""

    provenance = ProvenanceField(_("provenance"))

    objects: ClassVar[TranslationManager] = TranslationManager()

    class Meta:
        abstract = True
        constraints = (RecordsFitLanguage(name="%(class)s_provenance_fits_its_language"),)

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.master.natural_key(), self.language_code)

    @classmethod
    def get_translated_fields(cls, include_m2m: bool = True) -> list[str]:  # noqa: FBT001, FBT002 (parler's)
        """The names of the texts. What is known of them is no text."""
        return [name for name in super().get_translated_fields(include_m2m) if name != "provenance"]

    def record_of(self, field: str) -> Record:
        """What is known of one text, {} for nothing."""
        record: Record = self.provenance.get(field, {})
        return record

    def shown(self, field: str) -> str:
        """The text as visitors see it: "" for one that they are not to see."""
        return str(getattr(self, field)) if self.is_shown(field) else ""

    def is_shown(self, field: str) -> bool:
        """Whether visitors see this text, if there is one."""
        return (
            not settings.HIDE_UNCHECKED_TRANSLATIONS
            or self.language_code == ORIGINAL
            or not is_unchecked(self.record_of(field))
        )


class Translated(TranslatableModel):
    """A row with texts in several languages; English is the original and what others fall back to."""

    objects = TranslatableManager()

    class Meta:
        abstract = True

    def text_in(self, field: str, language: str) -> tuple[str, str]:
        """The text of `field` and the code of the language it is in.

        Prefers `language`, then English, then whatever there is; ("", language) when the text
        is empty in all. No query when `translations` is prefetched.
        """
        return best_text(
            {row.language_code: getattr(row, field) for row in self._all_texts() if row.is_shown(field)}, language
        )

    def state_in(self, field: str, language: str) -> State:
        """How the text of `field` in `language` stands to the English. No query when `translations` is prefetched."""
        said = {row.language_code: (getattr(row, field), row.record_of(field)) for row in self._all_texts()}
        nothing: tuple[str, Record] = ("", {})
        return (
            State.CURRENT
            if language == ORIGINAL
            else state_of(*said.get(ORIGINAL, nothing), *said.get(language, nothing))
        )

    def is_unchecked_in(self, field: str, language: str) -> bool:
        """Whether there is a text of `field` in `language` that nobody is known to have checked; English is its own.

        No query when `translations` is prefetched.
        """
        if language == ORIGINAL:
            return False
        texts = {row.language_code: row for row in self._all_texts()}
        return (
            language in texts
            and bool(getattr(texts[language], field))
            and is_unchecked(texts[language].record_of(field))
        )

    def record_in(self, field: str, language: str) -> Record:
        """What is known of a text, {} for nothing. No query when `translations` is prefetched."""
        return next((row.record_of(field) for row in self._all_texts() if row.language_code == language), {})

    def standing_in(self, field: str, language: str) -> Standing:
        """What visitors may know of a translated text. No query when `translations` is prefetched."""
        record = self.record_in(field, language)
        state = self.state_in(field, language) if record.get("of") else None
        return Standing(record.get("by"), record.get("checked_at", "")[:10] or None, state)

    def has_unchecked(self, language: str) -> bool:
        """Whether visitors see a text of this row in `language` that nobody has checked. No query when prefetched."""
        return any(
            getattr(row, field) and row.is_shown(field) and is_unchecked(row.record_of(field))
            for row in self._all_texts()
            if row.language_code == language != ORIGINAL
            for field in row.get_translated_fields()
        )

    def _all_texts(self) -> Iterable[Any]:
        texts: Iterable[Any] | None = self.__dict__.get("_prefetched_objects_cache", {}).get("translations")
        return self.translations.all() if texts is None else texts

    def language_of(self, field: str, stored_in: str) -> str:
        """The language to mark a text with that stands in the row of `stored_in`; "" claims none."""
        return stored_in

    def any_text(self, field: str) -> str:
        """The text of `field` for editors: in their language, else in another; "" when there is none at all."""
        own = self.safe_translation_getter(field, any_language=True)
        return own or best_text({row.language_code: getattr(row, field) for row in self._all_texts()}, ORIGINAL)[0]


class Slugged(Translated):
    """A translated row with an address of its own."""

    slug = LowerCaseSlugField(_("slug"), max_length=80, unique=True)

    objects = SluggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class NumberedQuerySet(TranslatedQuerySet):
    """Parts of a pilot, known by the pilot and their number in it."""

    def get_by_natural_key(self, pilot: str, number: int) -> Any:
        """Part `number` of the pilot with slug `pilot`. One query."""
        return self.get(pilot__slug=pilot, number=number)


class PartOfPilot(Translated):
    """A numbered part of a pilot. Subclasses add `pilot` and their texts."""

    number = models.PositiveSmallIntegerField()

    objects = NumberedQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, int]:
        return (self.pilot.slug, self.number)
