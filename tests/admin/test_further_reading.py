"""Further reading and what the portal says of itself, as administrators keep them."""

import pytest
from django.test import Client

from pilots.models import FurtherReading, Statement
from pilots.workflow.merging import merge
from tests.admin.forms import address, address_of, errors, open_form, submit
from tests.factories import (
    ActivityTypeFactory,
    FurtherReadingFactory,
    PublishedPilotFactory,
    StageFactory,
    StatementFactory,
)
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

WORK = {"title": "A work", "covers": "All of it.", "slug": "a-work"}


def test_work_is_added_for_one_topic(admin_client: Client) -> None:
    stage = StageFactory()
    response = submit(admin_client, address_of(FurtherReading, "add"), **WORK, stage=stage.pk)
    assert response.status_code == 302, errors(response)
    assert (stage.further_reading.get().title, stage.further_reading.get().covers) == ("A work", "All of it.")


@pytest.mark.parametrize("topics", [{}, {"country": "FR", "stage": True}])
def test_work_for_no_topic_or_for_two_is_refused_with_a_sentence(admin_client: Client, topics: dict[str, str]) -> None:
    chosen = {name: StageFactory().pk if name == "stage" else value for name, value in topics.items()}
    response = submit(admin_client, address_of(FurtherReading, "add"), **WORK, **chosen)
    assert response.status_code == 200
    assert "Choose exactly one" in response.content.decode()
    assert not FurtherReading.objects.exists()


def test_address_that_is_none_of_the_web_is_refused(admin_client: Client) -> None:
    add = address_of(FurtherReading, "add")
    fields = {**open_form(admin_client, add), **WORK, "country": "FR", "url": "javascript:alert(1)"}
    response = admin_client.post(add, fields)
    assert response.status_code == 200
    assert not FurtherReading.objects.exists()


def test_list_says_what_each_work_is_about(admin_client: Client) -> None:
    FurtherReadingFactory(country="FR")
    FurtherReadingFactory(country="", stage=StageFactory(name="Some stage"))
    page = admin_client.get(address_of(FurtherReading)).content.decode()
    assert "France" in page
    assert "Some stage" in page


def test_works_stay_when_two_values_are_made_one(admin_user: object) -> None:
    old, into = ActivityTypeFactory(slug="old"), ActivityTypeFactory(slug="into")
    PublishedPilotFactory(activity_types=[old])
    work = FurtherReadingFactory(country="", activity_type=old)
    merge(old, into, by=admin_user)
    work.refresh_from_db()
    assert work.activity_type == into


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("reviewer", False), ("administrator", True)])
def test_administrators_alone_change_works_and_statements(role: str, *, may: bool) -> None:
    client = browser_of(person(role))
    for row in (FurtherReadingFactory(), StatementFactory()):
        page = client.get(address(row))
        assert page.status_code == 200
        assert (page.context["has_change_permission"], page.context["has_delete_permission"]) == (may, may)


def test_second_statement_of_a_kind_is_refused(admin_client: Client) -> None:
    row = StatementFactory(kind="reuse")
    response = submit(admin_client, address_of(Statement, "add"), kind="reuse", text="Anything.")
    assert response.status_code == 200
    assert Statement.objects.get() == row
