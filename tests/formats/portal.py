"""The running portal, as the checks ask it, and what a check says when it cannot be made."""

import io
import json
import tempfile
import urllib.request
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any


class NotRunHere(Exception):
    """A program that the check needs is not on this machine: that is no pass."""


class Portal:
    """The portal at an address."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def ask(self, path: str) -> tuple[bytes, Any]:
        """Body and headers of what is at a path."""
        with urllib.request.urlopen(self.url + path, timeout=120) as response:
            return response.read(), response.headers

    def body(self, path: str) -> bytes:
        return self.ask(path)[0]

    def text(self, path: str) -> str:
        return self.body(path).decode("utf-8")

    def json(self, path: str) -> Any:
        return json.loads(self.body(path))

    def file(self, path: str) -> Path:
        """The file at a path, on this machine, under its own name."""
        place = Path(tempfile.mkdtemp(dir=self.folder)) / path.partition("?")[0].rpartition("/")[2]
        place.write_bytes(self.body(path))
        return place

    @cached_property
    def archive(self) -> Path:
        """The folder of the archive of everything, unpacked."""
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        with zipfile.ZipFile(io.BytesIO(self.body("/data.zip"))) as archive:
            archive.extractall(folder)
        return folder

    @cached_property
    def slugs(self) -> list[str]:
        """The slugs of the first public pilots."""
        return [one["slug"] for one in self.json("/api/v1/pilots/?per_page=24")["results"]]

    @cached_property
    def total(self) -> int:
        return int(self.json("/api/v1/pilots/")["total"])
