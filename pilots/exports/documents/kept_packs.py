"""Packs that were made are kept in a folder that all processes share, as long as the content stays the same."""

import hashlib
import logging
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from pilots.exports.kept_files import make_room

MOST_BYTES = 100 * 1024 * 1024  # of all packs together
logger = logging.getLogger(__name__)
_making = threading.Lock()


class MakingAnother(Exception):
    """The process makes a pack for somebody else."""


def kept_or_made(version: int | None, key: tuple[Any, ...], make: Callable[[], bytes]) -> bytes:
    """The pack of this key at this version of the content, made where it is not kept; not kept without a version.

    A process makes one at a time. Raises MakingAnother.
    """
    path = _folder() / f"{version}-{hashlib.sha256(repr(key).encode()).hexdigest()}"
    if version is not None and (kept := _read(path)) is not None:
        return kept
    if not _making.acquire(blocking=False):
        raise MakingAnother
    try:
        made = make()
    finally:
        _making.release()
    if version is not None:
        _keep(path, made, version)
    return made


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "packs"


def _read(path: Path) -> bytes | None:
    """A pack that is kept, which makes it the one used last; None where there is none."""
    try:
        content = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return content


def _keep(path: Path, content: bytes, version: int) -> None:
    """Put a pack there whole or not at all. A folder that cannot be written to costs time, not the answer."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{version}-", delete=False) as file:
            file.write(content)
        os.replace(file.name, path)
        make_room(path.parent, version, MOST_BYTES)
    except OSError as error:
        logger.warning("A briefing pack could not be kept: %s", error)
