"""The nine pilots, for documents of them, and a folder of its own for what each test keeps."""

import pytest

from tests.nine_pilots import nine_pilots

__all__ = ["nine_pilots"]


@pytest.fixture(autouse=True)
def data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path
