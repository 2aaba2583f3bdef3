"""The language of an answer is that of its address, and nothing else has a say in it."""

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils.translation import activate, override

from prepare_portal import page_cache
from prepare_portal.languages import in_language, is_admin, language_of, without_language
from prepare_portal.page_cache import Pages
from tests.factories import PublishedPilotFactory, UserFactory
from tests.pages.reading import read

OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
EVERY = pytest.mark.parametrize("language", OTHERS)
FOR_MACHINES = (
    *("livez", "readyz", "robots", "sitemap", "security-txt", "favicon", "touch-icon", "api-root", "api-openapi"),
    *("data-zip", "data-turtle", "data-json-ld", "data-vocabularies-turtle", "data-vocabularies-json-ld"),
)


@pytest.mark.parametrize(
    ("path", "language", "english"),
    [
        ("/", "en", "/"),
        ("/fr/", "fr", "/"),
        ("/fr", "fr", "/"),
        ("/sv/pilots/avignon/", "sv", "/pilots/avignon/"),
        ("/france/", "en", "/france/"),
        ("/en/pilots/", "en", "/en/pilots/"),
        ("/FR/", "en", "/FR/"),
        ("/pilots/fr/", "en", "/pilots/fr/"),
        ("//fr/", "en", "//fr/"),
    ],
)
def test_first_part_of_a_path_tells_its_language(path, language, english):
    assert language_of(path) == language
    assert without_language(path) == english


def test_path_in_another_language_leads_back():
    for language in OTHERS:
        assert in_language("/pilots/", language) == f"/{language}/pilots/"
        assert in_language(f"/{language}/pilots/", "en") == "/pilots/"
        assert in_language(f"/{language}/", "nl") == "/nl/"


def test_admin_is_known_in_every_language():
    assert all(is_admin(in_language("/admin/pilots/", language)) for language in ("en", *OTHERS))
    assert not any(map(is_admin, ["/administrators/", "/fr/admins/", "/de/admin/", "/fr//admin/", "/fr/pilots/admin/"]))


@EVERY
@pytest.mark.django_db
def test_addresses_for_machines_are_at_the_root_alone(client, language):
    with override(language):
        paths = [reverse(name) for name in FOR_MACHINES]
    assert {language_of(path) for path in paths} == {"en"}
    assert {client.get(f"/{language}{path}").status_code for path in paths} == {404}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/fr", "/fr/"),
        ("/FR/", "/fr/"),
        ("/Fr/pilots/?country=FR", "/fr/pilots/?country=FR"),
        ("/en/", "/"),
        ("/EN", "/"),
        ("/en/pilots/?country=FR", "/pilots/?country=FR"),
        ("/en/admin/", "/admin/"),
        ("/fr/pilots", "/fr/pilots/"),
        ("/fr/Pilots/).", "/fr/pilots/"),
        ("/FR/ADMIN/", "/fr/admin/"),
    ],
)
def test_mistyped_language_leads_on_in_one_step(client, asked, meant):
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, meant)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/de/", "/fr/fr/", "/fr/en/pilots/", "/fr/api/v1/", "/en/de/", "/fr//evil.example"])
def test_what_is_no_language_is_nothing(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/fr/", "/pilots/", "/sv/about/", "/admin/", "/nl/admin/login/", "/es/nowhere/"])
@pytest.mark.parametrize("wished", ["sv", "fr-CA,fr;q=0.9", "*", "x" * 9000])
def test_wishes_of_browsers_change_nothing(path, wished):
    plain = Client().get(path)
    cookies = Client(headers={"accept-language": wished})
    cookies.cookies["django_language"] = "es"
    answer = cookies.get(path)
    assert answer.status_code == plain.status_code
    assert answer.get("Location") == plain.get("Location")
    assert answer["Content-Language"] == plain["Content-Language"] == language_of(path)
    assert "Accept-Language" not in answer.get("Vary", "")


@pytest.mark.django_db
def test_thread_keeps_nothing_of_the_page_before(client):
    english = client.get("/about/").content
    client.get("/fr/about/")
    assert client.get("/about/").content == english
    activate("sv")
    assert client.get("/about/").content == english


ERRORS = {
    "/{}/nowhere/": 404,
    "/{}/pilots/?page=x": 400,
    "/{}/pilots/?q=%00": 400,
    "/{}/pilots/none/": 404,
}


@EVERY
@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), ERRORS.items())
def test_errors_speak_the_language_of_the_address(client, path, status, language):
    answer = client.get(path.format(language))
    assert (answer.status_code, answer["Content-Language"]) == (status, language)
    page = read(answer)
    assert page.one("html")["lang"] == language
    assert page.one("a", class_="wordmark")["href"] == f"/{language}/"


