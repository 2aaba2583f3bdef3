"""The sitemap: entries and their values only, public ones only, in parts."""

import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilots.models import Pilot
from pilots.sitemaps import EntrySitemap
from prepare_portal.languages import LANGUAGES, in_language, without_language
from tests import factories, facts
from tests.nine_pilots import OPTIONS
from tests.translated import translate_titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def translated(nine_pilots):
    """The nine pilots, which everybody may find in each language."""
    translate_titles()


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


ADDRESSES = {in_language(entry, language) for entry in ENTRIES for language in LANGUAGES}


def test_entries_in_every_language_and_nothing_else(client):
    assert set(addresses(client)) == ADDRESSES


def test_each_address_names_the_same_entry_in_every_language(client):
    tree = ET.fromstring(client.get("/sitemap-pilots.xml").content)
    for row in tree:
        own = row.findtext(f"{NAMESPACE}loc", "").removeprefix("http://testserver")
        named = {link.get("hreflang"): link.get("href") for link in row.iter(f"{XHTML}link")}
        assert named == {
            **{language: "http://testserver" + in_language(own, language) for language in LANGUAGES},
            "x-default": "http://testserver" + without_language(own),
        }


def test_a_file_takes_the_same_steps_however_many_languages_and_files_there_are(client, monkeypatch):
    client.get("/sitemap-pilots.xml")  # reads what is kept for all
    with CaptureQueriesContext(connection) as whole:
        client.get("/sitemap-pilots.xml")
    monkeypatch.setattr(EntrySitemap, "limit", 4)
    with CaptureQueriesContext(connection) as part:
        client.get("/sitemap-pilots.xml?p=2")
    assert len(part) == len(whole)
    assert any("LIMIT 4" in query["sql"] for query in part.captured_queries)


def test_pilots_tell_when_they_were_changed_and_their_part_when_the_last_was(client):
    changed = addresses(client)
    assert all(bool(time) == ("/pilots/" in address) for address, time in changed.items())
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
    assert set(addresses(client)) == ADDRESSES


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
