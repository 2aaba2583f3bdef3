"""Two editors in the same moment: the database refuses the second, who is told so and gets back what was typed.

The first one acts here where the views have looked already and have not written yet.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection
from django.forms import ModelForm
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.admin.pilot.pilot_admin import PilotAdmin
from pilots.models import AccountSession as Session
from pilots.models import GlossaryTerm, Pilot, Revision, Stage, UnsavedForm
from tests.admin.forms import address, address_of, forms_of
from tests.factories import GlossaryTermFactory, PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
QUICKER = "Somebody else was quicker"


@pytest.fixture
def browser() -> Client:
    return browser_of(person("administrator"))


@pytest.fixture
def _slugs_are_looked_up_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ModelForm, "validate_unique", lambda _form: None)


def first(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, act: Callable[[], Any]) -> None:
    """Have somebody else do something just before a method is called for the first time."""
    original, waiting = getattr(owner, name), [act]

    def second(*args: Any, **kwargs: Any) -> Any:
        if waiting:
            waiting.pop()()
        return original(*args, **kwargs)

    monkeypatch.setattr(owner, name, second)


def send(browser: Client, url: str, form: str, **typed: Any) -> HttpResponse:
    """Fill in a form and send it, following where that leads."""
    page = browser.get(url)
    return browser.post(url, {**forms_of(page)[form], **typed}, follow=True)


@pytest.mark.usefixtures("_slugs_are_looked_up_too_early")
def test_text_under_a_slug_that_was_taken_at_the_same_moment_is_given_back(browser: Client) -> None:
    GlossaryTermFactory(slug="taken")
    url = address_of(GlossaryTerm, "add")
    page = send(browser, url, "glossaryterm_form", term="Term", meaning="Took an hour.", slug="taken")
    said = page.content.decode()
    assert "Somebody else changed something at the same moment" in said
    assert "Took an hour." in said
    assert GlossaryTerm.objects.count() == UnsavedForm.objects.count() == 1


@pytest.mark.usefixtures("_slugs_are_looked_up_too_early")
def test_draft_that_takes_the_slug_of_another_keeps_its_words_and_its_history(browser: Client) -> None:
    PilotFactory(slug="taken")
    draft = PilotFactory(slug="mine", summary="Before.")
    page = send(browser, address(draft), "pilot_form", summary="Took an hour.", slug="taken")
    assert "Took an hour." in page.content.decode()
    draft = Pilot.objects.get(pk=draft.pk)
    assert (draft.slug, draft.text_in("summary", "en")[0], draft.edit_count) == ("mine", "Before.", 0)
    assert not Revision.objects.exists()


def test_two_entries_that_are_renamed_to_one_address_at_once(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    pilot, other = PublishedPilotFactory(slug="mine"), PublishedPilotFactory()
    take = Pilot.objects.filter(pk=other.pk).update
    first(monkeypatch, workflow.entries, "save", lambda: take(slug="new"))
    url = reverse("admin:pilots_pilot_move", args=[pilot.pk, "rename"])
    page = send(browser, url, "", slug="new", note="A better name.")
    assert "A better name." in page.content.decode()
    assert Pilot.objects.get(pk=pilot.pk).slug == "mine"


@pytest.mark.parametrize("kind", ["entry", "copy"])
def test_entry_or_copy_that_two_delete_at_once(browser: Client, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    reviewer = person("reviewer")
    row = workflow.revise(PublishedPilotFactory(), by=reviewer) if kind == "copy" else PilotFactory()
    delete = workflow.discard if kind == "copy" else workflow.delete
    first(monkeypatch, PilotAdmin, "delete_model", lambda: delete(Pilot.objects.get(pk=row.pk), by=reviewer))
    answer = browser.post(address(row, "delete"), {"post": "yes"})
    assert (answer.status_code, QUICKER in answer.content.decode()) == (409, True)


def test_value_that_is_used_at_the_moment_when_it_is_deleted(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = StageFactory()
    first(monkeypatch, ModelAdmin, "delete_model", lambda: PilotFactory(stages=[stage]))
    answer = browser.post(address(stage, "delete"), {"post": "yes"})
    assert (answer.status_code, QUICKER in answer.content.decode()) == (409, True)
    assert Stage.objects.filter(pk=stage.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_value_that_is_deleted_at_the_moment_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    stage, draft = StageFactory(), PilotFactory(summary="Before.")
    browser = browser_of(person("superuser"))
    first(monkeypatch, PilotAdmin, "save_related", lambda: Stage.objects.filter(pk=stage.pk).delete())
    page = send(browser, address(draft), "pilot_form", summary="Took an hour.", stages=[stage.pk])
    assert "Took an hour." in page.content.decode()
    assert Pilot.objects.get().text_in("summary", "en")[0] == "Before."
    assert not Revision.objects.exists()


def test_account_that_two_invite_at_once(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pilots.admin.accounts.forms.PersonForm.clean_username", lambda _form: "taken")
    monkeypatch.setattr(ModelForm, "validate_unique", lambda _form: None)
    person("contributor", username="taken")
    role = Group.objects.get(name="contributor").pk
    answer = send(browser, address_of(User, "add"), "user_form", username="new", email="n@example.org", groups=[role])
    assert (answer.status_code, QUICKER in answer.content.decode()) == (409, True)


def test_second_invitation_to_one_address_waits_until_the_first_is_there(browser: Client) -> None:
    typed = {"username": "new", "email": "n@example.org", "groups": [Group.objects.get(name="contributor").pk]}
    with CaptureQueriesContext(connection) as asked:
        send(browser, address_of(User, "add"), "user_form", **typed)
    lines = [query["sql"] for query in asked]
    looked = next(number for number, line in enumerate(lines) if "n@example.org" in line.lower())
    lock = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    assert any('FROM "auth_group"' in line and line.endswith(lock) for line in lines[:looked])
    assert User.objects.filter(email="n@example.org").count() == 1


def end_session(*_args: Any, **_kwargs: Any) -> None:
    Session.objects.all().delete()


def test_save_while_the_same_session_logs_out_is_saved_and_leads_on_after_logging_in(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = PilotFactory(summary="Before.")
    first(monkeypatch, PilotAdmin, "save_related", end_session)
    page = browser.get(address(draft))
    answer = browser.post(address(draft), {**forms_of(page)["pilot_form"], "summary": "Took an hour."})
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("admin:login"))
    assert "next=/admin/pilots/pilot/" in answer.url
    assert Pilot.objects.get().text_in("summary", "en")[0] == "Took an hour."
    assert not UnsavedForm.objects.exists()


def test_text_that_is_refused_while_the_same_session_logs_out_is_given_back(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, shown = PilotFactory(), PilotAdmin.render_change_form

    def render(admin: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            end_session()
            request.session["said"] = "Look again."
        return shown(admin, request, *args, **kwargs)

    monkeypatch.setattr(PilotAdmin, "render_change_form", render)
    page = browser.get(address(draft))
    sent = {**forms_of(page)["pilot_form"], "title": "", "summary": "Took an hour."}
    answer = browser.post(address(draft), sent, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("admin:login"))
    assert "What you typed is kept" in answer.content.decode()
    assert "Took an hour." in dict(UnsavedForm.objects.get().fields).values()


@pytest.mark.parametrize(
    "mistake", [IntegrityError("NOT NULL constraint failed"), Pilot.working_copy.RelatedObjectDoesNotExist()]
)
def test_mistake_of_ours_is_not_called_a_race(
    browser: Client, monkeypatch: pytest.MonkeyPatch, mistake: Exception
) -> None:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise mistake

    stage = StageFactory()
    monkeypatch.setattr(ModelAdmin, "delete_model", fail)
    with pytest.raises(type(mistake)):
        browser.post(address(stage, "delete"), {"post": "yes"})
