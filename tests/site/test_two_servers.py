"""Two servers on one database, as production runs them, pages kept ready: an edit shows in both."""

import contextlib
import http.client
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot, Revision
from tests.browser.server import HOST, environment_for, free_port, running
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.people import person

PAGES = ("/pilots/", "/pilots/avignon/")
PATIENCE = 20  # seconds
# Two that start at the same moment would both make the key.
ALIKE = {"WEB_CONCURRENCY": "1", "SECRET_KEY": "the-same-for-both-" + "0" * 50}


@pytest.fixture
def servers(transactional_db: None, tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Serve one public pilot by two servers, and yield their ports."""
    PublishedPilotFactory(slug="avignon", summary="As it was.")
    planned = PilotFactory(slug="malaga")
    workflow.schedule(planned, at=timezone.now() + timedelta(hours=1), by=person("reviewer"))
    Pilot.objects.filter(pk=planned.pk).update(publish_at=timezone.now() - timedelta(hours=1))
    with ThreadPoolExecutor() as pool, contextlib.ExitStack() as stack:
        environments = [environment_for(str(tmp_path), free_port(), url_for(tmp_path)) for _ in range(2)]
        starting = [pool.submit(stack.enter_context, running({**it, **ALIKE})) for it in environments]
        for start in starting:
            start.result()
        yield int(environments[0]["PORT"]), int(environments[1]["PORT"])


def url_for(folder: Path) -> str:
    """The DATABASE_URL of the tests' own database; of a copy in a file where that is in memory."""
    known = connection.settings_dict
    if connection.features.has_select_for_update:
        return f"postgres://{known['USER']}:{known['PASSWORD']}@{quote(known['HOST'], safe='')}/{known['NAME']}"
    with contextlib.closing(sqlite3.connect(folder / "portal.sqlite3")) as file:
        connection.connection.backup(file)
    return f"sqlite:///{folder / 'portal.sqlite3'}"


def edit(folder: Path, summary: str) -> None:
    """Change the pilot in this process, past all of the portal's code."""
    update = f"UPDATE {Pilot.translations.rel.related_model._meta.db_table} SET summary = '{summary}'"
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute(update)
        return
    with contextlib.closing(sqlite3.connect(folder / "portal.sqlite3")) as file, file:
        file.execute(update)


def ask(port: int, address: str, tag: str = "") -> tuple[int, str, str]:
    """Return status, tag and page of the answer to a browser that has the page with this tag."""
    with contextlib.closing(http.client.HTTPConnection(HOST, port, timeout=20)) as visitor:
        visitor.request("GET", address, headers={"If-None-Match": tag})
        answer = visitor.getresponse()
        return answer.status, answer.headers.get("ETag", ""), answer.read().decode()


def ask_for(port: int, address: str, tag: str, text: str) -> str:
    """The first answer to a browser that has the page with this tag which holds `text`, or the last one seen.

    How soon it comes is how long a version is taken for the present one: tests/site/test_page_cache.py has it.
    """
    end = time.monotonic() + PATIENCE
    page = ""
    while text not in page and time.monotonic() < end:
        page = ask(port, address, tag)[2]
    return page


def test_edit_past_the_portal_shows_in_both_servers(servers: tuple[int, int], tmp_path: Path) -> None:
    for port in servers:  # what is due is published first: it changes the pages, too
        ask_for(port, "/pilots/malaga/", "", "Who did what.")
    before, shown = "As it was.", []
    for number in range(5):
        asked = [(port, address) for address in PAGES for port in servers]
        tags = {it: ask(*it)[1] for it in asked}
        assert [ask(*it, tags[it])[0] for it in asked] == [304] * 4  # so they are kept
        after = f"Edit {number}."
        edit(tmp_path, after)
        for it in asked if number % 2 else asked[::-1]:
            page = ask_for(*it, tags[it], after)
            shown.append((after in page, before in page))
        before = after
    assert shown == [(True, False)] * 20


def publications(folder: Path) -> int:
    """How often a pilot was published through the portal."""
    count = f"SELECT COUNT(*) FROM {Revision._meta.db_table} WHERE kind = 'published'"
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute(count)
            return int(cursor.fetchone()[0])
    with contextlib.closing(sqlite3.connect(folder / "portal.sqlite3")) as file:
        return int(file.execute(count).fetchone()[0])


def test_what_came_due_while_no_server_ran_is_published_once(servers: tuple[int, int], tmp_path: Path) -> None:
    pages = [ask_for(port, "/pilots/malaga/", "", "Who did what.") for port in servers]
    assert ["Who did what." in page for page in pages] == [True, True]
    assert publications(tmp_path) == 1
