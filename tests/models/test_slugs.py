"""Slugs are in small letters, whichever way they come in."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DataError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import FormerSlug, Pilot, Stage
from pilots.models.content import find_rows, read_content
from tests.admin.forms import address, address_of, change, read_form, submit
from tests.admin.test_admin_pages import SLUGGED, a_row
from tests.admin.test_pilot_form import facts
from tests.factories import PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import person

pytestmark = pytest.mark.django_db

each_model = pytest.mark.parametrize("model", SLUGGED)


@each_model
def test_database_refuses_capitals_by_any_way_of_writing(model: type[Any]) -> None:
    row = a_row(model)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(slug="Sarcelles-UP")


@each_model
def test_slug_that_is_too_long_is_refused_by_database_and_form(model: type[Any], admin_client: Client) -> None:
    row = a_row(model)
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        model.objects.filter(pk=row.pk).update(slug="x" * 81)
    response = submit(admin_client, address(row), slug="x" * 81)
    assert "at most 80 characters" in response.content.decode()
    assert model.objects.get(pk=row.pk).slug == row.slug


def test_former_slug_that_is_too_long_is_refused_by_database() -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        FormerSlug.objects.create(model="pilot", slug="x" * 81, object_id=1)


def test_database_refuses_capitals_in_former_slugs() -> None:
    FormerSlug.objects.create(model="pilot", slug="old", object_id=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerSlug.objects.update(slug="Old")


@each_model
def test_code_and_forms_write_small_letters(model: type[Any], admin_client: Client) -> None:
    row = a_row(model)
    row.slug = "Sarcelles-UP"
    row.save()
    assert (row.slug, model.objects.get(pk=row.pk).slug) == ("sarcelles-up", "sarcelles-up")
    change(admin_client, row, slug="Other-TOWN")
    assert model.objects.get(pk=row.pk).slug == "other-town"


def test_slug_beside_its_capitals_is_taken(admin_client: Client) -> None:
    PilotFactory(slug="malaga")
    response = submit(admin_client, address_of(Pilot, "add"), **facts() | {"slug": "Malaga"})
    assert response.status_code == 200
    assert "already exists" in response.content.decode()
    assert Pilot.objects.count() == 1


def test_new_address_is_in_small_letters_and_the_old_one_leads_to_it(admin_client: Client, client: Client) -> None:
    pilot = PublishedPilotFactory(slug="old")
    url = reverse("admin:pilots_pilot_move", args=[pilot.pk, "rename"])
    admin_client.post(url, {**read_form(admin_client.get(url), ""), "slug": "New-TOWN"})
    assert Pilot.objects.get().slug == "new-town"
    assert client.get("/pilots/old/").url == "/pilots/new-town/"


def test_fixture_with_capitals_is_loaded_in_small_letters(tmp_path: Any) -> None:
    fixture = tmp_path / "stages.json"
    fixture.write_text('[{"model": "pilots.stage", "fields": {"slug": "After-CARE", "order": 1}}]')
    call_command("loaddata", str(fixture), stdout=StringIO())
    assert Stage.objects.get().slug == "after-care"
    assert Stage.objects.get_by_natural_key("AFTER-care")


def test_history_from_before_finds_its_rows() -> None:
    pilot = PilotFactory(stages=[StageFactory(slug="prison")])
    content = read_content(pilot) | {"stages": ["Prison"], "slug": "A-Pilot"}
    assert find_rows(content)["stages", "Prison"].slug == "prison"
    boss = person("administrator")
    workflow.rewrite(pilot, content, by=boss, kind=Kind.CHANGED, slug="A-Pilot")
    assert Pilot.objects.get().slug == "a-pilot"


def test_former_slug_is_remembered_and_found_in_small_letters() -> None:
    stage = StageFactory(slug="new")
    FormerSlug.objects.remember(stage, old="Old")
    assert FormerSlug.objects.get().slug == "old"
    assert FormerSlug.objects.bearer_of("OLD", among=Stage.objects.all()) == stage


def test_form_shows_the_slug_as_it_is_saved(admin_client: Client) -> None:
    stage = StageFactory(slug="prison")
    assert read_form(admin_client.get(address(stage)), "stage_form")["slug"] == ["prison"]
