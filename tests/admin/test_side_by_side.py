"""Original and translation side by side: what is shown, what is saved, and by whom."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, Revision, UnsavedForm
from pilots.models.content import Content, read_content
from pilots.models.provenance import State, fingerprint
from pilots.models.roles import translator_of
from tests.admin.forms import forms_of, open_form
from tests.factories import LessonFactory, PassageFactory, PilotFactory, PublishedPilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

MACHINE = {"by": "machine", "of": fingerprint("Who did what.")}


@pytest.fixture
def translator() -> User:
    return person(translator_of("fr"), username="odile")


def translated(make: Any = PublishedPilotFactory, **fields: Any) -> Pilot:
    """An entry whose summary a machine translated."""
    pilot: Pilot = make(title="A title", summary="Who did what.", **fields)
    pilot.create_translation("fr", title="", summary="Qui a fait quoi.")
    pilot.translations.filter(language_code="fr").update(provenance={"summary": MACHINE})
    return pilot


def page_of(pilot: Pilot, language: str = "fr") -> str:
    return reverse("admin:pilots_pilot_translate", args=[pilot.pk, language])


def send(client: Client, pilot: Pilot, language: str = "fr", **changes: Any) -> HttpResponse:
    """Open the page, change some fields, and send it."""
    url = page_of(pilot, language)
    return client.post(url, {**open_form(client, url), **changes})


def copy_of(pilot: Pilot) -> Content:
    return read_content(Pilot.objects.get(revises=pilot))


def test_page_shows_each_text_with_its_state_and_what_the_english_was(translator: User) -> None:
    pilot, reviewer = translated(), person("reviewer")
    LessonFactory(pilot=pilot, number=1, text="Meet early.")
    PassageFactory(pilot=pilot, about="summary", passage="3.1")
    content = read_content(pilot)
    content["texts"]["en"]["summary"] = "Who did something else."
    workflow.publish(workflow.rewrite(pilot, content, by=reviewer, kind=Kind.CHANGED), by=reviewer)
    page = browser_of(translator).get(page_of(pilot))
    pairs = {pair.label: pair for _heading, found in page.context_data["groups"] for pair in found}
    assert pairs["Summary"].state == "Out of date in meaning; made by a machine, not checked"
    assert [(piece.kind, piece.text) for piece in pairs["Summary"].changes if piece.kind != "same"] == [
        ("removed", "what"),
        ("added", "something else"),
    ]
    assert pairs["Title"].state == "Missing"
    assert "paragraph 3, sentence 1" in page.content.decode()
    assert "Meet early." in page.content.decode()


def test_translator_saves_into_a_working_copy_what_was_changed_and_nothing_else(translator: User) -> None:
    pilot = translated()
    before = read_content(pilot)
    response = send(browser_of(translator), pilot, title="Un titre", note="First go.")
    assert response.status_code == 302
    after = copy_of(pilot)
    assert after["texts"]["fr"] == {"title": "Un titre", "summary": "Qui a fait quoi."}
    assert after["provenance"]["fr"]["summary"] == MACHINE
    assert after["provenance"]["fr"]["title"]["checked_by"] == "odile"
    assert read_content(pilot) == before
    same = {name: value for name, value in after.items() if name not in ("texts", "provenance")}
    assert same == {name: before[name] for name in same}
    assert Pilot.objects.get(revises=pilot).owner == translator
    assert Revision.objects.latest("pk").note == "First go."


def test_text_found_right_is_checked_and_current_without_an_edit(translator: User) -> None:
    pilot = translated()
    texts = read_content(pilot)["texts"]
    send(browser_of(translator), pilot, **{"summary-right": "on"})
    record = read_content(pilot)["provenance"]["fr"]["summary"]
    assert (record["by"], record["checked_by"], record["of"]) == ("machine", "odile", fingerprint("Who did what."))
    assert read_content(pilot)["texts"] == texts
    assert not Pilot.objects.filter(revises=pilot).exists()


def test_one_tick_finds_all_right(translator: User) -> None:
    pilot = translated()
    send(browser_of(translator), pilot, all_right="on", title="Un titre")
    for content in (read_content(pilot), copy_of(pilot)):
        assert content["provenance"]["fr"]["summary"]["checked_by"] == "odile"
    assert read_content(pilot)["texts"]["fr"] == {"summary": "Qui a fait quoi."}


def test_text_found_right_in_a_working_copy_is_right_where_visitors_read_the_same(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    send(client, pilot, title="Un titre")
    send(client, pilot, all_right="on")
    assert read_content(pilot)["provenance"]["fr"]["summary"]["checked_by"] == "odile"


def test_text_is_found_right_while_a_colleague_writes_a_working_copy(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    workflow.revise(pilot, by=person("contributor"))
    assert send(client, pilot, **{"summary-right": "on"}).status_code == 302
    for content in (read_content(pilot), copy_of(pilot)):
        assert content["provenance"]["fr"]["summary"]["checked_by"] == "odile"


def test_nothing_changed_makes_no_working_copy(translator: User) -> None:
    pilot = translated()
    assert send(browser_of(translator), pilot).status_code == 302
    assert not Pilot.objects.filter(revises=pilot).exists()


def test_translator_sends_for_review_and_publishes_nothing(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    answer = send(client, pilot, title="Un titre", _submit="x")
    copy = Pilot.objects.get(revises=pilot)
    assert answer.url == reverse("admin:pilots_pilot_move", args=[copy.pk, "submit"])
    client.post(answer.url, {"seen_edit": copy.edit_count, "note": ""})
    copy.refresh_from_db()
    assert copy.status == "in-review"
    client.post(reverse("admin:pilots_pilot_move", args=[copy.pk, "publish"]), {"seen_edit": copy.edit_count})
    assert Pilot.objects.filter(revises=pilot, status="in-review").exists()


def test_what_was_saved_before_is_sent_for_review_without_another_change(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    assert send(client, pilot, _submit="x").url == page_of(pilot)  # a public entry has nothing to send
    send(client, pilot, title="Un titre")
    copy = Pilot.objects.get(revises=pilot)
    assert send(client, copy, _submit="x").url == reverse("admin:pilots_pilot_move", args=[copy.pk, "submit"])


def test_translators_throw_away_only_what_they_alone_wrote(translator: User) -> None:
    pilot, reviewer = translated(), person("reviewer")
    send(browser_of(translator), pilot, title="Un titre")
    copy = Pilot.objects.get(revises=pilot)
    assert workflow.may_discard(translator, copy)
    workflow.submit(copy, by=translator)
    workflow.translate(copy, "es", {("texts", "es", "title"): "Un título"}, by=reviewer)
    workflow.send_back(copy, by=reviewer, reason="Shorter.")
    copy.refresh_from_db()
    assert not workflow.may_discard(translator, copy)
    with pytest.raises(PermissionDenied):
        workflow.discard(copy, by=translator)
    assert workflow.may_discard(reviewer, copy)


def test_copy_that_was_only_sent_back_is_still_its_translators_alone(translator: User) -> None:
    pilot, reviewer = translated(), person("reviewer")
    send(browser_of(translator), pilot, title="Un titre")
    copy = Pilot.objects.get(revises=pilot)
    workflow.submit(copy, by=translator)
    workflow.send_back(copy, by=reviewer, reason="Shorter.")
    copy.refresh_from_db()
    workflow.discard(copy, by=translator)
    assert not Pilot.objects.filter(revises=pilot).exists()


def test_translators_of_other_languages_go_on_in_what_waits_for_review(translator: User) -> None:
    pilot, spaniard = translated(), browser_of(person(translator_of("es")))
    send(browser_of(translator), pilot, title="Un titre")
    assert send(spaniard, pilot, "es", title="Un título").status_code == 409
    workflow.submit(Pilot.objects.get(revises=pilot), by=translator)
    assert send(spaniard, pilot, "es", title="Un título").status_code == 302
    assert {language: said["title"] for language, said in copy_of(pilot)["texts"].items()} == {
        "en": "A title",
        "fr": "Un titre",
        "es": "Un título",
    }


@pytest.mark.parametrize("language", ["es", "en", "tlh"])
def test_other_languages_are_refused(language: str, translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    sent = {"title": "X", "summary": "Y", "_opened_with": "{}"}
    for answer in (client.get(page_of(pilot, language)), client.post(page_of(pilot, language), sent)):
        assert answer.status_code in (403, 404)
    assert Pilot.objects.count() == 1


def test_facts_english_and_status_cannot_be_sent_by_hand(translator: User) -> None:
    pilot = translated()
    sent = {
        "title": "Un titre",
        "slug": "x",
        "status": "draft",
        "start": "2019",
        "en-title": "X",
        "texts-en-title": "X",
    }
    assert send(browser_of(translator), pilot, **sent).status_code == 302
    copy, before = copy_of(pilot), read_content(pilot)
    assert copy["texts"]["en"] == before["texts"]["en"]
    assert {name: copy[name] for name in ("slug", "start", "stages")} == {
        name: before[name] for name in ("slug", "start", "stages")
    }
    answer = browser_of(translator).post(reverse("admin:pilots_pilot_change", args=[pilot.pk]), sent)
    assert answer.status_code == 403


def test_workflow_refuses_a_path_that_is_no_text_of_the_language(translator: User) -> None:
    pilot = translated()
    for path in (("texts", "en", "title"), ("start",), ("lessons", "1", "kind"), ("texts", "es", "title")):
        with pytest.raises(PermissionDenied):
            workflow.translate(pilot, "fr", {path: "X"}, by=translator)


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_others_write_is_not_there_for_a_translator(status: str, translator: User) -> None:
    pilot = translated(PilotFactory, status=status, owner=person("contributor"))
    client = browser_of(translator)
    assert client.get(page_of(pilot)).status_code == 404
    assert client.post(page_of(pilot), {"title": "X", "_opened_with": "{}"}).status_code == 404
    assert read_content(pilot)["texts"]["fr"] == {"summary": "Qui a fait quoi."}


def test_second_save_over_the_same_text_is_refused_once_and_shows_both(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    opened = open_form(client, page_of(pilot))
    send(client, pilot, summary="Autre chose.", title="Un titre")
    answer = client.post(page_of(pilot), {**opened, "summary": "Tout autre chose."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Saved meanwhile: “Autre chose.”" in page
    assert "Tout autre chose." in page
    again = {**open_form_of(answer), "summary": "Tout autre chose."}
    assert client.post(page_of(pilot), again).status_code == 302
    assert copy_of(pilot)["texts"]["fr"] == {"title": "Un titre", "summary": "Tout autre chose."}


def test_save_beside_another_text_puts_both_together(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    opened = open_form(client, page_of(pilot))
    send(client, pilot, title="Un titre")
    assert client.post(page_of(pilot), {**opened, "summary": "Autre chose."}).status_code == 302
    assert copy_of(pilot)["texts"]["fr"] == {"title": "Un titre", "summary": "Autre chose."}


def test_text_is_not_found_right_when_the_english_changed_since_the_page_was_opened() -> None:
    reviewer = person("reviewer")
    pilot, client = translated(PilotFactory, owner=reviewer), browser_of(reviewer)
    opened = open_form(client, page_of(pilot))
    content = read_content(pilot)
    content["texts"]["en"]["summary"] = "Somebody else did it."
    workflow.rewrite(pilot, content, by=reviewer, kind=Kind.CHANGED)
    assert client.post(page_of(pilot), {**opened, "summary-right": "on"}).status_code == 409
    assert Pilot.objects.get().state_in("summary", "fr") == State.OUTDATED_MEANING


def open_form_of(answer: HttpResponse) -> dict[str, Any]:
    """What the form of an answer would send."""
    return dict(forms_of(answer)["translation_form"])


def test_form_survives_the_end_of_the_session(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    url = page_of(pilot)
    form = dict(open_form_of(client.get(url)))
    client.logout()
    answer = client.post(url, {**form, "summary": "Autre chose."})
    assert answer.status_code == 302
    unsaved = UnsavedForm.objects.get()
    client.force_login(translator)
    restored = client.post(url, {**dict(unsaved.fields), "_restore": "1"})
    assert restored.status_code == 200
    assert "Autre chose." in restored.content.decode()
    assert not Pilot.objects.filter(revises=pilot).exists()


def test_contributors_and_reviewers_translate_as_they_may_write() -> None:
    for role in ("contributor", "reviewer", "administrator"):
        pilot = translated()
        assert send(browser_of(person(role)), pilot, "sv", title="En titel").status_code == 302
        assert copy_of(pilot)["texts"]["sv"] == {"title": "En titel"}


@pytest.mark.parametrize("lessons", [1, 30])
def test_queries_do_not_grow_with_the_texts(lessons: int, translator: User) -> None:
    pilot, reviewer = translated(), person("reviewer")
    for number in range(lessons):
        LessonFactory(pilot=pilot, number=number + 1)
    content = read_content(pilot)
    content["texts"]["en"]["summary"] = "Else."
    workflow.publish(workflow.rewrite(pilot, content, by=reviewer, kind=Kind.CHANGED), by=reviewer)
    client = browser_of(translator)
    client.get(page_of(pilot))
    with CaptureQueriesContext(connection) as captured:
        client.get(page_of(pilot))
    assert len(captured) == 23
