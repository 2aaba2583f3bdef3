"""Editors cannot delete what a pilot uses, and are told which pilot."""

from typing import Any

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from pilots import workflow
from pilots.models import Pilot, Presence
from tests.admin.forms import address, address_of
from tests.admin.test_admin_pages import a_row, each_list
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory, StageFactory
from tests.models.test_protection import Use, each_use, slugs
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


def delete_chosen(client: Client, *rows: Any) -> Any:
    """Send what Django's own action would send, which no list of ours offers."""
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    return client.post(address_of(type(rows[0])), data, follow=True)


def link_to(pilot: Pilot) -> str:
    return f'Used by the pilot: <a href="{address(pilot)}">{escape(pilot)}</a>'


@each_use
def test_page_to_delete_names_the_pilots_and_offers_no_deletion(use: Use, admin_client: Client) -> None:
    factory, used_by = use
    row = factory()
    pilot = used_by(row)
    page = admin_client.get(address(row, "delete")).content.decode()
    assert link_to(pilot) in page
    assert 'value="yes"' not in page


@each_use
def test_confirmed_deletion_of_what_is_used_is_refused(use: Use, admin_client: Client) -> None:
    factory, used_by = use
    row = factory()
    pilot = used_by(row)
    response = admin_client.post(address(row, "delete"), {"post": "yes"}, follow=True)
    assert link_to(pilot) in response.content.decode()
    assert row.slug in slugs(type(row))
    assert not LogEntry.objects.filter(action_flag=DELETION).exists()


@each_list
def test_no_list_deletes_many_rows_at_once(model: type[Model], admin_client: Client) -> None:
    rows = [a_row(model), a_row(model)]
    page = admin_client.get(address_of(model))
    assert "delete_selected" not in page.content.decode()
    delete_chosen(admin_client, *rows)
    assert model._default_manager.filter(pk__in=[row.pk for row in rows]).count() == 2
    assert not LogEntry.objects.filter(action_flag=DELETION).exists()


@each_use
def test_unused_rows_can_be_deleted(use: Use, admin_client: Client) -> None:
    factory, used_by = use
    one = factory()
    used_by(factory())
    admin_client.post(address(one, "delete"), {"post": "yes"})
    assert one.slug not in slugs(type(one))


def test_names_of_pilots_are_escaped(admin_client: Client) -> None:
    stage = StageFactory()
    PilotFactory(title="<script>alert(1)</script>", stages=[stage])
    page = admin_client.get(address(stage, "delete")).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_page_to_delete_a_pilot_says_what_goes_along_in_words(admin_client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory(title="Avignon", stages=[StageFactory()])
    pilot.create_translation("fr", title="Avignon en français")
    LessonFactory.create_batch(3, pilot=pilot)
    workflow.revise(pilot, by=admin_user)
    Presence.objects.create(pilot=pilot, user=admin_user, seen_at=timezone.now())
    page = admin_client.get(address(pilot, "delete")).content.decode()
    for words in ("Pilot: Avignon", "Working copy: Avignon", "Lessons and working methods: 6", "Translations: 10"):
        assert words in page, words
    for words in ("object (", "relationship", "resence", "Pilot_"):
        assert words not in page, words


def test_page_to_delete_a_value_names_it_alone(admin_client: Client) -> None:
    page = admin_client.get(address(StageFactory(name="Release"), "delete")).content.decode()
    assert "Stage: Release" in page
    assert "object (" not in page


def test_view_only_page_offers_no_deletion_of_texts_and_says_that_nothing_was_deleted() -> None:
    pilot = PublishedPilotFactory(title="Avignon")
    pilot.create_translation("fr", title="Avignon en français")
    workflow.revise(pilot, by=person("contributor"))
    reader = browser_of(person("contributor"))
    assert "delete-translation" not in reader.get(f"{address(pilot)}?language=fr").content.decode()
    way = f"/admin/pilots/pilot/{pilot.pk}/change/delete-translation/fr/"
    said = reader.post(way, {"post": "yes"}, follow=True).content.decode()
    assert "Nothing was deleted: your account may not change “Avignon” now." in said
    assert pilot.translations.count() == 2


def test_deletion_of_texts_that_are_public_says_what_to_do_instead() -> None:
    writer = person("contributor")
    pilot = PublishedPilotFactory(title="Avignon")
    pilot.create_translation("fr", title="Avignon en français")
    way = f"/admin/pilots/pilot/{pilot.pk}/change/delete-translation/fr/"
    client = browser_of(writer)
    assert "Change and save something first" in client.post(way, {"post": "yes"}, follow=True).content.decode()
    workflow.revise(pilot, by=writer)
    said = client.post(way, {"post": "yes"}, follow=True).content.decode()
    assert "Delete the translation in its working copy." in said
    assert pilot.translations.count() == 2


def test_pilot_can_be_deleted_with_its_parts(admin_client: Client) -> None:
    admin_client.post(address(PilotFactory(), "delete"), {"post": "yes"})
    assert not Pilot.objects.exists()
