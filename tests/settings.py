"""The site's settings as tests use them: none of this shell's variables, none of this clone's data.

pytest-django loads the settings before any conftest, so this cannot be done there.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from prepare_portal.environment import VARIABLES

if "PORTAL_TESTS" not in os.environ:  # tests/run_all.py has prepared the environment already
    for name in VARIABLES:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from prepare_portal.settings import *  # noqa: F403
from tests import tables

DATABASES["default"]["TEST"] = {"TEMPLATE": tables.template()}  # noqa: F405

# Numbers of the content are given anew in each test process, and runs share DATA_DIR.
ARCHIVE_DIR = Path(tempfile.mkdtemp(prefix="portal-archive-"))
atexit.register(shutil.rmtree, ARCHIVE_DIR, ignore_errors=True)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Tests ask for pages that nobody has made before; those of the page cache put it back.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("prepare_portal.page_cache")]  # noqa: F405
