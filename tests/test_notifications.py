"""People are told by e-mail what happened to an entry, and nobody reads in an e-mail what it says."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pilots import workflow
from pilots.history.record import Kind, change
from pilots.models import Pilot
from pilots.models.account_language import set_language
from pilots.models.content import read_content
from pilots.models.roles import translator_of
from tests.admin import forms
from tests.factories import ActivityTypeFactory, PilotFactory, PublishedPilotFactory, UserFactory
from tests.mailbox import emails, links, sent
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

Committed = Callable[..., Any]
SECRET = "What the draft says is nobody's business yet."


@pytest.fixture
def done(django_capture_on_commit_callbacks: Committed) -> Callable[..., list[tuple[str, str]]]:
    """A function that makes a move and returns who was told what."""

    def make(move: Callable[..., Any], *args: Any, **said: Any) -> list[tuple[str, str]]:
        with django_capture_on_commit_callbacks(execute=True):
            move(*args, **said)
        return emails()

    return make


def draft(**fields: Any) -> Pilot:
    return PilotFactory(title="A training", summary=SECRET, owner=person("contributor", email="writer@a.org"), **fields)


def test_reviewers_who_can_log_in_are_told_that_an_entry_waits(done: Any) -> None:
    person("reviewer", email="reviewer@a.org")
    person("superuser", email="admin@a.org")
    person("reviewer", email="closed@a.org", is_active=False)
    person("contributor", email="other@a.org")
    person("reviewer", email="")
    pilot = draft()
    emails_now = done(workflow.submit, pilot, by=pilot.owner)
    assert emails_now == [(to, "Waits for you: A training") for to in ("admin@a.org", "reviewer@a.org")]


def test_reviewer_is_not_told_of_what_they_sent_themselves(done: Any) -> None:
    reviewer = person("reviewer", email="reviewer@a.org")
    assert done(workflow.submit, PilotFactory(owner=reviewer), by=reviewer) == []


def test_writer_is_told_that_it_was_sent_back_by_whom_and_why(done: Any) -> None:
    pilot, reviewer = draft(status="in-review"), person("reviewer", first_name="Rita", last_name="Reviewer")
    emails_now = done(workflow.send_back, pilot, by=reviewer, reason="Too many names & <figures>.\n\nSee lesson 2.")
    assert emails_now == [("writer@a.org", "Sent back: A training")]
    body = sent()[0].body
    assert "Rita Reviewer has sent “A training” back to you, and writes:" in body
    assert "Too many names & <figures>.\n\nSee lesson 2." in body


def test_reviewers_are_told_who_sent_it_and_what_they_wrote(done: Any) -> None:
    person("reviewer", email="reviewer@a.org")
    pilot = draft()
    done(workflow.submit, pilot, by=pilot.owner, note="Look at lesson 2.")
    body = sent()[0].body
    assert f"{pilot.owner.username} has sent “A training” for review." in body
    assert f"{pilot.owner.username} writes:\n\nLook at lesson 2.\n" in body


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_writer_is_told_that_it_was_published(status: str, done: Any) -> None:
    emails_now = done(workflow.publish, draft(status=status), by=person("reviewer", email="reviewer@a.org"))
    assert emails_now == [("writer@a.org", "Published: A training")]


def test_who_publishes_their_own_is_not_told(done: Any) -> None:
    reviewer = person("reviewer", email="reviewer@a.org")
    assert done(workflow.publish, PilotFactory(owner=reviewer), by=reviewer) == []


def test_writer_of_a_working_copy_is_led_to_the_public_entry(done: Any) -> None:
    public = PublishedPilotFactory(owner=person("contributor", email="first@a.org"))
    copy = workflow.revise(public, by=person("contributor", email="second@a.org"))
    assert [to for to, _ in done(workflow.publish, copy, by=person("reviewer"))] == ["second@a.org"]
    assert links(sent()[0]) == [f"http://127.0.0.1:8000/admin/pilots/pilot/{public.pk}/change/"]


@pytest.mark.parametrize("move", [workflow.withdraw, workflow.archive, workflow.take_back])
def test_nobody_is_told_of_other_moves(move: Any, done: Any) -> None:
    person("reviewer", email="reviewer@a.org")
    assert done(move, draft(status="in-review"), by=person("reviewer")) == []


def test_entry_without_a_writer_is_told_to_nobody(done: Any) -> None:
    assert done(workflow.publish, PilotFactory(), by=person("reviewer")) == []


def test_writer_who_left_is_not_told(done: Any) -> None:
    gone = UserFactory(is_active=False, is_staff=True, email="gone@a.org")
    assert done(workflow.publish, PilotFactory(owner=gone), by=person("reviewer")) == []


def test_notice_says_title_sender_and_link_and_nothing_of_the_entry(done: Any, settings: Any) -> None:
    settings.SITE_URL = "https://pilots.example.org"
    person("reviewer", email="reviewer@a.org")
    pilot = draft(background=SECRET)
    done(workflow.submit, pilot, by=pilot.owner)
    (message,) = sent()
    assert f"{pilot.owner.username} has sent “A training” for review." in message.body
    assert links(message) == [f"https://pilots.example.org/admin/pilots/pilot/{pilot.pk}/change/"]
    for words in (SECRET, "writes", "&"):
        assert words not in message.body


def test_title_with_line_breaks_and_signs_cannot_bend_the_head_of_an_e_mail(done: Any) -> None:
    person("reviewer", email="reviewer@a.org")
    pilot = draft()
    pilot.translations.update(title="One <b> & two\r\nBcc: all@a.org")
    pilot = Pilot.objects.get()
    assert [what for _, what in done(workflow.submit, pilot, by=pilot.owner)] == [
        "Waits for you: One <b> & two Bcc: all@a.org"
    ]
    assert sent()[0].recipients() == ["reviewer@a.org"]


def test_mail_server_that_fails_is_logged_and_the_move_stays(done: Any, settings: Any, caplog: Any) -> None:
    settings.EMAIL_BACKEND = "tests.test_notifications.Broken"
    person("reviewer", email="reviewer@a.org")
    pilot = draft()
    assert done(workflow.submit, pilot, by=pilot.owner) == []
    assert Pilot.objects.get().status == "in-review"
    assert [record.message for record in caplog.records] == [
        "An e-mail could not be sent. Check EMAIL_URL and the mail server."
    ]


def test_refused_move_tells_nobody(done: Any) -> None:
    pilot = draft()
    person("reviewer", email="reviewer@a.org")
    pilot.partners.clear()
    with pytest.raises(workflow.Refused):
        done(workflow.publish, pilot, by=person("reviewer"))
    assert sent() == []


def test_planning_and_calling_off_by_hand_tells_nobody(done: Any) -> None:
    reviewer, pilot = person("reviewer", email="reviewer@a.org"), draft()
    done(workflow.schedule, pilot, at=datetime(2100, 1, 1, tzinfo=UTC), by=reviewer)
    assert done(workflow.unschedule, pilot, by=reviewer) == []


class Broken(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("on purpose")


def kept_in_french(*others: str) -> Pilot:
    """A public entry whose title and summary odile translated; the summary in Swedish by a machine."""
    pilot: Pilot = PublishedPilotFactory(title="A training", summary="Who did what.")
    odile = person(translator_of("fr"), username="odile", email="odile@a.org")
    for name in others:
        person(translator_of(name), email=f"{name}@a.org")
    french = {("texts", "fr", "title"): "Une formation", ("texts", "fr", "summary"): "Qui a fait quoi."}
    workflow.publish(workflow.translate(pilot, "fr", french, by=odile), by=person("reviewer"))
    swedish = {"texts": {**read_content(pilot)["texts"], "sv": {"summary": "Vem gjorde vad."}}}
    with change(pilot, kind=Kind.IMPORTED, by=None, made_by="machine") as under_way:
        under_way.write(under_way.before | swedish)
    return Pilot.objects.get()


def change_english(pilot: Pilot, by: Any, **texts: str) -> Pilot:
    content = read_content(pilot)
    content["texts"]["en"] |= texts
    return workflow.rewrite(pilot, content, by=by, kind=Kind.CHANGED)


def test_who_keeps_a_translation_is_told_once_when_the_public_english_makes_it_out_of_date(done: Any) -> None:
    pilot, reviewer = kept_in_french("fr", "sv", "es"), person("reviewer", email="reviewer@a.org")
    copy = change_english(pilot, reviewer, title="Another training", summary=SECRET)
    assert emails() == []
    told = done(workflow.publish, copy, by=reviewer)
    subject = "Out of date: Another training"
    assert told == [("fr@a.org", subject), ("odile@a.org", subject), ("sv@a.org", subject)]
    body = next(message.body for message in sent() if message.to == ["odile@a.org"])
    assert "French, 2 texts:" in body
    assert f"/admin/pilots/pilot/{pilot.pk}/translate/fr/" in body
    assert SECRET not in body
    assert "Swedish, 1 text:" in next(message.body for message in sent() if message.to == ["sv@a.org"])


def test_nobody_is_told_of_what_is_as_it_was(done: Any) -> None:
    pilot, reviewer = kept_in_french("fr"), person("reviewer")
    same = workflow.revise(pilot, by=reviewer)
    assert done(workflow.publish, same, by=reviewer) == []


def test_who_keeps_translations_is_told_in_their_language_and_not_of_their_own_publication(done: Any) -> None:
    pilot = kept_in_french()
    odile, reviewer = User.objects.get(username="odile"), person("reviewer")
    set_language(odile, "fr")
    done(workflow.publish, change_english(pilot, reviewer, summary="Other people did it."), by=reviewer)
    (message,) = sent()
    assert "/fr/admin/pilots/pilot/" in message.body
    odile.groups.add(*reviewer.groups.all())
    mine = User.objects.get(username="odile")
    done(workflow.publish, change_english(pilot, mine, summary="Nobody did it."), by=mine)
    assert len(sent()) == 1


def test_translators_are_told_of_what_was_withdrawn_changed_and_published_again(done: Any) -> None:
    pilot, reviewer = kept_in_french(), person("reviewer")
    workflow.withdraw(pilot, by=reviewer)
    again = change_english(Pilot.objects.get(), reviewer, summary="Other people did it.")
    assert [to for to, _subject in done(workflow.publish, again, by=reviewer)] == ["odile@a.org"]


def test_who_keeps_the_translation_of_a_name_is_told_when_its_english_changes(done: Any) -> None:
    value = ActivityTypeFactory(name="Training")
    odile = person(translator_of("fr"), username="odile", email="odile@a.org")
    person(translator_of("es"), email="es@a.org")
    with transaction.atomic():
        workflow.translate_row(value, "fr", {("texts", "fr", "name"): "Formation"}, by=odile)
    set_language(odile, "fr")
    client = browser_of(person("administrator"))
    assert done(forms.change, client, value, slug="courses") == []
    [(to, _subject)] = done(forms.change, client, value, name="Course")
    assert to == "odile@a.org"
    [message] = sent()
    assert f"/fr/admin/pilots/activitytype/{value.pk}/translate/fr/" in message.body
    assert "Formation" in message.subject


def queries(make: Callable[..., Any], *args: Any, **said: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        make(*args, **said)
    return len(asked)


def test_queries_do_not_grow_with_the_people_who_are_told(done: Any) -> None:
    counts: dict[str, set[int]] = {"submit": set(), "publish": set()}
    writer, reviewer = person("contributor"), person("reviewer")
    for account in (writer, reviewer):
        assert account.has_perm("pilots.change_pilot")  # known from here on
    for number in (1, 3, 30):
        for more in range(number):
            person("reviewer", email=f"r{number}-{more}@a.org")
            person(translator_of("fr"), email=f"t{number}-{more}@a.org")
        entry = PilotFactory(owner=writer)
        counts["submit"].add(queries(done, workflow.submit, entry, by=writer))
        pilot = PublishedPilotFactory(title="A training")
        french = workflow.translate(pilot, "fr", {("texts", "fr", "title"): "Une formation"}, by=reviewer)
        workflow.publish(french, by=reviewer)
        copy = change_english(Pilot.objects.get(pk=pilot.pk), reviewer, title="A course")
        counts["publish"].add(queries(done, workflow.publish, copy, by=reviewer))
    assert {name: len(found) for name, found in counts.items()} == {"submit": 1, "publish": 1}, counts
    assert len([to for to, _subject in emails() if to.startswith("t30")]) == 30
