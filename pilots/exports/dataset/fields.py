"""Columns that several tables of the archive have."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from pilots.exports.dataset.table import Field
from pilots.exports.table import batches
from pilots.models.content import text_fields
from pilots.models.provenance import ORIGINAL, is_machine_made, is_unchecked

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def of(name: str, meaning: str, path: str = "", **more: Any) -> Field:
    """A column that holds an attribute of the row, found by its dotted `path` or, without one, by the column's name."""
    return Field(name, meaning, attrgetter(path or name), **more)


def slug(name: str, path: str, meaning: str) -> Field:
    return of(name, meaning, path, required=True)


def number(path: str = "number") -> Field:
    return of("number", _("number within the pilot; it stays the same"), path, type="integer", required=True)


def passage() -> Field:
    return of("passage", _("paragraph and sentences of the source it rests on, such as 3.2-4; empty: nobody noted it"))


def language() -> Field:
    return of(
        "language", _("language of the texts in this row (BCP 47)"), "language_code", required=True, values=LANGUAGES
    )


def texts(model: Any) -> list[Field]:
    """A column for each text of a translated model, with what its form calls it."""
    rows = model._parler_meta.root_model
    names = text_fields(model)
    meaning = _("%(text)s; empty: not stated")
    own = [of(name, meaning % {"text": rows._meta.get_field(name).verbose_name}) for name in names]
    return [*own, *_provenance(names)]


def _provenance(names: list[str]) -> list[Field]:
    """Which of the texts of a row a machine translated, and which nobody has checked."""

    def those(holds: Callable[[Any], bool]) -> Callable[[Any], str]:
        def named(row: Any) -> str:
            translated = row.language_code != ORIGINAL
            return "; ".join(name for name in names if translated and row.shown(name) and holds(row.record_of(name)))

        return named

    return [
        Field("machine_made", _("which of these texts a machine translated"), those(is_machine_made)),
        Field("unchecked", _("which of these translations nobody has checked"), those(is_unchecked)),
    ]


def address(site: str) -> Field:
    return Field("address", _("address of the page"), lambda row: site + row.get_absolute_url(), required=True)


def terms(where: str) -> Field:
    return Field("terms", _("where it stands what may be reused"), lambda _row: where, required=True)


def texts_of(model: Any, ids: Iterable[int], master: str = "master") -> Iterator[Any]:
    """The translations of rows, by row and language. `master` is where the ids belong. One query for each batch."""
    rows = model._parler_meta.root_model.objects.select_related(master)
    order = ("master__pilot", "master__number") if master != "master" else ("master",)
    texts = in_batches(ids, lambda some: rows.filter(**{f"{master}__in": some}).order_by(*order, "language_code"))
    return _visible(texts) if settings.HIDE_UNCHECKED_TRANSLATIONS else texts


def _visible(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield translations without the texts that visitors are not to see, those that then say something."""
    for row in rows:
        for name in row.get_translated_fields():
            setattr(row, name, row.shown(name))
        if any(getattr(row, name) for name in row.get_translated_fields()):
            yield row


def in_batches(ids: Iterable[int], read: Callable[[list[int]], Iterable[Any]]) -> Iterator[Any]:
    for some in batches(ids):
        yield from read(some)
