"""Visitors see which version of an entry they read, and which parts each version changed, never what they said."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import FormerSlug, Pilot, PilotTranslation
from pilots.models.content import read_content
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory
from tests.pages.reading import Element, read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


def publish(pilot: Pilot, by: User, note: str = "", **changes: Any) -> None:
    """Publish a next version of a pilot that says something else."""
    copy = workflow.rewrite(pilot, read_content(pilot) | changes, by=by, kind=Kind.CHANGED)
    workflow.publish(copy, by=by, note=note)
    pilot.refresh_from_db()


def versions(client: Client, pilot: Pilot) -> list[Element]:
    sections = read(client.get(f"{pilot.get_absolute_url()}versions/")).one("main").all("section")
    return [section for section in sections if section["aria-labelledby"] != "languages"]


@pytest.fixture
def three_versions(admin_user: User) -> Pilot:
    pilot: Pilot = PublishedPilotFactory(slug="avignon", title="Title", summary="Former words.")
    LessonFactory(pilot=pilot, number=1, text="Former lesson.")
    lessons = read_content(pilot)["lessons"]
    new = {"3": {"kind": "hard", "passage": "", "texts": {"en": {"text": "No room."}, "fr": {"text": "Pas de salle."}}}}
    publish(
        pilot,
        admin_user,
        "Secret reason",
        lessons=lessons | new,
        texts={"en": {"title": "Title", "summary": "New words."}, "fr": {"title": "Titre"}},
    )
    publish(pilot, admin_user, lessons={"1": lessons["1"] | {"kind": "hard"}}, stages=[])
    return pilot


def test_each_version_says_which_parts_it_changed(client: Client, three_versions: Pilot) -> None:
    third, second, first = versions(client, three_versions)
    assert [third.one("h2").text[:10], second.one("h2").text[:10]] == ["Version 3,", "Version 2,"]
    assert second.texts("li") == [
        "Summary (changed)",
        "Title (French) (added)",
        "Lesson 3 (added)",
        "Lesson 3 (French) (added)",
    ]
    assert third.texts("li") == ["Lesson 1 (changed)", "Lesson 3 (removed)", "Lesson 3 (French) (removed)"]
    assert "The first version." in first.text


def test_no_former_words_notes_or_names_are_shown(client: Client, three_versions: Pilot) -> None:
    page = client.get("/pilots/avignon/versions/").content.decode()
    assert [word for word in ("Former", "No room", "Secret", "admin_user", "salle") if word in page] == []
    assert not [word for word in ("New words", "hard") if word in page]


def test_what_is_worked_on_does_not_show(client: Client, three_versions: Pilot, admin_user: User) -> None:
    before = client.get("/pilots/avignon/versions/").content
    said = read_content(three_versions) | {"texts": {"en": {"title": "Work"}}}
    workflow.submit(workflow.rewrite(three_versions, said, by=admin_user, kind=Kind.CHANGED), by=admin_user)
    assert client.get("/pilots/avignon/versions/").content == before


def test_page_of_the_pilot_says_its_version_and_leads_to_the_list(client: Client, three_versions: Pilot) -> None:
    page = read(client.get("/pilots/avignon/"))
    (link,) = page.all("a", href="/pilots/avignon/versions/")
    assert link.text == f"Version 3, {three_versions.version_at:%B %Y}"


def test_pilot_that_was_only_loaded_has_its_first_version(client: Client) -> None:
    pilot = PublishedPilotFactory()
    (first,) = versions(client, pilot)
    assert first.one("h2").text == f"Version 1, {pilot.version_at.day} {pilot.version_at:%B %Y}"


def test_version_without_a_change_says_so(client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory()
    workflow.publish(workflow.revise(pilot, by=admin_user), by=admin_user)
    assert "nothing changed" in versions(client, pilot)[0].text


def test_version_after_one_that_is_not_kept_claims_nothing(client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory(version=4)
    assert "What changed is not recorded." in versions(client, pilot)[0].text


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_entries_have_no_list(client: Client, status: str) -> None:
    PilotFactory(slug="hidden", status=status, version=2)
    assert client.get("/pilots/hidden/versions/").status_code == 404
    assert client.get("/pilots/nobody/versions/").status_code == 404


def test_former_address_leads_to_the_list(client: Client) -> None:
    FormerSlug.objects.remember(PublishedPilotFactory(slug="new"), old="old")
    answer = client.get("/pilots/old/versions/")
    assert (answer.status_code, answer["Location"]) == (301, "/pilots/new/versions/")


def test_languages_of_an_entry_and_how_far_each_can_be_relied_on(client: Client) -> None:
    pilot: Pilot = PublishedPilotFactory(slug="here", title="Title", summary="Summary", results="Results")
    checked = {"by": "person", "checked_by": "rita", "checked_at": "2026-11-30T20:00:00+00:00", "of": "0" * 16}
    known = {"title": {"by": "machine"}, "summary": checked}
    texts = {"title": "Titre", "summary": "Résumé"}
    PilotTranslation.objects.create(master=pilot, language_code="fr", provenance=known, **texts)
    page = read(client.get("/pilots/here/versions/")).one("section", **{"aria-labelledby": "languages"})
    [item] = page.all("li")
    assert item.one("a")["href"] == "/fr/pilots/here/"
    numbers = [int(number) for number in re.findall(r": (\d+)", item.text)]
    assert numbers == [2, 1, 1, 1, 1]
    assert "30 November 2026" in item.text
    assert "rita" not in item.text


def test_who_checked_a_translation_is_told_on_no_page_of_versions(client: Client, admin_user: User) -> None:
    pilot: Pilot = PublishedPilotFactory(slug="here", title="Title")
    texts = read_content(pilot)["texts"] | {"fr": {"title": "Titre"}}
    publish(pilot, admin_user, texts=texts)
    said = read(client.get("/pilots/here/versions/")).one("main").text
    assert "French" in said
    assert str(admin_user) not in said
