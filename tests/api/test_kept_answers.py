"""Answers of the API are kept like pages: made once for each version of the content."""

import pytest
from django.test import Client
from rest_framework.serializers import Serializer

from pilots.api.entries import Entry
from pilots.models import Pilot
from prepare_portal import page_cache
from prepare_portal.page_cache import Pages
from tests.api.asking import read
from tests.factories import PublishedPilotFactory

# Without a transaction around: inside one, nothing is kept.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(settings, monkeypatch):
    """A visitor of the whole site with an empty cache."""
    settings.MIDDLEWARE = ["prepare_portal.page_cache.PageCache", *settings.MIDDLEWARE]
    monkeypatch.setattr(page_cache, "pages", Pages())
    monkeypatch.setattr(page_cache, "GOOD_FOR", 0)
    return Client(headers={"host": "127.0.0.1"})


def test_answer_holds_until_the_content_changes(client, django_assert_max_num_queries):
    pilot = PublishedPilotFactory(slug="here", title="First")
    first = client.get("/api/v1/pilots/")
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    with django_assert_max_num_queries(1):
        again = client.get("/api/v1/pilots/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    pilot.translations.update(title="Second")
    changed = client.get("/api/v1/pilots/", headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, b"Second" in changed.content) == (200, True)


def test_answer_made_for_one_who_polls_with_a_tag_is_kept(client, django_assert_max_num_queries):
    PublishedPilotFactory(slug="here")
    tag = client.get("/api/v1/pilots/")["ETag"]
    page_cache.pages.items.clear()
    for most in (100, 1):
        with django_assert_max_num_queries(most):
            assert client.get("/api/v1/pilots/", headers={"if-none-match": tag}).status_code == 304


def test_each_language_and_moment_is_kept_apart(client):
    PublishedPilotFactory(title="English").create_translation("fr", title="Titre")
    for query, title in (("?lang=fr", b"Titre"), ("", b"English"), ("?updated_after=2100-01-01", b'"total":0')):
        for _turn in range(2):
            assert title in client.get(f"/api/v1/pilots/{query}").content


def test_error_is_not_kept(client):
    assert client.get("/api/v1/pilots/?country=EE").status_code == 400
    PublishedPilotFactory(authority__country="EE")
    assert client.get("/api/v1/pilots/?country=EE").status_code == 200


def test_pages_tell_by_the_version_of_the_content_that_something_changed_between_them(client):
    for number in range(13):
        PublishedPilotFactory(slug=f"pilot-{number:02}")
    first = client.get("/api/v1/pilots/").json()
    assert client.get("/api/v1/pilots/?page=2").json()["content_version"] == first["content_version"]
    Pilot.objects.filter(slug="pilot-00").update(status="draft")
    assert client.get("/api/v1/pilots/").json()["content_version"] > first["content_version"]


def test_what_is_said_of_a_pilot_is_made_once_for_each_language(monkeypatch):
    PublishedPilotFactory(slug="here", title="English").create_translation("fr", title="Titre")
    made, usual = [], Serializer.to_representation

    def counted(self, instance):
        made.extend([instance] if isinstance(instance, Entry) else [])
        return usual(self, instance)

    monkeypatch.setattr(Serializer, "to_representation", counted)
    for query, title in (("", "English"), ("?lang=fr", "Titre")):
        for _turn in range(2):
            assert read(f"pilots/{query}")["results"][0]["title"]["text"] == title
            assert read(f"pilots/here/{query}")["title"]["text"] == title
    assert len(made) == 2


@pytest.mark.parametrize("address", ["pilots/", "pilots/here/", "", "openapi.json", "vocabularies/"])
def test_answer_has_its_tag_without_the_page_cache_too(client, settings, address):
    PublishedPilotFactory(slug="here")
    kept = client.get(f"/api/v1/{address}")
    settings.MIDDLEWARE = settings.MIDDLEWARE[1:]
    made = Client(headers={"host": "127.0.0.1"})
    first = made.get(f"/api/v1/{address}")
    assert first["ETag"].removeprefix("W/") == kept["ETag"].removeprefix("W/")
    again = made.get(f"/api/v1/{address}", headers={"if-none-match": kept["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    compressed = made.get(f"/api/v1/{address}", headers={"accept-encoding": "br"})
    assert compressed["ETag"] == "W/" * ("Content-Encoding" in compressed) + first["ETag"]
    PublishedPilotFactory(slug="there")
    assert made.get("/api/v1/pilots/", headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/pilots/here/", "/pilots.csv"])
def test_who_has_an_answer_of_this_version_is_sent_nothing_though_nobody_asked_before(client, monkeypatch, address):
    monkeypatch.setattr("pilots.exports.answers.MOST_WHOLE", 0)  # a long file, which is not kept in memory
    PublishedPilotFactory(slug="here")
    tag = client.get(address)["ETag"]
    monkeypatch.setattr(page_cache, "pages", Pages())
    again = client.get(address, headers={"if-none-match": tag})
    assert (again.status_code, b"".join(again)) == (304, b"")
