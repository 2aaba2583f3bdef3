"""Names and descriptions in PO files: of values, organisations and whatever else has no history."""

import json
from typing import Any
from uuid import uuid4

import polib
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils.translation import override

from pilots import workflow
from pilots.models import Pilot, Stage
from pilots.models.provenance import fingerprint
from pilots.models.roles import translator_of
from pilots.models.row_texts import read_texts
from pilots.workflow import PlannedTranslation
from tests.admin.po import (
    asked,
    confirm,
    export_all,
    look,
    mend,
    names_in,
    outcome,
    refusals,
    translated,
)
from tests.factories import StageFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator() -> User:
    return person(translator_of("fr"), username="odile")


def named_stage(name: str = "Prison") -> Stage:
    stage: Stage = StageFactory(slug="prison", name=name)
    stage.create_translation("fr", name="Prison (fr)")
    stage.translations.filter(language_code="fr").update(
        provenance={"name": {"by": "machine", "of": fingerprint(name)}}
    )
    return stage


def named(file: polib.POFile, address: str = "stage:prison texts/name") -> polib.POEntry:
    (entry,) = [entry for entry in file if entry.msgctxt == address]
    return entry


def names_of(stage: Stage) -> dict[str, Any]:
    return read_texts(Stage, "master", [stage.pk])[stage.pk]


def test_names_come_with_all_texts_of_a_language_and_are_public_at_once(translator: User) -> None:
    stage, client = named_stage(), browser_of(translator)
    file = export_all(client)
    name = named(file)
    assert (name.msgid, name.msgstr, name.fuzzy) == ("Prison", "Prison (fr)", True)
    assert name.comment.splitlines() == ["Stage · Name", "Up to date; made by a machine, not checked"]
    mend(name, "En prison")
    page = look(client, file)
    assert outcome(page)[0] == 1
    assert "public at once" in page.content.decode()
    before = names_of(stage)["texts"]
    assert before["fr"] == {"name": "Prison (fr)"}
    assert confirm(client, page).status_code == 200
    after = names_of(stage)
    assert after["texts"] == before | {"fr": {"name": "En prison"}}
    assert after["provenance"]["fr"]["name"]["checked_by"] == "odile"
    entry = LogEntry.objects.get(object_id=str(stage.pk), content_type__model="stage")
    assert entry.user == translator
    changed = {"name": "Translation", "object": "fr", "fields": ["name"]}
    assert json.loads(entry.change_message) == [{"changed": changed}]
    with override("fr"):
        assert "Modification de nom pour" in entry.get_change_message()


def test_name_of_a_machine_is_not_checked_and_one_that_is_right_is(translator: User) -> None:
    stage, client = named_stage(), browser_of(translator)
    file = export_all(client)
    mend(named(file))
    page = look(client, file)
    assert asked(page) == (1, 0)
    confirm(client, page)
    known = names_of(stage)["provenance"]["fr"]["name"]
    assert (known["by"], known["checked_by"]) == ("machine", "odile")
    mend(named(file), "En prison")
    confirm(client, look(client, file, made_by="machine"))
    assert names_of(stage)["texts"]["fr"]["name"] == "En prison"
    assert names_of(stage)["provenance"]["fr"]["name"] == {"by": "machine", "of": fingerprint("Prison")}


def test_older_file_overwrites_no_newer_name(translator: User) -> None:
    stage, client = named_stage(), browser_of(translator)
    file = export_all(client)
    mend(named(file), "En prison")
    page = look(client, file)
    workflow.translate_row(stage, "fr", {("texts", "fr", "name"): "En détention"}, by=translator)
    again = confirm(client, page)
    assert again.status_code == 409
    assert asked(again) == (0, 1)
    assert "Nothing was changed" in confirm(client, again).said
    assert names_of(stage)["texts"]["fr"]["name"] == "En détention"
    page = look(client, file)
    assert page.context["overtaken"][0].then is None  # names have no history
    confirm(client, page, take="stage:prison texts/name")
    assert names_of(stage)["texts"]["fr"]["name"] == "En prison"


def test_name_changed_while_the_import_runs_undoes_all_of_it(translator: User) -> None:
    pilot, stage = translated(), named_stage()
    steps = [
        PlannedTranslation(pilot, {("texts", "fr", "title"): "Un titre"}),
        PlannedTranslation(stage, {("texts", "fr", "name"): "En prison"}, said={"texts": {}}),
    ]
    with pytest.raises(workflow.Conflict):
        list(workflow.translate_many(steps, "fr", by=translator, note="", made_by="person", batch=uuid4()))
    assert not Pilot.objects.filter(revises=pilot).exists()
    assert names_of(stage)["texts"]["fr"]["name"] == "Prison (fr)"


def test_names_are_of_those_who_may_translate_them(translator: User) -> None:
    named_stage()
    client = browser_of(translator)
    file = export_all(client)
    mend(named(file), "En prison")
    contributor = browser_of(person("contributor"))
    assert names_in(export_all(contributor)) == []
    said = refusals(look(contributor, file))
    assert said["stage:prison texts/name"] == "There is no such text that you may read."
