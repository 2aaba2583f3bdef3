"""The texts that a PO file may name: of entries, and of what has no history, such as values and organisations."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst

from pilots import workflow
from pilots.admin.translating.names_table import KINDS
from pilots.admin.translating.standing import to_translate
from pilots.admin.translating.words import full_label, label_of_text
from pilots.history.translated_texts import TranslatedText, texts_of_row, translated_texts
from pilots.models import Pilot, Statement
from pilots.models.content import read_contents
from pilots.models.row_texts import RowTexts, read_texts
from pilots.po_files.writer import address_of
from pilots.workflow import PlannedTranslation

MARK = ":"  # between the kind and the slug of what is no entry: “stage:prison”


@dataclass(frozen=True)
class KnownRow:
    """A row that texts of a file belong to. `said`: what its texts say, for one without a history."""

    row: Any
    title: str
    may_write: bool
    may_confirm: bool
    said: RowTexts | None = None

    @cached_property
    def state(self) -> str:
        """Another one once the row was changed."""
        return f"{self.row._meta.model_name} {self.row.pk} {self.said or self.row.edit_count}"

    def planned(self) -> PlannedTranslation:
        return PlannedTranslation(self.row, said=self.said)


@dataclass(frozen=True)
class KnownText:
    """A text that the account may read, and what it is called."""

    of: KnownRow
    text: TranslatedText
    label: str


def known_texts(slugs: set[str], language: str, user: Any) -> Iterator[tuple[str, KnownText]]:
    """The texts of what these slugs name and `user` may read, by their addresses. Two queries more for each kind."""
    yield from _of_pilots({slug for slug in slugs if MARK not in slug}, language, user)
    for model in KINDS:
        start = slug_of(model, "")
        keys = {slug.removeprefix(start) for slug in slugs if slug.startswith(start)}
        if keys and workflow.may_translate_row(user, model, language):
            yield from _of_names(model, keys, language)


def _of_pilots(slugs: set[str], language: str, user: Any) -> Iterator[tuple[str, KnownText]]:
    rows = to_translate(user).filter(Q(slug__in=slugs) | Q(revises__slug__in=slugs))
    read = {row.pk: row for row in rows.select_related("working_copy").prefetch_related("translations")}
    for pk, content in read_contents(read).items():
        row = read[pk]
        may = (workflow.may_translate(user, row, language), workflow.may_check(user, row, language))
        known = KnownRow(row, str(row), *may)
        for text in translated_texts(content, language):
            yield address_of(content["slug"], text.path), KnownText(known, text, full_label(text.path, content))


def _of_names(model: Any, keys: set[str], language: str) -> Iterator[tuple[str, KnownText]]:
    rows = model.objects.filter(**{f"{key_field(model)}__in": keys}).in_bulk()
    for pk, said in read_texts(model, "master", rows).items():
        texts = texts_of_row(said, model, language)
        title = texts[0].original or texts[0].text if texts else ""
        known = KnownRow(rows[pk], title, may_write=True, may_confirm=True, said=said)
        for text in texts:
            yield (
                address_of(slug_of(model, *rows[pk].natural_key()), text.path),
                KnownText(known, text, label_of_name(text, model)),
            )


def names_of(user: Any, language: str) -> Iterator[tuple[str, str, TranslatedText]]:
    """Every text of what is no entry and `user` may translate: its slug, what it is called. Two queries a kind."""
    for model in KINDS:
        if workflow.may_translate_row(user, model, language):
            rows = model.objects.in_bulk()
            for pk, said in sorted(read_texts(model, "master", model.objects.values("pk")).items()):
                for text in texts_of_row(said, model, language):
                    yield slug_of(model, *rows[pk].natural_key()), label_of_name(text, model), text


def slug_of(model: Any, key: str) -> str:
    """What stands for a row in an address: “stage:prison”."""
    return f"{model._meta.model_name}{MARK}{key}"


def key_field(model: Any) -> str:
    """The field by which rows of a model are named in files."""
    return "kind" if model is Statement else "slug"


def label_of_name(text: TranslatedText, model: Any) -> str:
    """What a text is called: “Stage · Name”."""
    return f"{capfirst(model._meta.verbose_name)} · {label_of_text(text.path, model)}"


def model_of(known: KnownText) -> Any:
    """The model whose fields the texts of a row are."""
    return Pilot if known.of.said is None else type(known.of.row)
