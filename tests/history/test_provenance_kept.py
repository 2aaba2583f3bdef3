"""What is known of a text stays with it: through other numbers, conflicts, plans, undoing and bringing back."""

import copy as copies
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from pilots import workflow
from pilots.history.record import Kind, change
from pilots.models import Pilot
from pilots.models.content import Content, read_content
from pilots.models.provenance import State, fingerprint
from pilots.workflow.batches import PlannedWrite, carry_out, undo
from pilots.workflow.scheduled_publishing import publish_if_due
from tests.admin.test_conflicts import decide, opened, save
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory
from tests.history.test_provenance import TITLE, record, saying, state, translated, write
from tests.people import person

pytestmark = pytest.mark.django_db
BATCH = UUID("6f1f2f0c-5d4b-4f57-9f5c-7d1d5a3c1a02")


@pytest.fixture
def rita(db: None) -> User:
    return person("reviewer", username="rita")


def with_lesson(pilot: Pilot, number: int = 1) -> Pilot:
    """The pilot with a lesson that a machine translated into two languages."""
    LessonFactory(pilot=pilot, number=number, text="Listen.")
    with change(pilot, kind=Kind.CHANGED, by=None, made_by="machine") as under_way:
        said = copies.deepcopy(under_way.before)
        said["lessons"][str(number)]["texts"] |= {"fr": {"text": "Écouter."}, "nl": {"text": "Luister."}}
        under_way.write(said)
    return Pilot.objects.get(pk=pilot.pk)


def known_of_lesson(pilot: Pilot, number: str) -> Any:
    found = read_content(pilot)["lessons"][number]["provenance"]
    return {language: found[language]["text"] for language in found}


def moved(said: Content, number: str, english: str) -> Content:
    lesson = copies.deepcopy(said["lessons"]["1"])
    lesson["texts"]["en"]["text"] = english
    return said | {"lessons": {number: lesson}}


@pytest.mark.parametrize("wording_only", [False, True])
def test_lesson_renumbered_and_mended_at_once_keeps_what_is_known(*, wording_only: bool, rita: User) -> None:
    pilot = with_lesson(PilotFactory())
    before = known_of_lesson(pilot, "1")
    with change(pilot, kind=Kind.CHANGED, by=rita, wording_only=wording_only) as under_way:
        under_way.write(moved(under_way.before, "4", "Listen well."))
    after = known_of_lesson(pilot, "4")
    assert {language: after[language] for language in ("fr", "nl")} == before
    assert ("en" in after) is wording_only


def test_lessons_that_change_places_keep_what_is_known_of_each(rita: User) -> None:
    pilot = with_lesson(PilotFactory())
    LessonFactory(pilot=pilot, number=2, text="Speak.")
    with change(pilot, kind=Kind.CHANGED, by=rita) as under_way:
        said = copies.deepcopy(under_way.before)
        said["lessons"]["2"]["texts"]["fr"] = {"text": "Parler."}
        under_way.write(said)
    one, two = known_of_lesson(pilot, "1"), known_of_lesson(pilot, "2")
    with change(pilot, kind=Kind.CHANGED, by=person("reviewer")) as under_way:
        said = copies.deepcopy(under_way.before["lessons"])
        said["1"]["texts"]["en"]["text"] = "Do listen."
        under_way.write(under_way.before | {"lessons": {"1": said["2"], "2": said["1"]}})
    assert (known_of_lesson(pilot, "1"), known_of_lesson(pilot, "2")) == (two, one)


# Conflicts -----------------------------------------------------------------


def test_overwriting_leaves_machine_texts_a_machines(admin_client: Client, rita: User) -> None:
    pilot = with_lesson(translated(PilotFactory(title="Training")))
    form = opened(admin_client, pilot)
    with change(pilot, kind=Kind.CHANGED, by=rita) as under_way:
        said = saying(under_way.before, "fr", title="Stage")
        said["texts"]["en"]["summary"] = "Rita's."
        under_way.write(said | {"lessons": {}})
    page = save(admin_client, pilot, form, summary="Anna's.")
    assert decide(admin_client, page, "_overwrite", **{":sure": "on"}).status_code == 302
    assert record(pilot) == {"by": "machine", "of": fingerprint("Training")}
    assert known_of_lesson(pilot, "1")["nl"] == {"by": "machine", "of": fingerprint("Listen.")}


def test_text_typed_beside_former_english_rests_on_that(admin_client: Client, rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    form = opened(admin_client, pilot, "fr")
    write(pilot, "en", rita, title="Course")
    page = save(admin_client, pilot, form, "fr", title="Une formation")
    assert decide(admin_client, page).status_code == 302
    assert record(pilot)["of"] == fingerprint("Training")
    assert (record(pilot)["checked_by"], state(pilot)) == ("admin", State.OUTDATED_MEANING)


def test_check_meanwhile_is_no_conflict(admin_client: Client, rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    form = opened(admin_client, pilot)
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    assert save(admin_client, pilot, form, summary="Anna's.").status_code == 302
    assert read_content(pilot)["texts"]["en"]["summary"] == "Anna's."
    assert record(pilot)["checked_by"] == "rita"


# Checks --------------------------------------------------------------------


def test_check_does_not_call_off_a_planned_publication(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    copy = workflow.revise(pilot, by=rita)
    write(copy, "en", rita, summary="New.")
    workflow.schedule(copy, at=timezone.now() + timedelta(hours=1), by=rita)
    workflow.confirm_translation(pilot, "fr", [TITLE], by=person("contributor"))
    Pilot.objects.filter(pk=copy.pk).update(publish_at=timezone.now() - timedelta(hours=1))
    assert publish_if_due(copy)
    assert read_content(pilot)["texts"]["en"]["summary"] == "New."
    assert "checked_by" in record(pilot)


def test_check_is_not_told_to_a_copy_with_other_english(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    copy = workflow.revise(pilot, by=rita)
    write(copy, "en", rita, title="Course")
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    assert record(copy) == {"by": "machine", "of": fingerprint("Training")}
    assert "checked_by" in record(pilot)


def test_check_does_not_stop_the_undoing_of_an_import_and_outlives_it(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    step = PlannedWrite(saying(read_content(pilot), "nl", title="Opleiding"), pilot)
    assert [*carry_out([step], by=rita, kind=Kind.IMPORTED, batch=BATCH)] == [1]
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    undo(BATCH, by=rita)
    assert "title" not in read_content(pilot)["texts"].get("nl", {})
    assert record(pilot)["checked_by"] == "rita"


def test_check_does_not_stop_the_undoing_of_moves(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    workflow.withdraw(pilot, by=rita, batch=BATCH)
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    undo(BATCH, by=rita)
    pilot.refresh_from_db()
    assert pilot.is_public
    assert record(pilot)["checked_by"] == "rita"


def test_checks_outlive_what_is_brought_back_beside_them(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training", summary="Then."))
    before = read_content(pilot)
    write(pilot, "en", rita, summary="Now.")
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    workflow.rewrite(pilot, before, by=rita, kind=Kind.REVERTED)
    assert read_content(pilot)["texts"] == before["texts"]
    assert record(pilot)["checked_by"] == "rita"
