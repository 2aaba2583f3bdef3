"""Two values of a vocabulary, or two partners, are made one: seen before, in every pilot, with nothing lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import ActivityType, FormerSlug, Partner, Pilot, Revision
from pilots.models.content import read_content
from tests.admin.forms import forms_of
from tests.admin.test_import_export import INLINE
from tests.factories import (
    ActivityTypeFactory,
    AudienceFactory,
    OrganisationInvolvedFactory,
    PartnerFactory,
    PassageFactory,
    PilotFactory,
    PublishedPilotFactory,
    StageFactory,
    TargetGroupFactory,
)
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


def address(old: Any) -> str:
    return reverse(f"admin:pilots_{old._meta.model_name}_same_as", args=[old.pk])


def look(client: Client, old: Any, into: Any) -> HttpResponse:
    """The page that says what would change."""
    return client.get(address(old), {"into": into.pk})


def confirm(client: Client, old: Any, into: Any, page: HttpResponse | None = None, **changes: str) -> HttpResponse:
    """Send the form that confirms it."""
    page = page or look(client, old, into)
    fields = {name: values[0] for name, values in forms_of(page)["confirm_form"].items()}
    return client.post(f"{address(old)}?into={into.pk}", fields | changes)


FACETS = {
    "partners": PartnerFactory,
    "activity_types": ActivityTypeFactory,
    "audiences": AudienceFactory,
    "target_groups": TargetGroupFactory,
    "stages": StageFactory,
}


@pytest.mark.parametrize("facet", FACETS)
def test_every_pilot_names_the_one_that_stays(admin_client: Client, facet: str) -> None:
    old, into = FACETS[facet](slug="old"), FACETS[facet](slug="into")
    pilots = [PilotFactory(**{facet: [old]}), PublishedPilotFactory(**{facet: [old, into]})]
    for pilot in pilots:
        PassageFactory(pilot=pilot, about=facet, value="old", passage="3.1")
    PassageFactory(pilot=pilots[1], about=facet, value="into", passage="2")
    PublishedPilotFactory(**{facet: [into]})
    page = look(admin_client, old, into)
    assert [row.pk for row in page.context["rows"]] == [pilot.pk for pilot in pilots]  # type: ignore[attr-defined]
    assert confirm(admin_client, old, into, page).status_code == 302
    said = [read_content(pilot) for pilot in pilots]
    assert [content[facet] for content in said] == [["into"], ["into"]]
    assert [content["passages"][f"{facet}/into"]["passage"] for content in said] == ["3.1", "2, 3.1"]
    assert not type(old)._default_manager.filter(pk=old.pk).exists()
    assert FormerSlug.objects.bearer_of("old", among=type(old)._default_manager.all()) == into


def test_other_names_that_would_be_lost_are_listed(admin_client: Client) -> None:
    old = PartnerFactory(
        name="Refuge", original_name="Toevlucht", original_language="nl", other_names="fr: Abri\nDen Toe"
    )
    into = PartnerFactory(other_names="es: Refugio")
    assert {"Short name (en): Refuge", "Name in its own language: Toevlucht", "Other names: fr: Abri, Den Toe"} <= {
        *look(admin_client, old, into).context["lost"]  # type: ignore[attr-defined]
    }


def test_visitors_get_a_new_version_and_old_addresses_lead_on(admin_client: Client, client: Client) -> None:
    old, into = PartnerFactory(slug="old"), PartnerFactory(slug="into")
    FormerSlug.objects.remember(old, old="older")
    public = PublishedPilotFactory(partners=[old])
    copy = workflow.revise(public, by=User.objects.get())
    OrganisationInvolvedFactory(pilot=copy, partner=old, number=1)
    confirm(admin_client, old, into, note="One body, two names.")
    public.refresh_from_db()
    assert public.version == 2
    kept = Revision.objects.filter(kind=Kind.MERGED).order_by("pk")
    assert [(revision.row, revision.version) for revision in kept] == [(public.pk, 2), (copy.pk, None)]
    assert "One body, two names." in kept[0].note
    assert read_content(copy)["organisations_involved"]["1"]["partner"] == "into"
    for slug in ("old", "older"):
        assert client.get(f"/partners/{slug}/", follow=True).redirect_chain[-1][0] == "/partners/into/"


def test_earlier_revisions_can_still_be_brought_back(admin_client: Client, admin_user: User) -> None:
    old, into = ActivityTypeFactory(slug="old"), ActivityTypeFactory(slug="into")
    pilot = PilotFactory(activity_types=[old])
    before = read_content(pilot)
    confirm(admin_client, old, into)
    workflow.rewrite(pilot, before, by=admin_user, kind=Kind.REVERTED)
    assert read_content(pilot)["activity_types"] == ["into"]


def test_change_in_between_is_noticed(admin_client: Client, admin_user: User) -> None:
    old, into = ActivityTypeFactory(), ActivityTypeFactory()
    pilot = PilotFactory(activity_types=[old])
    page = look(admin_client, old, into)
    workflow.rewrite(pilot, read_content(pilot) | {"start": "2019"}, by=admin_user, kind=Kind.CHANGED)
    again = confirm(admin_client, old, into, page)
    assert again.status_code == 409
    assert ActivityType.objects.filter(pk=old.pk).exists()
    assert confirm(admin_client, old, into, again).status_code == 302


def test_looking_changes_nothing(admin_client: Client) -> None:
    old, into = PartnerFactory(name="Old name"), PartnerFactory()
    PilotFactory(partners=[old])
    page = look(admin_client, old, into)
    assert "Old name" in page.content.decode()
    assert INLINE.findall(page.content.decode()) == []
    assert (Partner.objects.count(), Revision.objects.count()) == (2, 0)


@pytest.mark.parametrize("into", ["", "0", "99999999999999999999999", "x", "itself"])
def test_made_up_other_is_not_taken(admin_client: Client, into: str) -> None:
    old = PartnerFactory()
    into = str(old.pk) if into == "itself" else into
    response = admin_client.post(f"{address(old)}?into={into}", {"seen": "", "note": ""})
    assert response.status_code == 200
    assert Partner.objects.count() == 1


@pytest.mark.parametrize("seen", ["x", "1", "1:x", "9:9", "1:1," * 3])
def test_made_up_look_is_refused(admin_client: Client, seen: str) -> None:
    old, into = PartnerFactory(), PartnerFactory()
    pilot = PilotFactory(partners=[old])
    assert confirm(admin_client, old, into, seen=seen).status_code in (200, 409)
    assert [*pilot.partners.all()] == [old]


@pytest.mark.parametrize("role", ["", "contributor", "reviewer"])
def test_it_is_for_administrators(role: str, admin_client: Client) -> None:
    old, into = PartnerFactory(), PartnerFactory()
    client = browser_of(person(role))
    assert client.get(address(old)).status_code == 403
    assert client.post(f"{address(old)}?into={into.pk}", {"seen": ""}).status_code == 403
    assert "same-as" in admin_client.get(address(old).replace("same-as", "change")).content.decode()


def test_queries_do_not_grow_with_the_pilots(admin_client: Client, django_assert_num_queries: Any) -> None:
    old, into = PartnerFactory(), PartnerFactory()
    for _round in range(2):
        PilotFactory.create_batch(3, partners=[old])
        with django_assert_num_queries(11):
            look(admin_client, old, into)
    assert Pilot.objects.count() == 6
