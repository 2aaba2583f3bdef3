"""Starts the portal's code in a process of its own, with settings of its own."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from prepare_portal.environment import VARIABLES

PRODUCTION = {
    "SITE_URL": "https://pilots.example.org",
    "CONTACT_EMAIL": "editors@example.org",
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-for-the-tests-0123456789",
}


def run(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `code` with nothing of the portal's settings but these."""
    inherited = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    inherited |= {"DJANGO_SETTINGS_MODULE": "prepare_portal.settings", "DATA_DIR": str(folder), **environment}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=settings.BASE_DIR,
        env=inherited,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def setup(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start Django, as every command does."""
    return run("import django; django.setup()", folder, **environment)
