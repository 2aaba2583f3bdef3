"""Addresses as others change them lead on to the page that was meant, in one step, where there is one."""

from urllib.parse import unquote_to_bytes

import pytest
from django.urls import reverse

from pilots import workflow
from pilots.models import FormerSlug
from tests.cached_content import cached_content, rows_for_a_module
from tests.factories import PilotFactory, PublishedPilotFactory, UserFactory
from tests.test_hostile import VALUES

pytestmark = pytest.mark.django_db
# Addresses are read in Python; tests/test_hostile.py asks for any path on both.
DATABASES = ("sqlite",)


@pytest.fixture(autouse=True, scope="module")
def _malaga(django_db_setup, django_db_blocker):
    with rows_for_a_module(django_db_blocker):
        pilot = PublishedPilotFactory(slug="malaga", authority__slug="malaga-city", authority__country="ES")
        FormerSlug.objects.remember(pilot, old="city-of-malaga")
        PilotFactory(slug="secret", title="Hush")
        with cached_content():
            yield


def ask(client, address, method="GET"):
    """The answer to an address as a server hands it on; the client would read “//” as a host."""
    path, _sign, query = address.partition("?")
    return client.generic(method, "/", PATH_INFO=unquote_to_bytes(path).decode("latin-1"), QUERY_STRING=query)


def leads(client, address):
    """Where an address leads, having seen that a page is there."""
    response = ask(client, address)
    assert response.status_code == 301, address
    assert client.get(response["Location"]).status_code == 200
    return response["Location"]


@pytest.mark.parametrize(
    "end",
    [".", ",", ")", ").", "%E2%80%9D", "%e2%80%a6", "%C2%A0", "%2C", "%20", "/index.html", "%3E", "%22", "/", "%5C"],
)
def test_what_stands_behind_an_address_leads_on(client, end):
    assert leads(client, f"/pilots/malaga/{end}") == "/pilots/malaga/"
    assert leads(client, f"/pilots/malaga{end}") == "/pilots/malaga/" if end != "/" else True
    assert leads(client, f"/about/{end}") == "/about/"


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        *[("/Pilots/", "/pilots/"), ("/pilots/Malaga/", "/pilots/malaga/"), ("//pilots/", "/pilots/")],
        *[("/pilots/m%C3%A1laga/", "/pilots/malaga/"), ("/pilots/ma%CC%81laga", "/pilots/malaga/")],
        *[("/pilots//malaga", "/pilots/malaga/"), ("/AUTHORITIES/Malaga-City).", "/authorities/malaga-city/")],
        *[("/pilots/?page=1.", "/pilots/?page=1"), ("/pilots/?country=ES%E2%80%9D", "/pilots/?country=ES")],
        *[("/pilots/%3Fcountry=ES", "/pilots/?country=ES"), ("/pilots/malaga/%23texts", "/pilots/malaga/#texts")],
        *[("/Pilots/?country=ES&amp;utm_id=1&page=1", "/pilots/?country=ES&page=1"), ("/robots.txt.", "/robots.txt")],
        *[("/pilots/malaga/versions/,", "/pilots/malaga/versions/"), ("/index.html", "/"), ("/pilots", "/pilots/")],
    ],
)
def test_changed_address_leads_on(client, address, meant):
    assert leads(client, address) == meant


@pytest.mark.parametrize(
    "left",
    [
        *["&utm_source=x", "&amp;utm_source=x&fbclid=y", "&nbsp;", "<br>", "%3Cbr%20/%3E", "<br", "</a>", '">link</a>'],
        *["[1]", "%5B1%5D", "[]", "%u2026", "%u201d", "](https://example.org)", "|more", "*", "%2C%20see%20below"],
    ],
)
def test_what_programs_leave_behind_an_address_leads_on(client, left):
    for page in ("/pilots/malaga/", "/authorities/malaga-city/", "/partners/", "/about/"):
        assert leads(client, page.rstrip("/") + left) == page
    for address in (f"/pilots/secret{left}", f"/pilots/nobody{left}"):
        assert ask(client, address).status_code == 404


@pytest.mark.parametrize("left", ["<br>", "[1]", "%5B12%5D", "%u2026", "</a>"])
def test_what_programs_leave_behind_a_parameter_leads_on(client, left):
    assert leads(client, f"/pilots/?country=ES{left}") == "/pilots/?country=ES"
    assert leads(client, f"/pilots/malaga/{left}") == "/pilots/malaga/"


