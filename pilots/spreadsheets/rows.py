"""One pilot as one row of a spreadsheet, and back. Takes plain values and asks the database for nothing."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from pilots.models import Pilot
from pilots.models.content import MANY, ONE, PART_FIELDS, PARTS, PLAIN, Content
from pilots.models.plain_text import clean
from pilots.spreadsheets.amounts import ambiguity
from pilots.spreadsheets.cell_texts import HEADING_ONLY, cell_of, part_text
from pilots.spreadsheets.cells import (
    join_values,
    split_list,
    split_values,
    unescape_formula,
    with_plain_hyphens,
)
from pilots.spreadsheets.columns import EDIT, ONLY_SHOWN, PASSAGES, SLUG, STATUS, SheetColumn, columns

SheetRow = dict[SheetColumn, str]

MOST_LINES = 100  # parts of one kind, as on the form of an entry
NUMBER = re.compile(r"[1-9]\d{0,4}", re.ASCII)
AMOUNT = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: its column, what it says, and what to write instead."""

    column: str
    value: str
    message: str


class UnreadableCell(str):
    """What a cell says that cannot be taken as it is, with the `reason`."""

    reason: str = ""

    def __new__(cls, text: str, reason: str) -> "UnreadableCell":
        odd = super().__new__(cls, text)
        odd.reason = reason
        return odd


class DateCell(str):
    """What a cell says that holds a date, as 2019-05-17. Excel makes them of much that is none."""


def form_of(column: SheetColumn) -> str:
    """How a line of a column with several values is written: “number | kind | passage | text”."""
    if column == PASSAGES:
        return "about/value | passage | heading only"
    facts = PART_FIELDS[column.field] if column.language == "en" else ()
    names = {"qualifier": "exactness", "upper": "up to"}
    return " | ".join(["number", *(names.get(name, name) for name in facts), part_text(column.field)])


# To a row ------------------------------------------------------------------


def languages_of(content: Content) -> set[str]:
    parts = [part for field in PARTS for part in content[field].values()]
    return {code for row in (content, *parts) for code in row["texts"]}


def row_of(content: Content, languages: Iterable[str]) -> SheetRow:
    """What the cells of a pilot say, without `edit` and `status`, for texts in these languages."""
    wanted = (column for column in columns(languages) if column not in (EDIT, STATUS))
    return {column: cell_of(column)(content) for column in wanted}


# And back ------------------------------------------------------------------


def blank(slug: str) -> Content:
    content: Content = {"slug": slug, **dict.fromkeys((*ONE, *PLAIN), ""), **{name: [] for name in MANY}}
    return content | {"texts": {}, **{name: {} for name in PARTS}, "passages": {}}


def content_of(row: SheetRow, base: Content) -> tuple[Content, list[Problem]]:
    """What `base` says with the cells of `row` in place, and what cannot be read.

    A column that the row does not have leaves `base` as it is; an empty cell empties the field, but no translation.
    """
    content, problems = deepcopy(base), []
    for column, cell in sorted(row.items(), key=lambda item: (item[0].language or "en") != "en"):
        if column in (SLUG, EDIT, *ONLY_SHOWN):
            continue
        try:
            _put(content, column, _text_of(cell, column))
        except ValueError as error:
            problems.append(Problem(column.name, str(cell), str(error)))
    _clean_texts(content)
    return _settled(content, base), problems


def _text_of(cell: str, column: SheetColumn) -> str:
    if isinstance(cell, UnreadableCell):
        raise ValueError(cell.reason)
    if isinstance(cell, DateCell) and not column.is_date:
        raise ValueError(
            _("The spreadsheet made a date of this cell. Format the cell as text, then write what it should say.")
        )
    return unescape_formula(clean(cell))


def _put(content: Content, column: SheetColumn, cell: str) -> None:
    if column == PASSAGES:
        content["passages"] = _passages(cell)
    elif column.field in PARTS and column.language == "en":
        content[column.field] = _parts(cell, column, content[column.field])
    elif column.field in PARTS:
        _put_translations(content[column.field], column, cell)
    elif column.language:
        if cell or column.language == "en":
            content["texts"].setdefault(column.language, {})[column.field] = cell
    else:
        cell = with_plain_hyphens(cell) if column.is_date else cell
        content[column.field] = split_list(cell) if column.field in MANY else cell


