"""The page about the API on portals with other pilots, or none."""

import pytest

from tests.api.test_api_page import addresses_on
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db
DATABASES = ("sqlite",)


def test_examples_of_another_portal_work_there(client):
    PublishedPilotFactory(slug="elsewhere", authority__country="EE")
    page = client.get("/api/").content.decode()
    assert [one for one in addresses_on(page) if "country=EE" in one]
    asked = addresses_on(page)
    assert {client.get(address).status_code for address in asked} == {200}


def test_it_works_on_an_empty_portal(client):
    assert client.get("/api/").status_code == 200
