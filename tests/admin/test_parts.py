"""Lessons and other parts on the form of their pilot: their numbers, and their translations."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart
from django.urls import reverse

from pilots import workflow
from pilots.models import Pilot, PilotTranslation
from pilots.models.content import PARTS
from pilots.models.text_fields import LineField, ProseField
from pilots.spreadsheets.rows import MOST_LINES
from prepare_portal.request_bodies import limit
from tests.admin.forms import Fields, address, change, errors, open_form, submit
from tests.factories import (
    KeyFigureFactory,
    LessonFactory,
    OrganisationInvolvedFactory,
    PassageFactory,
    PilotFactory,
)

pytestmark = pytest.mark.django_db
# Forms are read and shown by the same Python.
DATABASES = ("sqlite",)


def new_lesson(row: int, **values: str) -> dict[str, Any]:
    """One more lesson in the row with this index, as the form sends it."""
    fields = {"text": "New lesson.", "kind": "insight", **values}
    return {"lessons-TOTAL_FORMS": str(row + 1)} | {f"lessons-{row}-{name}": text for name, text in fields.items()}


def numbers(pilot: Pilot) -> list[tuple[int, str]]:
    return [(lesson.number, lesson.text) for lesson in pilot.lessons.order_by("number")]


def test_lesson_without_a_number_takes_the_next_free_one(admin_client: Client) -> None:
    pilot = PilotFactory()
    LessonFactory(pilot=pilot, number=1, text="One."), LessonFactory(pilot=pilot, number=5, text="Five.")
    change(admin_client, pilot, **new_lesson(2))
    assert numbers(pilot) == [(1, "One."), (5, "Five."), (6, "New lesson.")]


def test_entry_with_as_many_parts_as_an_import_may_bring_is_saved_by_its_form(admin_client: Client) -> None:
    pilot = PilotFactory()
    for number in range(1, MOST_LINES + 1):
        for part in (LessonFactory, KeyFigureFactory, OrganisationInvolvedFactory):
            part(pilot=pilot, number=number)
        PassageFactory(pilot=pilot, value=f"value-{number}")
    rows = {f"{part}-{row}-DELETE": "" for part in ("lessons", "key_figures") for row in range(MOST_LINES)}
    change(admin_client, pilot, summary="Written at length.", **rows)
    pilot.refresh_from_db()
    assert pilot.summary == "Written at length."
    assert 1_000_000 < size_of_longest(open_form(admin_client, address(pilot))) < limit(address(pilot))


def test_form_of_a_pilot_is_sent_in_the_shorter_way(admin_client: Client) -> None:
    page = admin_client.get(address(PilotFactory())).content.decode()
    assert '<form enctype="multipart/form-data" action="?language=en" method="post" id="pilot_form"' in page


def size_of_longest(form: Fields) -> int:
    """The bytes of a form with every text as long as it may be, in letters that take the most bytes."""
    models = [PilotTranslation, *(model._parler_meta.root_model for model in PARTS.values())]
    longest = {
        field.name: field.max_length
        for model in models
        for field in model._meta.fields
        if isinstance(field, LineField | ProseField)
    }
    texts = {name: "\U00020000" * longest.get(name.rpartition("-")[2], 0) or values for name, values in form.items()}
    return len(encode_multipart(BOUNDARY, texts))


def test_lesson_keeps_the_number_that_was_typed(admin_client: Client) -> None:
    pilot = PilotFactory()
    change(admin_client, pilot, **new_lesson(0, number="7"))
    assert numbers(pilot) == [(7, "New lesson.")]


def test_several_new_lessons_are_numbered_in_their_order(admin_client: Client) -> None:
    pilot = PilotFactory()
    rows = new_lesson(0, text="a") | new_lesson(1, text="b", number="3") | new_lesson(2, text="c")
    change(admin_client, pilot, **rows)
    assert numbers(pilot) == [(3, "b"), (4, "a"), (5, "c")]


def test_lesson_deleted_in_the_same_step_does_not_pass_its_number_on(admin_client: Client) -> None:
    pilot = PilotFactory()
    LessonFactory(pilot=pilot, number=1), LessonFactory(pilot=pilot, number=2)
    change(admin_client, pilot, **{"lessons-1-DELETE": "on"}, **new_lesson(2))
    assert [number for number, _ in numbers(pilot)] == [1, 3]


def test_numbers_of_two_figures_can_be_exchanged(admin_client: Client) -> None:
    pilot = PilotFactory()
    KeyFigureFactory(pilot=pilot, number=1, label="first"), KeyFigureFactory(pilot=pilot, number=2, label="second")
    change(admin_client, pilot, **{"key_figures-0-number": "2", "key_figures-1-number": "1"})
    assert [(figure.number, figure.label) for figure in pilot.key_figures.all()] == [(1, "second"), (2, "first")]


def test_figure_can_move_up_to_the_place_of_one_that_is_deleted(admin_client: Client) -> None:
    pilot = PilotFactory()
    for number in (1, 2, 3):
        KeyFigureFactory(pilot=pilot, number=number, label=f"label {number}")
    change(admin_client, pilot, **{"key_figures-0-number": "2", "key_figures-1-DELETE": "on"})
    assert [(figure.number, figure.label) for figure in pilot.key_figures.all()] == [(2, "label 1"), (3, "label 3")]


def added_meanwhile(client: Client, pilot: Pilot, **values: str) -> Any:
    """Send a new lesson from a form that was opened before somebody else added lesson 1."""
    data = open_form(client, address(pilot))
    LessonFactory(pilot=pilot, number=1, text="Added by another.")
    return client.post(address(pilot), {**data, **new_lesson(0, **values)})


def test_new_lesson_does_not_take_the_number_that_another_editor_just_took(admin_client: Client) -> None:
    pilot = PilotFactory()
    assert added_meanwhile(admin_client, pilot).status_code == 302
    assert numbers(pilot) == [(1, "Added by another."), (2, "New lesson.")]


def test_typed_number_that_another_editor_just_took_is_refused_with_a_sentence(admin_client: Client) -> None:
    response = added_meanwhile(admin_client, PilotFactory(), number="1")
    assert errors(response) == "Another row of this pilot has this number. Take the next free one."


def test_number_that_is_no_number_is_refused_with_a_sentence(admin_client: Client) -> None:
    response = submit(admin_client, address(PilotFactory()), **new_lesson(0, number="first"))
    assert errors(response) == "Enter a whole number."


def test_row_that_was_opened_and_left_empty_is_no_lesson(admin_client: Client) -> None:
    pilot = PilotFactory()
    change(admin_client, pilot, **{"lessons-TOTAL_FORMS": "1", "lessons-0-text": "", "lessons-0-kind": ""})
    assert numbers(pilot) == []


def test_lesson_can_be_deleted_and_the_others_keep_their_numbers(admin_client: Client) -> None:
    pilot = PilotFactory()
    for number in (1, 2, 3):
        LessonFactory(pilot=pilot, number=number)
    change(admin_client, pilot, **{"lessons-1-DELETE": "on"})
    assert [number for number, _ in numbers(pilot)] == [1, 3]


def in_french(pilot: Pilot) -> str:
    """The address of the pilot's French tab."""
    return f"{address(pilot)}?language=fr"


