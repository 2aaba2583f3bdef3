"""Editors cannot delete what a pilot uses, and are told which pilot."""

from typing import Any

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.db.models import Model
from django.test import Client
from django.utils.html import escape

from pilots.models import Pilot
from tests.admin.forms import address, address_of
from tests.admin.test_admin_pages import a_row, each_list
from tests.factories import PilotFactory, StageFactory
from tests.models.test_protection import Use, each_use, slugs

pytestmark = pytest.mark.django_db


def delete_chosen(client: Client, *rows: Any) -> Any:
    """Send what Django's own action would send, which no list of ours offers."""
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    return client.post(address_of(type(rows[0])), data, follow=True)


def link_to(pilot: Pilot) -> str:
    """Return the link by which a refusal names a pilot."""
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


def test_pilot_can_be_deleted_with_its_parts(admin_client: Client) -> None:
    admin_client.post(address(PilotFactory(), "delete"), {"post": "yes"})
    assert not Pilot.objects.exists()
