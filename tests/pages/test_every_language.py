"""What holds on every public page in every language."""

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import activate

from prepare_portal.languages import in_language, language_of
from tests import factories
from tests.cached_content import cached_content
from tests.pages import addresses
from tests.pages.reading import read
from tests.translated import translate_titles
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

SITE = "http://127.0.0.1:8000"
NAMES = {"en": "English", "fr": "Français", "es": "Español", "nl": "Nederlands", "sv": "Svenska"}
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
EVERY = pytest.mark.parametrize("language", OTHERS)
# At the root alone, and linked to from pages of every language.
FOR_MACHINES = ("/api/v1/", "/data.", "/data/vocabularies.", "/sitemap.xml")


@EVERY
def test_every_page_is_there_in_its_language_and_leads_to_others_in_it(language):
    client = visitor()
    for address in addresses.page_addresses():
        path = in_language(address, language)
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Language"]) == (200, language), path
        page = read(answer)
        assert page.one("html")["lang"] == language
        links = [link for link in page.all("a") if link.get("href").startswith("/") and not link.get("hreflang")]
        assert {language_of(link["href"]) for link in links if not link["href"].startswith(FOR_MACHINES)} == {
            language
        }, path


# The way from one language to the others


@pytest.fixture(scope="module")
def pages(nine_pilots, django_db_blocker):
    """Every page in English, read once."""
    client = visitor()
    with django_db_blocker.unblock():
        return {path: read(client.get(path)) for path in [*addresses.page_addresses(), "/nowhere/", "/pilots/?page=x"]}


def links(page):
    return {link["hreflang"]: link for link in page.one("nav", class_="languages").all("a")}


def test_every_page_names_the_five_languages_each_in_its_own(pages):
    for path, page in pages.items():
        found = links(page)
        assert {code: link.text for code, link in found.items()} == NAMES, path
        assert [link["lang"] for link in found.values()] == list(NAMES)
        assert [link.get("aria-current") for link in found.values()] == ["true", "", "", "", ""]


def test_switch_keeps_all_that_was_chosen(pages):
    for path, page in pages.items():
        place, _mark, query = path.partition("?")
        for code, link in links(page).items():
            address, _mark, kept = link["href"].partition("?")
            assert address == in_language(place, code)
            assert sorted(parse_qsl(kept)) == sorted(parse_qsl(query)), path


def test_switch_leads_back_from_every_language(client):
    for language in OTHERS:
        found = links(read(client.get(f"/{language}/pilots/?country=FR&country=NL&q=jóvenes&keep=avignon")))
        assert found[language]["aria-current"] == "true"
        assert found["en"]["href"] == "/pilots/?country=FR&country=NL&keep=avignon&q=j%C3%B3venes"


def test_spelling_of_an_address_does_not_show_in_a_page_that_all_share(client):
    spellings = [client.get(f"/fr/pilots/?{query}").content for query in ("q=a%20b&country=FR", "country=FR&q=a+b")]
    assert spellings[0] == spellings[1]


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "/fr//evil.example/",
        "/fr/\\evil.example",
        '/fr/"><script>',
        "/%0d%0a",
        "/fr/%2f%2fevil.example",
    ],
)
def test_no_address_makes_the_switch_lead_to_another_site(client, path):
    answer = client.get(path)
    if answer.status_code == 404:
        for link in links(read(answer)).values():
            assert urlsplit(urljoin("https://pilots.example.org/", link["href"])).netloc == "pilots.example.org"
            assert '"' not in link["href"]


def test_way_on_after_logging_in_changes_its_language_too(client):
    found = links(read(client.get("/fr/admin/login/?next=/fr/admin/pilots/pilot/%3Fq%3Da")))
    assert found["nl"]["href"] == "/nl/admin/login/?next=%2Fnl%2Fadmin%2Fpilots%2Fpilot%2F%3Fq%3Da"


def test_admin_has_the_switch_on_every_page(admin_client):
    for path in ("/admin/", "/sv/admin/pilots/pilot/?q=training", "/sv/admin/pilots/pilot/add/"):
        found = links(read(admin_client.get(path)))
        assert {code: link.text for code, link in found.items()} == NAMES
        assert found["nl"]["href"] == "/nl" + path.removeprefix("/sv")


# For search engines


