"""What went wrong is told in the site's own look, without a query, with ways on."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory

from pilots.pages import errors
from prepare_portal import database_errors
from tests.pages.reading import read


@pytest.fixture
def failing(client, monkeypatch):
    """A function: the answer to a page whose view raises the given exception."""
    client.raise_request_exception = False

    def get(exception, path="/about/"):
        def fail(*_args, **_others):
            raise exception

        monkeypatch.setattr("pilots.pages.about.Source.objects.filter", fail)
        return client.get(path)

    return get


CASES = [
    (SuspiciousOperation("secret reason"), 400, "We cannot read this address"),
    (DataError("secret reason"), 400, "We cannot read this address"),
    (OverflowError("secret reason"), 400, "We cannot read this address"),
    (PermissionDenied("secret reason"), 403, "You may not do this"),
    (RuntimeError("secret reason"), 500, "Something broke on our side"),
    (OperationalError("secret reason"), 503, "The portal is away for a moment"),
    (InterfaceError("secret reason"), 503, "The portal is away for a moment"),
]


@pytest.mark.parametrize(("exception", "status", "heading"), CASES, ids=lambda case: type(case).__name__)
def test_error_has_its_page_in_the_sites_look_with_ways_on(failing, exception, status, heading):
    response = failing(exception)
    page = read(response)
    assert response.status_code == status
    assert page.one("h1").text == heading
    assert page.one("main").hrefs() == ["/pilots/", "/partners/", "/authorities/", "/"]
    assert f"Error {status}" in page.one("main").text
    assert len(page.all("link", rel="stylesheet")) == 1
    page.one("footer").one("a", rel="nofollow")
    assert page.one("meta", name="robots")["content"] == "noindex"


@pytest.mark.parametrize(("exception", "status", "heading"), CASES, ids=lambda case: type(case).__name__)
def test_error_page_tells_nothing_of_the_inside(failing, exception, status, heading):
    response = failing(exception)
    assert b"secret reason" not in response.content
    assert b"Traceback" not in response.content


@pytest.mark.django_db
def test_unknown_address_is_404_with_ways_on(client):
    response = client.get("/nowhere/")
    page = read(response)
    assert (response.status_code, page.one("h1").text) == (404, "There is no such page")
    assert page.one("main").hrefs() == ["/pilots/", "/partners/", "/authorities/", "/"]


@pytest.mark.parametrize("path", ["/pilots/a%00b/", "/?q=%00", "/pilots/?q=a%00", "/admin/?x=%00", "/%00"])
def test_nul_anywhere_is_400_without_a_query(client, path):
    response = client.get(path)
    assert (response.status_code, read(response).one("h1").text) == (400, "We cannot read this address")


def test_form_without_its_token_is_403_with_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    page = read(response)
    assert (response.status_code, page.one("h1").text) == (403, "The form was refused")
    advice = "Go back: what you typed may still be there, so copy it. Then reload the page, which empties the form"
    assert advice in page.one("main").text


@pytest.mark.parametrize(("exception", "status", "heading"), CASES, ids=lambda case: type(case).__name__)
def test_error_page_needs_no_query(exception, status, heading):
    """No database is allowed in this test, so a query would fail it."""
    handlers = {400: errors.bad_request, 403: errors.forbidden, 503: errors.unavailable}
    request = RequestFactory().get("/pilots/")
    response = handlers[status](request) if status in handlers else errors.server_error(request)
    assert (response.status_code, read(response).one("h1").text) == (status, heading)


@pytest.fixture
def database_away(monkeypatch):
    """Let every connection fail as it does when the server is gone."""

    def refuse(*_args, **_others):
        raise OperationalError("connection to server at 10.0.0.9 failed")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)


@pytest.mark.parametrize("address", ["/", "/pilots/", "/pilots/avignon/", "/partners/", "/glossary/", "/sitemap.xml"])
def test_unreachable_database_gives_visitors_a_page_and_a_time_to_come_back(client, database_away, caplog, address):
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert read(response).one("h1").text == "The portal is away for a moment"
    assert b"10.0.0.9" not in response.content
    assert [record.name for record in caplog.records if record.levelno >= logging.ERROR].count("prepare_portal") == 1


@pytest.mark.parametrize("address", ["/privacy/", "/accessibility/", "/robots.txt", "/livez", "/nowhere/"])
def test_page_without_content_stays_when_the_database_is_away(client, database_away, address):
    response = client.get(address)
    assert response.status_code == (404 if address == "/nowhere/" else 200)


def test_editor_whose_session_cannot_be_read_gets_the_same_page(client, database_away):
    client.cookies["session"] = "x" * 32
    assert client.get("/admin/").status_code == 503


@pytest.mark.parametrize("path", ["/admin/pilots/pilot/1/change/", "/admin/login/"])
def test_form_sent_while_the_database_is_away_is_told_what_to_do(client, database_away, path):
    client.cookies["session"] = "x" * 32
    response = client.post(path, {"summary": "Long thought of.", "form_token": "x"})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Go back: what you typed should still be there" in read(response).one("main").text


@pytest.mark.parametrize(
    ("kind", "code", "is_away"),
    [
        (OperationalError, None, True),
        (InterfaceError, None, True),
        (InternalError, "25006", True),  # a replica
        (ProgrammingError, "42501", True),  # a disk that can only be read
        (DatabaseError, None, True),  # the server died in the middle of an answer
        (ProgrammingError, "42P01", False),  # a table that is not there: a mistake of ours
        (IntegrityError, "23505", False),
    ],
)
def test_database_that_takes_nothing_in_is_told_from_a_mistake_of_ours(kind, code, is_away):
    error = kind("could not open file")
    error.__cause__ = Exception()
    error.__cause__.pgcode = code
    assert database_errors.is_away(error) is is_away


def test_row_that_was_not_there_to_be_saved_is_no_sign_of_the_database():
    assert not database_errors.is_away(DatabaseError("Forced update did not affect any rows."))