def pilot_with_parts() -> Pilot:
    """A draft with a lesson, a key figure and an organisation, in English."""
    pilot = PilotFactory(title="English title")
    LessonFactory(pilot=pilot, number=1, text="English lesson.")
    KeyFigureFactory(pilot=pilot, number=1, label="officers")
    OrganisationInvolvedFactory(pilot=pilot, number=1, name="Police")
    return pilot


def test_french_title_is_saved_without_translating_every_part(admin_client: Client) -> None:
    pilot = pilot_with_parts()
    response = submit(admin_client, in_french(pilot), title="Titre français")
    assert response.status_code == 302, errors(response)
    fresh = Pilot.objects.get(pk=pilot.pk)
    assert fresh.text_in("title", "fr") == ("Titre français", "fr")
    assert fresh.text_in("title", "en") == ("English title", "en")
    assert fresh.lessons.get().text_in("text", "fr") == ("English lesson.", "en")
    assert fresh.key_figures.get().text_in("label", "fr") == ("officers", "en")
    assert fresh.organisations_involved.get().text_in("name", "fr") == ("Police", "en")


def test_french_lesson_is_saved_beside_the_english_one(admin_client: Client) -> None:
    pilot = pilot_with_parts()
    submit(admin_client, in_french(pilot), **{"title": "Titre", "lessons-0-text": "Leçon."})
    lesson = pilot.lessons.get()
    assert lesson.text_in("text", "fr") == ("Leçon.", "fr")
    assert lesson.text_in("text", "en") == ("English lesson.", "en")


