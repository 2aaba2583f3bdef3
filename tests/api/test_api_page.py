"""The page about the API: its examples run, and it names what there is."""

import html

import pytest

from pilots.api.filters import PilotListFilterSet

pytestmark = pytest.mark.django_db
DATABASES = ("sqlite",)


def addresses_on(page):
    """Where the page leads below the API, and what its commands ask for."""
    quoted = html.unescape(page).replace("'", '"').split('"')
    paths = {one.removeprefix("http://127.0.0.1:8000") for one in quoted}
    return {path for path in paths if path.startswith("/api/v1/")}


def test_every_example_works(client, nine_pilots):
    page = client.get("/api/").content.decode()
    asked = addresses_on(page)
    assert len(asked) >= 14
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(asked, 200)
    totals = [client.get(one).json().get("total", 1) for one in asked if "?" in one]
    assert all(totals)


def test_it_names_every_filter(client):
    page = client.get("/api/").content.decode()
    assert [name for name in PilotListFilterSet.base_filters if f"<code>{name}</code>" not in page] == []


def test_foot_of_each_page_leads_there(client):
    assert '<a href="/api/">API</a>' in client.get("/about/").content.decode()
