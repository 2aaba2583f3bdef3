"""Translations are delivered in files of their own, one a language, and rest on the English they come with."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from pilots.models import Pilot, Stage
from pilots.models.content import read_content
from pilots.models.provenance import State, fingerprint
from tests.commands.test_load_pilots_update import lines, load

pytestmark = pytest.mark.django_db

MACHINE = {"by": "machine"}
Record = dict[str, Any]
Deliver = Callable[..., Path]


def translation(model: str, key: list[Any], **texts: str) -> Record:
    """A record of French texts by a machine, which does not say what they rest on."""
    known = dict.fromkeys(texts, MACHINE)
    fields = {"master": key, "language_code": "fr", **texts, "provenance": known}
    return {"model": f"pilots.{model}translation", "fields": fields}


FRENCH = [
    translation("pilot", ["sarcelles"], title="Sarcelles en français", summary="Qui a fait quoi."),
    translation("lesson", ["sarcelles", 1], text="Une leçon."),
    translation("stage", ["prison"], name="Détention"),
]


@pytest.fixture
def deliver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deliver:
    """A function that delivers one pilot in English, with an English title of its own, and these French records."""
    folder = shutil.copytree(settings.BASE_DIR / "fixtures", tmp_path / "fixtures")
    for path in folder.glob("translations_*.json"):
        path.unlink()
    pilots = json.loads((folder / "pilots.json").read_text(encoding="utf-8"))
    about = [one for one in pilots if "sarcelles" in json.dumps(one["fields"].get("pilot", one["fields"]))]
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)

    def deliver_now(french: list[Record], title: str = "Sarcelles in English") -> Path:
        for record in about:
            if record["model"] == "pilots.pilottranslation":
                record["fields"]["title"] = title
        (folder / "pilots.json").write_text(json.dumps(about), encoding="utf-8")
        (folder / "accepted_warnings.json").write_text("[]", encoding="utf-8")
        (folder / "translations_fr.json").write_text(json.dumps(french), encoding="utf-8")
        call_command("note_delivery")
        return folder

    return deliver_now


def sarcelles() -> Pilot:
    return Pilot.objects.get(slug="sarcelles")


def test_delivered_translation_is_a_machines_and_rests_on_the_english_beside_it(deliver: Deliver) -> None:
    deliver(FRENCH)
    load()
    known = read_content(sarcelles())
    assert known["texts"]["fr"] == {"title": "Sarcelles en français", "summary": "Qui a fait quoi."}
    assert known["provenance"]["fr"]["title"] == MACHINE | {"of": fingerprint("Sarcelles in English")}
    assert sarcelles().state_in("summary", "fr") is State.CURRENT
    assert sarcelles().lessons.get(number=1).state_in("text", "fr") is State.CURRENT
    assert Stage.objects.get(slug="prison").state_in("name", "fr") is State.CURRENT
    assert Stage.objects.get(slug="prison").is_unchecked_in("name", "fr")


def test_loading_twice_changes_nothing(deliver: Deliver) -> None:
    deliver(FRENCH)
    load()
    before = read_content(sarcelles())
    assert lines(load(), "Left alone") == lines(load(update=True), "Mended") == []
    assert read_content(sarcelles()) == before


def test_running_portal_gets_translations_where_nobody_edited(deliver: Deliver) -> None:
    deliver([])
    load()
    deliver(FRENCH)
    assert "1 pilot and 1 other entry" in load(if_empty=True)
    assert "fr" not in read_content(sarcelles())["texts"]
    assert sorted(lines(load(update=True), "Mended")) == ["pilot sarcelles", "stage prison"]
    assert sarcelles().state_in("title", "fr") is State.CURRENT
    assert sarcelles().is_unchecked_in("title", "fr")
    assert lines(load(update=True), "Mended") == []


def test_text_of_a_person_is_not_overwritten(deliver: Deliver) -> None:
    deliver([])
    load()
    sarcelles().translations.create(language_code="fr", title="Le titre d'une personne")
    deliver(FRENCH)
    load(update=True)
    assert read_content(sarcelles())["texts"]["fr"] == {"title": "Le titre d'une personne"}


def test_translation_rests_on_the_newest_delivery_unless_it_says_otherwise(deliver: Deliver) -> None:
    deliver(FRENCH)
    load()
    deliver(FRENCH, title="Another title")
    load(update=True)
    assert sarcelles().state_in("title", "fr") is State.CURRENT
    old = FRENCH[0]["fields"]["provenance"] | {"title": MACHINE | {"of": fingerprint("Another title")}}
    deliver([{**FRENCH[0], "fields": FRENCH[0]["fields"] | {"provenance": old}}, *FRENCH[1:]], title="A third")
    load(update=True)
    assert sarcelles().state_in("title", "fr") is State.OUTDATED_MEANING


def test_translation_of_an_earlier_delivery_is_out_of_date_once_the_english_is_new(deliver: Deliver) -> None:
    deliver(FRENCH)
    load()
    sarcelles().translations.filter(language_code="en").update(title="Edited here")
    assert sarcelles().state_in("title", "fr") is State.OUTDATED_MEANING


def test_broken_records_stop_with_a_sentence(deliver: Deliver) -> None:
    folder = deliver(FRENCH)
    (folder / "translations_fr.json").write_text('[{"model": "pilots.stagetranslation", "fields": {}}]')
    with pytest.raises(CommandError, match=r"^The fixtures in .* cannot be (read|loaded): ."):
        load()
