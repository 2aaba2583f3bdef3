"""What the forms of all entries share: slugs that stay, links to the site, names of languages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pilots.models import FormerSlug, Partner, Pilot
from tests import factories
from tests.admin.forms import address, address_of, change, errors, submit
from tests.admin.test_admin_pages import SLUGGED, a_row
from tests.factories import AuthorityFactory, PartnerFactory, PilotFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db
# Forms are read and shown by the same Python.
DATABASES = ("sqlite",)


@pytest.mark.parametrize("model", SLUGGED)
def test_slug_is_prefilled_for_a_new_entry_only(model: Any, admin_client: Client) -> None:
    prepopulated = 'data-prepopulated-fields="[]"'
    assert prepopulated not in admin_client.get(address_of(model, "add")).content.decode()
    assert prepopulated in admin_client.get(address(a_row(model))).content.decode()
    untranslated = admin_client.get(f"{address(a_row(model))}?language=fr").content.decode()
    assert prepopulated in untranslated


def pilot_at(slug: str) -> Any:
    return PublishedPilotFactory(slug=slug)


def partner_at(slug: str) -> Any:
    return PublishedPilotFactory(partners=[PartnerFactory(slug=slug)]).partners.get()


def authority_at(slug: str) -> Any:
    return PublishedPilotFactory(authority=AuthorityFactory(slug=slug)).authority


AT: dict[str, Any] = {"pilot": pilot_at, "partner": partner_at, "authority": authority_at}
each_route = pytest.mark.parametrize("route", AT)


def move_to(client: Client, row: Any, slug: str) -> None:
    """Change the slug of an entry: on its form, or for a public pilot on a page of its own."""
    if not isinstance(row, Pilot):
        change(client, row, slug=slug)
        return
    row.refresh_from_db()
    page = reverse("admin:pilots_pilot_move", args=[row.pk, "rename"])
    assert client.post(page, {"slug": slug, "seen_edit": row.edit_count}).status_code == 302


@each_route
def test_old_address_leads_to_the_new_one_for_good(route: str, admin_client: Client, client: Client) -> None:
    move_to(admin_client, AT[route]("old"), "new")
    response = client.get(reverse(route, args=["old"]))
    assert (response.status_code, response.url) == (301, reverse(route, args=["new"]))
    assert client.get(response.url).status_code == 200


@each_route
def test_slug_changed_back_does_not_loop(route: str, admin_client: Client, client: Client) -> None:
    row = AT[route]("old")
    move_to(admin_client, row, "new")
    move_to(admin_client, row, "old")
    assert client.get(reverse(route, args=["old"])).status_code == 200
    response = client.get(reverse(route, args=["new"]))
    assert (response.status_code, response.url) == (301, reverse(route, args=["old"]))


@each_route
def test_every_old_address_leads_straight_to_the_newest(route: str, admin_client: Client, client: Client) -> None:
    row = AT[route]("first")
    move_to(admin_client, row, "second")
    move_to(admin_client, row, "third")
    for old in ("first", "second"):
        assert client.get(reverse(route, args=[old])).url == reverse(route, args=["third"])


@each_route
def test_slug_taken_over_by_another_entry_shows_that_one(route: str, admin_client: Client, client: Client) -> None:
    move_to(admin_client, AT[route]("old"), "new")
    AT[route]("old")
    assert client.get(reverse(route, args=["old"])).status_code == 200


def test_old_slug_of_a_draft_leads_nowhere(admin_client: Client, client: Client) -> None:
    change(admin_client, PilotFactory(slug="old"), slug="new")
    assert client.get(reverse("pilot", args=["old"])).status_code == 404


FILTERED = {
    "partner": (factories.PartnerFactory, "partners"),
    "activity": (factories.ActivityTypeFactory, "activity_types"),
    "audience": (factories.AudienceFactory, "audiences"),
    "target": (factories.TargetGroupFactory, "target_groups"),
    "stage": (factories.StageFactory, "stages"),
}


@pytest.mark.parametrize("parameter", FILTERED)
def test_list_filtered_by_an_old_slug_still_filters(parameter: str, admin_client: Client, client: Client) -> None:
    factory, relation = FILTERED[parameter]
    row = factory(slug="old")
    PublishedPilotFactory(slug="with-it", **{relation: [row]})
    PublishedPilotFactory(slug="without-it")
    change(admin_client, row, slug="new")
    page = client.get(reverse("pilots"), {parameter: "old"}, follow=True).content.decode()
    assert 'href="/pilots/with-it/"' in page
    assert 'href="/pilots/without-it/"' not in page


@pytest.mark.parametrize("parameter", FILTERED)
def test_passage_of_a_pilot_follows_the_slug_of_its_value(parameter: str, admin_client: Client) -> None:
    factory, relation = FILTERED[parameter]
    row = factory(slug="old")
    pilot = PublishedPilotFactory(**{relation: [row]})
    factories.PassageFactory(pilot=pilot, about=relation, value="old")
    change(admin_client, row, slug="new")
    assert pilot.passages.get().value == "new"


def test_unchanged_slug_is_not_remembered(admin_client: Client) -> None:
    change(admin_client, PartnerFactory(), name="Another name")
    assert not FormerSlug.objects.exists()


def test_organisation_links_to_the_site_only_when_it_has_a_page(admin_client: Client) -> None:
    hidden, shown = PilotFactory(), PublishedPilotFactory()
    for row, there in [
        (hidden.authority, False),
        (hidden.partners.get(), False),
        (shown.authority, True),
        (shown.partners.get(), True),
    ]:
        for url in (address(row), address_of(type(row))):
            assert (f'href="{row.get_absolute_url()}"' in admin_client.get(url).content.decode()) is there


def test_value_links_to_its_page_only_when_it_has_one(admin_client: Client) -> None:
    hidden, shown = PilotFactory().activity_types.get(), PublishedPilotFactory().activity_types.get()
    assert f"/activities/{hidden.slug}/" not in admin_client.get(address(hidden)).content.decode()
    assert f'href="/activities/{shown.slug}/"' in admin_client.get(address(shown)).content.decode()


def test_order_of_values_is_changed_in_their_list(admin_client: Client) -> None:
    stage = factories.StageFactory(order=5)
    response = submit(admin_client, address_of(type(stage)), **{"form-0-order": "3", "_save": "Save"})
    assert response.status_code == 302
    stage.refresh_from_db()
    assert stage.order == 3


@pytest.mark.parametrize(
    ("values", "advice"),
    [
        ({"latitude": "43.9"}, "Give both latitude and longitude, or leave both empty."),
        ({"latitude": "91", "longitude": "4"}, "“91” is not on the earth: degrees go from -90 to 90 here."),
        ({"latitude": "43", "longitude": "-181"}, "“-181” is not on the earth: degrees go from -180 to 180 here."),
        (
            {"latitude": "NaN", "longitude": "1"},
            "“NaN” cannot be read as one number. Write it with a decimal point, such as 43.94932.",
        ),
        ({"country": ""}, "This field is required."),
        ({"country": "XX"}, "XX is not one of the available choices."),
        ({"kind": ""}, "This field is required."),
    ],
)
def test_mistakes_in_an_authority_are_explained(values: dict[str, str], advice: str, admin_client: Client) -> None:
    response = submit(admin_client, address(AuthorityFactory()), **values)
    assert (response.status_code, advice in errors(response)) == (200, True), errors(response)


def test_name_in_its_own_language_needs_a_language_of_the_site(admin_client: Client) -> None:
    partner = PartnerFactory()
    response = submit(admin_client, address(partner), original_name="Stichting", original_language="")
    assert "Give both the name in its own language and that language, or neither." in errors(response)
    response = submit(admin_client, address(partner), original_name="Stichting", original_language="zz")
    assert "zz is not one of the available choices." in errors(response)
    change(admin_client, partner, original_name="Stichting", original_language="nl")
    assert Partner.objects.get().original_language == "nl"
