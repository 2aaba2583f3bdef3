"""Health addresses: alive without the database; ready with a database that answers and is migrated."""

import re
from datetime import timedelta

import django
import pytest
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from pilots.models import LastBackup
from pilots.search import tables
from pilots.search.tables import Tsvector
from tests.factories import UserFactory
from tests.visitors import visitor

VERSIONS = re.compile(rb"\d")


@pytest.fixture
def database_away(monkeypatch):
    def refuse(*_args, **_others):
        raise OperationalError("connection to server at 10.0.0.9, PostgreSQL 18.1, failed")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)


def test_alive_needs_no_database(client):
    """No database is allowed in this test, so a query would fail it."""
    response = client.get("/livez")
    assert (response.status_code, response.content) == (200, b"alive\n")


def test_alive_when_the_database_is_away(client, database_away):
    assert client.get("/livez").status_code == 200


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_migrated(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


def test_not_ready_when_the_database_is_away(client, database_away):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database does not answer\n")
    assert response["Retry-After"] == "60"


@pytest.mark.django_db
@pytest.mark.parametrize("app", ["pilots", "auth"])
def test_not_ready_when_a_migration_is_missing(client, app):
    MigrationRecorder.Migration.objects.filter(app=app).latest("id").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"the database is not migrated\n")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_probes_are_told_no_version_and_keep_nothing(client, address):
    response = client.get(address)
    assert VERSIONS.search(response.content) is None
    assert django.get_version() not in str(response.headers)
    assert "Server" not in response
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.django_db
def test_staff_read_what_the_database_lacks_and_nobody_else_does(client, monkeypatch):
    monkeypatch.setitem(tables.DIALECTS, connection.vendor, Tsvector())
    monkeypatch.setattr(tables, "has_trigrams", lambda: False)
    assert client.get("/readyz").content == b"ready\n"
    client.force_login(UserFactory())
    assert client.get("/readyz").content == b"ready\n"
    client.force_login(UserFactory(is_staff=True))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert b"ready\npg_trgm is not installed, so fewer misspellings are understood.\n" in answer.content


@pytest.mark.django_db
def test_staff_read_how_old_the_last_good_backup_is_and_nobody_else_does(client):
    client.force_login(UserFactory(is_staff=True))
    assert "There is no backup yet: manage.py backup makes one." in client.get("/readyz").content.decode()
    made_at = timezone.now() - timedelta(days=3, hours=5, minutes=1)
    LastBackup.objects.create(made_at=made_at)
    said = client.get("/readyz").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert said == f"ready\nThe last good backup is 3 days, 5 hours old: {made_at:%Y-%m-%d %H:%M} UTC.\n"
    assert visitor().get("/readyz").content == b"ready\n"
