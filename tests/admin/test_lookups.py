"""Only what a list's filters make may stand in its address."""

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import Client

from pilots.models import Authority, Partner, Pilot
from tests.admin.forms import address, address_of
from tests.admin.test_admin_pages import each_list
from tests.factories import ActivityTypeFactory, AuthorityFactory, PartnerFactory, PilotFactory, UserFactory

pytestmark = pytest.mark.django_db

UNLISTED = [
    "slug__regex=^(a%2B)%2B$",
    "slug=avignon",
    "name__startswith=a",
    "name__regex=.*",
    "password__startswith=a",
    "id__gt=0",
    "pk=1",
    "status__regex=.*",
    "translations__title__regex=.*",
    "translations__name__icontains=a",
    "user__password__startswith=a",
    "authority__slug=avignon",
    "authority__country__exact=FR",
    "logentry__user__password__startswith=a",
    "created_at__year=2020",
    "nonsense=1",
    "_connector=OR",
    "kind__in=ngo,network",
]


@each_list
def test_look_ups_that_no_filter_makes_are_refused(model: type[Model], admin_client: Client) -> None:
    answers = {query: admin_client.get(f"{address_of(model)}?{query}").status_code for query in UNLISTED}
    assert answers == dict.fromkeys(UNLISTED, 400)


def shown(client: Client, model: type[Model], query: str) -> set[str]:
    """The rows of the list at this address, as text."""
    response = client.get(f"{address_of(model)}?{query}")
    assert response.status_code == 200
    return {str(row) for row in response.context["cl"].result_list}


@pytest.mark.parametrize(
    "query",
    ["status__exact=published", "country=SE", "partner=denkzeit", "activity=training", "country=SE&partner=denkzeit"],
)
def test_listed_filters_of_pilots_filter(query: str, admin_client: Client) -> None:
    PilotFactory(title="Other")
    PilotFactory(
        title="Found",
        status="published",
        published_at="2026-01-01T00:00Z",
        authority=AuthorityFactory(country="SE"),
        partners=[PartnerFactory(slug="denkzeit")],
        activity_types=[ActivityTypeFactory(slug="training")],
    )
    assert shown(admin_client, Pilot, query) == {"Found"}
    assert shown(admin_client, Pilot, "") == {"Found", "Other"}


@pytest.mark.parametrize(
    "query", ["country=zz", "partner=zz", "activity=zz", "partner=%27", "status__exact=zz", "country=" + 200 * "x"]
)
def test_unknown_values_of_listed_filters_find_nothing(query: str, admin_client: Client) -> None:
    PilotFactory()
    assert shown(admin_client, Pilot, query) == set()


def test_listed_filters_of_organisations_filter(admin_client: Client) -> None:
    AuthorityFactory(name="Region", kind="regional-government", country="ES")
    AuthorityFactory(name="Town", country="FR")
    PartnerFactory(name="NGO", kind="ngo", country="DE")
    PartnerFactory(name="Unknown")
    assert shown(admin_client, Authority, "kind__exact=regional-government") == {"Region"}
    assert shown(admin_client, Authority, "country__exact=FR") == {"Town"}
    assert shown(admin_client, Partner, "kind__exact=ngo") == {"NGO"}
    assert shown(admin_client, Partner, "kind__exact=") == {"Unknown"}


def test_listed_filters_of_accounts_filter(admin_client: Client) -> None:
    group = Group.objects.create(name="Editors")
    UserFactory(username="anna", is_staff=True).groups.add(group)
    assert shown(admin_client, User, f"groups__id__exact={group.pk}") == {"anna"}
    assert "anna" in shown(admin_client, User, "is_active__exact=1")
    assert "anna" not in shown(admin_client, User, "is_superuser__exact=1")


@each_list
def test_links_of_every_filter_answer(model: type[Model], admin_client: Client) -> None:
    PilotFactory()
    Group.objects.create(name="Editors")
    response = admin_client.get(address_of(model))
    changelist = response.context["cl"]
    choices = [choice for spec in changelist.filter_specs for choice in list(spec.choices(changelist))[:8]]
    links = [choice["query_string"] for choice in choices]
    assert {admin_client.get(address_of(model) + link).status_code for link in [*links, "?all="]} == {200}


def test_change_page_keeps_to_the_way_back(admin_client: Client) -> None:
    url = f"{address(PilotFactory())}?_changelist_filters=status__exact%3Ddraft"
    assert admin_client.get(url).status_code == 200
