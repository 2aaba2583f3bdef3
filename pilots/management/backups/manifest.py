"""What a backup says of itself: format, release, state of the migrations, and what each part digests to."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

# Raise it when a release that is out could not read what is written now, or would leave out a part of it.
FORMAT = 1
LARGEST_ID = 2**63
T = TypeVar("T")


class BrokenBackup(CommandError):
    """What was read is no whole backup."""

    def __init__(self, reason: str) -> None:
        super().__init__(_("This is no whole backup of the portal: %(reason)s") % {"reason": reason})


@dataclass(frozen=True)
class Rows:
    """One table: the fields of its model, and the digest of its rows as they stand in lines."""

    fields: list[str]
    rows: int
    sha256: str
    last_id: int | None = None


@dataclass(frozen=True)
class Upload:
    """One upload."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All that a backup holds. `migrations` are those that had been applied, as (app, name)."""

    release: str
    made_at: str
    migrations: list[tuple[str, str]]
    tables: Mapping[str, Rows]
    files: Mapping[str, Upload]
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()

    @classmethod
    def parse(cls, data: bytes) -> "Manifest":
        """Read one. Raises CommandError for a newer format, BrokenBackup for what is none."""
        try:
            said = json.loads(data)
            _refuse_newer(said)
            return cls(
                release=_is(str, said["release"]),
                made_at=_is(str, said["made_at"]),
                migrations=[(_is(str, app), _is(str, name)) for app, name in said["migrations"]],
                tables={name: _rows(**table) for name, table in said["tables"].items()},
                files={path: _file(**file) for path, file in said["files"].items()},
                format=said["format"],
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise BrokenBackup(_("its manifest cannot be read.")) from error


def _refuse_newer(said: dict[str, Any]) -> None:
    if _is(int, said["format"]) > FORMAT:
        words = {"format": said["format"], "release": said.get("release"), "known": FORMAT}
        raise CommandError(
            _(
                "This backup has format %(format)s, made by release %(release)s of the portal; this release reads "
                "formats up to %(known)s. Restore it with that release or a newer one."
            )
            % words
        )


def _rows(fields: Any, rows: Any, sha256: Any, last_id: Any) -> Rows:
    names = [_is(str, field) for field in _is(list, fields)]
    if last_id is not None and not 0 < _is(int, last_id) < LARGEST_ID:
        raise ValueError
    return Rows(names, _is(int, rows), _is(str, sha256), last_id)


def _file(size: Any, sha256: Any) -> Upload:
    return Upload(_is(int, size), _is(str, sha256))


def _is(kind: type[T], value: Any) -> T:
    if not isinstance(value, kind):
        raise TypeError
    return value
