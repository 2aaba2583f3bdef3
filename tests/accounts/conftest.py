"""A clock, and what people type to log in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

PASSWORD = "zebra lantern gravel orbit"


class Clock:
    """The time of the portal, which stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = datetime(2030, 1, 15, 12, 0, 1, tzinfo=UTC).timestamp()
        monkeypatch.setattr("time.time", lambda: self.now)
        monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.fromtimestamp(self.now, UTC))

    def move(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.now += minutes * 60 + seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def required(settings: Any) -> None:
    """Production asks reviewers for a second factor."""
    settings.SECOND_FACTOR = "reviewers"


@pytest.fixture
def log_in() -> Callable[..., HttpResponse]:
    """A function that gives name and password, with what else is told of the request."""

    def send(client: Client, name: str, password: str = PASSWORD, **told: Any) -> HttpResponse:
        said = {"username": name, "password": password, "next": "/admin/pilots/pilot/"}
        return client.post(reverse("admin:login"), said, **told)

    return send
