"""What all answers of the API have in common: no cookies, open to other sites, kept like pages, errors as problems."""

import pytest
from django.db import OperationalError
from django.test import Client

from pilots.models import Pilot
from prepare_portal.security_headers import HEADERS
from tests.api.asking import PROBLEM, ROOT, ask, problem
from tests.factories import PublishedPilotFactory, UserFactory
from tests.pages import addresses

pytestmark = pytest.mark.django_db
# Headers are set by the same Python.
DATABASES = ("sqlite",)


@pytest.mark.parametrize(
    "address", addresses.api_addresses() + addresses.citation_files() + ["/pilots.csv", "/lessons.xlsx"]
)
def test_every_answer_may_be_read_by_other_sites_without_credentials_and_has_all_other_headers(nine_pilots, address):
    response = Client().get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["X-Robots-Tag"] == "noindex"
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    "address", [*addresses.page_addresses()[:12], "/api/", "/robots.txt", "/nowhere/", "/apiv1/", "/admin/x.csv"]
)
def test_pages_may_not_be_read_by_other_sites(address):
    assert "Access-Control-Allow-Origin" not in Client().get(address)


def test_browser_may_ask_first():
    response = Client().options(f"{ROOT}pilots/", headers={"origin": "https://example.org"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"
    assert Client().options("/pilots/").status_code == 405


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(method):
    response = Client().generic(method, f"{ROOT}pilots/")
    assert (response.status_code, response["Content-Type"], response["Allow"]) == (405, PROBLEM, "GET, HEAD, OPTIONS")


def test_head_is_the_answer_without_its_body(nine_pilots):
    whole, head = Client().get(f"{ROOT}pilots/?page=1"), Client().head(f"{ROOT}pilots/?page=1")
    assert (head.status_code, head.content, head["Link"]) == (200, b"", whole["Link"])


@pytest.mark.parametrize(
    "address", ["nowhere/", "pilots/nobody/", "pilots/1/2/", "pilots/Ö/", "pilots/%C2%97/", "pilots/.../", "PILOTS/"]
)
def test_unknown_address_is_a_problem_in_json(address):
    assert problem(address, 404)["title"] == "Not Found"


def test_nul_byte_is_a_problem_in_json():
    assert problem("pilots/?country=FR&q=a%00b", 400)["parameter"] == "q"


def test_database_that_is_away_is_a_problem_in_json(monkeypatch):
    def fail(*_args, **_named):
        raise OperationalError("gone")

    monkeypatch.setattr("pilots.api.query.index", fail)
    response = ask("pilots/")
    assert (response.status_code, response["Content-Type"]) == (503, PROBLEM)
    assert int(response["Retry-After"]) > 0


def test_mistake_of_ours_is_a_problem_in_json_that_tells_nothing(monkeypatch):
    def fail(*_args, **_named):
        raise RuntimeError("secret")

    monkeypatch.setattr("pilots.api.query.index", fail)
    client = Client(raise_request_exception=False)
    response = client.get(f"{ROOT}pilots/")
    assert (response.status_code, response["Content-Type"], b"secret" in response.content) == (500, PROBLEM, False)


@pytest.mark.parametrize("accepted", ["text/html", "application/xml", "image/png, */*;q=0", "nonsense"])
def test_everybody_gets_the_same_whatever_is_accepted(accepted):
    assert ask("pilots/", accept=accepted).content == ask("pilots/").content


def test_editor_is_told_what_everybody_is_told():
    Pilot.objects.filter(pk=PublishedPilotFactory(slug="hidden").pk).update(status="draft", published_at=None)
    client = Client()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert "hidden" not in [one["slug"] for one in client.get(f"{ROOT}pilots/").json()["results"]]
    assert client.get(f"{ROOT}pilots/hidden/").status_code == 404


def test_page_cut_short_by_mail_leads_on():
    PublishedPilotFactory(slug="here")
    assert ask("pilots/here")["Location"] == f"{ROOT}pilots/here/"