def _lines(cell: str, column: SheetColumn, least: int, most: int) -> list[list[str]]:
    written = [line for line in cell.split("\n") if line]
    if len(written) > MOST_LINES:
        words = _("This cell has %(count)d lines; an entry has %(most)d of a kind at most.")
        raise ValueError(words % {"count": len(written), "most": MOST_LINES})
    lines = [split_values(line) for line in written]
    for values in lines:
        if not least <= len(values) <= most:
            raise ValueError(
                _("The line “%(line)s” does not have the form “%(form)s”. In a value, write \\| for a bar.")
                % {"line": join_values(values)[:80], "form": form_of(column)}
            )
    return lines


def _numbered(cell: str, column: SheetColumn, length: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, *values in _lines(cell, column, length, length):
        if not NUMBER.fullmatch(number) or int(number) > 32767:
            raise ValueError(_("“%(number)s” is no number. Begin each line with 1, 2, 3 …") % {"number": number[:40]})
        if number in found:
            raise ValueError(_("The number %(number)s stands here twice. Give each line its own.") % {"number": number})
        found[number] = values
    return found


def _parts(cell: str, column: SheetColumn, present: Content) -> Content:
    names, parts = PART_FIELDS[column.field], {}
    for number, (*facts, text) in _numbered(cell, column, len(names) + 2).items():
        others = {code: texts for code, texts in present.get(number, {}).get("texts", {}).items() if code != "en"}
        values = {name: _fact(name, fact) for name, fact in zip(names, facts, strict=True)}
        known = {key: said for key, said in present.get(number, {}).items() if key == "provenance"}
        parts[number] = values | {"texts": {"en": {part_text(column.field): text}} | others} | known
    return parts


def _fact(name: str, value: str) -> str:
    """A value as content has it: 2.5 for 2.50, lower case for a choice. Raises ValueError for an unclear one."""
    if name in ("value", "upper"):
        if unclear := ambiguity(value):
            raise ValueError(unclear)
        return f"{Decimal(value).normalize():f}" if AMOUNT.fullmatch(value) else value
    if name == "passage":
        return with_plain_hyphens(value)
    return value.lower() if name in ("kind", "qualifier") else value


def _put_translations(parts: Content, column: SheetColumn, cell: str) -> None:
    texts = _numbered(cell, column, 2)
    lost = sorted(set(texts) - set(parts), key=int)
    if lost:
        raise ValueError(
            _("There is no number %(number)s in “%(column)s”. Add it there first, in English.")
            % {"number": lost[0], "column": SheetColumn(column.field, "en").name}
        )
    for number, (text,) in texts.items():
        if text:
            parts[number]["texts"][column.language] = {part_text(column.field): text}


def _passages(cell: str) -> Content:
    passages: Content = {}
    for about, passage, *heading in _lines(cell, PASSAGES, 2, 3):
        if about in passages:
            raise ValueError(_("“%(about)s” stands here twice. Join its passages: 3.1, 4.2") % {"about": about[:80]})
        note = "".join(heading).lower()
        if note not in ("", HEADING_ONLY):
            raise ValueError(_("After the passage, write “heading only” or nothing."))
        passages[about] = {"passage": with_plain_hyphens(passage), "rests_on_heading": bool(note)}
    return passages


def _clean_texts(content: Content) -> None:
    """Have each text as its field keeps it, and leave out those that say nothing, as content does."""
    rows: list[tuple[Any, Content]] = [(Pilot, content)]
    rows += [(model, part) for field, model in PARTS.items() for part in content[field].values()]
    for model, row in rows:
        field_named = model._parler_meta.root_model._meta.get_field
        said = {
            code: {name: text for name, typed in texts.items() if (text := field_named(name).to_python(typed))}
            for code, texts in row["texts"].items()
        }
        row["texts"] = {code: texts for code, texts in said.items() if texts}


def _settled(value: Any, present: Any) -> Any:
    """`value`, its lists in the order of `present` where they hold the same."""
    if isinstance(value, dict) and isinstance(present, dict):
        return {key: _settled(inner, present.get(key)) for key, inner in value.items()}
    if isinstance(value, list) and isinstance(present, list):
        return present if set(value) == set(present) else sorted(value)
    return value
