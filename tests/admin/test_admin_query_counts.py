"""The pages of the admin ask the database as often for many rows as for few."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pilots.models import Partner
from tests import factories
from tests.admin.forms import address, address_of
from tests.admin.test_admin_pages import a_row, each_list
from tests.factories import KeyFigureFactory, LessonFactory, OrganisationInvolvedFactory, PassageFactory, PilotFactory

pytestmark = pytest.mark.django_db


def queries(client: Client, url: str) -> int:
    """How many queries a page costs, once it was asked for."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


def rows_of(model: type[Model], count: int) -> None:
    """Make rows that show everything a list can show of them."""
    for _number in range(count):
        row = a_row(model)
        if hasattr(row, "pilots"):
            use(row)


def use(row: Any) -> None:
    relation = row._meta.get_field("pilots")
    many = relation.many_to_many
    factories.PublishedPilotFactory(**{relation.remote_field.name: [row] if many else row})


@each_list
def test_list_costs_the_same_with_3_and_30_rows(model: type[Model], admin_client: Client) -> None:
    rows_of(model, 3)
    few = queries(admin_client, address_of(model))
    rows_of(model, 27)
    assert queries(admin_client, address_of(model)) == few <= 16


def full_pilot(parts: int) -> Any:
    """A pilot with this many of everything."""
    return PilotFactory(
        partners=factories.PartnerFactory.create_batch(parts),
        activity_types=factories.ActivityTypeFactory.create_batch(parts),
        audiences=factories.AudienceFactory.create_batch(parts),
        target_groups=factories.TargetGroupFactory.create_batch(parts),
        stages=factories.StageFactory.create_batch(parts),
    )


def pilot_with_parts(count: int) -> Any:
    """A pilot with this many parts of each kind."""
    pilot = PilotFactory()
    for number in range(1, count + 1):
        for part in (LessonFactory, KeyFigureFactory, OrganisationInvolvedFactory):
            part(pilot=pilot, number=number)
        PassageFactory(pilot=pilot, value=f"value-{number}")
    return pilot


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pilot_costs_the_same_with_1_and_10_parts_of_each_kind(language: str, admin_client: Client) -> None:
    one, ten = pilot_with_parts(1), pilot_with_parts(10)
    cost = [queries(admin_client, f"{address(pilot)}?language={language}") for pilot in (one, ten)]
    assert cost[0] == cost[1]


def test_pilot_costs_the_same_with_1_and_10_of_each_value(admin_client: Client) -> None:
    assert queries(admin_client, address(full_pilot(1))) == queries(admin_client, address(full_pilot(10)))


def test_autocompletion_costs_the_same_with_3_and_15_rows(admin_client: Client) -> None:
    url = reverse("admin:autocomplete") + "?app_label=pilots&model_name=pilot&field_name=partners&term="
    factories.PartnerFactory.create_batch(3)
    few = queries(admin_client, url)
    factories.PartnerFactory.create_batch(12)
    assert queries(admin_client, url) == few
    assert Partner.objects.count() == 15
