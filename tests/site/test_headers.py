"""Every answer carries the security headers; visitors get no cookie; nothing leads off the site."""

import pytest
from django.contrib.auth.models import User
from django.templatetags.static import static
from django.test import Client

from prepare_portal.security_headers import HEADERS
from tests import visitors
from tests.factories import PublishedPilotFactory, UserFactory
from tests.pages import addresses
from tests.pages.reading import body

pytestmark = pytest.mark.django_db
# Headers are set by the same Python.
DATABASES = ("sqlite",)

PUBLIC = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "same-origin",
}


def fail(*_args, **_others):
    raise RuntimeError("on purpose")


@pytest.fixture
def visitor(client):
    """A visitor who sees error pages instead of their reasons."""
    client.raise_request_exception = False
    return client


ANSWERS = {
    "200": lambda visitor: visitor.get("/"),
    "301": lambda visitor: visitor.get("/pilots"),
    "200 icon": lambda visitor: visitor.get("/favicon.ico"),
    "400": lambda visitor: visitor.get("/pilots/?page=x"),
    "400 NUL": lambda visitor: visitor.get("/pilots/?q=%00"),
    "400 host": lambda visitor: visitor.get("/", headers={"host": "evil.example"}),
    "403": lambda _visitor: Client(enforce_csrf_checks=True).post("/admin/login/"),
    "404": lambda visitor: visitor.get("/nowhere/"),
    "405": lambda visitor: visitor.generic("PROPFIND", "/favicon.ico"),
    "500": lambda visitor: visitor.get("/about/"),
    "200 static": lambda visitor: visitor.get(static("css/base.css")),
    "404 static": lambda visitor: visitor.get("/static/css/none.css"),
    "200 robots": lambda visitor: visitor.get("/robots.txt"),
    "200 sitemap": lambda visitor: visitor.get("/sitemap.xml"),
    "200 probe": lambda visitor: visitor.get("/readyz"),
    "200 head": lambda visitor: visitor.head("/"),
    "200 in French": lambda visitor: visitor.get("/fr/pilots/"),
    "404 in French": lambda visitor: visitor.get("/fr/nowhere/"),
    "405 in French": lambda visitor: visitor.post("/fr/pilots/"),
}
KINDS = list(ANSWERS)


@pytest.fixture
def answer(visitor, monkeypatch):
    """A function from a kind of answer to such an answer; the view of one page is broken on purpose."""
    monkeypatch.setattr("pilots.pages.about.Source.objects.filter", fail)

    def get(kind):
        response = ANSWERS[kind](visitor)
        body(response)
        return response

    return get


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "403"])
def test_every_answer_has_the_headers_and_exactly_the_public_policy(answer, kind):
    response = answer(kind)
    assert response.status_code == int(kind[:3])
    assert response["Content-Security-Policy"] == PUBLIC
    sent = {name: response.headers.get(name) for name in FIXED}
    assert sent == FIXED


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_forbids_what_the_site_does_not_need(answer, kind):
    response = answer(kind)
    denied = response["Permissions-Policy"].split(", ")
    assert {"camera=()", "geolocation=()", "microphone=()", "browsing-topics=()"} <= set(denied)
    assert all(rule.endswith("=()") for rule in denied)


EDITING = ("/admin/", "/admin/login/", "/admin/none/", "/admin/pilots/pilot/", "/fr/admin/", "/sv/admin/login/")


@pytest.mark.parametrize("path", EDITING)
def test_the_admin_has_its_own_policy_and_is_kept_by_nobody(client, path):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    response = client.get(path)
    assert response["Content-Security-Policy"] == PUBLIC.replace("default-src 'none'", "default-src 'self'")
    assert "no-store" in response["Cache-Control"]
    assert {name: response[name] for name in HEADERS} == HEADERS


def test_refused_form_of_the_admin_has_the_headers(answer):
    response = answer("403")
    assert response.status_code == 403
    assert {name: response[name] for name in FIXED} == FIXED
    assert "no-store" in response["Cache-Control"]


def test_static_files_are_kept_for_ever_and_pages_asked_for_again(answer):
    response = answer("200 static")
    assert "immutable" in response["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response
    assert answer("200")["Cache-Control"] == "public, max-age=0, s-maxage=1, must-revalidate"
    assert answer("404")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("sent", [{"cookie": "session=x"}, {"authorization": "Basic eA=="}], ids=str)
def test_page_for_somebody_with_something_of_their_own_is_kept_by_no_cache_in_between(visitor, sent):
    assert visitor.get("/", headers=sent)["Cache-Control"] == "no-cache"


def test_page_that_is_not_named_as_public_is_kept_by_no_cache_in_between(visitor, settings):
    settings.DEBUG = True
    response = visitor.get("/styleguide/")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_what_software_answers(answer, kind):
    response = answer(kind)
    assert not {"Server", "X-Powered-By"} & set(response.headers)


@pytest.mark.parametrize("address", [*addresses.page_addresses(), *addresses.machine_addresses(), "/nowhere/"])
def test_visitor_gets_no_cookie_and_no_answer_that_varies_by_one(visitor, address):
    PublishedPilotFactory(slug="avignon", authority__slug="the-hague")
    response = visitor.get(address)
    assert not response.cookies
    assert not visitor.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_cookies_a_visitor_sends_change_nothing(visitor):
    plain = visitor.get("/pilots/")
    visitor.cookies["session"] = "x" * 32
    visitor.cookies["csrf"] = "y" * 32
    visitor.cookies["django_language"] = "fr"
    again = visitor.get("/pilots/")
    assert again.content == plain.content
    assert "cookie" not in again.get("Vary", "").lower()


def test_page_is_the_same_for_an_editor_and_in_every_language_of_the_browser(visitor):
    PublishedPilotFactory()
    client = visitors.visitor()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    for address in ("/", "/pilots/"):
        plain = visitor.get(address).content
        assert client.get(address).content == plain
        assert visitor.get(address, headers={"accept-language": "fr"}).content == plain


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "127.0.0.1:8000@evil.example", ""])
def test_unknown_host_is_refused(visitor, host):
    response = visitor.get("/", SERVER_NAME="evil.example", headers={"host": host} if host else {})
    assert response.status_code == 400
    assert b"evil" not in response.content


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_hosts_of_this_machine_are_known(visitor, host):
    assert visitor.get("/", headers={"host": host}).status_code == 200


def test_forged_forwarding_headers_change_nothing(visitor):
    plain = visitor.get("/").content
    forged = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "1.2.3.4"}
    assert visitor.get("/", headers=forged).content == plain


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "///evil.example", "/\\evil.example", "http:evil.example",
     "javascript:alert(1)", "https:///evil.example", "\thttps://evil.example", "//evil.example%2f@127.0.0.1"],
)  # fmt: skip
def test_login_never_leads_off_the_site(client, target):
    User.objects.create_superuser("editor", password="a long password of an editor")
    form = {"username": "editor", "password": "a long password of an editor", "next": target}
    response = client.post("/admin/login/", form)
    assert (response.status_code, response["Location"]) == (302, "/accounts/profile/") or response[
        "Location"
    ] == "/admin/"
    page = client.get("/admin/login/", {"next": target}, follow=True)
    assert [url for url, _status in page.redirect_chain if "evil" in url or ":" in url] == []


def test_login_leads_back_to_where_the_editor_was(client):
    User.objects.create_superuser("editor", password="a long password of an editor")
    form = {"username": "editor", "password": "a long password of an editor", "next": "/admin/pilots/pilot/"}
    assert client.post("/admin/login/", form)["Location"] == "/admin/pilots/pilot/"
