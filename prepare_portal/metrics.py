"""/metrics, for Prometheus: what the server counted since it started, and how it is now.

Ready pages go out before Django reads a request, so what is counted is counted around them.
"""

import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error, close_old_connections
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from pilots.health import machine, readings
from prepare_portal.counters import NOT_CACHED, counters, duration, kind_of
from prepare_portal.metrics_folder import VARIABLE
from prepare_portal.page_cache import OUTCOME, Application
from prepare_portal.release import release

PATH = "/metrics"
IS_UP = "Whether the database answers."
# What the database tells. What is None, or cannot be told, is left out.
GAUGES: dict[str, tuple[str, Callable[[], float | None]]] = {
    "portal_content_queue_rows": ("Written rows that the content version has not taken in.", readings.queued_rows),
    "portal_content_changed_timestamp_seconds": ("When the public content changed last.", readings.content_changed_at),
    "portal_search_waiting_pilots": ("Changed pilots whose words are not indexed.", readings.pilots_to_index),
    "portal_search_lag_seconds": ("How long the first of them has been waiting.", readings.search_lag),
    "portal_publications_overdue": ("Planned publications that are minutes late.", readings.publications_overdue),
    "portal_last_backup_timestamp_seconds": ("When the last good backup was made.", readings.backup_made_at),
}


def metrics(request: HttpRequest) -> HttpResponse:
    """The page, for whoever has METRICS_TOKEN; without that setting there is none."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"})
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4, headers={"Cache-Control": "no-store"})


def exposition() -> bytes:
    """Everything there is to tell, as Prometheus reads it: of all processes of this server."""
    registry = CollectorRegistry()
    if VARIABLE in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(counters)
    registry.register(Now())
    return generate_latest(registry)


class Now(Collector):
    """How the portal is at this moment: the same whichever process is asked."""

    def collect(self) -> Iterator[Metric]:
        """Yield what is there; without a database, that it does not answer, and what needs none."""
        build = GaugeMetricFamily("portal_build_info", "The release that runs; always 1.", labels=["version"])
        build.add_metric([release()], 1)
        yield build
        yield gauge("portal_data_dir_free_bytes", "Room left on the disk of DATA_DIR.", machine.free_bytes())
        began = time.perf_counter()
        try:
            size = readings.database_bytes()
        except Error:
            yield gauge("portal_database_up", IS_UP, 0)
            return
        yield gauge("portal_database_up", IS_UP, 1)
        yield gauge("portal_database_answer_seconds", "How long it took to answer.", time.perf_counter() - began)
        yield gauge("portal_database_size_bytes", "How large the database is.", size)
        for name, (help_text, read) in GAUGES.items():
            with suppress(Error):
                if (value := read()) is not None:
                    yield gauge(name, help_text, value)


def gauge(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help_text, value=value)


def measured(application: Application) -> Application:
    """The application, with each of its answers counted."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, statuses = time.perf_counter(), ["500"]

        def start(status: str, *rest: Any) -> Any:
            statuses.append(status)
            return start_response(status, *rest)

        try:
            return application(environ, start)
        finally:
            answer = kind_of(environ["PATH_INFO"]), f"{statuses[-1][0]}xx", environ.get(OUTCOME, NOT_CACHED)
            duration(*answer).observe(time.perf_counter() - began)

    return serve


def port_of(environ: dict[str, Any]) -> int | None:
    """The port that a request came in by; None for a Unix socket: there, a visitor chooses SERVER_PORT by Host."""
    address = environ["gunicorn.socket"].getsockname()
    return address[1] if isinstance(address, tuple) else None


def with_own_port(application: Application, port: int) -> Application:
    """The application, and on another port of this machine, which the server opened, /metrics and nothing else."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if port_of(environ) != port:
            return application(environ, start_response)
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "GET":
            start_response("404 Not Found", [("Content-Length", "0")])
            return []
        close_old_connections()  # as Django does around a request
        body = exposition()
        close_old_connections()
        start_response("200 OK", [("Content-Type", CONTENT_TYPE_PLAIN_0_0_4), ("Content-Length", str(len(body)))])
        return [body]

    return serve
