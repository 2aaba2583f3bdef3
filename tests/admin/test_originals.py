"""English texts are the originals: every part has them, blanks are no text, and nobody deletes them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from pilots import workflow
from pilots.models import GlossaryTerm, Lesson, Pilot
from tests.admin.forms import address, address_of, change, errors, open_form, submit, unrendered
from tests.admin.test_admin_pages import EDITED, a_row
from tests.admin.test_parts import in_french
from tests.admin.test_pilot_form import facts
from tests.factories import KeyFigureFactory, LessonFactory, OrganisationInvolvedFactory, PilotFactory

pytestmark = pytest.mark.django_db
# Forms are read by the same Python.
DATABASES = ("sqlite",)

BLANK = ["\u200b", " ", "\u00a0\u2003", "\ufeff", "\u00ad", "\u2800", "\u3164", "\u202e\u200f", "\t\r\n"]
PARTS: dict[str, tuple[Any, dict[str, str]]] = {
    "lessons": (LessonFactory, {"text": "Dite en français.", "kind": "helped"}),
    "key_figures": (KeyFigureFactory, {"label": "agents", "value": "15", "qualifier": "exact"}),
    "organisations_involved": (OrganisationInvolvedFactory, {"name": "La police"}),
}
NAMES = {"lessons": "text", "key_figures": "label", "organisations_involved": "name"}


@pytest.mark.parametrize("kind", PARTS)
def test_part_cannot_begin_in_a_translation(kind: str, admin_client: Client) -> None:
    pilot = PilotFactory()
    typed = {f"{kind}-0-{name}": text for name, text in PARTS[kind][1].items()}
    response = submit(admin_client, in_french(pilot), title="Titre", **{f"{kind}-TOTAL_FORMS": "1"}, **typed)
    assert response.status_code == 200
    assert "Add it on the English tab first" in errors(response)
    assert PARTS[kind][1][NAMES[kind]] in response.content.decode()
    assert not getattr(pilot, kind).exists()


@pytest.mark.parametrize("kind", PARTS)
def test_translation_of_a_part_that_is_there_is_saved(kind: str, admin_client: Client) -> None:
    pilot = PilotFactory()
    PARTS[kind][0](pilot=pilot, number=1)
    name = NAMES[kind]
    response = submit(admin_client, in_french(pilot), **{"title": "Titre", f"{kind}-0-{name}": "En français"})
    assert response.status_code == 302, errors(response)
    assert getattr(pilot, kind).get().text_in(name, "fr") == ("En français", "fr")


def test_tab_of_a_translation_offers_no_new_parts(admin_client: Client) -> None:
    pilot = PilotFactory()
    forms = [open_form(admin_client, url) for url in (address(pilot), in_french(pilot))]
    assert [form["lessons-MAX_NUM_FORMS"] for form in forms] == [["100"], ["0"]]


@pytest.mark.parametrize("kind", PARTS)
def test_part_without_english_text_holds_the_entry_back(kind: str, admin_client: Client) -> None:
    pilot = PilotFactory()
    part = PARTS[kind][0](pilot=pilot, number=2)
    part.translations.update(language_code="fr")
    with pytest.raises(workflow.Refused, match=r"Add the English text of .* 2\."):
        workflow.publish(pilot, by=User.objects.get())
    change(admin_client, pilot, **{f"{kind}-0-{NAMES[kind]}": "Now in English"})
    workflow.publish(Pilot.objects.get(), by=User.objects.get())


@pytest.mark.parametrize("blank", BLANK)
def test_blanks_of_any_kind_are_no_text(blank: str, admin_client: Client) -> None:
    pilot = PilotFactory()
    LessonFactory(pilot=pilot, number=1)
    with unrendered():
        response = submit(admin_client, address(pilot), **{"title": blank, "lessons-0-text": blank})
    assert errors(response) == "This field is required. This field is required."
    change(admin_client, pilot, summary=blank, results=blank)
    assert Pilot.objects.get().text_in("summary", "en")[0] == ""
    with pytest.raises(workflow.Refused, match="Add an English summary"):
        workflow.publish(Pilot.objects.get(), by=User.objects.get())


@pytest.mark.parametrize("blank", BLANK)
def test_blank_name_of_a_term_is_refused(blank: str, admin_client: Client) -> None:
    with unrendered():
        response = submit(admin_client, address_of(GlossaryTerm, "add"), term=blank, meaning=blank, slug="x")
    assert errors(response).count("This field is required.") == 2


@pytest.mark.parametrize("model", [model for model in EDITED if hasattr(model, "translations")])
def test_english_texts_are_deleted_by_nobody(model: type[Any], admin_client: Client) -> None:
    row = a_row(model)
    translations = row.translations
    row.translations.model.objects.filter(master=row).update(language_code="en")
    french = translations.get()
    french.pk, french.language_code = None, "fr"
    french.save(force_insert=True)
    assert "Delete the texts in English" not in admin_client.get(address(row)).content.decode()
    assert "Delete the texts in French" in admin_client.get(f"{address(row)}?language=fr").content.decode()
    for method in (admin_client.get, admin_client.post):
        response = method(f"{address(row)}delete-translation/en/", {"post": "yes"}, follow=True)
        assert "The English texts are the originals" in response.content.decode()
    assert translations.filter(language_code="en").exists()
    admin_client.post(f"{address(row)}delete-translation/fr/", {"post": "yes"})
    assert not translations.filter(language_code="fr").exists()


def test_new_entry_is_written_in_english_whatever_tab_its_address_names(admin_client: Client) -> None:
    response = submit(admin_client, address_of(Pilot, "add") + "?language=fr", **facts())
    assert response.status_code == 302, errors(response)
    assert {text.language_code for text in Pilot.objects.get().translations.all()} == {"en"}
    assert "(nothing yet)" not in admin_client.get(address_of(Pilot, "add") + "?language=fr").content.decode()


def test_new_lesson_of_a_new_entry_is_english_too(admin_client: Client) -> None:
    lesson = {"lessons-TOTAL_FORMS": "1", "lessons-0-text": "A lesson.", "lessons-0-kind": "hard"}
    submit(admin_client, address_of(Pilot, "add") + "?language=fr", **facts(), **lesson)
    assert Lesson.objects.get().text_in("text", "en") == ("A lesson.", "en")
