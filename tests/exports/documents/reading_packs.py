"""Reads packs: what writers are given, and what stands in a PDF besides its letters."""

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pilots.exports.documents import views
from pilots.exports.documents.typst_writer import to_json
from tests.exports.reading_files import body

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@contextmanager
def plain_packs() -> Iterator[None]:
    """Have addresses of packs answer with what the writer of PDF is given: in the file itself letters are numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(views.WRITERS, views.PDF, lambda pack: to_json(pack).encode())
        yield


def pack_at(address: str) -> Any:
    with plain_packs():
        return json.loads(body(address))


def headings(pack: Any, level: int = 1) -> list[str]:
    """The headings of a level, in order."""
    return [words(one["line"]) for one in pack["blocks"] if one["kind"] == "heading" and one["level"] == level]


def words(value: Any) -> str:
    """All that a part of a pack says, run by run."""
    if isinstance(value, dict):
        return value["text"] if "look" in value and "text" in value else " ".join(map(words, value.values()))
    return " ".join(map(words, value)) if isinstance(value, list) else ""


def runs(value: Any) -> Iterator[dict[str, str]]:
    """Yield every run of a part of a pack."""
    if isinstance(value, dict) and "text" in value:
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from runs(one)


def inside(pdf: bytes) -> bytes:
    """A PDF with its streams unpacked behind it."""
    found = [pdf]
    for stream in STREAM.findall(pdf):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:  # a font, or a picture
            continue
    return b"\n".join(found)
