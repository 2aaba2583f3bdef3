"""SQLite as the site sets it up: readers beside one writer, writers in a queue, nothing lost."""

import json
import shutil

import pytest

from tests.site.processes import run

PRAGMAS = """
import json, django
django.setup()
from django.conf import settings
from django.db import connection
def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]
print(json.dumps({
    **{name: pragma(name) for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")},
    "atomic_requests": connection.settings_dict["ATOMIC_REQUESTS"],
}))
"""

WRITE = """
import json, threading, django
django.setup()
from django.db import connection, transaction
from pilots.models import FormerSlug
row = FormerSlug.objects.create(model="pilot", slug="counter", object_id=0)
lost = []
def count_up():
    for _ in range(50):
        try:
            with transaction.atomic():  # reads, then writes: what SQLite's default loses
                present = FormerSlug.objects.get(pk=row.pk)
                present.object_id += 1
                present.save()
        except Exception as error:
            lost.append(repr(error))
    connection.close()
threads = [threading.Thread(target=count_up) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps({"counted": FormerSlug.objects.get(pk=row.pk).object_id, "lost": lost}))
"""


def output_of(code, folder):
    done = run(code, folder, DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_file_is_opened_as_many_readers_and_a_writer_need_it(tmp_path):
    assert output_of(PRAGMAS, tmp_path) == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL: what is confirmed is on the disk
        "busy_timeout": 60_000,
        "foreign_keys": 1,
        "atomic_requests": False,
    }
    assert (tmp_path / "portal.sqlite3").exists()


@pytest.mark.databases("sqlite")
@pytest.mark.django_db
def test_four_hundred_concurrent_writes_lose_none(tmp_path, migrated_file):
    shutil.copy(migrated_file, tmp_path)
    assert output_of(WRITE, tmp_path) == {"counted": 400, "lost": []}


@pytest.mark.parametrize("url", ["", "sqlite:////{folder}/other.sqlite3"])
def test_file_is_where_it_was_asked_for(tmp_path, url):
    address = url.format(folder=str(tmp_path).lstrip("/"))
    done = run(PRAGMAS, tmp_path, DATABASE_URL=address)
    assert json.loads(done.stdout)["journal_mode"] == "wal"
    assert (tmp_path / ("other.sqlite3" if url else "portal.sqlite3")).exists()
