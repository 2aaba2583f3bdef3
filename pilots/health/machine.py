"""The machine: its disk, and what it lets the portal do."""

import shutil

from django.conf import settings


def free_bytes() -> int:
    """The room left on the disk of DATA_DIR."""
    return shutil.disk_usage(settings.DATA_DIR).free
