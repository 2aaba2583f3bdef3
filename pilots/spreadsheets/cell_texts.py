"""What the cells of a column say of a pilot, from its content."""

from collections.abc import Callable, Iterable
from functools import partial

from pilots.models.content import MANY, PART_FIELDS, PARTS, Content, text_fields
from pilots.spreadsheets.cells import LIST_SEPARATOR, join_values
from pilots.spreadsheets.columns import PASSAGES, SheetColumn

HEADING_ONLY = "heading only"


def cell_of(column: SheetColumn) -> Callable[[Content], str]:
    """What tells the cell of a pilot in this column: worked out once for all rows of a table, which has hundreds."""
    field, language = column.field, column.language
    if column == PASSAGES:
        return _passages_cell
    if field in PARTS:
        facts = PART_FIELDS[field] if language == "en" else ()
        return partial(_parts_cell, field=field, facts=facts, text=part_text(field), language=language)
    if language:
        return lambda content: content["texts"][language].get(field, "") if language in content["texts"] else ""
    if field in MANY:
        return lambda content: LIST_SEPARATOR.join(content[field])
    return lambda content: str(content[field])


def _passages_cell(content: Content) -> str:
    return "\n".join(
        join_values([about, said["passage"], HEADING_ONLY if said["rests_on_heading"] else ""])
        for about, said in content["passages"].items()
    )


def _parts_cell(content: Content, *, field: str, facts: Iterable[str], text: str, language: str) -> str:
    parts, lines = content[field], []
    for number in sorted(parts, key=int):
        said = parts[number]["texts"].get(language, {}).get(text, "")
        if said or language == "en":
            lines.append(join_values([number, *(parts[number][fact] for fact in facts), said]))
    return "\n".join(lines)


def part_text(field: str) -> str:
    """The name of the one text that a part of this kind has."""
    return text_fields(PARTS[field])[0]
