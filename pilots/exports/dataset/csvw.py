"""Tables described for CSV on the Web (W3C Recommendation, 17 December 2015). Plain values in, plain values out."""

import re
from typing import Any
from urllib.parse import quote

from pilots.exports.dataset.table import DataTable, Field
from pilots.exports.dataset.written import Edition

TYPES = {"datetime": "dateTime", "number": "decimal"}


def csv_metadata(edition: Edition, tables: list[DataTable]) -> dict[str, Any]:
    """The description of the group of all tables. No `dc:license`: nobody has set one."""
    paths = {table.name: table.path for table in tables}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": edition.title,
        "dc:description": edition.description,
        "dc:publisher": edition.publisher,
        "dc:rights": f"{edition.terms}",
        "dc:modified": edition.changed_at,
        "tables": [_table(table, paths) for table in tables],
    }


def _table(table: DataTable, paths: dict[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(field) for field in table.fields]}
    schema["primaryKey"] = [_name(name) for name in table.key]
    if table.references:
        schema["foreignKeys"] = [
            {
                "columnReference": [_name(name) for name in one.fields],
                "reference": {"resource": paths[one.table], "columnReference": [_name(name) for name in one.key]},
            }
            for one in table.references
        ]
    return {"url": table.path, "dc:title": table.title, "tableSchema": schema}


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": _name(field.name),
        "titles": field.name,
        "dc:description": field.meaning,
        "datatype": _datatype(field),
        "required": field.required,
    }


def _datatype(field: Field) -> str | dict[str, str]:
    if field.values:
        return {"base": "string", "format": "|".join(map(re.escape, field.values))}
    return TYPES.get(field.type, field.type)


def _name(name: str) -> str:
    """The name of a column as part of an address: “what was done (fr)” has blanks and brackets."""
    return quote(name.replace(" ", "_"), safe="")
