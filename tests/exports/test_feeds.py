"""Feeds of any filter: stable ids and times, what changed in a sentence, never what was said before."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from pilots.exports import feed_entries
from pilots.exports.feed_writers import Feed, FeedEntry, to_atom
from pilots.index.terms import Terms
from pilots.models import Pilot, Revision
from pilots.models.content import read_content
from tests.browse.thirty_pilots import make_thirty_pilots
from tests.exports.reading_files import as_json, body
from tests.pages.reading import read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(address: str) -> ET.Element:
    return ET.fromstring(body(address))


@pytest.fixture
def changed_pilot() -> Pilot:
    """Avignon, whose third version changed its results and added a lesson."""
    pilot = Pilot.objects.get(slug="avignon")
    said = read_content(pilot)
    before = {**said, "texts": {"en": {**said["texts"]["en"], "results": "secret words"}}, "lessons": {}}
    for version, content in ((2, before), (3, said)):
        Revision.objects.create(
            entry_id=pilot.pk, row=pilot.pk, edit_count=version, version=version, kind="published", content=content,
            note="secret reason", actor_name="secret", at=datetime(2027, 5, version, tzinfo=UTC),
        )  # fmt: skip
    Pilot.objects.filter(pk=pilot.pk).update(version=3, version_at=datetime(2027, 5, 3, tzinfo=UTC))
    return pilot


def test_both_feeds_have_the_pilots_that_match():
    titles = [entry.findtext(f"{ATOM}title") for entry in atom("/pilots.atom?country=NL").iter(f"{ATOM}entry")]
    items = as_json("/pilots.feed.json?country=NL")["items"]
    assert titles == [item["title"] for item in items]
    assert [item["url"].split("/")[-2] for item in items] == ["rotterdam", "the-hague"]


def test_feed_says_of_itself_what_it_is_and_what_may_be_reused():
    found, said = atom("/pilots.atom?country=NL"), as_json("/pilots.feed.json?country=NL")
    links = {link.get("rel"): link.get("href") for link in found.findall(f"{ATOM}link")}
    assert links["self"].endswith("/pilots.atom?country=NL")
    assert links["alternate"].endswith("/pilots/?country=NL")
    assert found.findtext(f"{ATOM}rights").endswith("/about/#reuse")
    assert said["version"] == "https://jsonfeed.org/version/1.1"
    assert said["feed_url"].endswith("/pilots.feed.json?country=NL")
    assert said["title"] == found.findtext(f"{ATOM}title") == "PREPARE pilots: country Netherlands"


@pytest.mark.parametrize("spelling", ["country=NL&country=FR", "country=%4E%4C&country=FR&utm_source=x"])
def test_feed_has_one_address_however_it_was_asked_for(spelling):
    address = as_json(f"/pilots.feed.json?{spelling}")["feed_url"]
    assert address.endswith("/pilots.feed.json?country=FR&country=NL")


def test_change_is_told_by_the_names_of_parts_and_never_by_former_words(changed_pilot):
    for address in ("/pilots.atom", "/pilots.feed.json"):
        said = body(address)
        assert b"secret" not in said
        assert b"Version 3 of 3 May 2027. What is not as before: Results (changed)" in said
        assert b"Lesson" in said


def test_id_stays_when_address_title_and_version_change(changed_pilot):
    before = as_json("/pilots.feed.json?country=FR")["items"][0]
    Pilot.objects.filter(pk=changed_pilot.pk).update(
        slug="aa-elsewhere", version=4, version_at=datetime(2027, 6, 1, tzinfo=UTC)
    )
    after = next(item for item in as_json("/pilots.feed.json?country=FR")["items"] if "aa-elsewhere" in item["url"])
    assert after["id"] == before["id"]
    assert (before["date_modified"], after["date_modified"]) == (
        "2027-05-03T00:00:00+00:00",
        "2027-06-01T00:00:00+00:00",
    )
    assert after["date_published"] == before["date_published"]


def test_feed_has_those_that_changed_last_in_the_order_of_the_list(monkeypatch, changed_pilot):
    monkeypatch.setattr(feed_entries, "MOST_ENTRIES", 1)
    assert [item["url"].split("/")[-2] for item in as_json("/pilots.feed.json?country=FR")["items"]] == ["avignon"]


def test_pilot_from_before_there_were_versions_counts_by_its_publication(monkeypatch):
    monkeypatch.setattr(feed_entries, "MOST_ENTRIES", 1)
    Pilot.objects.filter(slug="malaga").update(
        version=0, version_at=None, published_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    (item,) = as_json("/pilots.feed.json")["items"]
    assert (item["url"].split("/")[-2], item["date_modified"]) == ("malaga", "2027-01-01T00:00:00+00:00")


def test_feed_of_nothing_changed_when_visitors_last_saw_a_pilot_change_or_go():
    empty = "/pilots.atom?country=FR&partner=denkzeit"
    assert as_json("/pilots.feed.json?country=FR&partner=denkzeit")["items"] == []
    Pilot.objects.filter(slug="malaga").update(public_change_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert atom(empty).findtext(f"{ATOM}updated") == "2027-01-01T00:00:00+00:00"
    Pilot.objects.filter(slug="avignon").update(status="draft", public_change_at=datetime(2027, 2, 1, tzinfo=UTC))
    assert atom(empty).findtext(f"{ATOM}updated") == "2027-02-01T00:00:00+00:00"
    Pilot.objects.update(status="draft", published_at=None)
    assert atom("/pilots.atom").findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_entry_says_in_which_language_its_title_and_each_paragraph_is():
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    entry = FeedEntry("key", "https://p.org/a", "Titre", "New entry.", "Nederlands", "fr", "nl", moment, moment)
    terms = Terms("None.", "https://p.org/terms")
    made = Feed("https://p.org/f", "https://p.org/", "Title", "About", "Author", "en", terms, moment, [entry])
    written = ET.fromstring(to_atom(made))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    found = written.find(f"{ATOM}entry")
    assert (written.get(lang), found.get(lang)) == ("en", "fr")
    assert re.findall('<p lang="(..)">', found.findtext(f"{ATOM}summary")) == ["en", "nl"]


@pytest.mark.parametrize("address", ["/pilots.atom", "/pilots.feed.json"])
def test_feed_of_many_takes_few_queries_and_is_shown_by_browsers(address, django_assert_max_num_queries):
    make_thirty_pilots()
    with django_assert_max_num_queries(20):
        response = visitor().get(address)
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("query", ["country=XX", "colour=red"])
def test_what_a_page_leaves_out_is_refused(query):
    assert visitor().get(f"/pilots.atom?{query}").status_code == 400


def test_head_of_the_list_names_its_feeds_and_people_see_them():
    page = read(visitor().get("/pilots/?country=NL&keep=avignon&page=1"))
    named = {link["type"]: link["href"] for link in page.all("link", rel="alternate")}
    assert named == {
        "application/atom+xml": "/pilots.atom?country=NL",
        "application/feed+json": "/pilots.feed.json?country=NL",
    }
    assert {*named.values()} <= {*page.hrefs("/pilots.")}


@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        ("/lessons/?kind=method&country=NL&per_page=48&keep=avignon", "/lessons.{}?kind=method&country=NL"),
        ("/matrix/?rows=stage&country=NL", "/pilots.{}?country=NL"),
        ("/map/?country=NL", "/pilots.{}?country=NL"),
    ],
)
def test_head_of_other_pages_names_feeds_that_answer(address, feeds):
    page = read(visitor().get(address))
    found = {link["href"]: visitor().get(link["href"]).status_code for link in page.all("link", rel="alternate")}
    assert found == {feeds.format(end): 200 for end in ("atom", "feed.json")}
