"""Backups in tests: what a place holds, and backups that somebody altered on the way."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps

from pilots.management.backups import databases, tables
from pilots.models import SecurityEvent

Parts = dict[str, bytes]
SEAL = 64


def stored_rows() -> dict[str, tuple[Any, ...]]:
    """All rows that a backup keeps, and the last id of each table; but the log in which the commands write, too."""
    return {
        model._meta.label_lower: (list(tables.lines(model, tables.fields_of(model))), databases.last_id(model))
        for model in tables.kept_models(apps)
        if model is not SecurityEvent
    }


def parts_of(file: Path) -> Parts:
    with zipfile.ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def sealed(data: bytes) -> bytes:
    """A zip with a comment of the right length, as a whole backup."""
    body = data[:-SEAL]
    return body + hashlib.sha256(body).hexdigest().encode()


def zipped(parts: Parts) -> bytes:
    """These parts as a zip that says it is whole."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
        new.comment = b"0" * SEAL
    return sealed(data.getvalue())


def rewrite(file: Path, change: Callable[[Parts, dict[str, Any]], None]) -> None:
    """Have `change` alter parts and manifest, and seal the backup again, as somebody who knows the format could."""
    parts = parts_of(file)
    manifest = json.loads(parts["manifest.json"])
    change(parts, manifest)
    if "manifest.json" in parts:
        parts["manifest.json"] = json.dumps(manifest).encode()
    file.write_bytes(zipped(parts))


def rewrite_rows(table: str, change: Callable[[list[Any]], None]) -> Callable[[Parts, dict[str, Any]], None]:
    """A change of one table's rows, with counts and digests that fit."""

    def changed(parts: Parts, manifest: dict[str, Any]) -> None:
        name = f"tables/{table}.jsonl"
        rows = [json.loads(line) for line in parts[name].splitlines()]
        change(rows)
        parts[name] = b"".join(map(tables.as_line, rows))
        said = manifest["tables"][table]
        said["rows"], said["sha256"] = len(rows), hashlib.sha256(parts[name]).hexdigest()

    return changed
