"""Who made a text and what it rests on is noted with each change, and goes where the text goes."""

import copy as copies
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pilots import workflow
from pilots.history.merge import merge
from pilots.history.provenance import confirm_row, note_row, texts_of, with_provenance
from pilots.history.readable_diff import changed_parts, compare
from pilots.history.record import Kind, change
from pilots.models import Pilot, Revision, Stage
from pilots.models.content import Content, read_content
from pilots.models.provenance import State, fingerprint, made_by_machine
from pilots.models.row_texts import text_fields
from pilots.workflow.batches import PlannedWrite, carry_out, undo
from tests.admin.forms import open_form
from tests.factories import (
    GlossaryTermFactory,
    LessonFactory,
    PilotFactory,
    PublishedPilotFactory,
    SourceFactory,
    StageFactory,
    StatementFactory,
    UserFactory,
)
from tests.history.test_merge import content, lessons
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

CURRENT, WORDING, MEANING = State.CURRENT, State.OUTDATED_WORDING, State.OUTDATED_MEANING


@pytest.fixture
def rita(db: None) -> User:
    """Somebody who may do everything."""
    return UserFactory(username="rita", is_superuser=True, is_staff=True)


def saying(said: Content, language: str, **texts: str) -> Content:
    """A content with other texts in one language."""
    changed = copies.deepcopy(said)
    changed["texts"].setdefault(language, {}).update(texts)
    return changed


def write(pilot: Pilot, language: str, by: Any = None, how: Any = None, **texts: str) -> None:
    """Change texts of a pilot in one language."""
    with change(pilot, kind=Kind.CHANGED, by=by, **(how or {})) as under_way:
        under_way.write(saying(under_way.before, language, **texts))


def translated(pilot: Pilot) -> Pilot:
    """The pilot, with a French title by a machine."""
    write(pilot, "fr", how={"made_by": "machine"}, title="Formation")
    return Pilot.objects.get(pk=pilot.pk)


def record(pilot: Pilot, language: str = "fr") -> Any:
    """What is known of the title."""
    return read_content(pilot).get("provenance", {}).get(language, {}).get("title")


def state(pilot: Pilot) -> State:
    return Pilot.objects.get(pk=pilot.pk).state_in("title", "fr")


