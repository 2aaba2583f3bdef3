"""`load_pilots --update` brings newer texts to entries that nobody edited, and overwrites no edit."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from pilots import workflow
from pilots.history.completeness import measure_completeness
from pilots.history.record import Kind
from pilots.management.delivery.fingerprints import content_of, fingerprints_of
from pilots.management.delivery.records import EARLIER, entry_of, read_delivery
from pilots.models import AcceptedWarning, FormerSlug, GlossaryTerm, Partner, Pilot, Revision, Stage, TargetGroup
from pilots.models.content import read_content, write_content
from tests import facts
from tests.commands.test_load_pilots import BOOKKEEPING, parts_of
from tests.factories import UserFactory
from tests.stored_rows import load_pilots, rows_made_by, store

pytestmark = pytest.mark.django_db
# What was edited is found in plain values; both are for each way in which the command writes.
DATABASES = ("sqlite",)
ON_BOTH = pytest.mark.databases("sqlite", "postgresql")

# The fixtures of the first portals, in the order they are loaded in: no fingerprints, other texts.
FIRST = ("vocabularies", "organisations", "source_and_glossary", "pilots", "accepted_warnings")
FIRST_FILES = [Path(__file__).parent / "first_delivery" / f"{name}.json" for name in FIRST]
OLD, NEW = "violent-extremist-offenders", "extremist-offenders-and-violent-extremists"


def load(**options: Any) -> str:
    """Run the command and return what it says."""
    out = StringIO()
    call_command("load_pilots", stdout=out, **options)
    return out.getvalue()


def everything() -> str:
    """All that the database holds of the entries, ids and times included."""
    out = StringIO()
    call_command("dumpdata", "pilots", exclude=BOOKKEEPING, stdout=out)
    return out.getvalue()


def lines(said: str, about: str) -> list[str]:
    """The lines that begin with `about`, each cut to what it names."""
    return [line.partition(": ")[2].rstrip(".") for line in said.splitlines() if line.startswith(about)]


def load_first() -> None:
    """Load what the first portals were delivered with."""
    call_command("loaddata", *FIRST_FILES, verbosity=0)
    measure_completeness()


def mend_first() -> None:
    """Bring the newest texts to a first portal."""
    store(rows_made_by(load_first))
    load(update=True)


def offer_copy() -> None:
    """Edit a text of Sarcelles in a first portal, and bring the newest ones, which offers a copy."""
    store(rows_made_by(load_first))
    edited_by(UserFactory(is_superuser=True), background="Written here.")
    load(update=True)


@pytest.fixture
def first(db: None) -> None:
    """Have a first portal, as it was delivered."""
    store(rows_made_by(load_first))


@pytest.fixture
def mended(db: None) -> None:
    """Have a first portal that was mended."""
    store(rows_made_by(mend_first))


@pytest.fixture
def loaded(db: None) -> None:
    """Have a new portal."""
    store(rows_made_by(load_pilots))


@pytest.fixture
def deliver_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that leaves all pilots but some out of the delivery: bringing nine takes nine times as long."""

    def leave_others_out(*slugs: str) -> None:
        folder = shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
        for name in ("pilots.json", "accepted_warnings.json", *(path.name for path in folder.glob("translations_*"))):
            records = json.loads((folder / name).read_text(encoding="utf-8"))
            kept = [record for record in records if entry_of(record)[0] is not Pilot or entry_of(record)[1] in slugs]
            (folder / name).write_text(json.dumps(kept), encoding="utf-8")
        monkeypatch.setattr(settings, "BASE_DIR", tmp_path)

    return leave_others_out


@pytest.fixture
def sarcelles_alone(deliver_only: Callable[..., None]) -> None:
    """Deliver Sarcelles and no other pilot."""
    deliver_only("sarcelles")


@pytest.fixture
def copy(sarcelles_alone: None, db: None) -> Pilot:
    """The working copy that a first portal is offered for Sarcelles, of which a text was edited."""
    store(rows_made_by(offer_copy))
    return Pilot.objects.get(revises__slug="sarcelles")


@pytest.fixture
def editor(db: None) -> User:
    """Return somebody who may do everything."""
    return UserFactory(is_superuser=True)


def present(slug: str) -> dict[str, Any]:
    return read_content(Pilot.objects.get(slug=slug))


def delivered(slug: str) -> dict[str, Any]:
    return content_of(read_delivery(settings.BASE_DIR / "fixtures").entries[Pilot, slug])


