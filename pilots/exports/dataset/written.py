"""What is known of the archive and its files once they are written."""

from dataclasses import dataclass
from typing import NamedTuple

from pilots.index.terms import Terms


@dataclass(frozen=True)
class WrittenFile:
    """A file: its path in the archive, what is in it, its media type, its size in bytes and its SHA-256."""

    path: str
    what: str
    media_type: str
    size: int
    sha256: str


class Written(NamedTuple):
    """The version of an archive that was written, its size in bytes and its SHA-256."""

    version: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Edition:
    """The dataset as metadata name it.

    `version` is the same for the same data, whenever and wherever they are written; `changed_at` is the moment of the
    last change of an entry (ISO 8601, UTC).
    """

    title: str
    description: str
    publisher: str
    home: str
    terms: Terms
    version: str
    changed_at: str
