"""Long files are kept in a folder that all processes share, for as long as the content stays the same."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

MOST_BYTES = 500 * 1024 * 1024  # of all files together
CHUNK = 256 * 1024  # bytes that are read


def kept_or_made(version: int, key: str, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the parts of a file: from the folder, or made, and put there once all of them are."""
    path = Path(settings.DATA_DIR) / "files" / f"{version}-{hashlib.sha256(key.encode()).hexdigest()}"
    try:
        file = path.open("rb")
    except OSError:
        yield from _copied(make(), path, version)
        return
    with file:
        with contextlib.suppress(OSError):
            os.utime(path)
        while part := file.read(CHUNK):
            yield part


def _copied(parts: Iterator[bytes], path: Path, version: int) -> Iterator[bytes]:
    """Yield the parts, and keep the file when it is whole. A folder that cannot be written to spoils nothing."""
    with contextlib.ExitStack() as stack:
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            copy = stack.enter_context(tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{version}-", buffering=0))
        except OSError:
            yield from parts
            return
        is_whole = True
        for part in parts:
            yield part
            is_whole = is_whole and _is_written(copy, part)
        if is_whole:
            with contextlib.suppress(OSError):  # another process was quicker
                os.link(copy.name, path)
    with contextlib.suppress(OSError):
        make_room(path.parent, version, MOST_BYTES)


def _is_written(copy: IO[bytes], part: bytes) -> bool:
    try:
        return copy.tell() + len(part) <= MOST_BYTES and copy.write(part) == len(part)
    except OSError:
        return False


def make_room(folder: Path, version: int, most_bytes: int) -> None:
    """Remove files of other versions, and what was not asked for longest of those that are too large together."""
    size = 0
    for _used, path, length in sorted(_files(folder), reverse=True):
        size += length
        if size > most_bytes or not path.name.startswith(f"{version}-"):
            with contextlib.suppress(OSError):  # another process was quicker
                path.unlink()


def _files(folder: Path) -> list[tuple[int, Path, int]]:
    """What is in the folder: when it was used last, its path and its bytes."""
    found = []
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            stat = path.stat()
            found.append((stat.st_mtime_ns, path, stat.st_size))
    return found
