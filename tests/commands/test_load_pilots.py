"""`load_pilots` adds what is missing, as a whole, and touches nothing that is there."""

import json
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management import CommandError, call_command

from pilots import workflow
from pilots.models import Lesson, Partner, Pilot, Stage
from tests.admin.forms import change
from tests.factories import LessonFactory, PilotFactory
from tests.stored_rows import load_pilots, rows_made_by, store

pytestmark = pytest.mark.django_db
# What was edited is found in plain values; both are for each way in which the command writes, and stops.
DATABASES = ("sqlite",)
ON_BOTH = pytest.mark.databases("sqlite", "postgresql")

NINE = {"avignon", "catalonia", "clichy-sous-bois", "malaga", "rotterdam", "sarcelles"}
NINE |= {"swedish-prison-and-probation-service", "the-hague", "vilvoorde"}
FILES = (
    *("vocabularies.json", "organisations.json", "source_and_glossary.json", "synonyms.json"),
    *("pilots.json", "accepted_warnings.json"),
)
# Notes which content changed last; no content itself.
BOOKKEEPING = ["pilots.contentchange", "pilots.contentqueue", "pilots.contentversion"]


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


def parts_of(pilot: Pilot) -> str:
    """A pilot with its texts by language and its parts, without ids and times."""
    rows = [*pilot.translations.order_by("language_code"), *pilot.passages.all()]
    for part in (*pilot.lessons.all(), *pilot.key_figures.all(), *pilot.organisations_involved.all()):
        rows += [part, *part.translations.order_by("language_code")]
    keys = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    return serializers.serialize("json", rows, **keys)


@pytest.fixture
def loaded(db: None) -> None:
    """Have the database as loading once leaves it."""
    store(rows_made_by(load_pilots))


@ON_BOTH
def test_nine_published_pilots_are_loaded_into_an_empty_database() -> None:
    assert load().startswith("Added 9 pilots and ")
    assert {pilot.slug for pilot in Pilot.objects.published()} == NINE
    assert Pilot.objects.count() == 9


@ON_BOTH
def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = everything()
    said = load()
    assert everything() == before
    assert said.startswith("Added 0 pilots and 0 other entries; already there and the same: 9 pilots and ")
    assert "Left alone" not in said


def edit_text(pilot: Pilot) -> None:
    pilot.translations.filter(language_code="en").update(summary="Edited here.")


def add_translation(pilot: Pilot) -> None:
    pilot.create_translation("fr", title="Titre")


def delete_lesson(pilot: Pilot) -> None:
    pilot.lessons.first().delete()


def add_lesson(pilot: Pilot) -> None:
    LessonFactory(pilot=pilot, number=99)


def edit_lesson(pilot: Pilot) -> None:
    pilot.lessons.first().translations.update(text="Edited here.")


def change_partners(pilot: Pilot) -> None:
    pilot.partners.set(Partner.objects.exclude(pilots=pilot)[:1])


def remove_stages(pilot: Pilot) -> None:
    pilot.stages.set([])


def withdraw(pilot: Pilot) -> None:
    Pilot.objects.filter(pk=pilot.pk).update(status="draft")


def change_start(pilot: Pilot) -> None:
    Pilot.objects.filter(pk=pilot.pk).update(start="2018-02-01")


def delete_passage(pilot: Pilot) -> None:
    pilot.passages.first().delete()


def delete_organisation(pilot: Pilot) -> None:
    pilot.organisations_involved.first().delete()


EDITS = [edit_text, add_translation, delete_lesson, add_lesson, edit_lesson, change_partners, remove_stages]
EDITS += [withdraw, change_start, delete_passage, delete_organisation]


@pytest.mark.parametrize("edits", [EDITS[:6], EDITS[6:]], ids=["texts and parts", "facts and pointers"])
def test_edited_pilots_are_left_alone_and_named(loaded: None, edits: list[Callable[[Pilot], None]]) -> None:
    edited = dict(zip(["avignon", "catalonia", "malaga", "rotterdam", "sarcelles", "vilvoorde"], edits, strict=False))
    for slug, edit in edited.items():
        edit(Pilot.objects.get(slug=slug))
    before = everything()
    said = load()
    assert everything() == before
    assert [line for line in said.splitlines() if "Left alone" in line] == [
        f"Left alone, because it was edited here: pilot {slug}." for slug in edited
    ]


def test_edited_word_and_organisation_are_left_alone_and_named(loaded: None) -> None:
    Partner.objects.filter(slug="face").update(kind="ngo", country="FR")
    Stage.objects.get(slug="prison").translations.update(name="Behind bars")
    before = everything()
    said = load()
    assert everything() == before
    assert "Left alone, because it was edited here: partner face." in said
    assert "Left alone, because it was edited here: stage prison." in said


