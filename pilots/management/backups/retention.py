"""Backups that a timer makes: how they are named, and which of them are old enough to go."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

TIME = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"portal-(\d{8}T\d{6}Z)\.zip(?:\.age)?")
ENCRYPTED = ".age"


def name_for(moment: datetime, *, is_encrypted: bool) -> str:
    """The name of a backup of this moment in a folder of such."""
    return f"portal-{moment.astimezone(UTC).strftime(TIME)}.zip{ENCRYPTED if is_encrypted else ''}"


def drop_older(folder: Path, newest: Path, *, keep: int, keep_weekly: int) -> list[Path]:
    """Delete the backups in a folder that neither rule keeps; return them. The one just made always stays."""
    names = [file.name for file in folder.iterdir() if file.is_file()]
    found = superfluous(names, newest.name, keep=keep, keep_weekly=keep_weekly)
    gone = [folder / name for name in found if name != newest.name]
    for file in gone:
        file.unlink(missing_ok=True)
    return gone


def superfluous(names: Iterable[str], newest: str, *, keep: int, keep_weekly: int) -> list[str]:
    """The names of backups that are neither among the last ones nor the last of one of the last weeks that have any.

    Whatever is not named as this module names them is nobody's to delete. Nor is one that seems later than the newest:
    the clock was wrong then or is now, so it is left alone and takes the place of no other.
    """
    now = _moment_of(newest)
    moments = {name: moment for name in names if (moment := _moment_of(name)) and now and moment <= now}
    ordered = sorted(moments, key=lambda name: moments[name], reverse=True)
    last_of_week: dict[tuple[int, int], str] = {}
    for name in ordered:
        year, week, _day = moments[name].isocalendar()
        last_of_week.setdefault((year, week), name)
    kept = {*ordered[:keep], *islice(last_of_week.values(), keep_weekly)}
    return [name for name in ordered if name not in kept]


def _moment_of(name: str) -> datetime | None:
    named = NAME.fullmatch(name)
    try:
        return datetime.strptime(named[1], TIME).replace(tzinfo=UTC) if named else None
    except ValueError:  # such as a 31st of February
        return None
