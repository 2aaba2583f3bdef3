"""Eight editors save into the same entries at once, through the real server: nothing is lost, nothing breaks.

Each reads the summary of an entry, adds a word of its own, and sends the form as it was read. It is
saved, or refused with the page that keeps what was typed; a word that was saved stays.
"""

import contextlib
import functools
import http.client
import itertools
import json
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg2
import pytest
from django.db import connection

from tests import databases, tables
from tests.admin.forms import Reader
from tests.browser import server
from tests.site.processes import run

DATABASES = ("sqlite", "postgresql")
EDITORS, SAVES = 8, 6
ENTRIES = 2
TOKEN = "a" * 32
SET_UP = """
import json, django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from pilots.models import Authority, Lesson, Partner, Pilot, Source
store = import_module(settings.SESSION_ENGINE).SessionStore
keys = []
for number in range({editors}):
    user = User.objects.create(username=f"editor{{number}}", is_staff=True)
    user.groups.add(Group.objects.get(name="reviewer"))
    session = store()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    keys.append(session.session_key)
who = {{"authority": Authority.objects.first(), "source": Source.objects.first()}}
pilots = []
for number in range({entries}):
    pilot = Pilot.objects.create(slug=f"draft-{{number}}", title="Draft", summary="S.", **who)
    pilot.partners.set(Partner.objects.all()[:1])
    Lesson.objects.create(pilot=pilot, number=1, kind="insight", text="One.")
    pilots.append(pilot)
print(json.dumps({{"keys": keys, "pilots": [pilot.pk for pilot in pilots]}}))
"""
KEPT = """
import json, django
django.setup()
from pilots.models import Pilot, Revision
said = lambda content: content["texts"]["en"]["summary"]
print(json.dumps({
    pilot.pk: {
        "edit": pilot.edit_count,
        "said": pilot.translations.get(language_code="en").summary,
        "revisions": [
            (row.edit_count, said(row.content))
            for row in Revision.objects.filter(row=pilot.pk).order_by("edit_count")
        ],
    }
    for pilot in Pilot.objects.filter(slug__startswith="draft-")
}))
"""


@dataclass
class Crowd:
    """The site, who works on it, and what became of each word."""

    url: str
    keys: list[str]
    pilots: list[int]
    connect: Callable[[], Any]
    forms: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    accepted: dict[int, list[str]] = field(default_factory=dict)
    refused: dict[int, list[str]] = field(default_factory=dict)

    def ask(self, line: http.client.HTTPConnection, editor: int, pilot: int, data: Any = None) -> tuple[int, str]:
        """Open the form of an entry, or send it, as one editor."""
        headers = {"Cookie": f"session={self.keys[editor]}; csrf={TOKEN}"}
        body = None
        if data is not None:
            body = urlencode({**data, "csrfmiddlewaretoken": TOKEN}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("GET" if body is None else "POST", f"/admin/pilots/pilot/{pilot}/change/", body, headers)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    def work(self, editor: int) -> None:
        """Save again and again, each time a word added to what the entry said a moment before."""
        dice = random.Random(editor)
        with contextlib.closing(self.line()) as line, contextlib.closing(self.connect()) as database:
            for number in range(SAVES):
                pilot, word = dice.choice(self.pilots), f" w{editor}x{number}."
                edit, summary = look(database, pilot)
                typed = {**self.forms[pilot], "seen_edit": edit, "summary": summary + word}
                status, page = self.ask(line, editor, pilot, typed)
                self.answers[status] += 1
                (self.accepted if status == 302 else self.refused)[pilot].append(word)
                assert status == 302 or word in page, page[-2000:]  # what was typed is on the page

    def line(self) -> http.client.HTTPConnection:
        """A connection of its own to the site."""
        return http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=60)


def look(database: Any, pilot: int) -> tuple[int, str]:
    """The number of changes of an entry and its summary: what a form would show, at little cost."""
    cursor = database.cursor()
    cursor.execute(
        "SELECT edit_count, summary FROM pilots_pilot JOIN pilots_pilottranslation ON master_id = pilots_pilot.id"
        f" WHERE master_id = {pilot} AND language_code = 'en'"
    )
    edit, summary = cursor.fetchone()
    database.rollback()
    return edit, summary


@pytest.fixture(scope="module")
def crowd() -> Iterator[tuple[Crowd, Any]]:
    """Yield what eight editors did at once, and what the database holds then."""
    with contextlib.ExitStack() as running:
        on_postgresql = connection.vendor == "postgresql"
        url = running.enter_context(databases.fresh_database(tables.template())) if on_postgresql else ""
        site = running.enter_context(server.serve(url))

        def output_of(code: str) -> Any:
            done = run(code, Path(site.environment["DATA_DIR"]), DATABASE_URL=url)
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout.splitlines()[-1])

        file = Path(site.environment["DATA_DIR"]) / "portal.sqlite3"
        connect = functools.partial(psycopg2.connect, url) if url else functools.partial(sqlite3.connect, file)
        crowd = Crowd(site.url, connect=connect, **output_of(SET_UP.format(editors=EDITORS, entries=ENTRIES)))
        line = running.enter_context(contextlib.closing(crowd.line()))
        for pilot in crowd.pilots:
            reader = Reader()
            reader.feed(crowd.ask(line, 0, pilot)[1])
            crowd.forms[pilot] = reader.forms["pilot_form"]
            crowd.accepted[pilot], crowd.refused[pilot] = [], []
        with ThreadPoolExecutor(EDITORS) as editors:
            list(editors.map(crowd.work, range(EDITORS)))
        yield crowd, output_of(KEPT)


def test_every_save_is_accepted_or_refused_with_a_page(crowd: tuple[Crowd, Any]) -> None:
    answers = crowd[0].answers
    assert set(answers) == {302, 409}
    assert answers.total() == EDITORS * SAVES


def test_every_accepted_word_is_there_and_no_refused_one(crowd: tuple[Crowd, Any]) -> None:
    done, kept = crowd
    for pilot in done.pilots:
        words = re.findall(r" w\d+x\d+\.", kept[str(pilot)]["said"])
        assert sorted(words) == sorted(done.accepted[pilot])
        assert done.accepted[pilot]
        assert not set(words) & set(done.refused[pilot])


def test_every_accepted_save_is_one_revision_on_top_of_the_one_before(crowd: tuple[Crowd, Any]) -> None:
    done, kept = crowd
    for pilot in done.pilots:
        revisions = kept[str(pilot)]["revisions"]
        numbers = [edit for edit, _said in revisions]
        assert numbers == list(range(numbers[0], kept[str(pilot)]["edit"] + 1))
        saves = [said for _edit, said in revisions[-len(done.accepted[pilot]) - 1 :]]
        for before, after in itertools.pairwise(saves):
            assert after.removeprefix(before) in done.accepted[pilot]
        assert len(revisions) == len(done.accepted[pilot]) + 1  # as it was found