@ON_BOTH
def test_first_portals_are_mended_to_the_last_word(first: None) -> None:
    said = load(update=True)
    assert {f"pilot {slug}" for slug in facts.PILOTS} | {"glossary term prepare"} <= {*lines(said, "Mended")}
    assert "Left alone" not in said
    after = {pilot.slug: parts_of(pilot) for pilot in Pilot.objects.all()}
    Pilot.objects.all().delete()
    load()
    assert {pilot.slug: parts_of(pilot) for pilot in Pilot.objects.all()} == after


def test_mended_entry_keeps_what_it_said_and_a_note_of_nobody(first: None, sarcelles_alone: None) -> None:
    before = present("sarcelles")
    load(update=True)
    newest, found = Revision.objects.of(Pilot.objects.get(slug="sarcelles").pk)
    assert (found.kind, found.content) == (Kind.FOUND, before)
    assert (newest.kind, newest.version, newest.actor, newest.content) == (
        Kind.PUBLISHED,
        2,
        None,
        present("sarcelles"),
    )
    assert "put in place by load_pilots --update: nobody edited them." in newest.note
    assert Pilot.objects.get(slug="sarcelles").is_public


def test_second_run_changes_nothing(mended: None) -> None:
    before = everything()
    assert load(update=True).startswith("Added 0 pilots and 0 other entries; already there and the same: 9 pilots and ")
    assert everything() == before


@ON_BOTH
def test_dry_run_says_the_same_and_does_nothing(first: None, sarcelles_alone: None) -> None:
    before = everything()
    said = load(update=True, dry_run=True)
    assert everything() == before
    assert said.startswith("Nothing was changed. Without --dry-run, this would be said:\n")
    assert said.partition("\n")[2] == load(update=True)


@ON_BOTH
def test_renamed_value_leads_on_and_its_pilots_and_pointers_follow(mended: None, client: Any) -> None:
    group = TargetGroup.objects.get(slug=NEW)
    assert FormerSlug.objects.bearer_of(OLD, among=TargetGroup.objects.all()) == group
    assert group.pilots.count() == 4
    assert not Pilot.objects.filter(passages__value=OLD).exists()
    old, new = (client.get("/pilots/", {"target": slug}) for slug in (OLD, NEW))
    assert "4 of 9 pilots" in old.content.decode() + new.content.decode()


def test_earlier_revision_that_is_brought_back_keeps_the_pointer_of_the_renamed_value(mended: None) -> None:
    pilot = Pilot.objects.get(slug="avignon")
    write_content(pilot, Revision.objects.of(pilot.pk).earliest("pk").content)
    assert NEW in present("avignon")["target_groups"]
    assert f"target_groups/{NEW}" in present("avignon")["passages"]
    assert f"target_groups/{OLD}" not in present("avignon")["passages"]


def test_old_address_of_the_renamed_value_leads_on_in_a_new_portal_too(loaded: None, client: Any) -> None:
    assert FormerSlug.objects.bearer_of(OLD, among=TargetGroup.objects.all()).slug == NEW
    assert "4 of 9 pilots" in client.get("/pilots/", {"target": OLD}, follow=True).content.decode()


def edit_text(pilot: Pilot) -> None:
    pilot.translations.update(background="Written here.")


def edit_mended_text(pilot: Pilot) -> None:
    pilot.translations.update(objectives="Written here.")


def add_translation(pilot: Pilot) -> None:
    pilot.create_translation("fr", title="Titre")


def delete_lesson(pilot: Pilot) -> None:
    pilot.lessons.first().delete()


@ON_BOTH
def test_edited_pilots_stay_and_get_a_copy_for_the_reviewers(first: None) -> None:
    edited = {
        "clichy-sous-bois": edit_text,
        "malaga": add_translation,
        "sarcelles": edit_mended_text,
        "the-hague": delete_lesson,
    }
    for slug, edit in edited.items():
        edit(Pilot.objects.get(slug=slug))
    before = {slug: present(slug) for slug in edited}
    said = load(update=True)
    assert {slug: present(slug) for slug in edited} == before
    assert lines(said, "Offered") == [f"pilot {slug}" for slug in edited]
    for slug in edited:
        copy = Pilot.objects.get(revises__slug=slug)
        assert (copy.status, copy.owner) == (Pilot.Status.IN_REVIEW, None)
        new, offered = delivered(slug)["texts"]["en"], read_content(copy)["texts"]["en"]
        assert offered.get("objectives") == new.get("objectives")