def test_english_form_still_works_after_a_french_title_alone(admin_client: Client) -> None:
    pilot = pilot_with_parts()
    submit(admin_client, in_french(pilot), title="Titre")
    change(admin_client, pilot, title="New English title")
    assert Pilot.objects.get(pk=pilot.pk).text_in("title", "en") == ("New English title", "en")
    assert pilot.lessons.get().text_in("text", "en") == ("English lesson.", "en")


def test_public_page_stays_english_after_a_french_title_alone(admin_client: Client, client: Client) -> None:
    pilot = pilot_with_parts()
    submit(admin_client, in_french(pilot), title="Titre français")
    workflow.publish(pilot, by=User.objects.get())
    page = client.get(reverse("pilot", args=[pilot.slug])).content.decode()
    assert "English title" in page
    assert "English lesson." in page
    assert "Titre français" not in page


def test_english_text_of_a_part_cannot_be_emptied(admin_client: Client) -> None:
    response = submit(admin_client, address(pilot_with_parts()), **{"lessons-0-text": ""})
    assert errors(response) == "This field is required."


@pytest.mark.parametrize("language", ["zz", "", "en-us", "EN", "../..", "' OR 1=1", "x" * 300, "fr&language=zz"])
def test_unknown_language_shows_the_english_form(language: str, admin_client: Client) -> None:
    pilot = pilot_with_parts()
    assert open_form(admin_client, f"{address(pilot)}?language={language}")["title"] == ["English title"]


def test_unknown_language_is_not_saved(admin_client: Client) -> None:
    pilot = pilot_with_parts()
    submit(admin_client, f"{address(pilot)}?language=zz", title="Changed")
    assert [row.language_code for row in pilot.translations.all()] == ["en"]
    assert pilot.translations.get().title == "Changed"


def test_translation_can_be_deleted_but_not_the_last_one(admin_client: Client) -> None:
    pilot = pilot_with_parts()
    submit(admin_client, in_french(pilot), **{"title": "Titre", "lessons-0-text": "Leçon."})
    admin_client.post(f"{address(pilot)}delete-translation/fr/", {"post": "yes"})
    assert [row.language_code for row in pilot.translations.all()] == ["en"]
    admin_client.post(f"{address(pilot)}delete-translation/en/", {"post": "yes"})
    assert [row.language_code for row in pilot.translations.all()] == ["en"]


@pytest.mark.parametrize("language", ["zz", "x" * 300, "nl"])
def test_deleting_a_translation_that_is_not_there_is_no_error(language: str, admin_client: Client) -> None:
    pilot = pilot_with_parts()
    response = admin_client.post(f"{address(pilot)}delete-translation/{language}/", {"post": "yes"})
    assert response.status_code < 500
    assert pilot.translations.count() == 1
