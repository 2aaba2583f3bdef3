"""Files made of the content, in folders that all processes of a machine share, as long as the content stays the same.

A name begins with the content version, so that no other version's file is given away. A process that learns of a new
version removes what older ones left, so that words that were withdrawn do not stay on the disk.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

CHUNK = 256 * 1024  # bytes that are read at once
UNFINISHED = ".new-"  # begins the names of files that are being written
ABANDONED = 60 * 60  # seconds; nobody writes for so long (`answered_within` in gunicorn.conf.py)
VERSION = re.compile(r"\d+")
known = {"version": 0}  # the newest that this process has heard of


@dataclass(frozen=True)
class DiskCache:
    """A folder in DATA_DIR, and the bytes that all in it may have together, unfinished files included."""

    name: str
    most_bytes: int

    @property
    def folder(self) -> Path:
        return Path(settings.DATA_DIR) / self.name

    def read_or_make(self, version: int, key: str, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
        """Yield the parts of a file: read, or made, and kept once all of them are."""
        path = self.folder / f"{version}-{hashlib.sha256(key.encode()).hexdigest()}"
        try:
            file = path.open("rb")
        except OSError:
            yield from self._copied(make(), path, version)
            return
        with file:
            with suppress(OSError):
                os.utime(path)  # the one used last
            while part := file.read(CHUNK):
                yield part

    def _copied(self, parts: Iterator[bytes], path: Path, version: int) -> Iterator[bytes]:
        """Yield the parts, and keep the file when it is whole. A folder that cannot be written to spoils nothing."""
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            copy = tempfile.NamedTemporaryFile(dir=self.folder, prefix=UNFINISHED, buffering=0, delete=False)  # noqa: SIM115
        except OSError:
            yield from parts
            return
        try:
            is_whole = True
            for part in parts:
                yield part
                is_whole = is_whole and self._is_written(copy, part)
            if is_whole:
                _keep(Path(copy.name), path, version)
        finally:
            copy.close()
            _remove(Path(copy.name))

    def _is_written(self, copy: IO[bytes], part: bytes) -> bool:
        try:
            return not part or (self.has_room(len(part)) and copy.write(part) == len(part))
        except OSError:
            return False

    def has_room(self, needed: int) -> bool:
        """Whether so many bytes fit in; what was not asked for longest makes room for them."""
        files = sorted(_files(self.folder), reverse=True)
        size = needed + sum(length for _used, path, length in files if path.name.startswith(UNFINISHED))
        for _used, path, length in files:
            if path.name.startswith(UNFINISHED):
                continue
            if size + length > self.most_bytes:
                _remove(path)
            else:
                size += length
        return size <= self.most_bytes


FILES = DiskCache("files", 500 * 1024 * 1024)  # long files
PACKS = DiskCache("packs", 100 * 1024 * 1024)


def drop_older(version: int) -> None:
    """Remove what was made at versions before this one, the first time that the process hears of it."""
    if version <= known["version"]:
        return
    known["version"] = version
    for folder in (FILES.folder, PACKS.folder, settings.ARCHIVE_DIR):
        for used, path, _length in _files(folder):
            made_at = VERSION.match(path.name)
            is_abandoned = path.name.startswith(UNFINISHED) and used < (time.time() - ABANDONED) * 10**9
            if is_abandoned or (made_at and int(made_at[0]) < version):
                _remove(path)


def _keep(copy: Path, path: Path, version: int) -> None:
    """Give a whole file its name, unless the content has moved on, also in this very moment."""
    with suppress(OSError):
        copy.replace(path)
        if version < known["version"]:
            _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):  # another process was quicker
        path.unlink()


def _files(folder: Path) -> list[tuple[int, Path, int]]:
    """What is in the folder: when it was used last (ns), its path and its bytes."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                stat = entry.stat()
                found.append((stat.st_mtime_ns, Path(entry.path), stat.st_size))
    return found
