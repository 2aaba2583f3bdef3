"""Has a process of its own make the archive of many pilots, so that no process that answers visitors is kept busy."""

import subprocess
import sys
import time
from contextlib import suppress
from threading import Thread

from django.conf import settings

from pilots.exports.dataset.kept import folder

COMMAND = [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_archive", "--background"]
PAUSE = 5 * 60  # seconds from one start to the next, however often the content changes


def make_soon() -> None:
    """Start it, unless that was done a moment ago on this machine."""
    with suppress(OSError):  # where the folder cannot be written to, the archive could not either
        if _is_time():
            Thread(target=_run, name="archive", daemon=True).start()


def _run() -> None:
    """Wait for the process to end: who does not leaves it to the system as a zombie."""
    subprocess.run(COMMAND, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 (ours)


def _is_time() -> bool:
    started = folder() / "started"
    if started.exists() and time.time() - started.stat().st_mtime < PAUSE:
        return False
    started.touch()
    return True
