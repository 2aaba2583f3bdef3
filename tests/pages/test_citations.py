"""Pages that say how to cite a pilot, a list and a shortlist: the same pilots in the same order, and no others."""

import html
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from pilots.citations import styles
from pilots.citations.files import FILES
from pilots.citations.styles import STYLES
from pilots.models import FormerSlug, Pilot
from tests.browse.thirty_pilots import make_thirty_pilots
from tests.factories import PilotFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot():
    since = datetime(2026, 5, 3, 12, tzinfo=UTC)
    return PublishedPilotFactory(slug="town", title="Cats & dogs", version=3, version_at=since)


def test_page_of_a_pilot_leads_to_its_citations_in_every_style_with_version_and_address(client, pilot):
    page = read(client.get("/pilots/town/"))
    assert "/pilots/town/cite/" in page.hrefs("/")
    said = html.unescape(client.get("/pilots/town/cite/").content.decode())
    texts = [element.raw for element in read(client.get("/pilots/town/cite/")).all("textarea")]
    assert len(texts) == len(STYLES)
    assert all("Version 3" in text and "2026" in text and "/pilots/town/" in text for text in texts)
    assert "version 3, public since 3 May 2026" in said
    assert "/pilots/town/versions/" in said


def test_page_of_a_pilot_has_tags_for_reference_managers(client, pilot):
    page = read(client.get("/pilots/town/"))
    tags = {one["name"]: one["content"] for one in page.all("meta") if one.get("name").startswith("citation_")}
    assert tags["citation_title"] == "Cats & dogs"
    assert tags["citation_author"] == "PREPARE pilots,"  # or Zotero takes it for a person
    assert tags["citation_publication_date"] == "2026/05/03"
    assert tags["citation_technical_report_number"] == "Version 3"
    assert tags["citation_public_url"].endswith("/pilots/town/")
    files = [one["href"] for one in page.all("link") if one.get("rel") == "alternate" and one.get("type")]
    assert files == ["/api/v1/pilots/town/", *(f"/pilots/town.{end}" for end in FILES)]
    assert {client.get(address).status_code for address in files} == {200}


def test_preview_of_a_draft_has_none_of_it(client):
    PilotFactory(slug="draft", published_at=None)
    assert client.get("/pilots/draft/cite/").status_code == 404


def test_page_of_a_list_shows_the_first_and_says_how_many_the_files_hold(client):
    make_thirty_pilots()
    page = read(client.get("/cite/?sort=-place"))
    (text,) = [one.raw for one in page.all("textarea")]
    assert text.count("/pilots/pilot-") == 20
    assert text.index("pilot-29") < text.index("pilot-28")
    assert "The first 20 as text; the files hold all 30." in page.one("main").text
    assert "/pilots.ris?sort=-place" in page.hrefs("/pilots.ris")


def test_style_is_kept_with_the_filter(client, pilot):
    page = read(client.get("/cite/?q=dogs&style=iso690"))
    assert "PREPARE PILOTS, 2026." in page.one("textarea").raw
    links = page.one("main").hrefs("/cite/")
    assert links == ["/cite/?q=dogs", *(f"/cite/?q=dogs&style={key}" for key in list(STYLES)[1:])]


def test_shortlist_is_cited_in_its_order(client):
    for slug in ("one", "two", "three"):
        PublishedPilotFactory(slug=slug)
    assert "/shortlist/cite/?keep=three&keep=one" in html.unescape(
        client.get("/shortlist/?keep=three&keep=one").content.decode()
    )
    text = read(client.get("/shortlist/cite/?keep=three&keep=one")).one("textarea").raw
    assert text.index("/pilots/three/") < text.index("/pilots/one/")
    assert "two" not in text


def test_former_address_leads_on_and_what_is_gone_says_so(client, pilot):
    FormerSlug.objects.remember(pilot, old="before")
    assert client.get("/pilots/before/cite/")["Location"] == "/pilots/town/cite/"
    Pilot.objects.filter(pk=pilot.pk).update(status="draft", published_at=timezone.now())
    assert client.get("/pilots/town/cite/").status_code == 410


def test_edit_elsewhere_makes_no_citation_anew(client, pilot):
    for address in ("/cite/", "/pilots/town/cite/"):
        client.get(address)
    made = styles._citation.cache_info().misses
    PublishedPilotFactory(slug="other", authority__country="NL")
    pilot.refresh_from_db()
    client.get("/pilots/town/cite/")
    assert styles._citation.cache_info().misses == made
    assert "other" in client.get("/cite/").content.decode()
    assert styles._citation.cache_info().misses == made + 1
