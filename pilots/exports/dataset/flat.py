"""Flat tables of pilots and lessons: the files that their lists give, one row each with all languages beside."""

from collections.abc import Callable, Iterator
from operator import itemgetter

from django.utils.translation import gettext as _

from pilots.browse.filters import LessonFilterSet
from pilots.browse.selection import Selection
from pilots.exports.dataset.snapshot import Snapshot
from pilots.exports.dataset.table import DataTable, Field
from pilots.exports.lesson_table import lesson_columns, lesson_lines
from pilots.exports.pilot_table import explained, pilot_lines, public_languages, sheet_columns
from pilots.exports.table import TableColumn


def flat_tables(now: Snapshot) -> list[DataTable]:
    """The tables of `/pilots.csv` and `/lessons.csv`, everything in them."""
    sheet, languages = sheet_columns(now.public.number), public_languages(now.public.number)
    order = now.public.order("place").ids
    pilots = lambda: pilot_lines(order, sheet, now.site, now.terms.address)  # noqa: E731
    lessons = lambda: lesson_lines(now.public, _lessons(now), languages, now.site, now.terms.address)  # noqa: E731
    return [
        _flat("pilots", _("Pilots, one row each"), explained(sheet), ("slug",), pilots),
        _flat("lessons", _("Lessons, one row each"), lesson_columns(languages), ("pilot", "number"), lessons),
    ]


def _lessons(now: Snapshot) -> list[int]:
    found = LessonFilterSet.matches(Selection(), now.public)
    return found[0 : len(found)]


def _flat(
    name: str, title: str, columns: list[TableColumn], key: tuple[str, ...], lines: Callable[[], Iterator[list[str]]]
) -> DataTable:
    types = {"number": "integer"}
    fields = [
        Field(column.name, column.meaning, itemgetter(place), types.get(column.kind, "string"))
        for place, column in enumerate(columns)
    ]
    return DataTable(f"flat/{name}.csv", title, tuple(fields), key, lines)
