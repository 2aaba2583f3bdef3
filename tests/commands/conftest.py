"""What tests of several commands start from."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """A folder of uploads for each test, not there yet."""
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.MEDIA_ROOT.parent.mkdir()
    return settings.MEDIA_ROOT