@EVERY
@pytest.mark.parametrize("method", ["POST", "PUT", "PROPFIND"])
def test_method_that_no_page_has_is_refused_without_the_database(client, language, method):
    answer = client.generic(method, f"/{language}/pilots/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert read(answer).one("html")["lang"] == language


@EVERY
@pytest.mark.django_db
def test_database_that_is_away_is_told_in_the_language(client, language, monkeypatch):
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    answer = client.get(f"/{language}/pilots/")
    assert (answer.status_code, answer["Retry-After"], answer["Content-Language"]) == (503, "60", language)
    assert client.get(f"/{language}/privacy/").status_code == 200


def away(*_args, **_kwargs):
    raise OperationalError("gone")


# The admin


@EVERY
@pytest.mark.django_db
def test_editor_logs_in_and_stays_in_the_language(language):
    editor = UserFactory(is_staff=True, is_superuser=True)
    editor.set_password("a long password of an editor")
    editor.save()
    client = Client()
    login = client.get(f"/{language}/admin/")
    assert login["Location"] == f"/{language}/admin/login/?next=/{language}/admin/"
    page = client.get(login["Location"])
    assert page["Content-Security-Policy"].startswith("default-src 'self'")
    assert "no-store" in page["Cache-Control"]
    sent = {"username": editor.username, "password": "a long password of an editor", "next": f"/{language}/admin/"}
    assert client.post(login["Location"], sent)["Location"] == f"/{language}/admin/"
    first = client.get(f"/{language}/admin/")
    assert read(first).one("html")["lang"] == language
    assert client.get("/admin/").status_code == 200  # one session for all languages
    assert client.get(f"/{language}/admin/jsi18n/").status_code == 200


@EVERY
def test_bodies_have_the_same_limits_in_every_language(client, language):
    for path, size in (("admin/login/", 20_000), ("pilots/", 1), ("admin/pilots/pilot/1/change/", 4_000_000)):
        answer = client.generic("POST", f"/{language}/{path}", CONTENT_LENGTH=str(size))
        assert answer.status_code == (405 if path == "pilots/" else 413)


# The caches


@pytest.fixture
def cached(settings, monkeypatch):
    """A visitor of the whole site with its page cache, which is empty."""
    first, *others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [first, "prepare_portal.page_cache.PageCache", *others]
    monkeypatch.setattr(page_cache, "pages", Pages())
    monkeypatch.setattr(page_cache, "GOOD_FOR", 0)
    return Client(headers={"host": "127.0.0.1"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/", "/pilots/", "/pilots/avignon/", "/about/", "/pilots.csv", "/pilots.atom"])
def test_page_cache_never_sends_another_language(cached, path):
    PublishedPilotFactory(slug="avignon")
    languages = ("en", *OTHERS)
    fresh = {language: cached.get(in_language(path, language)) for language in languages}
    for language in reversed(languages):
        again = cached.get(in_language(path, language))
        assert again.content == fresh[language].content
        assert again["Content-Language"].split(", ")[0] == language  # a table names the languages of its columns, too
        assert again["Vary"] == "Accept-Encoding"
    assert sum(in_language(path, language) in key for language in languages for key in page_cache.pages.items) == 5


@pytest.mark.django_db
def test_api_names_the_language_that_was_asked_for(client):
    PublishedPilotFactory(slug="avignon")
    for query, language in (("", "en"), ("?lang=fr", "fr")):
        for path in ("/api/v1/pilots/", "/api/v1/pilots/avignon/"):
            answer = client.get(path + query)
            assert answer["Content-Language"] == language
            assert in_language("/pilots/avignon/", language) + '"' in answer.content.decode()
