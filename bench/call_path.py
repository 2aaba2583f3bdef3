"""How far a reader has to travel to follow a request: `python -m bench.call_path [--uncached] [ADDRESS …]`.

Counts what of our own code one request runs through, with `sys.setprofile`: different functions, the files they stand
in, and how often the next call stands in another file than the one before. It runs in memory on the nine pilots; each
address is asked for once before, so that what a process makes once is not counted, and the page cache is off. With
`--uncached`, the cached fragments of its templates are made anew.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
OWN = (f"{ROOT}/pilots/", f"{ROOT}/prepare_portal/")
ADDRESSES = ("/pilots/?country=FR", "/pilots/avignon/", "/lessons/?country=FR", "/matrix/", "/map/")


class CallPath(NamedTuple):
    """What a request ran through."""

    functions: int
    files: int
    changes_of_file: int


def call_path(act: Callable[[], Any]) -> CallPath:
    """What of our code runs while `act` does."""
    called: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(OWN) and not code.co_name.startswith("<"):
            called.append((code.co_filename, code.co_qualname))

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    files = [file for file, _name in called]
    changes = sum(before != after for before, after in pairwise(files))
    return CallPath(len(set(called)), len(set(files)), changes)


def main(addresses: list[str], *, is_uncached: bool) -> None:
    """Print the figures of each address."""
    with tempfile.TemporaryDirectory(prefix="portal-path-") as folder:
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": "", "SITE_URL": "", "PAGE_CACHE": "off"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "prepare_portal.settings"
        import django
        from django.core.management import call_command
        from django.test import Client

        django.setup()
        from pilots.index.fragments import CONTENT, SITE

        call_command("migrate", verbosity=0)
        call_command("load_pilots", verbosity=0)
        client = Client(headers={"host": "localhost"})
        for address in addresses:
            client.get(address)
            if is_uncached:
                CONTENT.clear()
                SITE.clear()
            found = call_path(lambda address=address: client.get(address))
            print(
                address, f"{found.functions} functions, {found.files} files, {found.changes_of_file} changes", sep=": "
            )


if __name__ == "__main__":
    given = sys.argv[1:]
    main([one for one in given if one != "--uncached"] or list(ADDRESSES), is_uncached="--uncached" in given)
