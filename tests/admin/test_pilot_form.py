"""Editors write pilots in a form; what they save is what visitors read at the next request."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.models import Lesson, Passage, Pilot, Revision
from tests.admin.forms import address, address_of, change, errors, submit, unrendered
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    LessonFactory,
    PartnerFactory,
    PilotFactory,
    PublishedPilotFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
# Forms are read and shown by the same Python.
DATABASES = ("sqlite",)


# What the form sends for two lessons, a key figure, an organisation and a passage.
PARTS = {
    "lessons-TOTAL_FORMS": "2",
    "lessons-0-text": "First lesson.",
    "lessons-0-kind": "helped",
    "lessons-1-text": "Second lesson.",
    "lessons-1-kind": "hard",
    "key_figures-TOTAL_FORMS": "1",
    "key_figures-0-value": "15",
    "key_figures-0-qualifier": "about",
    "key_figures-0-label": "officers",
    "organisations_involved-TOTAL_FORMS": "1",
    "organisations_involved-0-name": "Police",
    "passages-TOTAL_FORMS": "1",
    "passages-0-about": "summary",
    "passages-0-passage": "3.1",
}


def facts() -> dict[str, Any]:
    """What a new pilot needs, as the form sends it."""
    return {
        "title": "Training in Trondheim",
        "summary": "Who did what.",
        "slug": "trondheim",
        "authority": AuthorityFactory().pk,
        "partners": [PartnerFactory().pk],
        "activity_types": [ActivityTypeFactory().pk],
        "source": SourceFactory().pk,
    }


def public_page(client: Client, pilot: Pilot) -> HttpResponse:
    return client.get(reverse("pilot", args=[pilot.slug]))


def test_new_pilot_is_saved_with_all_its_parts(admin_client: Client) -> None:
    response = submit(admin_client, address_of(Pilot, "add"), **facts(), **PARTS)
    assert response.status_code == 302, errors(response)
    pilot = Pilot.objects.get(slug="trondheim")
    assert [(row.number, row.kind, row.text) for row in pilot.lessons.all()] == [
        (1, "helped", "First lesson."),
        (2, "hard", "Second lesson."),
    ]
    assert [str(row) for row in pilot.key_figures.all()] == ["15 officers"]
    assert [(row.number, row.name) for row in pilot.organisations_involved.all()] == [(1, "Police")]
    assert Passage.objects.get(pilot=pilot).passage == "3.1"


def test_passage_about_an_item_with_a_value_is_refused(admin_client: Client) -> None:
    wrong = {"passages-0-about": "cost", "passages-0-value": "training"}
    response = submit(admin_client, address_of(Pilot, "add"), **facts(), **PARTS | wrong)
    assert "Only a classification has a value." in str(errors(response))
    right = {"passages-0-about": "stages", "passages-0-value": "prison"}
    assert submit(admin_client, address_of(Pilot, "add"), **facts(), **PARTS | right).status_code == 302


def test_new_pilot_is_a_draft_at_no_public_address(admin_client: Client, client: Client) -> None:
    submit(admin_client, address_of(Pilot, "add"), **facts())
    pilot = Pilot.objects.get()
    assert (pilot.status, pilot.published_at) == ("draft", None)
    assert public_page(client, pilot).status_code == 404


def test_form_sent_as_it_stands_changes_nothing(admin_client: Client) -> None:
    pilot = PublishedPilotFactory(start="2019-05", evaluation="planned")
    LessonFactory(pilot=pilot, number=4)
    before = Pilot.objects.filter(pk=pilot.pk).values().get()
    texts = list(pilot.translations.values())
    change(admin_client, pilot)
    after = Pilot.objects.filter(pk=pilot.pk).values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}
    assert list(pilot.translations.values()) == texts
    assert list(Lesson.objects.values_list("number", flat=True)) == [4]


def test_change_of_a_published_pilot_is_a_working_copy_until_it_is_published(
    admin_client: Client, client: Client
) -> None:
    pilot = PublishedPilotFactory()
    LessonFactory(pilot=pilot, number=1)
    before = public_page(client, pilot).content
    lesson = {"lessons-0-text": "Lesson of today."}
    change(admin_client, pilot, summary="Sentence of today.", results="Result of today.", start="2019-05", **lesson)
    assert public_page(client, pilot).content == before
    workflow.publish(pilot.working_copy, by=User.objects.get())
    page = public_page(client, pilot).content.decode()
    for words in ("Sentence of today.", "Result of today.", "May 2019", "Lesson of today."):
        assert words in page


def test_emptied_text_reads_not_stated_once_it_is_published(admin_client: Client, client: Client) -> None:
    pilot = PublishedPilotFactory(results="It went well.")
    change(admin_client, pilot, results="")
    workflow.publish(pilot.working_copy, by=User.objects.get())
    page = public_page(client, pilot).content.decode()
    assert "It went well." not in page
    assert "The source does not state: what was done, results" in page


@pytest.mark.parametrize("status", ["draft", "in-review"])
def test_status_cannot_be_set_by_a_request_made_by_hand(status: str, admin_client: Client) -> None:
    pilot = PilotFactory(status=status)
    change(admin_client, pilot, status="published", published_at="2020-01-01", published_at_0="2020-01-01")
    pilot.refresh_from_db()
    assert (pilot.status, pilot.published_at) == (status, None)


def test_new_pilot_cannot_be_published_by_a_request_made_by_hand(admin_client: Client) -> None:
    submit(admin_client, address_of(Pilot, "add"), **facts(), status="published", published_at="2020-01-01")
    assert Pilot.objects.get().status == "draft"


HOW_TO_WRITE_A_DATE = "is no date. Write a year (2019), a month (2019-05) or a day (2019-05-17)."
MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"start": "May 2019"}, f"“May 2019” {HOW_TO_WRITE_A_DATE}"),
    ({"end": "17.5.2019"}, f"“17.5.2019” {HOW_TO_WRITE_A_DATE}"),
    ({"start": "2020", "end": "2019-12-31"}, "The end is before the start. Correct one of the two."),
    ({"slug": "the hague"}, "Enter a valid “slug”"),
    ({"slug": ""}, "This field is required."),
    ({"title": ""}, "This field is required."),
    ({"partners": None}, "This field is required."),
    ({"authority": ""}, "This field is required."),
    ({"evaluation": "good"}, "good is not one of the available choices."),
    ({"lessons-0-text": ""}, "This field is required."),
    ({"lessons-0-passage": "p. 3"}, "“p. 3” is no passage. Write paragraph and sentences as 3, 3.2 or 3.2-4"),
    ({"lessons-1-number": "1"}, "Please correct the duplicate data for number."),
    ({"lessons-0-number": "0"}, "Ensure this value is greater than or equal to 1."),
]


@pytest.mark.parametrize(("mistake", "advice"), MISTAKES, ids=str)
def test_mistake_is_explained_and_what_was_typed_is_kept(
    mistake: dict[str, Any], advice: str, admin_client: Client
) -> None:
    pilot = PilotFactory()
    LessonFactory(pilot=pilot, number=1), LessonFactory(pilot=pilot, number=2)
    response = submit(admin_client, address(pilot), **{"objectives": "Typed with care.", **mistake})
    assert response.status_code == 200
    assert advice in errors(response)
    page = response.content.decode()
    assert "Typed with care." in page
    assert all(f'value="{typed}"' in page for typed in mistake.values() if typed and typed != "good")
    pilot.refresh_from_db()
    assert (pilot.start, pilot.end, pilot.objectives) == ("", "", "")


def test_taken_slug_is_refused_with_a_sentence(admin_client: Client) -> None:
    PilotFactory(slug="taken")
    with unrendered():
        response = submit(admin_client, address_of(Pilot, "add"), **{**facts(), "slug": "taken"})
    assert "Pilot with this Slug already exists." in errors(response)


def test_pilot_shows_a_link_to_the_site_only_when_published(admin_client: Client) -> None:
    draft, published = PilotFactory(slug="one"), PublishedPilotFactory(slug="two")
    assert 'href="/pilots/one/"' not in admin_client.get(address(draft)).content.decode()
    assert 'href="/pilots/two/"' in admin_client.get(address(published)).content.decode()
    page = admin_client.get(address_of(Pilot)).content.decode()
    assert 'href="/pilots/one/"' not in page
    assert 'href="/pilots/two/"' in page


def test_change_is_kept_in_the_history_with_its_reason(admin_client: Client) -> None:
    pilot = PilotFactory()
    change(admin_client, pilot, summary="Something new.", note="The source says so.")
    page = admin_client.get(address(pilot, "history")).content.decode()
    assert "The source says so." in page
    assert [row.kind for row in Revision.objects.of(pilot.pk)] == ["changed", "found"]
