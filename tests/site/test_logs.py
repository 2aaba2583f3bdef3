"""Log lines are JSON objects that tell nothing of who visited or what was asked."""

import io
import json
import logging

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.log import configure_logging
from pythonjsonlogger.json import JsonFormatter as Plain

from prepare_portal.logs import JsonFormatter

SECRETS = ["secret-query", "secret-cookie", "secret-form", "secret-agent", "203.0.113.9", "secret-host"]


@pytest.fixture
def lines(settings, monkeypatch):
    """A function that gives the lines the site's own handler has written so far."""
    stream = io.StringIO()
    handlers = {
        **settings.LOGGING["handlers"],
        "console": {**settings.LOGGING["handlers"]["console"], "stream": stream},
    }
    configure_logging("logging.config.dictConfig", {**settings.LOGGING, "handlers": handlers})
    yield lambda: stream.getvalue().splitlines()
    configure_logging("logging.config.dictConfig", settings.LOGGING)


def fail(exception):
    def view(*_args, **_others):
        raise exception

    return view


def visit(path="/about/", method="get"):
    client = Client(
        raise_request_exception=False,
        REMOTE_ADDR="203.0.113.9",
        headers={"user-agent": "secret-agent", "cookie": "session=secret-cookie", "x-forwarded-for": "203.0.113.9"},
    )
    data = {"password": "secret-form"} if method == "post" else {"q": "secret-query"}
    return getattr(client, method)(path, data)


@pytest.mark.parametrize(("method", "path"), [("get", "/about/"), ("post", "/admin/password_reset/")])
@pytest.mark.parametrize(
    ("exception", "logger", "status"),
    [(RuntimeError("went wrong"), "django.request", 500), (OperationalError("gone"), "prepare_portal", 503)],
    ids=["mistake", "database"],
)
def test_failure_is_one_json_line_without_a_trace_of_the_visitor(
    lines, monkeypatch, method, path, exception, logger, status
):
    monkeypatch.setattr("pilots.pages.about.Source.objects.filter", fail(exception))
    monkeypatch.setattr("pilots.accounts.throttle.count", fail(exception))
    assert visit(path, method).status_code == status
    written = [json.loads(line) for line in lines()]
    assert [entry["logger"] for entry in written if entry["level"] == "ERROR"].count(logger) == 1
    assert str(exception) in written[0]["message"] + written[0].get("exc_info", "")
    assert [secret for secret in SECRETS if any(secret in line for line in lines())] == []


def test_line_has_time_level_logger_and_message_and_a_trace_where_there_is_one(lines):
    log = logging.getLogger("prepare_portal")
    log.warning("plain")
    try:
        raise RuntimeError("reason")
    except RuntimeError:
        log.exception("with a trace")
    plain, traced = (json.loads(line) for line in lines())
    assert set(plain) == {"time", "level", "logger", "message"}
    assert (plain["level"], plain["logger"], plain["message"]) == ("WARNING", "prepare_portal", "plain")
    assert set(traced) == {*plain, "exc_info"}
    assert "RuntimeError: reason" in traced["exc_info"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/pilots/?page=x", "/pilots/?q=%00", "/", "/admin/"])
def test_what_scanners_and_visitors_ask_makes_no_line(lines, path):
    visit(path)
    assert lines() == []


def test_foreign_host_makes_no_line(lines):
    assert Client(headers={"host": "secret-host.example"}).get("/").status_code == 400
    assert lines() == []


def test_refused_form_is_told_without_what_it_held(lines):
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR="203.0.113.9")
    client.post("/admin/login/?next=secret-query", {"username": "secret-form"})
    assert all(json.loads(line)["logger"] == "django.security.csrf" for line in lines())
    assert [secret for secret in SECRETS if any(secret in line for line in lines())] == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"secret-form": ["x"] * 5001}, "DATA_UPLOAD_MAX_NUMBER_FIELDS"),
        ({f"secret-form{number}": io.BytesIO(b"x") for number in range(101)}, "DATA_UPLOAD_MAX_NUMBER_FILES"),
    ],
    ids=["fields", "files"],
)
def test_form_with_too_many_fields_or_files_is_one_line_without_a_trace(lines, sent, said):
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert client.post("/admin/pilots/pilot/import/?q=secret-query", sent).status_code == 400
    (line,) = lines()
    assert set(json.loads(line)) == {"time", "level", "logger", "message"}
    assert said in line
    assert [secret for secret in SECRETS if secret in line] == []


def test_what_is_attached_to_a_record_is_left_out_if_it_is_the_request(rf):
    record = logging.LogRecord("django", logging.ERROR, "", 0, "message", None, None)
    record.request = rf.get("/?q=secret-query")
    record.status_code = 500
    assert "secret-query" in Plain().format(record), "the guard below would pass without the filter"
    assert set(json.loads(JsonFormatter().format(record))) == {"time", "level", "logger", "message"}
