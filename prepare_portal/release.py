"""Which release of the portal this is."""

import tomllib
from functools import cache

from django.conf import settings


@cache
def release() -> str:
    """The release that runs, as `pyproject.toml` has it."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
