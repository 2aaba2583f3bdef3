"""`set_up` makes the database ready to serve, and the first account once."""

import re
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse

from pilots.models import Pilot, SecurityEvent
from tests.factories import PilotFactory, UserFactory
from tests.stored_rows import load_pilots, rows_made_by, store
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Who may log in is Django's own; loading is tried on both.
DATABASES = ("sqlite",)

LONG = "zebra lantern gravel orbit"


@pytest.fixture(autouse=True)
def _no_password_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)


@pytest.fixture
def pilot(db: None) -> Pilot:
    """A pilot that is there, so that the delivered ones are not loaded, which takes long."""
    return PilotFactory()


def set_up() -> str:
    """Run the command and return what it says."""
    out = StringIO()
    call_command("set_up", stdout=out)
    return out.getvalue()


def logs_in(password: str) -> bool:
    """Whether the login page of the admin takes this password of `admin`, and shows the admin."""
    client = visitor()
    client.post(reverse("admin:login"), {"username": "admin", "password": password})
    return client.get(reverse("admin:pilots_pilot_changelist")).status_code == 200


@pytest.mark.databases("sqlite", "postgresql")
def test_first_run_loads_the_pilots_and_prints_a_password_that_logs_in() -> None:
    printed = re.findall(r"^admin password: (\S+)$", set_up(), re.MULTILINE)
    assert len(printed) == 1
    assert len(printed[0]) >= 24
    assert logs_in(printed[0])
    assert not logs_in("admin")
    assert SecurityEvent.objects.filter(event="account-added", account_name="admin").count() == 1
    assert Pilot.objects.published().count() == 9


def test_second_run_prints_no_password_and_changes_nothing() -> None:
    store(rows_made_by(load_pilots))
    password = re.findall(r"^admin password: (\S+)$", set_up(), re.MULTILINE)[0]
    Pilot.objects.filter(slug="the-hague").delete()
    account = User.objects.values().get()
    assert set_up() == ""
    assert (User.objects.values().get(), Pilot.objects.count()) == (account, 8)
    assert logs_in(password)


def test_two_first_runs_print_different_passwords(pilot: Pilot) -> None:
    first = set_up()
    User.objects.all().delete()
    assert set_up() not in first


def test_given_password_is_used_and_not_printed(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", LONG)
    said = set_up()
    assert LONG not in said
    assert said.endswith("admin password: (the one in ADMIN_PASSWORD)\n")
    assert logs_in(LONG)


@pytest.mark.parametrize(
    ("password", "reason"),
    [("Zx7-q", "too short"), ("123456789012345678", "easy to guess")],
)
def test_weak_password_is_refused_with_a_sentence(
    pilot: Pilot, password: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", password)
    with pytest.raises(CommandError, match=rf"^ADMIN_PASSWORD cannot be used\. .*{reason}.*\.$") as refusal:
        set_up()
    assert password not in str(refusal.value)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("setting", "value"), [("IN_PRODUCTION", True), ("HOST", "0.0.0.0"), ("HOST", "192.0.2.7"), ("HOST", "::")]
)
def test_no_account_is_made_where_others_could_reach_it(pilot: Pilot, setting: str, value: Any, settings: Any) -> None:
    setattr(settings, setting, value)
    assert "manage.py createsuperuser" in set_up()
    assert not User.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_first_account_is_made_on_loopback(pilot: Pilot, host: str, settings: Any) -> None:
    settings.HOST = host
    assert "admin password: " in set_up()


def test_given_password_changes_no_account_that_is_there(pilot: Pilot, monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory(username="someone")
    monkeypatch.setenv("ADMIN_PASSWORD", "short")
    assert "admin password" not in set_up()
    assert [user.username for user in User.objects.all()] == ["someone"]


def test_database_with_a_pilot_is_not_filled_up(pilot: Pilot) -> None:
    set_up()
    assert Pilot.objects.count() == 1


def test_database_that_does_not_answer_stops_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **options: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("pilots.management.commands.set_up.call_command", away)
    with pytest.raises(CommandError, match="It says: connection refused"):
        call_command("set_up")
