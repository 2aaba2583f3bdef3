"""What an older PO file does to newer texts, and how one says that a text is still right."""

import polib
import pytest
from django.contrib.auth.models import User
from django.test import Client

from pilots import workflow
from pilots.models import Pilot
from pilots.models.content import read_content
from pilots.models.roles import translator_of
from tests.admin.po import asked, confirm, copy_of, export, look, mend, outcome, translated
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def translator() -> User:
    return person(translator_of("fr"), username="odile")


# An older file ---------------------------------------------------------------


def overtaken(pilot: Pilot, client: Client, translator: User) -> polib.POFile:
    """A file in which the summary was changed, as it was in the entry after the export."""
    file = export(client, pilot)
    mend(file[1], "Le texte du fichier.")
    workflow.translate(pilot, "fr", {("texts", "fr", "summary"): "Le texte plus récent."}, by=translator)
    return file


def test_older_file_overwrites_no_newer_text(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = overtaken(pilot, client, translator)
    page = look(client, file)
    assert (outcome(page), asked(page)) == ((0, 0, 1, 0), (0, 1))
    (one,) = page.context["overtaken"]
    said = (one.then, one.change.known.text.text, one.change.said)
    assert said == ("Qui a fait quoi (fr).", "Le texte plus récent.", "Le texte du fichier.")
    for text in said:
        assert text in page.content.decode()
    assert "Nothing was changed" in confirm(client, page).said
    assert copy_of(pilot)["texts"]["fr"]["summary"] == "Le texte plus récent."


def test_older_file_overwrites_a_newer_text_that_somebody_ticks(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    page = look(client, overtaken(pilot, client, translator))
    assert "Nothing was changed" in confirm(client, page, take="avignon texts/title").said
    assert copy_of(pilot)["texts"]["fr"]["summary"] == "Le texte plus récent."
    page = look(client, overtaken(pilot, client, translator))
    assert confirm(client, page, take="avignon texts/summary").status_code == 200
    assert copy_of(pilot)["texts"]["fr"]["summary"] == "Le texte du fichier."


def test_what_nobody_touched_in_an_older_file_stays_as_it_is_now(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = overtaken(pilot, client, translator)
    mend(file[0], "Un titre")
    mend(file[1], "Qui a fait quoi (fr).")
    page = look(client, file)
    assert (outcome(page), asked(page)) == ((1, 1, 0, 0), (0, 0))
    confirm(client, page)
    assert copy_of(pilot)["texts"]["fr"] == {"title": "Un titre", "summary": "Le texte plus récent."}


def test_text_that_was_missing_when_the_file_was_exported_is_not_overwritten(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    workflow.translate(pilot, "fr", {("texts", "fr", "title"): "Un titre déjà là"}, by=translator)
    mend(file[0], "Un titre")
    page = look(client, file)
    assert asked(page) == (0, 1)
    assert page.context["overtaken"][0].then == ""


def test_file_that_does_not_say_what_a_text_was_asks_before_it_overwrites_one(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[0], "Un titre")
    mend(file[1], "Autre chose.")
    for entry in file:
        entry.occurrences = []
    page = look(client, file)
    assert (outcome(page), asked(page)) == ((1, 0, 0, 0), (0, 1))
    assert page.context["overtaken"][0].then is None


# Still right -----------------------------------------------------------------


def test_mark_taken_away_says_that_a_text_is_right(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[1])
    page = look(client, file)
    assert (outcome(page), asked(page)) == ((0, 0, 1, 0), (1, 0))
    assert "checked_by" not in read_content(pilot)["provenance"]["fr"]["summary"]
    assert confirm(client, page).status_code == 200
    record = read_content(pilot)["provenance"]["fr"]["summary"]
    assert (record["by"], record["checked_by"]) == ("machine", "odile")
    assert not Pilot.objects.filter(revises=pilot).exists()  # visitors read the same words
    assert outcome(look(client, file)) == (0, 1, 1, 0)


def test_changed_and_right_texts_of_one_entry_come_together(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[0], "Un titre")
    mend(file[1])
    said = confirm(client, look(client, file)).said
    assert "1 text is imported. 1 text is noted as right." in said
    copy = copy_of(pilot)
    assert copy["texts"]["fr"] == {"title": "Un titre", "summary": "Qui a fait quoi (fr)."}
    for content in (copy, read_content(pilot)):
        assert content["provenance"]["fr"]["summary"]["checked_by"] == "odile"


def test_machine_finds_nothing_right(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[1])
    page = look(client, file, made_by="machine")
    assert (outcome(page), asked(page)) == ((0, 1, 1, 0), (0, 0))


def test_text_is_not_right_beside_other_english(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    file = export(client, pilot)
    mend(file[1])
    pilot.translations.filter(language_code="en").update(summary="Who did something else.")
    assert (outcome(look(client, file)), asked(look(client, file))) == ((0, 1, 1, 0), (0, 0))


def test_public_text_can_be_found_right_while_a_colleague_writes(translator: User) -> None:
    pilot, client = translated(), browser_of(translator)
    workflow.revise(pilot, by=person("contributor"))
    file = export(client, pilot)
    mend(file[1])
    assert confirm(client, look(client, file)).status_code == 200
    for row in (pilot, Pilot.objects.get(revises=pilot)):
        assert read_content(row)["provenance"]["fr"]["summary"]["checked_by"] == "odile"
