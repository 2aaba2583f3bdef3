"""The archive of the present version, kept as a file; of any other version none is given away.

Its name holds the content version and the address of the site that it was made with, so that what was public once
cannot be had from it afterwards, and no process takes another's unfinished file for the whole.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from django.conf import settings
from django.db import connections

from pilots.exports.dataset.contents import write_archive
from pilots.exports.dataset.snapshot import Snapshot, snapshot
from pilots.exports.dataset.written import Written
from pilots.index.rows import ContentChanged

# Part of every name: raise it when the archive says the same content in another way.
FORMAT = 1
TRIES = 3


class StillChanging(Exception):
    """The content changed each time while it was written."""


class Kept(NamedTuple):
    """An archive and where it is."""

    path: Path
    written: Written


def kept(now: Snapshot) -> Kept | None:
    """The archive of this version, if somebody has made it. No query."""
    if now.public.number is None:
        return None
    for path in _folder().glob(f"{_key(now)}_*.zip"):
        version, sha256 = path.stem.rsplit("_", 2)[1:]
        return Kept(path, Written(version, path.stat().st_size, sha256))
    return None


def keep(*, wait: bool = True) -> Kept:
    """Make the archive of the present version, unless it is there; what is kept of others goes.

    A change while it is written has it written anew, so that each archive holds one version. Raises StillChanging when
    that happens too often, and BlockingIOError when somebody else is making one, unless it may wait.
    """
    with _turn(wait=wait):
        for _attempt in range(TRIES):
            now = snapshot()
            if found := kept(now) or _made(now):
                return found
    raise StillChanging


def keep_soon() -> None:
    """Have a thread make the archive, unless somebody is making it already."""
    Thread(target=_keep_quietly, name="archive", daemon=True).start()


def _keep_quietly() -> None:
    try:
        keep(wait=False)
    except (BlockingIOError, StillChanging):
        pass  # whoever asks next begins anew
    finally:
        connections.close_all()


def _made(now: Snapshot) -> Kept | None:
    """Write the archive; None where the content changed meanwhile."""
    unfinished = _folder() / "unfinished"
    try:
        with unfinished.open("w+b") as file:
            written = write_archive(now, file)
    except ContentChanged:
        return None
    if not now.is_current():
        return None
    path = _folder() / f"{_key(now)}_{written.version}_{written.sha256}.zip"
    unfinished.replace(path)
    for other in _folder().glob("*.zip"):
        if other != path:
            other.unlink(missing_ok=True)
    return Kept(path, written)


def _key(now: Snapshot) -> str:
    site = hashlib.sha256(f"{now.site} {settings.CONTACT_EMAIL} {FORMAT}".encode()).hexdigest()[:12]
    return f"{now.public.number}_{site}"


def _folder() -> Path:
    folder: Path = settings.ARCHIVE_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def _turn(*, wait: bool = True) -> Iterator[None]:
    """Let one of all processes of this machine make an archive. Raises BlockingIOError unless it may `wait`."""
    with (_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
