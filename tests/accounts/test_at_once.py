"""What counts once counts once when many try it at the same moment: attempts, digits, recovery codes.

In a process of its own, on a database that others share: SQLite in memory has no second writer.
"""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import databases, tables
from tests.browser import server
from tests.site.processes import run

DATABASES = ("sqlite", "postgresql")
AT_ONCE = """
import json, threading, django
django.setup()
import pyotp
from django.contrib.auth.models import User
from django.db import connection
from pilots.accounts import second_factor, throttle
from pilots.models import AuthenticatorApp

def at_once(attempt, tries=12):
    answers, start = [], threading.Barrier(tries)
    def one():
        start.wait()
        answers.append(bool(attempt()))
        connection.close()
    threads = [threading.Thread(target=one) for _ in range(tries)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return answers

rita = User.objects.create(username="rita")
secret = second_factor.new_secret()
AuthenticatorApp.objects.create(account=rita, secret=secret)
(code, *_others) = second_factor.new_recovery_codes(rita)
limits = [throttle.Limit("test", 5, 900, ("somebody",))]
shown = pyotp.TOTP(secret).now()
print(json.dumps({
    "let through": at_once(lambda: throttle.count(limits) == 0).count(True),
    "digits": at_once(lambda: second_factor.proves(rita, shown)).count(True),
    "recovery code": at_once(lambda: second_factor.proves(rita, code)).count(True),
}))
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder and an address of a database with tables."""
    with contextlib.ExitStack() as opened:
        on_postgresql = connection.vendor == "postgresql"
        url = opened.enter_context(databases.fresh_database(tables.template())) if on_postgresql else ""
        tables.put_into(str(tmp_path))
        server.Site("", server.environment_for(str(tmp_path), 8000, url)).manage("migrate", "--verbosity=0")
        yield tmp_path, url


def output_of(code: str, folder: Path, url: str) -> Any:
    done = run(code, folder, DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1] if done.stdout else "null")  # after what the security log says


def test_of_many_at_the_same_moment_as_many_count_as_are_allowed(place: tuple[Path, str]) -> None:
    assert output_of(AT_ONCE, *place) == {"let through": 5, "digits": 1, "recovery code": 1}
