"""The first account of a site in production has the name of a person and a password that stands guessing."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
DATABASES = ("sqlite",)
GOOD = "zebra lantern gravel orbit"


@pytest.mark.parametrize(
    "name", ["admin", "Admin", "ROOT", "root1", "administrator", "admin_2026", "superuser", "beheerder", "ａｄｍｉｎ"]
)
def test_name_that_is_tried_first_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", GOOD)
    with pytest.raises(CommandError, match="tried first"):
        call_command("createsuperuser", username=name, email="rita@a.org", interactive=False)
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["", "a", "letmeinletmein123"])
def test_weak_password_of_the_environment_is_refused(password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises(CommandError):
        call_command("createsuperuser", username="rita", email="rita@a.org", interactive=False)
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["rita", "adminda.root", "ines"])
def test_name_of_a_person_is_taken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", GOOD)
    call_command("createsuperuser", username=name, email="rita@a.org", interactive=False, stdout=StringIO())
    assert User.objects.get(username=name).check_password(GOOD)


class Terminal:
    """Somebody who types at a terminal."""

    def isatty(self) -> bool:
        return True


def test_person_is_asked_again_for_name_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    names = iter(["admin", "rita", "rita@a.org", "n"])
    passwords = iter(["letmeinletmein123", "letmeinletmein123", GOOD, GOOD])
    monkeypatch.setattr("builtins.input", lambda _question: next(names))
    monkeypatch.setattr("getpass.getpass", lambda _question="": next(passwords))
    said: Any = StringIO()
    call_command("createsuperuser", stdin=Terminal(), stdout=StringIO(), stderr=said)
    assert "tried first" in said.getvalue()
    assert User.objects.get().username == "rita"
    assert User.objects.get().check_password(GOOD)