def edited_by(editor: User, **texts: str) -> Pilot:
    """Publish an edit of the texts of Sarcelles, as editors do."""
    pilot = Pilot.objects.get(slug="sarcelles")
    content = read_content(pilot)
    content["texts"]["en"] |= texts
    return workflow.publish(workflow.revise(pilot, by=editor, content=content), by=editor)


def test_copy_holds_the_edit_beside_what_is_new(copy: Pilot) -> None:
    texts = read_content(copy)["texts"]["en"]
    assert texts == delivered("sarcelles")["texts"]["en"] | {"background": "Written here."}


def test_copy_names_the_edits_that_it_replaces(first: None, sarcelles_alone: None, editor: User) -> None:
    pilot = edited_by(editor, objectives="Written here.")
    load(update=True)
    copy = Pilot.objects.get(revises=pilot)
    assert read_content(copy)["texts"] == delivered("sarcelles")["texts"]
    # Beside the text it may name the day of the review, which publishing the edit had set.
    note = Revision.objects.filter(row=copy.pk)[0].note
    assert "They replace edits made here in: texts en objectives" in note


def test_copy_is_offered_once_though_it_was_thrown_away(copy: Pilot) -> None:
    workflow.discard(copy, by=User.objects.get())
    assert lines(load(update=True), "Left alone, because it was edited here") == ["pilot sarcelles"]
    assert not Pilot.objects.filter(revises__slug="sarcelles").exists()


@ON_BOTH
def test_copy_can_be_published_and_then_nothing_is_left_to_offer(copy: Pilot) -> None:
    workflow.publish(copy, by=User.objects.get())
    assert present("sarcelles")["texts"]["en"]["background"] == "Written here."
    assert lines(load(update=True), "Left alone, because it was edited here") == ["pilot sarcelles"]


def test_working_copy_in_progress_is_not_touched(first: None, sarcelles_alone: None, editor: User) -> None:
    copy = workflow.revise(Pilot.objects.get(slug="sarcelles"), by=editor)
    copy.translations.update(summary="Half a sen")
    before = present("sarcelles"), read_content(copy)
    assert lines(load(update=True), "Left alone, because it has a working copy") == ["pilot sarcelles"]
    assert (present("sarcelles"), read_content(copy)) == before
    workflow.discard(copy, by=editor)
    assert lines(load(update=True), "Mended") == ["pilot sarcelles"]


def test_value_that_was_renamed_meanwhile_is_no_edit(
    first: None, deliver_only: Callable[..., None], editor: User
) -> None:
    deliver_only("avignon")
    copy = workflow.revise(Pilot.objects.get(slug="avignon"), by=editor)
    load(update=True)
    assert NEW in present("avignon")["target_groups"]
    workflow.discard(copy, by=editor)
    assert lines(load(update=True), "Mended") == ["pilot avignon"]


def test_withdrawn_entry_is_mended_and_stays_withdrawn(first: None, sarcelles_alone: None, editor: User) -> None:
    workflow.withdraw(Pilot.objects.get(slug="sarcelles"), by=editor)
    assert "pilot sarcelles" in lines(load(update=True), "Mended")
    pilot = Pilot.objects.get(slug="sarcelles")
    assert (pilot.status, pilot.title) == ("draft", delivered("sarcelles")["texts"]["en"]["title"])
    assert read_content(pilot)["texts"] == delivered("sarcelles")["texts"]


def test_withdrawn_entry_that_was_edited_is_left_alone(first: None, sarcelles_alone: None, editor: User) -> None:
    pilot = workflow.withdraw(Pilot.objects.get(slug="sarcelles"), by=editor)
    edit_text(pilot)
    before = present("sarcelles")
    assert "pilot sarcelles" in lines(load(update=True), "Left alone, because it was edited here")
    assert present("sarcelles") == before


@ON_BOTH
def test_address_given_here_stays_and_the_texts_are_mended(
    first: None, deliver_only: Callable[..., None], editor: User
) -> None:
    deliver_only("the-hague", "avignon")
    workflow.rename(Pilot.objects.get(slug="the-hague"), "den-haag", by=editor)
    Partner.objects.filter(slug="face").update(slug="face-foundation")
    FormerSlug.objects.remember(Partner.objects.get(slug="face-foundation"), old="face")
    assert "Left alone" not in load(update=True)
    assert present("den-haag")["texts"] == delivered("the-hague")["texts"]
    assert [partner.slug for partner in Pilot.objects.get(slug="avignon").partners.all()] == ["face-foundation"]