def test_parameters_without_their_question_mark_are_read(client):
    assert leads(client, "/pilots/&country=ES&fbclid=x") == "/pilots/?country=ES"


@pytest.mark.parametrize("address", ["/pilots/city-of-malaga", "/pilots/City-of-Malaga/.", "//pilots/city-of-malaga/)"])
def test_former_name_that_was_changed_leads_on_in_one_step(client, address):
    assert leads(client, f"{address}?keep=malaga&fbclid=1") == "/pilots/malaga/?keep=malaga"


def test_former_name_keeps_what_the_visitor_chose(client):
    assert leads(client, "/pilots/city-of-malaga/?country=ES&keep=malaga") == "/pilots/malaga/?country=ES&keep=malaga"


@pytest.mark.parametrize("end", [".", "”", "/", "/)", "/index.html"])
@pytest.mark.parametrize("slug", ["secret", "Secret", "nobody"])
def test_hidden_entry_is_answered_like_one_that_never_was(client, slug, end):
    for response in (ask(client, f"/pilots/{slug}{end}"), ask(client, f"//pilots/{slug}/")):
        assert response.status_code == 404
        assert b"Hush" not in response.content


@pytest.mark.parametrize(
    "address", ["/nowhere/.", "/pilots/?page=99.", "/pilots/?page=x", "/Nowhere", "/pilots/malaga/x/"]
)
def test_what_is_nothing_either_way_stays_what_it_was(client, address):
    assert ask(client, address).status_code in {400, 404}


@pytest.mark.parametrize(
    "path", ["//evil.example/", "/%5Cevil.example", "//evil.example/pilots/", "/%0d%0aLocation:%20//evil"]
)
@pytest.mark.parametrize("end", ["", ".", "/..", "?page=1."])
def test_no_location_leads_off_the_site(client, path, end):
    assert not ask(client, path + end).get("Location", "/").startswith(("//", "/\\", "http"))


def test_no_hostile_address_leads_off_the_site(client):
    for value in VALUES:
        for address in (
            f"//{value}",
            f"/pilots/{value}",
            f"//pilots/malaga/{value}",
            f"/pilots/?country=ES&page={value}",
        ):
            where = ask(client, address).get("Location", "/")
            assert where.startswith("/"), address
            assert not where.startswith(("//", "/\\")), address
            assert where.isprintable()


def test_tracking_is_dropped_in_silence(client):
    plain = client.get("/pilots/").content
    assert client.get("/pilots/?utm_source=news&fbclid=x&mc_cid=y").content == plain
    assert b"noindex" not in plain
    assert client.get("/pilots/?country=ES&amp;q=x").content == client.get("/pilots/?country=ES&q=x").content


def test_form_that_is_sent_to_a_changed_address_is_not_sent_on(client):
    assert client.post("/Pilots/").status_code != 301


def test_links_for_editors_lead_on_without_being_followed(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    page = reverse("admin:pilots_pilot_changelist")
    assert client.get(f"{page}.")["Location"] == page
    assert client.get("/Admin/")["Location"] == "/admin/"
    assert client.get("/admin/none/").status_code == 404
    assert client.get("/admin/login/?next=/admin/").get("Location") != "/admin/login/?next=/admin"


@pytest.mark.parametrize("row", ["-1", "_1", "' 1", "(1)"])
def test_address_for_editors_never_leads_to_another_row(client, row):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    response = client.get(f"/admin/pilots/pilot/{row}/change/")
    assert "/pilot/1/" not in response.get("Location", "")
    assert client.get("/Admin/pilots/pilot/1/change/.")["Location"] == "/admin/pilots/pilot/1/change/"


def test_head_is_answered_like_get(client):
    assert client.head("/Pilots/")["Location"] == "/pilots/"


def test_plain_address_that_is_not_there_is_asked_for_once(client, monkeypatch):
    asked = []
    monkeypatch.setattr("prepare_portal.mangled_addresses.asked_for", lambda _request, address: asked.append(address))
    assert client.get("/pilots/nobody/").status_code == 404
    assert asked == []


def test_changed_address_of_what_is_no_longer_public_leads_to_the_page_that_says_so(client, admin_user):
    workflow.archive(PublishedPilotFactory(slug="gone"), by=admin_user)
    for address in ("/pilots/gone/.", "/pilots/Gone", "//pilots/gone/"):
        response = ask(client, address)
        assert (response.status_code, response["Location"]) == (301, "/pilots/gone/")
    assert client.get("/pilots/gone/").status_code == 410
