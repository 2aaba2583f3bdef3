"""Texts of the API with their languages, and what belongs to a pilot."""

import pytest

from pilots.models import ActivityType, Authority, Partner, Pilot, PilotTranslation, Source
from pilots.models.provenance import fingerprint
from tests.api.asking import NOT_STATED, ORIGINAL, ask, read
from tests.factories import (
    LessonFactory,
    OrganisationInvolvedFactory,
    PartnerFactory,
    PassageFactory,
    PilotFactory,
    PublishedPilotFactory,
)

pytestmark = pytest.mark.django_db


def test_text_tells_its_language_and_how_it_relates_to_what_was_asked_for():
    pilot = PublishedPilotFactory(slug="here", title="Title", summary="Only here")
    pilot.create_translation("fr", title="Titre")
    french = read("pilots/here/?lang=fr")
    assert french["title"] == {"text": "Titre", "language": "fr", "state": "translated", **ORIGINAL}
    assert french["summary"] == {
        "text": "Only here",
        "language": "en",
        "state": "not-translated",
        **(ORIGINAL | {"translation": "missing"}),
    }
    assert read("pilots/here/")["title"]["state"] == "original"
    assert read("pilots/?lang=fr")["results"][0]["title"]["text"] == "Titre"


def test_translation_tells_who_made_it_when_it_was_checked_and_how_old_it_is_and_never_who_checked_it():
    pilot = PublishedPilotFactory(slug="here", title="Title", summary="Summary")
    checked = {"by": "person", "checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00", "of": "0" * 16}
    known = {"title": {"by": "machine", "of": fingerprint("Title")}, "summary": checked}
    texts = {"title": "Titre", "summary": "Résumé"}
    PilotTranslation.objects.create(master=pilot, language_code="fr", provenance=known, **texts)
    french = read("pilots/here/?lang=fr")
    assert french["title"]["made_by"] == "machine"
    assert (french["title"]["checked_on"], french["title"]["translation"]) == (None, "current")
    assert french["summary"]["made_by"] == "person"
    assert (french["summary"]["checked_on"], french["summary"]["translation"]) == ("2026-11-30", "outdated-meaning")
    assert "rita" not in str(french)


def test_hidden_translation_is_not_in_the_answer(settings):
    settings.HIDE_UNCHECKED_TRANSLATIONS = True
    pilot = PublishedPilotFactory(slug="here", title="Title")
    pilot.create_translation("fr", title="Titre")
    title = read("pilots/here/?lang=fr")["title"]
    assert (title["text"], title["language"], title["translation"]) == ("Title", "en", "missing")


def test_texts_are_plain_and_arrive_as_they_were_written():
    written = "First <b>line</b> & “more”.\n- a point"
    PublishedPilotFactory(slug="here", results=written)
    assert read("pilots/here/")["sections"]["results"]["text"] == written


def test_partner_that_only_a_hidden_pilot_has_is_not_named():
    hidden = PartnerFactory(slug="hidden-partner")
    PilotFactory(partners=[hidden])
    pilot = PublishedPilotFactory(slug="here")
    OrganisationInvolvedFactory(pilot=pilot, name="Somebody", partner=hidden)
    (other,) = read("pilots/here/")["organisations_involved"]
    assert (other["name"]["text"], other["partner"]) == ("Somebody", None)
    assert "hidden-partner" not in ask("pilots/here/").content.decode()


def test_lesson_has_its_pilot_and_its_permanent_link():
    pilot = PublishedPilotFactory(slug="here", title="Title")
    LessonFactory(pilot=pilot, number=2, kind="hard", text="Slow down.")
    (lesson,) = read("lessons/")["results"]
    assert (lesson["id"], lesson["kind"], lesson["text"]["text"]) == (f"{pilot.pk}-2", "hard", "Slow down.")
    assert lesson["page"] == "http://127.0.0.1:8000/pilots/here/#lesson-2"
    assert lesson["pilot"]["title"]["text"] == "Title"


def test_ids_stay_when_every_slug_changes():
    pilot = PublishedPilotFactory(slug="here", partners=[PartnerFactory(slug="before")])
    LessonFactory(pilot=pilot, number=2)
    before = ids()
    Pilot.objects.filter(pk=pilot.pk).update(slug="there")
    for model in (Partner, Authority, Source, ActivityType):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(slug=f"now-{row.slug}")
    assert read("partners/")["results"][0]["slug"] == "now-before"
    assert ids() == before


def ids() -> list[object]:
    """The ids of all that the only pilot has, wherever they are told."""
    pilot = read("pilots/")["results"][0]
    lists = {name: read(f"{name}/")["results"] for name in ("lessons", "partners", "authorities", "sources")}
    values = read("vocabularies/activity/")["values"]
    one = pilot["id"], pilot["authority"]["id"], pilot["source"]["id"], [row["id"] for row in pilot["partners"]]
    listed = {name: [row["id"] for row in rows] for name, rows in lists.items()}
    assert one[1:] == (*(listed[name][0] for name in ("authorities", "sources")), listed["partners"])
    assert [row["id"] for row in pilot["activity_types"]] == [row["id"] for row in values]
    return [*one, listed]


def test_partner_names_the_pilots_it_took_part_in_otherwise():
    guest = PartnerFactory(slug="guest")
    PublishedPilotFactory(slug="own", partners=[guest])
    OrganisationInvolvedFactory(pilot=PublishedPilotFactory(slug="other"), partner=guest)
    partner = read("partners/guest/")
    assert (partner["pilots"], partner["involved_in"]) == (["own"], ["other"])


def test_item_says_which_text_says_it():
    pilot = PublishedPilotFactory(slug="here", what_was_done="They met five times.")
    for about in ("what_was_done", "duration"):
        PassageFactory(pilot=pilot, about=about, passage="3.2")
    items = {item["name"]: item for item in read("pilots/here/")["profile"]}
    assert (items["duration"]["said_in"], items["duration"]["text"]) == ("what_was_done", NOT_STATED)