def test_edited_words_and_organisations_are_left_alone_and_named(first: None, sarcelles_alone: None) -> None:
    Partner.objects.filter(slug="face").update(country="FR")
    Stage.objects.get(slug="prison").translations.update(name="Behind bars")
    GlossaryTerm.objects.get(slug="prepare").translations.update(meaning="A project.")
    TargetGroup.objects.get(slug=OLD).translations.update(name="Extremists")
    left = lines(load(update=True), "Left alone")
    assert left == [f"target group {NEW}", "stage prison", "partner face", "glossary term prepare"]
    assert TargetGroup.objects.get(slug=OLD).pilots.count() == 4
    assert Stage.objects.get(slug="prison").any_text("name") == "Behind bars"


@ON_BOTH
def test_warnings_are_accepted_anew_but_not_those_a_reviewer_reopened(
    first: None, deliver_only: Callable[..., None], editor: User
) -> None:
    deliver_only("swedish-prison-and-probation-service", "vilvoorde")
    pilot = Pilot.objects.get(slug="swedish-prison-and-probation-service")
    label = pilot.accepted_warnings.get(key__startswith="key_figures/2")
    workflow.reopen_warning(pilot, label, by=editor)
    load(update=True)
    english = pilot.accepted_warnings.filter(key__contains="texts/en/")
    assert sorted(row.key.partition(":")[0] for row in english) == ["texts/en/what_was_done"] * 2
    vilvoorde = AcceptedWarning.objects.filter(entry__slug="vilvoorde")
    assert not vilvoorde.filter(key__startswith="lessons/").exists(), "accepted for a lesson that is gone"


def test_warning_that_an_editor_accepted_stays(first: None, deliver_only: Callable[..., None], editor: User) -> None:
    deliver_only("vilvoorde")
    pilot = Pilot.objects.get(slug="vilvoorde")
    own = AcceptedWarning.objects.create(entry=pilot, code="missing.text", key="x", reason="Not there.", by=editor)
    load(update=True)
    assert pilot.accepted_warnings.filter(pk=own.pk).exists()


def test_without_update_newer_texts_are_named_and_nothing_is_changed(first: None) -> None:
    load()  # adds what was not delivered then
    before = everything()
    assert "pilot sarcelles" in lines(load(), "Left alone, though newer texts were delivered; --update brings them")
    said = load(if_empty=True)
    assert said.startswith("Newer texts were delivered for 9 pilots and ")
    assert "load_pilots --update --dry-run" in said
    assert everything() == before


def test_portal_with_the_newest_texts_says_nothing_at_its_start(loaded: None) -> None:
    assert load(if_empty=True) == ""


def test_what_the_fixtures_say_is_what_is_read_back(loaded: None) -> None:
    delivery = read_delivery(settings.BASE_DIR / "fixtures")
    for pilot in Pilot.objects.all():
        assert content_of(delivery.entries[Pilot, pilot.slug]) == read_content(pilot)


def test_fixtures_are_noted_for_the_deliveries_to_come() -> None:
    earlier = json.loads((settings.BASE_DIR / "fixtures" / EARLIER).read_text(encoding="utf-8"))["fingerprints"]
    now = fingerprints_of(read_delivery(settings.BASE_DIR / "fixtures"))
    assert [name for name, said in now.items() if said not in earlier.get(name, [])] == [], (
        "run manage.py note_delivery"
    )


def test_note_delivery_keeps_what_was_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
    (folder / EARLIER).write_text(
        '{"fingerprints": {"pilot sarcelles": ["older"]}, "former_slugs": {}}', encoding="utf-8"
    )
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    call_command("note_delivery")
    noted = json.loads((folder / EARLIER).read_text(encoding="utf-8"))["fingerprints"]["pilot sarcelles"]
    assert noted[0] == "older"
    assert len(noted) == 2


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"former_slugs": {"nothing": {"a": []}}, "fingerprints": {}}'])
def test_broken_note_of_deliveries_stops_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    folder = shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
    (folder / EARLIER).write_text(content, encoding="utf-8")
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    with pytest.raises(CommandError, match=r"^The fixtures in .* cannot be (read|loaded): ."):
        load()