def test_machine_is_noted_and_a_persons_save_clears_it(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    assert record(pilot) == {"by": "machine", "of": fingerprint("Training")}
    write(pilot, "fr", rita, title="Une formation")
    assert (record(pilot)["by"], record(pilot)["checked_by"]) == ("person", "rita")
    assert not pilot.is_unchecked_in("title", "fr")


def test_save_of_other_texts_leaves_the_machine_what_it_made(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    write(pilot, "fr", rita, summary="Qui a fait quoi.")
    assert record(pilot)["by"] == "machine"
    assert read_content(pilot)["provenance"]["fr"]["summary"]["by"] == "person"


@pytest.mark.parametrize(("wording_only", "expected"), [(False, MEANING), (True, WORDING)])
def test_changed_english_makes_its_translation_out_of_date(*, wording_only: bool, expected: State, rita: User) -> None:
    pilot = translated(PilotFactory(title="Training", summary="Who."))
    write(pilot, "en", rita, {"wording_only": wording_only}, title="A training")
    assert state(pilot) is expected
    write(pilot, "en", rita, title="Training")
    assert state(pilot) is CURRENT


def test_publishing_without_a_change_makes_nothing_out_of_date(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    copy = workflow.revise(pilot, by=rita)
    assert read_content(copy) == read_content(pilot)
    before = record(pilot)
    workflow.publish(copy, by=rita)
    assert (record(pilot), state(pilot)) == (before, CURRENT)


def test_working_copy_takes_what_is_known_to_the_public_entry(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    copy = workflow.revise(pilot, by=rita)
    write(copy, "en", rita, {"wording_only": True}, title="A training")
    write(copy, "nl", rita, title="Een training")
    assert state(pilot) is CURRENT
    said = read_content(copy)
    workflow.publish(copy, by=rita)
    assert read_content(pilot)["provenance"] == said["provenance"]
    assert state(pilot) is WORDING


def test_copy_made_with_what_was_typed_notes_who_typed_it(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    copy = workflow.revise(pilot, by=rita, content=saying(read_content(pilot), "fr", title="Stage"))
    assert record(copy)["checked_by"] == "rita"
    assert Revision.objects.of(pilot.pk).first().content == read_content(copy)


def test_earlier_revision_comes_back_with_what_was_known_then(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    before = read_content(pilot)
    write(pilot, "fr", rita, title="Stage")
    write(pilot, "en", rita, title="Course")
    workflow.rewrite(pilot, before, by=rita, kind=Kind.REVERTED)
    assert read_content(pilot) == before


def test_revision_from_before_there_was_provenance_comes_back_as_it_was(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    old = {key: value for key, value in read_content(pilot).items() if key != "provenance"}
    write(pilot, "fr", rita, title="Stage")
    workflow.rewrite(pilot, old, by=rita, kind=Kind.REVERTED)
    assert read_content(pilot) == old
    assert (record(pilot), state(pilot)) == (None, MEANING)


def test_deleted_entry_is_recovered_with_what_was_known(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    before = read_content(pilot)
    workflow.delete(pilot, by=rita)
    back = workflow.recover(Revision.objects.of(pilot.pk).first(), by=rita)
    assert read_content(back) == before


def test_import_says_what_a_machine_made_and_is_undone(rita: User) -> None:
    pilot = PilotFactory(title="Training")
    before = read_content(pilot)
    batch = Revision.objects.none().model._meta.get_field("batch").to_python("6f1f2f0c-5d4b-4f57-9f5c-7d1d5a3c1a01")
    step = PlannedWrite(saying(before, "fr", title="Formation"), pilot)
    assert [*carry_out([step], by=rita, kind=Kind.IMPORTED, batch=batch, made_by="machine")] == [1]
    assert record(pilot)["by"] == "machine"
    undo(batch, by=rita)
    assert read_content(pilot) == before


def test_new_entry_notes_who_translated_it(rita: User) -> None:
    said = saying(read_content(PilotFactory(title="Training")), "fr", title="Formation") | {"slug": "new"}
    assert [*carry_out([PlannedWrite(said)], by=rita, kind=Kind.IMPORTED, batch=uuid4())] == [1]
    assert record(Pilot.objects.get(slug="new"))["of"] == fingerprint("Training")


def test_lesson_that_got_another_number_keeps_what_is_known_of_it(rita: User) -> None:
    pilot = PilotFactory()
    LessonFactory(pilot=pilot, number=1, text="Listen.")
    with change(pilot, kind=Kind.CHANGED, by=None, made_by="machine") as under_way:
        lesson = copies.deepcopy(under_way.before["lessons"]["1"])
        lesson["texts"]["fr"] = {"text": "Écouter."}
        under_way.write(under_way.before | {"lessons": {"1": lesson}})
    with change(pilot, kind=Kind.CHANGED, by=rita) as under_way:
        under_way.write(under_way.before | {"lessons": {"4": under_way.before["lessons"]["1"]}})
    assert read_content(pilot)["lessons"]["4"]["provenance"]["fr"]["text"] == {
        "by": "machine",
        "of": fingerprint("Listen."),
    }


# Put together --------------------------------------------------------------

MACHINE = made_by_machine() | {"of": fingerprint("Training")}
CHECKED = MACHINE | {"checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00"}


def known(record: Any, fr: str = "Formation", **values: Any) -> Content:
    return content(
        texts={"en": {"title": "Training"}, "fr": {"title": fr}}, provenance={"fr": {"title": record}}, **values
    )


def test_text_that_is_taken_brings_what_is_known_of_it() -> None:
    base, mine = known(MACHINE), known(MACHINE | {"by": "person"}, "Stage")
    assert merge(base, base, mine).content() == mine
    assert merge(base, mine, base).content() == mine
    both = merge(base, known(CHECKED, "Cours"), mine)
    [unit] = both.conflicts
    assert both.content({unit.path: unit.mine}) == mine
    assert both.content({unit.path: unit.theirs}) == known(CHECKED, "Cours")
    assert both.content({unit.path: {unit.path: "Autre"}})["texts"]["fr"] == {"title": "Autre"}


def test_check_by_one_editor_is_no_conflict_with_what_the_other_wrote() -> None:
    base = known(MACHINE)
    for theirs, mine in (
        (known(CHECKED), known(MACHINE, start="2020")),
        (known(MACHINE, start="2020"), known(CHECKED)),
    ):
        merged = merge(base, theirs, mine)
        assert merged.conflicts == []
        assert merged.content() == known(CHECKED, start="2020")


def test_new_lessons_of_both_keep_what_is_known_of_each() -> None:
    one, other = lessons(_1="One."), lessons(_1="Two.")
    for said, who in ((one, "machine"), (other, "person")):
        said["lessons"]["1"]["texts"]["fr"] = {"text": "Un."}
        said["lessons"]["1"]["provenance"] = {"fr": {"text": {"by": who}}}
    found = merge(lessons(), one, other).content()["lessons"]
    assert {number: part["provenance"]["fr"]["text"]["by"] for number, part in found.items()} == {
        "1": "machine",
        "2": "person",
    }


# In words ------------------------------------------------------------------


def said(before: Content, after: Content) -> list[tuple[str, str]]:
    """What a reader is told: each label, and what became of it."""
    return [(row.label, "".join(piece.text for piece in row.pieces)) for row in compare(before, after).rows]


def test_check_alone_reads_in_plain_words() -> None:
    [(label, words)] = said(known(MACHINE), known(CHECKED))
    assert label == "Title (French) · translation"
    assert words == "made by a machine, not checkedmade by a machine, checked by rita on 30 November 2026"
    assert changed_parts(known(MACHINE), known(CHECKED)) == []


def test_written_text_is_told_without_who_wrote_it() -> None:
    after = with_provenance(known(MACHINE), known(MACHINE, "Stage"), maker={"by": "person"})
    assert [label for label, _words in said(known(MACHINE), after)] == ["Title (French)"]


def test_new_wording_is_told() -> None:
    after = saying(known(MACHINE), "en", title="A training")
    after = with_provenance(known(MACHINE), after, maker={"by": "person"}, wording_only=True)
    assert ("Title · translation", "says the same as before in other words") in said(known(MACHINE), after)


# Checked -------------------------------------------------------------------

TITLE = ("texts", "fr", "title")


def test_still_right_is_no_edit_and_stays_right(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    write(pilot, "en", rita, title="Courses")
    texts = read_content(pilot)["texts"]
    assert state(pilot) is MEANING
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    assert (read_content(pilot)["texts"], state(pilot)) == (texts, CURRENT)
    assert (record(pilot)["by"], record(pilot)["checked_by"]) == ("machine", "rita")
    write(pilot, "en", rita, summary="Something else.")
    write(pilot, "fr", rita, summary="Autre chose.")
    assert state(pilot) is CURRENT
    write(pilot, "en", rita, title="Lessons")
    assert state(pilot) is MEANING


def test_check_is_a_revision_of_its_own(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    workflow.confirm_translation(pilot, "fr", [TITLE], by=rita)
    latest, before = Revision.objects.of(pilot.pk)[:2]
    assert (latest.kind, latest.actor, latest.edit_count) == (Kind.CONFIRMED, rita, pilot.edit_count)
    assert [label for label, _words in said(before.content, latest.content)] == ["Title (French) · translation"]


def test_check_of_a_public_entry_needs_no_copy_and_outlives_the_one_it_has(rita: User) -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    write(pilot, "fr", how={"made_by": "machine"}, summary="Qui.")
    copy = workflow.revise(pilot, by=rita)
    write(copy, "fr", how={"made_by": "machine"}, title="Stage")
    workflow.confirm_translation(pilot, "fr", [TITLE, ("texts", "fr", "summary")], by=rita)
    assert not Pilot.objects.get(pk=pilot.pk).is_unchecked_in("title", "fr")
    assert "checked_by" not in record(copy)
    workflow.publish(copy, by=rita)
    known = read_content(pilot)["provenance"]["fr"]
    assert {name: "checked_by" in one for name, one in known.items()} == {"title": False, "summary": True}


def test_check_of_what_is_not_there_is_nothing(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    for path in (("texts", "fr", "summary"), ("lessons", "1", "texts", "fr", "text"), ("texts", "nl", "title")):
        workflow.confirm_translation(pilot, "fr", [path], by=rita)
    assert "checked_by" not in record(pilot)
    assert not Revision.objects.filter(kind=Kind.CONFIRMED).exists()


def test_who_may_not_write_a_language_cannot_check_it() -> None:
    pilot = translated(PublishedPilotFactory(title="Training"))
    with pytest.raises(PermissionDenied):
        workflow.confirm_translation(pilot, "fr", [TITLE], by=UserFactory())
    with pytest.raises(PermissionDenied):
        workflow.confirm_translation(translated(PilotFactory()), "fr", [TITLE], by=person("contributor"))


# Without a history ---------------------------------------------------------


def test_rows_without_a_history_note_who_wrote_them(rita: User) -> None:
    stage = StageFactory(name="Prison")
    stage.create_translation("fr", name="Détention")
    note_row(stage, {"texts": {"en": {"name": "Prison"}}}, by=None, made_by="machine")
    assert texts_of(stage)["provenance"]["fr"]["name"] == {"by": "machine", "of": fingerprint("Prison")}
    before = texts_of(stage)
    stage.translations.filter(language_code="en").update(name="In prison")
    note_row(stage, before, by=rita, wording_only=True)
    assert Stage.objects.get().state_in("name", "fr") is WORDING
    confirm_row(stage, "fr", ["name", "description"], by=rita)
    assert Stage.objects.get().state_in("name", "fr") is CURRENT
    assert not Stage.objects.get().is_unchecked_in("name", "fr")


@pytest.mark.parametrize("factory", [StageFactory, GlossaryTermFactory, SourceFactory, StatementFactory])
def test_their_forms_note_who_wrote_them(factory: Any, rita: User) -> None:
    row = factory()
    browser, name = browser_of(rita), row._meta.model_name
    page = f"{reverse(f'admin:pilots_{name}_change', args=[row.pk])}?language=fr"
    fields = open_form(browser, page)
    assert browser.post(page, fields | dict.fromkeys(text_fields(row), "En français")).status_code == 302
    known = texts_of(row)["provenance"]["fr"]
    assert {field: one["checked_by"] for field, one in known.items()} == dict.fromkeys(text_fields(row), "rita")


def test_form_of_a_pilot_notes_who_translated_it(rita: User) -> None:
    pilot = translated(PilotFactory(title="Training"))
    browser, page = browser_of(rita), f"{reverse('admin:pilots_pilot_change', args=[pilot.pk])}?language=fr"
    assert browser.post(page, open_form(browser, page) | {"summary": "Qui."}).status_code == 302
    now = read_content(pilot)
    assert now["provenance"]["fr"]["summary"]["of"] == fingerprint(now["texts"]["en"]["summary"])
    assert record(pilot)["by"] == "machine"
    assert Revision.objects.of(pilot.pk).first().content == read_content(pilot)
