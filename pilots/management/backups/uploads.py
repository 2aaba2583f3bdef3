"""The files that people uploaded: read for a backup, put in place by a restore."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from pilots.management.backups.archive import CHUNK, BackupFile, is_safe

UNFINISHED = ".unfinished"


def folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def paths() -> list[str]:
    """The files below the folder, by their paths in it; no links. Raises CommandError for a name no backup can hold."""
    found = []
    for where, _folders, names in os.walk(folder(), onerror=_refuse_unreadable):
        files = (Path(where, name) for name in names)
        found += [file.relative_to(folder()).as_posix() for file in files if file.is_file() and not file.is_symlink()]
    for path in found:
        if not is_safe(path):
            raise CommandError(_("%(file)r has a name that no backup can hold. Rename it.") % {"file": path})
    return sorted(found)


def has_any() -> bool:
    """Whether anything is in the folder."""
    return folder().exists() and any(folder().iterdir())


def chunks(path: str) -> Iterator[bytes]:
    """Yield a file in pieces."""
    with (folder() / path).open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


class RestoredUploads:
    """The files of a backup, first unpacked beside their place, then put there at once."""

    def __init__(self, archive: BackupFile) -> None:
        self._archive = archive
        self._beside = folder().with_name(f"{folder().name}{UNFINISHED}")
        self._is_in_place = False

    def unpack(self) -> None:
        """Write and compare them, for the portal's user alone."""
        shutil.rmtree(self._beside, ignore_errors=True)  # of a restore that was interrupted
        files = self._archive.manifest.files
        needed, free = sum(file.size for file in files.values()), shutil.disk_usage(folder().parent).free
        if needed > free:
            words = {"needed": needed, "free": free, "folder": folder().parent}
            raise CommandError(
                _("The files of the backup need %(needed)d bytes; %(folder)s has %(free)d free.") % words
            )
        for path in files:
            target = self._beside / path
            _make_private_folders(self._beside, target.parent)
            with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.writelines(self._archive.chunks(path))
                file.flush()
                os.fsync(file.fileno())

    def put_in_place(self) -> None:
        if self._beside.exists():
            self._beside.replace(folder())  # which is empty, or not there
            self._is_in_place = True

    def take_back(self) -> None:
        """Leave no file behind."""
        shutil.rmtree(folder() if self._is_in_place else self._beside, ignore_errors=True)


def _make_private_folders(top: Path, wanted: Path) -> None:
    if wanted != top:
        _make_private_folders(top, wanted.parent)
    wanted.mkdir(mode=0o700, exist_ok=True)


def _refuse_unreadable(error: OSError) -> None:
    """Only a folder that is not there holds nothing; one that cannot be read must not be left out of a backup."""
    if not isinstance(error, FileNotFoundError):
        raise error
