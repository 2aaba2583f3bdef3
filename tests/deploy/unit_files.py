"""Reads systemd's unit files with their drop-ins, as far as the portal's go."""

from collections import defaultdict
from pathlib import Path

from tests.browser.server import ROOT

UNITS = ROOT / "deploy" / "systemd"
Values = dict[str, list[str]]


def values(name: str, folder: Path = UNITS) -> Values:
    """What a unit says, by key: all values, those of the drop-ins last."""
    said: Values = defaultdict(list)
    for file in [folder / name, *drop_ins(name, folder)]:
        for line in file.read_text().splitlines():
            key, equals, value = line.partition("=")
            if equals and not line.startswith(("#", ";")):
                said[key.strip()].append(value.strip())
    return said


def drop_ins(name: str, folder: Path) -> list[Path]:
    """Files for this unit, and for all whose names begin like its own up to a dash."""
    stem, _dot, kind = name.rpartition(".")
    parts = stem.split("-")
    prefixes = ["-".join([*parts[:length], ""]) for length in range(1, len(parts))]
    return [file for start in [*prefixes, stem] for file in sorted((folder / f"{start}.{kind}.d").glob("*.conf"))]
