"""The sitemap: entries and their values only, public ones only, in parts."""

import xml.etree.ElementTree as ET

import pytest

from pilots.models import Pilot
from pilots.sitemaps import EntrySitemap
from tests import factories, facts
from tests.nine_pilots import OPTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client, address, root) -> dict[str, str]:
    """The addresses in one file, host left out, with the time of their last change."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    tree = ET.fromstring(response.content)
    assert tree.tag == f"{NAMESPACE}{root}"
    rows = [(row.findtext(f"{NAMESPACE}loc", ""), row.findtext(f"{NAMESPACE}lastmod", "")) for row in tree]
    assert all(location.startswith("http://testserver/") for location, _time in rows)
    assert len(dict(rows)) == len(rows)
    return {location.removeprefix("http://testserver"): time for location, time in rows}


def parts(client) -> dict[str, str]:
    return listed(client, "/sitemap.xml", "sitemapindex")


def addresses(client) -> dict[str, str]:
    """The addresses of entries in all parts; none is in two."""
    found: dict[str, str] = {}
    for part in parts(client):
        more = listed(client, part, "urlset")
        assert not found.keys() & more.keys()
        found |= more
    return found


TOPICS = {
    "activities": "activity",
    "audiences": "audience",
    "target-groups": "target",
    "stages": "stage",
    "countries": "country",
}
ENTRIES = {
    *(f"/pilots/{slug}/" for slug in facts.PILOTS),
    *(f"/authorities/{slug}/" for slug in facts.PILOTS),
    *(f"/partners/{slug}/" for slug in facts.PARTNERS),
    "/sources/prepare-nine-local-activities/",
    *(f"/{part}/{value}/" for part, facet in TOPICS.items() for value in OPTIONS[facet]),
}


def test_entries_and_nothing_else(client):
    assert set(addresses(client)) == ENTRIES


def test_pilots_tell_when_they_were_changed_and_their_part_when_the_last_was(client):
    changed = addresses(client)
    assert all(bool(time) == address.startswith("/pilots/") for address, time in changed.items())
    latest = Pilot.objects.latest("updated_at").updated_at
    assert parts(client) == {
        "/sitemap-pilots.xml": latest.isoformat(),
        "/sitemap-partners.xml": "",
        "/sitemap-authorities.xml": "",
        "/sitemap-sources.xml": "",
        **{f"/sitemap-{part}.xml": "" for part in TOPICS},
    }


def test_each_address_of_the_sitemap_is_there(client):
    assert {client.get(address).status_code for address in addresses(client)} == {200}


def test_many_entries_are_in_many_files_each_in_one(client, monkeypatch):
    monkeypatch.setattr(EntrySitemap, "limit", 4)
    assert [part for part in parts(client) if "pilots" in part] == [
        "/sitemap-pilots.xml",
        "/sitemap-pilots.xml?p=2",
        "/sitemap-pilots.xml?p=3",
    ]
    assert set(addresses(client)) == ENTRIES


@pytest.mark.parametrize("address", ["/sitemap-pilots.xml?p=2", "/sitemap-pilots.xml?p=x", "/sitemap-lessons.xml"])
def test_part_that_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilots_and_what_only_they_use_are_left_out(client, status):
    before = addresses(client)
    factories.PublishedPilotFactory(status=status)
    factories.PartnerFactory()
    factories.AuthorityFactory()
    assert addresses(client) == before
    shown = factories.PublishedPilotFactory()
    assert addresses(client).keys() > {*before, shown.get_absolute_url()}
