"""The sitemap: entries only, public ones only."""

import xml.etree.ElementTree as ET

import pytest

from tests import factories, facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client) -> dict[str, str]:
    """Return the addresses of the sitemap, host left out, with the time of their last change."""
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = ET.fromstring(response.content)
    assert root.tag == f"{NAMESPACE}urlset"
    found = {}
    for url in root:
        location = url.findtext(f"{NAMESPACE}loc", "")
        assert location.startswith("http://testserver/")
        assert location not in found
        found[location.removeprefix("http://testserver")] = url.findtext(f"{NAMESPACE}lastmod", "")
    return found


def test_entries_and_nothing_else(client):
    assert set(addresses(client)) == {
        *(f"/pilots/{slug}/" for slug in facts.PILOTS),
        *(f"/authorities/{slug}/" for slug in facts.PILOTS),
        *(f"/partners/{slug}/" for slug in facts.PARTNERS),
    }


def test_pilots_tell_when_they_were_changed(client):
    changed = addresses(client)
    assert all(bool(time) == address.startswith("/pilots/") for address, time in changed.items())


def test_each_address_of_the_sitemap_is_there(client):
    assert {client.get(address).status_code for address in addresses(client)} == {200}


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilots_and_what_only_they_use_are_left_out(client, status):
    before = client.get("/sitemap.xml").content
    factories.PublishedPilotFactory(status=status)
    factories.PartnerFactory()
    factories.AuthorityFactory()
    assert client.get("/sitemap.xml").content == before
    factories.PublishedPilotFactory()
    assert client.get("/sitemap.xml").content != before
