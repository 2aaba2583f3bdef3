"""Addresses and requests that no page of the admin makes: refused, never a broken server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from pilots.models import Pilot, Stage
from tests.admin.forms import Fields, address, address_of, errors, fields_of, open_form, submit, unrendered
from tests.admin.test_admin_pages import each_model
from tests.cached_content import rows_for_a_module
from tests.factories import LessonFactory, PilotFactory, StageFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db

HUGE = "9" * 30
VALUES = [HUGE, f"-{HUGE}", "-1", "abc", "1.5", "1e400", "NaN", "a\0b", "1\0", "' OR 1=1", "_5F", "x" * 2000]
TYPED = ("authority", "partners", "lessons-0-number", "start", "slug", "title")
KEY = "lessons-0-id"
each_value = pytest.mark.parametrize("value", VALUES)
Opened = tuple[Pilot, Fields]


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Opened]:
    """Return a draft with a lesson, and what its form would send: both the same for every hostile value."""
    with rows_for_a_module(django_db_blocker):
        pilot = LessonFactory(number=1).pilot
        yield pilot, open_form(browser_of(person("superuser")), address(pilot))


@each_model
@pytest.mark.parametrize("value", [HUGE, "abc", "1\0"])
def test_hostile_id_in_an_address_finds_nothing(model: Any, value: str, admin_client: Client) -> None:
    for about in ("change", "delete", "history"):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{about}"
        response = admin_client.get(reverse(name, args=[value]))
        assert response.status_code in {302, 400, 404}


@each_value
def test_hostile_id_of_a_pilot_is_refused_however_it_is_sent(value: str, admin_client: Client) -> None:
    for about in ("change", "delete", "history"):
        url = reverse(f"admin:pilots_pilot_{about}", args=[value])
        assert {admin_client.get(url).status_code, admin_client.post(url).status_code} <= {302, 400, 404}


@each_value
@pytest.mark.parametrize("action", ["publish", "delete_selected"])
def test_hostile_id_in_an_action_changes_nothing(value: str, action: str, admin_client: Client) -> None:
    PilotFactory()
    before = [*Pilot.objects.order_by("pk").values_list("pk", "status")]
    data = {"index": "0", "action": action, "_selected_action": [value], "post": "yes"}
    assert admin_client.post(address_of(Pilot), data).status_code in {302, 400}
    assert [*Pilot.objects.order_by("pk").values_list("pk", "status")] == before


@each_value
def test_hostile_id_in_an_action_on_accounts_changes_nothing(value: str, admin_client: Client) -> None:
    before = User.objects.count()
    data = {"index": "0", "action": "delete_selected", "_selected_action": [value], "post": "yes"}
    assert admin_client.post(address_of(User), data).status_code in {302, 400}
    assert User.objects.count() == before


@each_value
def test_hostile_id_in_an_editable_list_changes_nothing(value: str, admin_client: Client) -> None:
    StageFactory(order=1)
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": value, "form-0-order": "9"}
    assert admin_client.post(address_of(Stage), {**rows, "_save": "Save"}).status_code in {200, 302, 400}
    assert Stage.objects.get().order == 1


@each_value
def test_hostile_value_in_the_form_of_a_pilot_never_breaks_it(value: str, opened: Opened, admin_client: Client) -> None:
    pilot, form = opened

    def answer_to(*names: str) -> HttpResponse:
        """Type the value into these fields, each of alone and, where it is no mistake, together."""
        with unrendered():
            answer = admin_client.post(address(pilot), form | dict.fromkeys(names, value))
        assert answer.status_code in {200, 302, 400}, names
        if answer.status_code == 200:
            fields_of(answer)
        return answer

    fields = [*TYPED]
    for name in (KEY, *TYPED):
        with transaction.atomic():  # a save would make the form that was read too old
            answer = answer_to(name)
            transaction.set_rollback(True)
        if answer.status_code != 302 and name in fields:
            fields.remove(name)
    answer_to(*fields)


@each_value
def test_hostile_values_are_shown_again(value: str, opened: Opened, admin_client: Client) -> None:
    pilot, form = opened
    for names in (TYPED, [KEY]):
        answer = admin_client.post(address(pilot), form | dict.fromkeys(names, value))
        assert answer.status_code in {200, 400}


@pytest.mark.parametrize("count", [HUGE, "-1", "abc", "", "1e9", "5000", "1\0"])
@pytest.mark.parametrize("name", ["lessons-TOTAL_FORMS", "lessons-INITIAL_FORMS", "passages-TOTAL_FORMS"])
def test_hostile_number_of_parts_never_breaks_the_form(
    name: str, count: str, opened: Opened, admin_client: Client
) -> None:
    pilot, form = opened
    with unrendered():
        assert admin_client.post(address(pilot), form | {name: [count]}).status_code in {200, 302, 400}
    assert pilot.lessons.filter(number=1).count() == 1


def test_more_lessons_than_a_pilot_can_have_are_refused_with_a_sentence(admin_client: Client) -> None:
    with unrendered():
        response = submit(admin_client, address(PilotFactory()), **{"lessons-TOTAL_FORMS": "5000"})
    assert "Please submit at most 100 forms." in errors(response)


PARAMETERS = ["q", "p", "o", "e", "all", "_to_field", "_popup", "_facets", "status__exact", "partner", "country"]
PARAMETERS += ["language", "_changelist_filters", "next"]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_hostile_parameter_of_a_list_never_breaks_it(parameter: str, admin_client: Client) -> None:
    PilotFactory()
    for value in VALUES:
        assert admin_client.get(address_of(Pilot), {parameter: value}).status_code in {200, 302, 400}, value


@pytest.mark.parametrize("parameter", ["groups__id__exact", "groups__isnull", "is_staff__exact"])
def test_hostile_filter_of_accounts_never_breaks_the_list(parameter: str, admin_client: Client) -> None:
    for value in VALUES:
        assert admin_client.get(address_of(User), {parameter: value}).status_code in {200, 302, 400}, value


@pytest.mark.parametrize("name", ["authority", "partners", "source", "stages", "slug", "title", "start", "status"])
def test_hostile_prefilled_value_never_breaks_the_page_to_add(name: str, admin_client: Client) -> None:
    for value in VALUES:
        with unrendered():
            page = admin_client.get(address_of(Pilot, "add"), {name: value})
        assert page.status_code in {200, 302, 400}, value
        if page.status_code == 200:
            fields_of(page)


def test_prefilled_values_that_are_keys_are_chosen(admin_client: Client) -> None:
    pilot = PilotFactory()
    keys = {"authority": pilot.authority_id, "partners": f"{pilot.partners.get().pk},999"}
    page = admin_client.get(address_of(Pilot, "add"), keys).content.decode()
    assert f'<option value="{pilot.authority_id}" selected>{pilot.authority}</option>' in page
    assert f'<option value="{pilot.partners.get().pk}" selected>' in page


@pytest.mark.parametrize("parameter", ["app_label", "model_name", "field_name", "term", "page"])
def test_hostile_autocompletion_never_breaks(parameter: str, admin_client: Client) -> None:
    query = {"app_label": "pilots", "model_name": "pilot", "field_name": "partners", "term": "a"}
    for value in VALUES:
        status = admin_client.get(reverse("admin:autocomplete"), {**query, parameter: value}).status_code
        assert status in {200, 400, 403, 404}, value
