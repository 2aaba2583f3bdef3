"""How the portal is, in words: what is wrong comes first, with what to do; administrators only."""

import os
import re
import shutil
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from pilots import mail, workflow
from pilots.health import content, machine, protection, readings
from pilots.health import mail as letters
from pilots.health.check_result import Condition
from pilots.health.checks import findings
from pilots.models import ContentChange, ContentVersion, LastBackup, Passkey, Pilot
from tests.factories import PilotFactory, UserFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

NAMES = {
    *("Database", "Tables", "Search", "Planned publications", "Clock", "Backup", "E-mail", "Disk", "Folder"),
    *("Settings", "Second factors", "The way here"),
}


@pytest.fixture
def in_production(settings: Any, tmp_path: Path) -> Any:
    settings.IN_PRODUCTION, settings.SECOND_FACTOR, settings.EMAIL_HOST = True, "reviewers", "mail.example.org"
    settings.DATA_DIR = tmp_path
    return settings


def page(role: str = "administrator") -> str:
    answer = browser_of(person(role)).get(reverse("admin:how-it-is"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", ["contributor", "reviewer", "translator (French)", ""])
def test_only_administrators_see_it_and_the_way_there(role: str) -> None:
    browser = browser_of(person(role))
    assert browser.get(reverse("admin:how-it-is")).status_code == 403
    assert reverse("admin:how-it-is") not in browser.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("role", ["administrator", "superuser"])
def test_administrators_find_everything_that_is_looked_at(role: str) -> None:
    assert reverse("admin:how-it-is") in browser_of(person(role)).get(reverse("admin:index")).content.decode()
    assert set(re.findall(r"<h2>(.+)</h2>", page(role))) == NAMES


def test_the_worst_comes_first_and_each_state_is_said_in_words() -> None:
    states = re.findall(r'<p class="state">(.+)</p>', page())
    assert set(states) == {"Good", "Look at this", "Wrong"}
    assert states == sorted(states, key=["Wrong", "Look at this", "Good"].index)
    assert page().count("What to do:") == len([state for state in states if state != "Good"])


@pytest.mark.parametrize("count", [1, 3, 30])
def test_it_costs_the_same_for_many(count: int, django_assert_num_queries: Any, in_production: Any) -> None:
    for _number in range(count):
        person("reviewer")
    PilotFactory.create_batch(count)
    request = RequestFactory().get("/")
    request.user = person("superuser")
    with django_assert_num_queries(9 if connection.features.has_select_for_update else 8):  # pg_trgm is asked for
        findings(request)


def test_a_check_that_cannot_look_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise DatabaseError

    monkeypatch.setattr(readings, "database_bytes", refuse)
    assert "This could not be looked at." in page()


def test_a_missing_migration_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert content.migrations().state == Condition.GOOD
    monkeypatch.setattr(readings, "migrations_missing", lambda: ["pilots.0001", "pilots.0002"])
    assert content.migrations().says == "2 migrations are missing."


def test_search_that_is_far_behind_is_worth_a_look() -> None:
    rows = [ContentChange(pilot=10**6 + n, number=1, public=True) for n in range(201)]
    ContentChange.objects.bulk_create(rows[:-1])
    ContentChange.objects.filter(pilot__lt=10**6).update(indexed=True)
    assert "former words" not in content.search().says
    rows[-1].save()
    assert content.search().says == "201 changed entries are found by their former words only."


def test_a_publication_that_is_late_is_wrong() -> None:
    admin = person("administrator")
    assert content.schedule(admin).state == Condition.GOOD
    pilot = PilotFactory()
    workflow.schedule(pilot, at=timezone.now() + timedelta(hours=1), by=admin)
    Pilot.objects.filter(pk=pilot.pk).update(publish_at=timezone.now() - timedelta(hours=1))
    assert content.schedule(admin).state == Condition.WRONG


def test_content_from_the_future_tells_that_a_clock_is_wrong() -> None:
    ContentVersion.objects.update_or_create(pk=1, defaults={"number": 1})
    assert content.clock().state == Condition.GOOD
    ContentVersion.objects.update(number=int((timezone.now() + timedelta(hours=1)).timestamp() * 1e6))
    assert content.clock().state == Condition.LOOK


@pytest.mark.parametrize(
    ("days", "state"), [(1, Condition.GOOD), (3, Condition.LOOK), (8, Condition.WRONG), (None, Condition.WRONG)]
)
def test_a_backup_grows_old(days: int | None, state: Condition) -> None:
    if days:
        LastBackup.objects.create(made_at=timezone.now() - timedelta(days=days))
    assert content.backup().state == state


def test_the_last_mail_that_failed_is_told_until_one_is_sent(
    in_production: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = EmailMessage("Subject", "Body", to=["rita@example.org"])
    assert letters.mail().state == Condition.GOOD
    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", lambda _message: 1 / 0)
        mail.send(message)
    assert letters.mail().state == Condition.WRONG
    assert "ZeroDivisionError" in letters.mail().says
    assert "rita" not in letters.mail().says
    long_ago = (timezone.now() - timedelta(days=3)).timestamp()
    os.utime(mail.failure_file(), (long_ago, long_ago))
    assert letters.mail().state == Condition.LOOK
    mail.send(message)
    assert letters.mail().state == Condition.GOOD


def test_no_mail_server_is_wrong_in_production_only(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert letters.mail().state == Condition.LOOK
    settings.IN_PRODUCTION = True
    assert letters.mail().state == Condition.WRONG


@pytest.mark.parametrize(
    ("free", "state"), [(10**9, Condition.GOOD), (10**9 - 1, Condition.LOOK), (10**8, Condition.WRONG)]
)
def test_a_disk_fills(free: int, state: Condition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    assert machine.disk().state == state


def test_a_folder_that_cannot_be_written_to_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.folder().state == Condition.GOOD
    monkeypatch.setattr(os, "access", lambda _folder, _how: False)
    assert machine.folder().state == Condition.WRONG


def test_a_key_that_others_may_read_is_wrong(in_production: Any) -> None:
    key = in_production.DATA_DIR / "secret_key"
    key.write_text("x")
    key.chmod(0o640)
    assert "secret_key" in protection.secrets().says
    key.chmod(0o600)
    assert "secret_key" not in protection.secrets().says


def test_what_django_finds_of_a_site_on_the_internet_is_told(in_production: Any) -> None:
    in_production.SECURE_SSL_REDIRECT = False
    assert "SECURE_SSL_REDIRECT" in protection.secrets().says
    assert protection.secrets().state == Condition.WRONG


def test_whoever_needs_a_second_factor_and_has_none_is_named(in_production: Any) -> None:
    needs = [person("reviewer", username="rita"), person("administrator", username="ada")]
    person("superuser", username="root2")
    person("contributor", username="carl")
    person("reviewer", username="gone", is_active=False)
    UserFactory(username="visitor", is_superuser=True, is_staff=False)
    assert "3 accounts need" in protection.second_factors().says
    assert "ada, rita and root2" in protection.second_factors().says
    Passkey.objects.create(account=needs[0], name="key", credential=b"x", credential_digest="x")
    assert {account.username for account in protection.accounts_without()} == {"ada", "root2"}
    in_production.SECOND_FACTOR = "all"
    assert {account.username for account in protection.accounts_without()} == {"ada", "root2", "carl"}
    in_production.SECOND_FACTOR = "none"
    assert protection.second_factors().state == Condition.WRONG


@pytest.mark.parametrize(
    ("secure", "headers", "state"),
    [
        (True, {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, Condition.GOOD),
        (True, {}, Condition.LOOK),
        (False, {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, Condition.WRONG),
    ],
)
def test_way_of_a_request_is_told_as_the_portal_sees_it(
    in_production: Any, secure: Any, headers: dict[str, str], state: Condition
) -> None:
    found = protection.way(RequestFactory().get("/", secure=secure, **headers))
    assert found.state == state
    assert ("203.0.113.7" in found.says) is (state == Condition.GOOD)
