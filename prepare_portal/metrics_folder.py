"""Where server processes keep what they count, so that each of them can tell the sum.

In memory, never on the disk of DATA_DIR: the library maps its files, and a process that writes to a mapped file on a
full disk is killed by the system.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client when it is imported, and by each process
PREFIX = "prepare-portal-metrics-"
MEMORY = "/dev/shm"  # noqa: S108 (folders in it are made by mkdtemp)


def make_folder() -> Path:
    """A new folder, named to the library. It belongs to this server as long as one of its processes lives.

    Folders of servers that are gone, however they ended, are removed first.
    """
    home = Path(MEMORY if os.path.isdir(MEMORY) else tempfile.gettempdir())
    for left in home.glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, in use, or just removed
            lock = _lock(left)
            shutil.rmtree(left)
            os.close(lock)
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
        _lock(folder)  # never closed: the processes forked from this one hold it too
        if folder.exists():  # no other server took it for a left one, a moment ago
            os.environ[VARIABLE] = str(folder)
            return folder


def _lock(folder: Path) -> int:
    """Lock a folder and return what holds the lock. Raises BlockingIOError where a living server has it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
