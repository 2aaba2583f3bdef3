"""Every model of the admin has all its pages."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from pilots import models
from tests import factories
from tests.admin.forms import address, address_of
from tests.factories import OrganisationInvolvedFactory, PilotFactory

pytestmark = pytest.mark.django_db

EDITED = [
    models.ActivityType,
    models.Audience,
    models.Authority,
    models.FurtherReading,
    models.GlossaryTerm,
    models.Partner,
    models.Pilot,
    models.Source,
    models.Stage,
    models.Statement,
    models.SynonymSet,
    models.TargetGroup,
]
SLUGGED = [model for model in EDITED if model is not models.Statement]
EVERY_MODEL = [*EDITED, User, Group]
LISTED = [*EVERY_MODEL, models.FormerSlug, models.SecurityEvent]
each_model = pytest.mark.parametrize("model", EVERY_MODEL)
each_list = pytest.mark.parametrize("model", LISTED)


def a_row(model: type[Model]) -> Any:
    if model is Group:
        return Group.objects.create(name=f"Editors {Group.objects.count()}")
    if model is models.FormerSlug:
        return models.FormerSlug.objects.create(model="pilot", slug=f"old-{model.objects.count()}", object_id=1)
    return getattr(factories, f"{model.__name__}Factory")()


def test_admin_knows_every_kind_of_entry_and_the_accounts() -> None:
    assert set(admin.site._registry) == set(LISTED)


def test_first_page_lists_every_kind_of_entry(admin_client: Client) -> None:
    page = admin_client.get(reverse("admin:index")).content.decode()
    assert [model for model in LISTED if f'href="{address_of(model)}"' not in page] == []


@each_list
def test_list_shows_its_rows(model: type[Model], admin_client: Client) -> None:
    row = a_row(model)
    response = admin_client.get(address_of(model))
    assert response.status_code == 200
    assert address(row) in response.content.decode()


@each_list
def test_search_finds_and_does_not_find(model: type[Model], admin_client: Client) -> None:
    row = a_row(model)
    known = (
        getattr(row, "slug", "")
        or getattr(row, "actor_name", "")
        or getattr(row, "username", "")
        or getattr(row, "kind", "")
        or row.name
    )
    found = admin_client.get(address_of(model), {"q": known})
    assert (found.status_code, address(row) in found.content.decode()) == (200, True)
    missed = admin_client.get(address_of(model), {"q": "nowhere to be found"})
    assert (missed.status_code, address(row) in missed.content.decode()) == (200, False)


@each_model
@pytest.mark.parametrize("about", ["change", "history", "delete"])
def test_pages_about_one_row_answer(model: type[Model], about: str, admin_client: Client) -> None:
    response = admin_client.get(address(a_row(model), about))
    assert response.status_code == 200


@each_model
def test_page_to_add_answers(model: type[Model], admin_client: Client) -> None:
    response = admin_client.get(address_of(model, "add"))
    assert response.status_code == 200
    assert 'type="submit"' in response.content.decode()


@pytest.mark.parametrize("model", EDITED)
def test_list_and_search_answer_in_any_order(model: type[Model], admin_client: Client) -> None:
    a_row(model), a_row(model)
    for column in range(7):
        assert admin_client.get(address_of(model), {"o": f"-{column}"}).status_code == 200


AUTOCOMPLETED = [("pilot", name) for name in admin.site._registry[models.Pilot].autocomplete_fields]
AUTOCOMPLETED += [("organisationinvolved", "partner")]


@pytest.mark.parametrize(("model", "field"), AUTOCOMPLETED)
def test_autocompletion_offers_what_fits(model: str, field: str, admin_client: Client) -> None:
    part = OrganisationInvolvedFactory(partner=factories.PartnerFactory())
    pilot = part.pilot
    pilot.audiences.add(factories.AudienceFactory())
    pilot.target_groups.add(factories.TargetGroupFactory())
    pilot.stages.add(factories.StageFactory())
    value = getattr(part if model == "organisationinvolved" else pilot, field)
    row = value.first() if hasattr(value, "all") else value
    where = {"app_label": "pilots", "model_name": model, "field_name": field}
    found = admin_client.get(reverse("admin:autocomplete"), {**where, "term": str(row)[:6]}).json()["results"]
    assert {"id": str(row.pk), "text": str(row)} in found
    none = admin_client.get(reverse("admin:autocomplete"), {**where, "term": "nowhere to be found"}).json()["results"]
    assert none == []


@each_list
def test_accounts_without_rights_see_no_list(model: type[Model], client: Client) -> None:
    client.force_login(factories.UserFactory(is_staff=True))
    assert client.get(address_of(model)).status_code == 403


@each_list
def test_visitors_are_sent_to_the_login_page(model: type[Model], client: Client) -> None:
    response = client.get(address_of(model))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_former_slug_can_be_given_up_but_not_made_up_or_changed(admin_client: Client) -> None:
    former = a_row(models.FormerSlug)
    assert admin_client.post(address_of(models.FormerSlug, "add"), {"slug": "new"}).status_code == 403
    assert admin_client.post(address(former), {"slug": "new"}).status_code == 403
    assert models.FormerSlug.objects.get().slug == former.slug
    admin_client.post(address(former, "delete"), {"post": "yes"})
    assert not models.FormerSlug.objects.exists()


def test_pilot_page_in_the_admin_explains_every_text(admin_client: Client) -> None:
    page = admin_client.get(address(PilotFactory())).content.decode()
    assert "Intentions belong to prospects." in page
    assert "As exact as the source: 2019, 2019-05 or 2019-05-17." in page
