"""What may be sent to the site: how much to which address, and how slowly. Decided before a byte of it is read."""

import io
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from pilots.pages import errors
from pilots.spreadsheets.reader import LARGEST
from prepare_portal.languages import without_language

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
View = Callable[[HttpRequest], HttpResponseBase]

KB = 1024
# The most bytes that may be sent to a path, in any language, and all below it; the first that fits counts. Forms of the
# admin may be as large as Django reads them, with or without a session: `pilots.form_store` keeps what somebody sends
# without one.
LIMITS = (
    ("/admin/login/", 16 * KB),
    ("/admin/password_reset/", 16 * KB),
    ("/admin/pilots/pilot/import/", LARGEST + 64 * KB),  # the file, and the form around it
    ("/admin/", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    ("/", 0),
)
SECONDS = 60  # in which all of it has to arrive
# So many are read at once in a process, so that one of its four threads is left for visitors. Bodies that a proxy has
# collected arrive at once, and others wait that long for their turn.
AT_ONCE = 3
TURN_SECONDS = 0.1

LONGEST_LENGTH = 18  # digits that are read; enough to be too much

FAILED = "prepare_portal.body_failed"
TIMEOUT, LENGTH_REQUIRED, TOO_LARGE, INCOMPLETE, BUSY = 408, 411, 413, 400, 503

slots = threading.BoundedSemaphore(AT_ONCE)


def limit(path: str) -> int:
    return next(most for prefix, most in LIMITS if without_language(path).startswith(prefix))


def refusal(environ: Mapping[str, Any]) -> int:
    """The status of the response to a request whose body is refused unread, 0 when it may be read.

    `environ` is the request as the server hands it on. Django reads no body whose length is not given.
    """
    length = environ.get("CONTENT_LENGTH")
    if environ.get("HTTP_TRANSFER_ENCODING"):
        return LENGTH_REQUIRED
    if not length:
        return 0
    if not (length.isascii() and length.isdigit()):
        return INCOMPLETE
    return TOO_LARGE if int(length[:LONGEST_LENGTH]) > limit(environ.get("PATH_INFO") or "/") else 0


def body_limits(get_response: View) -> View:
    """Answer with a page what is refused unread, and what did not arrive."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        status = request.META.get(FAILED) or refusal(request.META)
        if status:
            return errors.body_refused(request, status, limit(request.path_info))
        return get_response(request)

    return middleware


def whole_bodies(application: Application) -> Application:
    """The application behind a reader that hands on whole bodies only.

    Django would take a form that was cut off for a whole one, and would wait for a slow one as long as that takes.
    """

    def read_first(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length, status = environ.get("CONTENT_LENGTH") or "0", refusal(environ)
        if not status and length == "0":
            return application(environ, start_response)
        body, status = (b"", status) if status else read_body(environ, int(length))
        if status:
            environ[FAILED] = status
            with suppress(AttributeError):
                environ["wsgi.input"].failed = True  # gunicorn closes the connection, instead of reading on
        return application(environ | {"wsgi.input": io.BytesIO(body)}, start_response)

    return read_first


def read_body(environ: dict[str, Any], length: int) -> tuple[bytes, int]:
    """The body and 0, or b"" and the status to refuse with if it did not arrive in time, whole, or its turn."""
    if not slots.acquire(timeout=TURN_SECONDS):
        return b"", BUSY
    try:
        with deadline(environ.get("gunicorn.socket")) as is_over:
            body = environ["wsgi.input"].read(length)
        if len(body) < length:
            return b"", TIMEOUT if is_over() else INCOMPLETE
        return body, 0
    finally:
        slots.release()


@contextmanager
def deadline(connection: socket.socket | None) -> Any:
    """Stop reading from the connection after `SECONDS`; yield a function that says whether that has happened."""
    over = threading.Event()

    def stop() -> None:
        over.set()
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RD)  # type: ignore[union-attr]

    timer = threading.Timer(SECONDS, stop)
    timer.daemon = True
    if connection:
        timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()
