"""The file of a backup: a zip that ends with the SHA-256 of all that stands before."""

import hashlib
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from os import SEEK_END
from pathlib import PurePosixPath
from typing import IO, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from pilots.management.backups.manifest import BrokenBackup, Manifest

MANIFEST, TABLES, FILES = "manifest.json", "tables/", "media/"
BEGINNING = b"PK"
SEAL = 64  # characters of a SHA-256, the comment of the zip and so its end
CHUNK = 1 << 20
LONGEST_LINE = 64 << 20  # bytes of one row; the longest entries have some 8 MB
LONGEST_MANIFEST = 64 << 20
# What may become of a backup unpacked: a gigabyte, or so many times its size. Real ones grow by 5 to 30, a history of
# ever the same entry by 300; zeros, of which bombs are made, by 1,000.
MOST_UNPACKED = 1 << 30
MOST_GROWTH = 500
LONGEST_NAME = 255  # bytes, of most file systems
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(RuntimeError, ValueError, OverflowError, OSError),
)


class Part(NamedTuple):
    """A part of a backup: of how many chunks and bytes it was made, and their digest."""

    chunks: int
    size: int
    sha256: str


@contextmanager
def written_to(file: BinaryIO) -> Iterator["Writer"]:
    """Have a backup written into an empty file; at the end of the block it gets the digest of everything."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        yield Writer(opened)
        opened.comment = b"0" * SEAL
    seal = _digest_of_body(file).encode()
    file.seek(-SEAL, SEEK_END)
    file.write(seal)
    file.flush()


class Writer:
    """Writes a backup part by part."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened

    def add(self, name: str, chunks: Iterable[bytes]) -> Part:
        """Add a part as it comes."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        count = size = 0
        digest = hashlib.sha256()
        with self._zip.open(info, "w", force_zip64=True) as part:
            for chunk in chunks:
                part.write(chunk)
                digest.update(chunk)
                count += 1
                size += len(chunk)
        return Part(count, size, digest.hexdigest())


class BackupFile:
    """A backup opened for reading. Raises BrokenBackup at once, or as soon as a part is not what the manifest says."""

    def __init__(self, file: BinaryIO) -> None:
        with _unreadable_is_broken():
            self.size = file.seek(0, SEEK_END)
            _refuse_unsealed(file)
            self._zip = zipfile.ZipFile(file)
        self._parts = self._read_directory()
        self.manifest = self._read_manifest()
        self._refuse_unknown_parts()

    def lines(self, table: str) -> Iterator[bytes]:
        """Yield the rows of a table. What is wrong with them is raised with the last one at the latest."""
        said = self.manifest.tables[table]
        digest, count = hashlib.sha256(), 0
        with _unreadable_is_broken(), self._open(f"{TABLES}{table}.jsonl") as part:
            while line := part.readline(LONGEST_LINE):
                digest.update(line)
                count += 1
                yield line
        if (count, digest.hexdigest()) != (said.rows, said.sha256):
            raise BrokenBackup(_("the rows of %(table)s are not those that were saved.") % {"table": table})

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield an upload in pieces, in the same way."""
        said = self.manifest.files[path]
        digest, size = hashlib.sha256(), 0
        with _unreadable_is_broken(), self._open(f"{FILES}{path}") as part:
            while chunk := part.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
        if (size, digest.hexdigest()) != (said.size, said.sha256):
            raise BrokenBackup(_("the file %(file)s is not the one that was saved.") % {"file": path})

    def check(self) -> None:
        """Read everything, and compare it with what the manifest says."""
        for table in self.manifest.tables:
            deque(self.lines(table), maxlen=0)
        for path in self.manifest.files:
            deque(self.chunks(path), maxlen=0)

    def _open(self, name: str) -> IO[bytes]:
        part = self._zip.open(self._parts[name])
        return BufferedReader(part, CHUNK)  # type: ignore[type-var]

    def _read_directory(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        parts = {info.filename: info for info in infos}
        packed = sum(info.compress_size for info in infos)
        unpacked = sum(info.file_size for info in infos)
        if len(parts) != len(infos) or packed > self.size:
            raise BrokenBackup(_("parts of it have the same name or lie over one another."))
        if any(info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in infos):
            raise BrokenBackup(_("parts of it are packed in a way that no backup is."))
        if unpacked > max(MOST_UNPACKED, MOST_GROWTH * self.size):
            raise BrokenBackup(_("unpacked, it would be many times larger than any real one."))
        return parts

    def _read_manifest(self) -> Manifest:
        info = self._parts.get(MANIFEST)
        if info is None or info.file_size > LONGEST_MANIFEST:
            raise BrokenBackup(_("its manifest cannot be read."))
        with _unreadable_is_broken():
            data = self._zip.read(info)
        return Manifest.parse(data)

    def _refuse_unknown_parts(self) -> None:
        tables, files = self.manifest.tables, self.manifest.files
        named = {MANIFEST, *(f"{TABLES}{name}.jsonl" for name in tables), *(f"{FILES}{path}" for path in files)}
        if named != self._parts.keys():
            raise BrokenBackup(_("it does not hold what its manifest names."))
        for path in files:
            if not is_safe(path):
                raise BrokenBackup(_("it holds a file whose name leads elsewhere."))


def is_safe(path: str) -> bool:
    """Whether a relative path stays in its folder and can be written on any file system."""
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and path == "/".join(parts)
        and path.isprintable()
        and not {"", ".", "..", "/"} & {*parts}
        and "\\" not in path
        and all(len(part.encode("utf-8", "replace")) <= LONGEST_NAME for part in parts)
    )


def _digest_of_body(file: BinaryIO) -> str:
    """The SHA-256 of all but the end."""
    digest = hashlib.sha256()
    left = file.seek(0, SEEK_END) - SEAL
    file.seek(0)
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()


def _refuse_unsealed(file: BinaryIO) -> None:
    file.seek(0)
    if file.read(len(BEGINNING)) != BEGINNING:
        raise BrokenBackup(_("it does not begin like one."))
    digest = _digest_of_body(file)
    if file.read(SEAL) != digest.encode():
        raise BrokenBackup(_("it was cut off or altered; its checksum does not fit."))


@contextmanager
def _unreadable_is_broken() -> Iterator[None]:
    """Whatever zip and disk say when they cannot go on, in our words."""
    try:
        yield
    except UNREADABLE as error:
        raise BrokenBackup(_("it cannot be read (%(reason)s).") % {"reason": error}) from error
