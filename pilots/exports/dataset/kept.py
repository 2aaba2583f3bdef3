"""The archive of the present version, kept as a file; of any other version none is given away.

Its name holds the content version and the address of the site that it was made with, so that what was public once
cannot be had from it afterwards, and no process takes another's unfinished file for the whole.
"""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings

from pilots.exports.dataset.contents import write_archive
from pilots.exports.dataset.snapshot import Snapshot, snapshot
from pilots.exports.dataset.written import Written
from pilots.index.disk_cache import CHUNK, UNFINISHED
from pilots.index.rows import ContentChanged

# Part of every name: raise it when the archive says the same content in another way.
FORMAT = 1
TRIES = 3
FOR_EVER = float("inf")
PAUSE = 0.05  # seconds between two looks at the lock


class StillChanging(Exception):
    """The content changed each time while it was written."""


class Kept(NamedTuple):
    """An archive and where it is."""

    path: Path
    written: Written

    def chunks(self) -> Iterator[bytes]:
        """Its bytes. Raises FileNotFoundError where the next one has taken its place."""
        with self.path.open("rb") as file:
            while part := file.read(CHUNK):
                yield part


def kept(now: Snapshot) -> Kept | None:
    """The archive of this version, if somebody has made it. No query."""
    if now.public.number is None:
        return None
    for path in folder().glob(f"{_key(now)}_*.zip"):
        version, sha256 = path.stem.rsplit("_", 2)[1:]
        with suppress(FileNotFoundError):  # the next one has taken its place
            return Kept(path, Written(version, path.stat().st_size, sha256))
    return None


def keep(patience: float = FOR_EVER) -> Kept:
    """Make the archive of the present version, unless it is there; what is kept of others goes.

    A change while it is written has it written anew, so that each archive holds one version. Raises StillChanging when
    that happens too often or nobody can tell which version it is, and BlockingIOError when somebody else is making one
    and is not done after `patience` seconds.
    """
    with _turn(patience):
        for _attempt in range(TRIES):
            now = snapshot()
            if found := kept(now) or _made(now):
                return found
    raise StillChanging


def _made(now: Snapshot) -> Kept | None:
    """Write the archive; None where the content has no number or changed meanwhile."""
    if now.public.number is None:
        return None
    unfinished = folder() / f"{UNFINISHED}archive"
    try:
        with unfinished.open("w+b") as file:
            written = write_archive(now, file)
        if not now.is_current():
            return None
        path = folder() / f"{_key(now)}_{written.version}_{written.sha256}.zip"
        unfinished.replace(path)
    except ContentChanged:
        return None
    finally:
        unfinished.unlink(missing_ok=True)  # what it holds may not be public any more
    for other in folder().glob("*.zip"):
        if other != path:
            other.unlink(missing_ok=True)
    return Kept(path, written)


def _key(now: Snapshot) -> str:
    said_by = f"{now.site} {settings.CONTACT_EMAIL} {FORMAT} {settings.HIDE_UNCHECKED_TRANSLATIONS}"
    return f"{now.public.number}_{hashlib.sha256(said_by.encode()).hexdigest()[:12]}"


def folder() -> Path:
    folder: Path = settings.ARCHIVE_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _turn(patience: float) -> Iterator[None]:
    """Let one of all processes of this machine make an archive. Raises BlockingIOError after `patience` seconds."""
    until = time.monotonic() + patience
    with (folder() / "lock").open("w") as lock:
        while not _is_locked(lock):
            if time.monotonic() >= until:
                raise BlockingIOError
            time.sleep(PAUSE)
        yield


def _is_locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
