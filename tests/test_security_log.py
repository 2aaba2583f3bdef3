"""The security log: what a row and a line hold, when they are written, what its page says."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pilots.admin.accounts.security_log import DETAIL_LABELS
from pilots.models import SecurityEvent
from pilots.security_log import DETAILS, Event, record
from prepare_portal.logs import JsonFormatter
from tests.admin.forms import address, address_of
from tests.factories import PublishedPilotFactory, UserFactory
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
HOSTILE = 'a\n{"message": "login"}\r\u2028\x1b[2J\u202e'
LIST = "/admin/pilots/securityevent/"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the portal's own log writes, in its form."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("pilots.security")
    logger.addHandler(handler)
    yield written
    logger.removeHandler(handler)


def test_line_holds_who_did_what_to_whom(lines, django_capture_on_commit_callbacks):
    rita, paul = UserFactory(username="rita"), UserFactory(username="paul")
    with django_capture_on_commit_callbacks(execute=True):
        record(Event.RIGHTS_CHANGED, by=rita, account=paul, gained=["superuser"], lost=[])
    said = json.loads(lines.getvalue())
    assert said.pop("time")
    assert said == {
        "level": "INFO",
        "logger": "pilots.security",
        "message": "rights-changed",
        "actor": "rita",
        "actor_id": rita.pk,
        "account": "paul",
        "account_id": paul.pk,
        "details": {"gained": ["superuser"], "lost": []},
    }
    row = SecurityEvent.objects.get()
    assert (row.event, row.actor_name, row.account_name, row.details) == (
        "rights-changed",
        "rita",
        "paul",
        said["details"],
    )


def test_what_is_rolled_back_leaves_neither_row_nor_line(lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record(Event.LOGGED_OUT)
        transaction.set_rollback(True)
    assert (SecurityEvent.objects.count(), lines.getvalue()) == (0, "")


def test_line_waits_for_the_end_of_the_transaction(lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record(Event.LOGGED_OUT)
        assert lines.getvalue() == ""
    assert json.loads(lines.getvalue())["message"] == "logout"


def test_nothing_begins_a_second_line_or_steers_a_terminal(lines, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record(Event.GROUP_CHANGED, by=UserFactory(username=HOSTILE), group=HOSTILE, gained=[HOSTILE * 100], lost=[])
    assert lines.getvalue().count("\n") == 1
    assert lines.getvalue().isascii()
    said = json.loads(lines.getvalue())
    texts = [said["actor"], said["details"]["group"], *said["details"]["gained"]]
    assert not any(re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", text) for text in texts)
    assert len(texts[-1]) == 200


def test_row_that_cannot_be_written_holds_nobody_up(lines, monkeypatch, caplog, django_capture_on_commit_callbacks):
    def refused(self: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO no_such_table VALUES (1)")

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic(), monkeypatch.context() as patch:
        patch.setattr(SecurityEvent, "save", refused)
        record(Event.LOGGED_IN, second_factor=True)
        user = UserFactory()
    user.refresh_from_db()
    assert "A security event could not be stored: login" in caplog.text
    assert json.loads(lines.getvalue())["message"] == "login"


def test_event_tells_only_what_is_written_down_of_it():
    with pytest.raises(TypeError, match="password"):
        record(Event.LOGGED_IN, password="secret")
    assert SecurityEvent.objects.count() == 0


def test_name_of_a_deleted_account_stays():
    gone = UserFactory(username="rita")
    record(Event.LOGGED_IN, by=gone, second_factor=True)
    number = gone.pk
    gone.delete()
    row = SecurityEvent.objects.get()
    assert (row.actor_name, row.actor_id) == ("rita", number)
    assert "rita" in browser_of(person("administrator")).get(LIST).text


def test_document_describes_every_event_and_every_detail():
    text = (Path(settings.BASE_DIR) / "docs" / "security-log.md").read_text()
    rows = re.findall(
        r"^\| `([a-z-]+)` \| [^|]+ \| ([^|]*)\|$", text.partition("| `message` | when |")[2], re.MULTILINE
    )
    known = set().union(*DETAILS.values())
    described = {event: {name for name in re.findall(r"`([^`]+)`", told) if name in known} for event, told in rows}
    assert described == {event.value: set(names) for event, names in DETAILS.items()}
    assert set(DETAILS) == set(Event)
    assert set(DETAIL_LABELS) == known


# The page of the admin ----------------------------------------------------------------


def test_administrators_read_it_and_nobody_else():
    record(Event.LOGGED_OUT, by=UserFactory(username="rita"))
    answers = {role: browser_of(person(role)).get(LIST).status_code for role in ("contributor", "reviewer")}
    assert answers == {"contributor": 403, "reviewer": 403}
    for role in ("administrator", "superuser"):
        assert "rita" in browser_of(person(role)).get(LIST).text


def test_nobody_changes_or_deletes_it(admin_client: Client):
    record(Event.LOGGED_OUT)
    row = SecurityEvent.objects.get()
    assert admin_client.get(address_of(SecurityEvent, "add")).status_code == 403
    assert admin_client.post(address(row), {"event": "login"}).status_code == 403
    assert admin_client.post(address(row, "delete"), {"post": "yes"}).status_code == 403
    admin_client.post(LIST, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    row.refresh_from_db()
    assert row.event == "logout"


def test_list_is_narrowed_by_event_account_and_time(admin_client: Client):
    rita, paul = UserFactory(username="rita"), UserFactory(username="paul")
    record(Event.LOGGED_IN, by=rita, second_factor=True)
    record(Event.RIGHTS_CHANGED, by=paul, account=rita, gained=["active"], lost=[])
    record(Event.LOGGED_OUT, by=paul)
    SecurityEvent.objects.filter(event="logout").update(at=timezone.now() - timedelta(days=10))

    def shown(**asked: Any) -> list[str]:
        return [row.event for row in admin_client.get(LIST, asked).context["cl"].result_list]

    assert shown() == ["rights-changed", "login", "logout"]
    assert shown(event="login") == ["login"]
    assert shown(account=rita.pk) == ["rights-changed", "login"]
    assert shown(account=paul.pk) == ["rights-changed", "logout"]
    assert shown(days="7") == ["rights-changed", "login"]
    assert shown(account="x", event="nothing", days="-1") == shown()


def test_page_says_what_happened_in_words(admin_client: Client):
    record(Event.RIGHTS_CHANGED, account=UserFactory(username="paul"), gained=["role:reviewer", "<b>"], lost=[])
    record(Event.BACKED_UP, rows=1200, files=3, encrypted=True)
    text = admin_client.get(LIST).text
    assert "Rights changed" in text
    assert "Gained: role:reviewer, &lt;b&gt;" in text
    assert "Encrypted: yes" in text


# What is not in it --------------------------------------------------------------------


def test_visitors_leave_no_trace(lines, django_capture_on_commit_callbacks):
    PublishedPilotFactory(slug="shown")
    paths = ("/", "/pilots/", "/pilots/shown/", "/pilots/?country=FR", "/api/v1/pilots/", "/nowhere/", "/admin/login/")
    with django_capture_on_commit_callbacks(execute=True):
        for path in paths:
            visitor().get(path)
        visitor().post("/pilots/", {"a": "b"})
        visitor().get("/pilots/\0")
    assert (SecurityEvent.objects.count(), lines.getvalue()) == (0, "")


def test_list_costs_the_same_with_3_and_30_events(admin_client: Client):
    def cost(events: int) -> int:
        for number in range(events):
            record(Event.LOGGED_IN, by=UserFactory(username=f"rita{events}-{number}"), second_factor=True)
        with CaptureQueriesContext(connection) as asked:
            admin_client.get(LIST)
        return len(asked)

    cost(1)
    assert cost(2) == cost(27)


def test_settings_write_it_to_standard_output():
    handlers, logger = settings.LOGGING["handlers"], settings.LOGGING["loggers"]["pilots.security"]
    assert [handlers[name]["stream"] for name in logger["handlers"]] == ["ext://sys.stdout"]
    assert (logger["level"], logger["propagate"]) == ("INFO", False)
    assert reverse("admin:pilots_securityevent_changelist") == LIST
