"""/metrics: only for whoever may, true on both databases, with nothing of a visitor."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, RequestFactory
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from pilots import mail
from pilots.models import ContentChange, ContentQueue, ContentVersion, LastBackup, Pilot
from prepare_portal import counters, metrics, page_cache
from tests.factories import PilotFactory
from tests.pages import addresses

TOKEN = "a-token-of-more-than-32-characters-0123456789"
Labels = tuple[tuple[str, str], ...]


def told(text: str | bytes | None = None) -> dict[tuple[str, Labels], float]:
    """Each number that /metrics tells, by its name and labels."""
    text = metrics.exposition() if text is None else text
    families = text_string_to_metric_families(text.decode() if isinstance(text, bytes) else text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def number(name: str, **labels: str) -> float:
    return told().get((name, tuple(sorted(labels.items()))), 0)


def answers(**labels: str) -> float:
    return number("portal_request_duration_seconds_count", **labels)


def bound_to(address: Any) -> Any:
    """What gunicorn tells of the socket by which a request came."""
    return SimpleNamespace(getsockname=lambda: address)


def ask(application: Any, path: str = "/pilots/", **headers: Any) -> tuple[str, bytes]:
    """Ask as the server does; return status and body."""
    statuses: list[str] = []
    asked = RequestFactory().get(path).META | {"REQUEST_METHOD": "GET"} | headers
    body = b"".join(application(asked, lambda status, *_rest: statuses.append(status)))
    return statuses[-1], body


def says(status: str, **environ: str) -> Any:
    """An application that answers this."""

    def application(asked: Any, start: Any) -> list[bytes]:
        asked |= environ
        start(status, [])
        return [b"body"]

    return application


# Who may ask ---------------------------------------------------------------


def test_without_a_token_there_is_no_such_page(client: Client) -> None:
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}é"])
def test_wrong_token_is_refused(client: Client, settings: Any, given: str) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"authorization": given} if given else {})
    assert (answer.status_code, answer.content, answer["WWW-Authenticate"]) == (401, b"", "Bearer")


@pytest.mark.django_db
def test_right_token_opens_the_page_and_nobody_keeps_it(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert told(answer.content)["portal_database_up", ()] == 1


@pytest.mark.django_db
def test_own_port_has_this_page_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "close_old_connections", lambda: None)  # the test's own has to stay
    door = metrics.with_own_port(says("200 OK"), 9400)
    site, own = {"gunicorn.socket": bound_to(("::1", 8000, 0, 0))}, {"gunicorn.socket": bound_to(("127.0.0.1", 9400))}
    assert ask(door, **site) == ("200 OK", b"body")
    assert ask(door, "/metrics", **site) == ("200 OK", b"body"), "on the site's port, Django decides"
    status, body = ask(door, "/metrics", **own)
    assert (status, told(body)["portal_database_up", ()]) == ("200 OK", 1)
    assert ask(door, **own) == ("404 Not Found", b"")
    assert ask(door, "/metrics", REQUEST_METHOD="POST", **own) == ("404 Not Found", b"")


@pytest.mark.parametrize("address", ["/run/portal.sock", ("127.0.0.1", 8000)])
def test_host_that_a_visitor_writes_opens_no_other_port(address: Any) -> None:
    door = metrics.with_own_port(says("200 OK"), 9400)
    asked = {"gunicorn.socket": bound_to(address), "HTTP_HOST": "pilots.example.org:9400", "SERVER_PORT": "9400"}
    assert ask(door, "/metrics", **asked) == ("200 OK", b"body"), "Django decides"


# What is counted -----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        *[("/", "front"), ("/fr/", "front"), ("/pilots/", "list"), ("/sv/lessons/", "list"), ("/pilots", "list")],
        *[("/pilots/avignon/", "pilot"), ("/nl/pilots/avignon/cite/", "pilot"), ("/pilots/avignon.pdf", "file")],
        *[("/pilots.csv", "file"), ("/data.zip", "file"), ("/robots.txt", "file"), ("/data/", "page")],
        *[("/es/about/", "page"), ("/wp-login.php", "file"), ("/nowhere/", "page"), ("/api/v1/pilots/", "api")],
        *[("/admin/pilots/pilot/3/change/", "admin"), ("/fr/admin/", "admin"), ("/static/css/site.abc.css", "static")],
        *[("/suggest/", "suggestion"), ("/readyz", "probe"), ("/metrics", "probe"), ("", "front"), ("//", "front")],
    ],
)
def test_an_address_is_of_one_of_a_few_kinds(path: str, kind: str) -> None:
    assert counters.kind_of(path) == kind


def test_every_public_address_is_of_a_known_kind() -> None:
    kinds = {counters.kind_of(path.partition("?")[0]) for path in addresses.page_addresses()}
    assert {"front", "list", "pilot", "page"} <= kinds <= {*counters.EVERY_KIND}


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified", "404 Not Found", "503 Service Unavailable"])
def test_answers_are_counted_by_kind_status_and_what_the_page_cache_had(status: str) -> None:
    labels = {"kind": "list", "status": f"{status[0]}xx", "cache": "hit"}
    before = answers(**labels)
    assert ask(metrics.measured(says(status, **{page_cache.OUTCOME: "hit"}))) == (status, b"body")
    assert answers(**labels) == before + 1


@pytest.mark.django_db
def test_an_application_that_breaks_counts_as_an_error_of_ours() -> None:
    def breaks(_asked: Any, _start: Any) -> list[bytes]:
        raise RuntimeError

    labels = {"kind": "list", "status": "5xx", "cache": "none"}
    before = answers(**labels)
    with pytest.raises(RuntimeError):
        ask(metrics.measured(breaks))
    assert answers(**labels) == before + 1


@pytest.mark.django_db
def test_nothing_of_a_visitor_is_told() -> None:
    counted = metrics.measured(says("404 Not Found"))
    ask(counted, "/pilots/whisper/?q=whisper", HTTP_USER_AGENT="whisper", REMOTE_ADDR="203.0.113.77")
    text = metrics.exposition().decode()
    assert "whisper" not in text
    assert "203.0.113.77" not in text
    labels = {pair for _name, pairs in told(text) for pair in pairs}
    known = {("kind", kind) for kind in counters.EVERY_KIND} | {("cache", it) for it in ("none", "hit", "miss")}
    known |= {("status", f"{n}xx") for n in range(1, 6)} | {("outcome", it) for it in ("sent", "failed")}
    assert {pair for pair in labels - known if pair[0] not in {"le", "version"}} == set()


@pytest.mark.django_db
def test_errors_and_failed_mails_are_told_from_the_start() -> None:
    """Prometheus does not notice when a number appears, only when it rises."""
    names = told()
    for kind in counters.EVERY_KIND:
        assert (
            "portal_request_duration_seconds_count",
            (("cache", "none"), ("kind", kind), ("status", "5xx")),
        ) in names
    assert ("portal_mails_total", (("outcome", "failed"),)) in names


@pytest.mark.django_db
def test_mails_are_counted_sent_or_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [number("portal_mails_total", outcome=outcome) for outcome in ("sent", "failed")]
    assert mail.send(EmailMessage("Subject", "Body", to=["rita@example.org"]))
    monkeypatch.setattr(EmailMessage, "send", lambda _message: 1 / 0)
    assert not mail.send(EmailMessage("Subject", "Body", to=["rita@example.org"]))
    assert [number("portal_mails_total", outcome=outcome) for outcome in ("sent", "failed")] == [n + 1 for n in before]


# How it is now -------------------------------------------------------------


@pytest.mark.django_db
def test_numbers_of_the_database_are_those_in_it() -> None:
    PilotFactory.create_batch(2, status="draft")
    now = timezone.now()
    LastBackup.objects.create(made_at=now - timedelta(days=2))
    ContentVersion.objects.update_or_create(pk=1, defaults={"number": 1_700_000_000_500_000})
    ContentChange.objects.all().delete()
    for pilot, indexed in ((1, False), (2, False), (3, True)):
        ContentChange.objects.create(pilot=pilot, number=int(now.timestamp() * 1e6), public=True, indexed=indexed)
    ContentQueue.objects.all().delete()
    ContentQueue.objects.bulk_create([ContentQueue(pilot=1), ContentQueue(pilot=2)])
    known = {name: value for (name, labels), value in told().items() if not labels}
    assert known["portal_content_queue_rows"] == 2
    assert known["portal_content_changed_timestamp_seconds"] == 1_700_000_000.5
    assert known["portal_search_waiting_pilots"] == 2
    assert known["portal_search_lag_seconds"] >= 0
    assert known["portal_publications_overdue"] == 0
    assert known["portal_last_backup_timestamp_seconds"] == pytest.approx((now - timedelta(days=2)).timestamp())
    assert known["portal_database_size_bytes"] > 100_000
    assert known["portal_data_dir_free_bytes"] > 0


@pytest.mark.django_db
def test_without_a_backup_no_moment_is_told() -> None:
    assert ("portal_last_backup_timestamp_seconds", ()) not in told()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 30])
def test_asking_costs_the_same_whatever_there_is(count: int, django_assert_num_queries: Any) -> None:
    PilotFactory.create_batch(count)
    Pilot.objects.update(status="draft")
    with django_assert_num_queries(7):
        metrics.exposition()


def test_a_database_that_is_away_is_told_and_breaks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: Any, **_others: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    known = told()
    assert known["portal_database_up", ()] == 0
    assert ("portal_database_size_bytes", ()) not in known
    assert ("portal_data_dir_free_bytes", ()) in known
    assert re.fullmatch(
        r"[\d.]+", next(dict(labels)["version"] for name, labels in known if name == "portal_build_info")
    )
