"""The archive: files one after the other in a fixed order, so that the same content gives the same bytes."""

import hashlib
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO

from pilots.exports.dataset.written import WrittenFile

SUMS = "SHA256SUMS"


class Archive:
    """A zip file that is being written. Its members have the moment of the last change, and take little memory."""

    def __init__(self, file: IO[bytes], moment: datetime) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.moment = moment.astimezone(UTC).timetuple()[:6]
        self.files: list[WrittenFile] = []

    def write(self, path: str, what: str, media_type: str, chunks: Iterable[bytes]) -> WrittenFile:
        """Add a file. Its size and checksum are known once it is written."""
        member = zipfile.ZipInfo(path, self.moment)
        member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
        size, digest = 0, hashlib.sha256()
        with self.zip.open(member, "w", force_zip64=True) as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        file = WrittenFile(path, what, media_type, size, digest.hexdigest())
        self.files.append(file)
        return file

    def write_checksums(self) -> None:
        """Add the checksums of all files, as `sha256sum --check` reads them."""
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in self.files)
        self.write(SUMS, "", "text/plain", [sums.encode()])


def data_digest(files: Iterable[WrittenFile]) -> str:
    """Eight figures that are the same for the same files."""
    digest = hashlib.sha256("".join(f"{file.path} {file.sha256}\n" for file in files).encode())
    return f"{int(digest.hexdigest(), 16) % 10**8:08d}"
