"""Tables described for Frictionless programs (Data Package 2.0). Plain values in, plain values out."""

from typing import Any

from pilots.exports.dataset.table import DataTable, Field
from pilots.exports.dataset.written import Edition, WrittenFile


def data_package(edition: Edition, tables: list[tuple[DataTable, WrittenFile]]) -> dict[str, Any]:
    """The descriptor. No `licenses`: nobody has set one, and the terms are named instead."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "prepare-pilots",
        "title": edition.title,
        "description": f"{edition.description}\n\n{edition.terms}",
        "homepage": edition.home,
        "version": edition.version,
        "created": edition.changed_at,
        "contributors": [{"title": edition.publisher, "roles": ["publisher"]}],
        "resources": [_resource(table, file) for table, file in tables],
    }


def _resource(table: DataTable, file: WrittenFile) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(field) for field in table.fields],
            "missingValues": [""],
            "primaryKey": list(table.key),
            **({"foreignKeys": _foreign_keys(table)} if table.references else {}),
        },
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = list(field.values)
    said = {"name": field.name, "type": field.type, "description": field.meaning}
    return said | ({"constraints": constraints} if constraints else {})


def _foreign_keys(table: DataTable) -> list[dict[str, Any]]:
    return [
        {"fields": list(one.fields), "reference": {"resource": one.table, "fields": list(one.key)}}
        for one in table.references
    ]