def alternates(page):
    return {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate") if link.get("hreflang")}


def is_indexed(page):
    return not any("noindex" in meta["content"] for meta in page.all("meta", name="robots"))


def test_pages_for_search_engines_name_the_same_page_in_every_language(client, pages):
    translate_titles()
    for path in pages:
        page = read(client.get(path))
        if "?" in path or not is_indexed(page):
            assert alternates(page) == {}, path
            continue
        assert alternates(page) == {
            **{code: SITE + in_language(path, code) for code in NAMES},
            "x-default": SITE + path,
        }


def test_pages_that_name_each_other_agree(client):
    translate_titles()
    for path in ("/", "/pilots/", "/pilots/avignon/", "/partners/", "/countries/NL/", "/glossary/", "/about/"):
        english = alternates(read(client.get(path)))
        for language in OTHERS:
            page = read(client.get(in_language(path, language)))
            assert alternates(page) == english
            assert page.one("link", rel="canonical")["href"] == SITE + in_language(path, language)


def test_previews_of_links_name_the_languages(client):
    page = read(client.get("/fr/pilots/avignon/"))
    assert page.one("meta", property="og:locale")["content"] == "fr_FR"
    others = {meta["content"] for meta in page.all("meta", property="og:locale:alternate")}
    assert others == {"en_GB", "es_ES", "nl_NL", "sv_SE"}


def test_phones_get_the_portal_in_their_language(client):
    said = client.get("/fr/manifest.webmanifest").json()
    assert (said["lang"], said["start_url"], said["scope"]) == ("fr", "/fr/", "/fr/")


def test_things_have_one_name_in_the_data_of_all_languages(client):
    def known_as(path):
        return {
            name for name in re.findall(r'"@id":"([^"]+)"', client.get(path).content.decode()) if "#report" not in name
        }

    for path in ("/pilots/avignon/", "/partners/efus/", "/authorities/the-hague/", "/activities/training/", "/"):
        assert known_as(path) == known_as("/fr" + path)


def test_archive_is_the_same_whoever_asks_for_it_first(client, tmp_path, settings):
    archives = []
    for language, folder in (("en", "a"), ("fr", "b")):
        settings.ARCHIVE_DIR = tmp_path / folder
        client.get(in_language("/data/", language))
        archives.append(b"".join(client.get("/data.zip")))
    assert archives[0] == archives[1]


# What holds in English holds in the others

LISTED = ("/", "/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/authorities/", "/glossary/", "/api/")
OF_HIDDEN = ("/pilots/secret/", "/authorities/secret-town/", "/partners/secret-partner/", "/countries/EE/")


def without_version(answer):
    """What an answer says, without the number of the content, which each state here has of its own."""
    return answer.status_code, re.sub(rb"\b4\d{15}\b", b"", answer.content)


def test_hidden_pilot_changes_nothing_in_another_language(client):
    paths = [
        in_language(path, "sv")
        for path in (*LISTED, *OF_HIDDEN, "/pilots/?q=secret", "/pilots.csv", "/pilots.atom", "/suggest/?q=secret")
    ]
    with cached_content():
        before = {path: client.get(path) for path in paths}
    activate("en")  # entries are written in it first
    hidden = factories.PilotFactory(
        slug="secret",
        title="Secret title",
        authority=factories.AuthorityFactory(slug="secret-town", name="Secret", place="Secret", country="EE"),
        partners=[factories.PartnerFactory(slug="secret-partner", name="Secret")],
    )
    hidden.create_translation("sv", title="Secret titel", summary="Secret")
    factories.LessonFactory(pilot=hidden, text="Secret lesson")
    with cached_content():
        after = {path: client.get(path) for path in paths}
    assert [path for path in paths if without_version(after[path]) != without_version(before[path])] == []
    assert {before[in_language(path, "sv")].status_code for path in OF_HIDDEN} == {404}


@pytest.mark.parametrize("path", ["/pilots/", "/pilots/avignon/", "/lessons/", "/map/", "/partners/", "/compare/"])
def test_page_takes_as_many_queries_in_every_language(client, path):
    counted = {}
    for language in ("en", "fr", "sv"):
        client.get(in_language(path, language))  # reads what is then kept in this language
        with CaptureQueriesContext(connection) as queries:
            client.get(in_language(path, language))
        counted[language] = len(queries)
    assert len(set(counted.values())) == 1, counted
