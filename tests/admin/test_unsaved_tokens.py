"""What is kept of a form that could not be saved: by its own token alone, a megabyte, twenty a person, for a day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import form_store
from pilots.models import Pilot, UnsavedForm
from pilots.workflow.scheduler import run_due_tasks
from tests.admin.forms import address, address_of
from tests.factories import PilotFactory
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    """Return somebody who may change everything but accounts' rights."""
    return person("administrator")


def token_for(user: User, url: str, title: str = "x") -> str:
    """The token that a form of this address carries."""
    return form_store.FormToken(user.pk, url, title).signed()


def signed_otherwise(user: User, url: str) -> str:
    """What another part of the site could have signed."""
    return signing.dumps([user.pk, url, "x"], salt="another")


def test_only_the_forms_own_token_lets_anything_be_kept(client: Client, editor: User) -> None:
    pilot = PilotFactory()
    url, others = address(pilot), address(PilotFactory())
    good = token_for(editor, url)
    bad = ["", "x", good[:-1], good + "x", token_for(editor, others), token_for(editor, url + "x")]
    bad += [signed_otherwise(editor, url), "é" * 50, "a:b:c", signing.dumps([1], salt=form_store.SALT), "\ud800"]
    bad += [signing.dumps({"user": 1}, salt=form_store.SALT), signing.dumps(["x", url, "t"], salt=form_store.SALT)]
    for token in bad:
        client.post(url, {"form_token": token.encode("utf-8", "replace"), "summary": "x"})
        assert not UnsavedForm.objects.exists(), token
    client.post(url, {"form_token": good, "summary": "x"})
    assert UnsavedForm.objects.get().user == editor


def test_token_ends_after_a_week(client: Client, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    url = address(PilotFactory())
    token = token_for(editor, url)
    monkeypatch.setattr(form_store, "TOKEN_WORKS_FOR", -1)
    client.post(url, {"form_token": token, "summary": "x"})
    assert not UnsavedForm.objects.exists()


def test_token_logs_nobody_in_and_saves_nothing(client: Client, editor: User) -> None:
    pilot = PilotFactory()
    url = address(pilot)
    response = client.post(url, {"form_token": token_for(editor, url), "summary": "x", "_save": "1"})
    assert client.get(reverse("admin:unsaved-forms")).status_code == 302
    assert response.url.startswith(reverse("admin:login"))
    assert Pilot.objects.get().edit_count == pilot.edit_count


def test_form_is_kept_once_and_an_account_has_twenty_at_most(client: Client, editor: User) -> None:
    for number in range(30):
        url = reverse("admin:pilots_pilot_change", args=[number // 2])
        client.post(url, {"form_token": token_for(editor, url), "summary": str(number)})
    assert UnsavedForm.objects.count() == 15
    for number in range(15, 30):
        url = reverse("admin:pilots_pilot_change", args=[number])
        client.post(url, {"form_token": token_for(editor, url), "summary": str(number)})
    kept = UnsavedForm.objects.of(editor)
    assert (kept.count(), kept.first().fields) == (20, [["summary", "29"]])


def test_more_than_a_megabyte_is_not_kept_and_the_page_says_so(client: Client, editor: User) -> None:
    url = address(PilotFactory())
    sent = {"form_token": token_for(editor, url), "summary": "x" * (form_store.LARGEST - len("summary"))}
    assert client.post(url, sent).status_code == 302
    UnsavedForm.objects.all().delete()
    response = client.post(url, {**sent, "summary": sent["summary"] + "x"})
    assert (response.status_code, UnsavedForm.objects.count()) == (413, 0)
    assert "too long to be kept" in response.content.decode()


def test_passwords_tokens_and_buttons_are_never_kept(client: Client, editor: User) -> None:
    url = address_of(Pilot, "add")
    secret = {"password": "s1", "new_password1": "s2", "Old-Password": "s3", "csrfmiddlewaretoken": "s4", "_save": "s5"}
    client.post(url, {"form_token": token_for(editor, url), "summary": "x\0y", **secret})
    assert UnsavedForm.objects.get().fields == [["summary", "xy"]]


@pytest.mark.parametrize("timer", [run_due_tasks, lambda: call_command("publish_due")], ids=["clock", "command"])
def test_timer_deletes_what_is_past_its_day(timer: Callable[[], None], client: Client, editor: User) -> None:
    url = address(PilotFactory())
    client.post(url, {"form_token": token_for(editor, url), "summary": "x"})
    timer()
    assert UnsavedForm.objects.exists()
    UnsavedForm.objects.update(kept_at=timezone.now() - timedelta(days=1))
    timer()
    assert not UnsavedForm.objects.exists()