def test_change_of_times_alone_is_no_edit(loaded: None) -> None:
    Pilot.objects.get(slug="the-hague").save()
    assert "Left alone" not in load()


@ON_BOTH
def test_deleted_pilot_comes_back_whole(loaded: None) -> None:
    before = parts_of(Pilot.objects.get(slug="the-hague"))
    Pilot.objects.get(slug="the-hague").delete()
    assert load().startswith("Added 1 pilot and 0 other entries")
    assert parts_of(Pilot.objects.get(slug="the-hague")) == before
    assert Lesson.objects.filter(pilot__slug="the-hague").exists()


def test_pilots_of_others_are_not_mentioned() -> None:
    PilotFactory(slug="elsewhere")
    assert "elsewhere" not in load()
    assert Pilot.objects.count() == 10


def test_if_empty_loads_into_an_empty_database() -> None:
    load(if_empty=True)
    assert Pilot.objects.count() == 9


@pytest.mark.parametrize("status", ["draft", "published", "archived"])
def test_if_empty_does_nothing_when_there_is_any_pilot(loaded: None, status: str) -> None:
    Pilot.objects.exclude(slug="the-hague").delete()
    Pilot.objects.update(status=status)
    before = everything()
    assert load(if_empty=True) == ""
    assert everything() == before


@ON_BOTH
def test_renamed_entries_are_not_loaded_a_second_time(loaded: None, admin_client: Any) -> None:
    workflow.rename(Pilot.objects.get(slug="the-hague"), "den-haag", by=User.objects.get())
    change(admin_client, Partner.objects.get(slug="face"), slug="face-foundation")
    left_alone = [line for line in load().splitlines() if "Left alone" in line]
    assert left_alone == [
        f"Left alone, because it was edited here: {entry}." for entry in ("partner face", "pilot the-hague")
    ]
    assert (Pilot.objects.count(), Partner.objects.filter(slug="face").count()) == (9, 0)


def test_deleted_pilot_comes_back_with_its_partner_that_was_renamed(loaded: None, admin_client: Any) -> None:
    face = Partner.objects.get(slug="face")
    change(admin_client, face, slug="face-foundation")
    Pilot.objects.all().delete()
    load(if_empty=True)
    assert Pilot.objects.count() == 9
    assert "pilot avignon" not in load()
    assert Pilot.objects.get(slug="avignon").partners.get() == face


@pytest.fixture
def fixtures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the fixtures that the command reads instead."""
    shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)
    return tmp_path / "fixtures"


def rewrite(file: Path, *records: dict[str, Any]) -> None:
    file.write_text(json.dumps([*json.loads(file.read_text(encoding="utf-8")), *records]), encoding="utf-8")


TERM = {"model": "pilots.stage", "fields": {"slug": "new", "order": 1}}
LOST = {"model": "pilots.stagetranslation", "fields": {"master": ["lost"], "language_code": "en", "name": "Lost"}}
BROKEN: list[Any] = [
    "text",
    {},
    {"model": "pilots.stage"},
    {"model": "pilots.nothing", "fields": {"slug": "new"}},
    {"model": "nonsense", "fields": {"slug": "new"}},
    {"model": "pilots.stage", "fields": {"order": 1}},
    {"model": "pilots.stage", "fields": {"slug": "new", "colour": "red"}},
    {"model": "pilots.stage", "fields": {"slug": "new", "order": "first"}},
    {"model": "pilots.partner", "fields": {"slug": "new", "kind": "firm"}},
    {"model": "pilots.lesson", "fields": {"pilot": ["lost"], "number": 1, "kind": "insight"}},
    LOST,
]


@ON_BOTH
@pytest.mark.parametrize("record", BROKEN, ids=str)
def test_broken_record_stops_with_a_sentence_and_nothing_loaded(record: Any, fixtures: Path) -> None:
    rewrite(fixtures / "vocabularies.json", TERM, record)
    with pytest.raises(CommandError, match=r"^The fixtures in .* cannot be (read|loaded): ."):
        load()
    assert not Stage.objects.exists()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", ["", "[{", "{}", "3", "null", '{"model": "pilots.stage"}', "\udcff"])
def test_broken_file_stops_with_a_sentence_and_nothing_loaded(name: str, content: str, fixtures: Path) -> None:
    (fixtures / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError, match=r"^The fixtures in .* cannot be read: ."):
        load()
    assert not Stage.objects.exists()


@pytest.mark.parametrize("name", FILES)
def test_missing_file_stops_with_a_sentence_that_names_it(name: str, fixtures: Path) -> None:
    (fixtures / name).unlink()
    with pytest.raises(CommandError, match=rf"^The fixtures in .* cannot be read: .*{name}"):
        load()
