"""What may be sent to the site: refused unread when it is too much, never taken for whole when it is not."""

import io
import runpy
import socket

import pytest
from django.conf import settings

from pilots import form_store
from pilots.spreadsheets.reader import LARGEST
from prepare_portal import request_bodies
from prepare_portal.request_bodies import AT_ONCE, FAILED, KB, limit, whole_bodies
from tests.pages.reading import read
from tests.site.server import environ

IMPORT = "/admin/pilots/pilot/import/"
FORM = "/admin/pilots/pilot/1/change/"


class Body(io.BytesIO):
    """A body as gunicorn hands it on, which notes whether it was read."""

    failed = False
    was_read = False

    def read(self, size=-1):
        """Read, and note it."""
        self.was_read = True
        return super().read(size)


def send(path, length, body=b"", **asked):
    """What Django would be given of a request, and the body as it came."""
    given, came = {}, asked.pop("came", Body(body))
    taken = whole_bodies(lambda asked, _start: given.update(asked) or [])
    taken({"PATH_INFO": path, "CONTENT_LENGTH": length, "wsgi.input": came, **asked}, None)
    return given, came


@pytest.mark.parametrize(
    ("path", "length"),
    [
        *[("/admin/login/", 100_000_000), ("/admin/login/", 16 * KB + 1), ("/admin/login/x", 20 * KB)],
        *[("/admin/password_reset/", 20 * KB), ("/admin/password_reset/MQ/set-password/", 20 * KB), ("/pilots/", 1)],
        *[
            (IMPORT, LARGEST + 100 * KB),
            (FORM, 5_000_000),
            ("/", 1),
            ("", 1),
            ("//admin/", 1),
            ("/admin/login/", "9" * 5000),
        ],
    ],
)
def test_body_over_the_limit_is_refused_before_it_is_read(client, path, length):
    given, came = send(path, str(length), b"x" * 100)
    assert given["wsgi.input"].read() == b""
    assert came.failed
    assert not came.was_read
    answer = client.generic("POST", "/admin/login/", CONTENT_LENGTH=str(100_000_000))
    assert answer.status_code == 413
    assert "At most 16.0 KB can be sent here." in read(answer).one("main").text


@pytest.mark.parametrize("path", ["/admin/login/", FORM, IMPORT, "/admin/password_reset/"])
def test_body_within_the_limit_is_handed_on_whole(path):
    body = b"x" * limit(path)
    given, came = send(path, str(len(body)), body)
    assert given["wsgi.input"].read() == body
    assert FAILED not in given
    assert not came.failed


def test_limits_leave_room_for_an_import_and_for_a_form_without_a_session():
    assert limit(IMPORT) > LARGEST
    assert limit(FORM) >= 2 * form_store.LARGEST
    assert limit(FORM) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("length", ["-1", "1e3", "١", "x", "0x10"])
def test_length_that_is_no_number_is_refused(client, length):
    assert not send(FORM, length)[1].was_read
    assert client.generic("POST", FORM, CONTENT_LENGTH=length).status_code == 400


def test_body_of_unknown_length_is_refused(client):
    assert not send(FORM, "", HTTP_TRANSFER_ENCODING="chunked")[1].was_read
    answer = client.generic("POST", FORM, HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, read(answer).one("h1").text) == (411, "It did not arrive")


def test_form_that_was_cut_off_is_not_taken_for_a_whole_one(client):
    given, came = send(FORM, "100", b"title=a")
    assert (given[FAILED], given["wsgi.input"].read(), came.failed) == (400, b"", True)
    answer = client.get("/", **{FAILED: given[FAILED]})
    assert (answer.status_code, read(answer).one("main").one("p", class_="lead").text) == (
        400,
        "Only a part of what you sent arrived. Go back and send it again.",
    )


def test_slow_body_is_waited_for_no_longer_than_its_time(client, monkeypatch):
    monkeypatch.setattr(request_bodies, "SECONDS", 0.01)
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as came:
        theirs.send(b"title=a")
        given, _came = send(FORM, "100", came=came, **{"gunicorn.socket": ours})
    assert given[FAILED] == 408
    assert client.get("/", **{FAILED: 408}).status_code == 408


def test_body_in_time_leaves_the_connection_open():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        given, _came = send(FORM, "7", b"title=a", **{"gunicorn.socket": ours})
        theirs.send(b"next")
        assert (given["wsgi.input"].read(), ours.recv(4)) == (b"title=a", b"next")


def test_slow_bodies_leave_a_thread_for_visitors(client, monkeypatch):
    monkeypatch.setattr(request_bodies, "TURN_SECONDS", 0)
    assert runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))["threads"] > AT_ONCE
    for _ in range(AT_ONCE):
        request_bodies.slots.acquire()
    try:
        given, came = send(FORM, "7", b"title=a")
        assert (given[FAILED], came.was_read) == (503, False)
        assert FAILED not in send("/pilots/", "0")[0]
    finally:
        for _ in range(AT_ONCE):
            request_bodies.slots.release()
    assert client.get("/", **{FAILED: 503})["Retry-After"] == "60"
    assert FAILED not in send(FORM, "7", b"title=a")[0]


def test_body_is_read_as_the_server_hands_it_on():
    asked = environ(FORM, "Host: a", "Content-Length: 7", method="POST", body=b"title=aGET / HTTP/1.1")
    given = {}
    whole_bodies(lambda asked, _start: given.update(asked) or [])(asked, None)
    assert given["wsgi.input"].read() == b"title=a"
    refused = environ("/pilots/", "Host: a", "Content-Length: 7", method="POST", body=b"title=a")
    whole_bodies(lambda _asked, _start: [])(refused, None)
    assert refused["wsgi.input"].failed  # what gunicorn looks at before it uses a connection again


@pytest.mark.parametrize(
    "method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "FOO"]
)
@pytest.mark.parametrize(
    "path", ["/", "/pilots/", "/nowhere/", "/admin/", "/admin/login/", "/static/css/site.css", "/livez"]
)
def test_method_that_no_page_has_is_405(client, method, path):
    answer = client.generic(method, path)
    assert answer.status_code == 405
    assert answer["Allow"] == ("GET, HEAD, POST" if path.startswith("/admin/") else "GET, HEAD")


def test_visitors_send_nothing(client):
    assert client.post("/pilots/").status_code == 405
    assert client.post("/Admin/").status_code == 405
