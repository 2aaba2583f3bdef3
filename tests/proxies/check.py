"""Do the documented proxies keep what they promise? Debian's nginx and Caddy, with the files in `deploy/`, for real.

`make proxies` runs this alone; `make test` does without it, because not every machine has the two.
"""

import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pilots.spreadsheets.reader import LARGEST
from tests.browser.server import ADMIN_PASSWORD, HOST, ROOT, environment_for, free_port, running

NAME = "pilots.example.org"
PRODUCTION = {
    "SITE_URL": f"https://{NAME}",
    "CONTACT_EMAIL": "editors@example.org",
    "SECRET_KEY": "a-key-of-more-than-fifty-characters-for-the-tests-0123456789",
}
MB = 1024 * 1024
VISITOR = "127.0.0.2"  # 127.0.0.1 is the proxy, to the portal
LOGIN, IMPORT = "/admin/login/", "/admin/pilots/pilot/import/"
# More than all threads of the portal, several times over.
MANY = 60
GIVEN_UP_AFTER = 45  # seconds, at most; the longer of the two proxies waits for 30
PATIENCE = 20


class Proxy:
    """A proxy in front of the portal, by its port for HTTPS and that for HTTP."""

    def __init__(self, https: int, http_port: int) -> None:
        self.https, self.http = https, http_port

    def connect(self) -> ssl.SSLSocket:
        """An open connection, as a browser makes it."""
        return self.speak(ssl.create_default_context())

    def speak(self, context: ssl.SSLContext) -> ssl.SSLSocket:
        """An open connection as `context` says, whoever made the certificate."""
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = socket.create_connection((HOST, self.https), PATIENCE, (VISITOR, 0))
        return context.wrap_socket(line, server_hostname=NAME)

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, Message, bytes]:
        """Return status, headers and body of an answer."""
        with contextlib.closing(http.client.HTTPConnection(NAME, timeout=PATIENCE)) as visitor:
            visitor.sock = self.connect()
            visitor.request(method, path, body, {"Host": NAME, **headers})
            answer = visitor.getresponse()
            return answer.status, answer.headers, answer.read()


def nginx(folder: Path, portal: int, certificate: tuple[Path, Path]) -> tuple[list[str], Proxy]:
    """How to start nginx with the documented file, and where it will be."""
    proxy = Proxy(free_port(), free_port())
    site = (ROOT / "deploy" / "nginx.conf").read_text()
    site = re.sub(r"^\s*listen \[::\].*$", "", site, flags=re.MULTILINE)
    changes = {
        "127.0.0.1:8000": f"{HOST}:{portal}",
        "listen 80": f"listen {proxy.http}",
        "listen 443": f"listen {proxy.https}",
        f"/etc/ssl/{NAME}.pem": str(certificate[0]),
        f"/etc/ssl/{NAME}.key": str(certificate[1]),
        "/var/log/nginx/error.log": "stderr",
    }
    (folder / "site.conf").write_text(changed(site, changes))
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    who = "user root;" if os.geteuid() == 0 else ""
    main = f"{who} daemon off; pid {folder}/pid; events {{}} http {{ {paths} include {folder}/site.conf; }}"
    (folder / "nginx.conf").write_text(main)
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")], proxy


def caddy(folder: Path, portal: int, certificate: tuple[Path, Path]) -> tuple[list[str], Proxy]:
    """How to start Caddy with the documented file, and where it will be."""
    proxy = Proxy(free_port(), free_port())
    ports = f"{{\n\tadmin off\n\thttp_port {proxy.http}\n\thttps_port {proxy.https}\n"
    tls = f"{NAME} {{\n\ttls {certificate[0]} {certificate[1]}\n"
    changes = {"127.0.0.1:8000": f"{HOST}:{portal}", "{\n\tservers": f"{ports}\tservers", f"{NAME} {{\n": tls}
    if version() >= (2, 6, 4):
        changes["\t\tbuffer_requests\n\t\tmax_buffer_size 6MB\n"] = "\t\trequest_buffers 6MB\n"
    (folder / "Caddyfile").write_text(changed((ROOT / "deploy" / "Caddyfile").read_text(), changes))
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], proxy


def version() -> tuple[int, ...]:
    said = subprocess.run(["caddy", "version"], capture_output=True, text=True, check=True).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:3]))


def changed(text: str, changes: dict[str, str]) -> str:
    """The text with what differs on this machine."""
    for before, after in changes.items():
        assert before in text, f"“{before}” is not in the documented file any more"
        text = text.replace(before, after)
    return text


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve the portal as in production, and yield its port."""
    port = free_port()
    own_machine = environment_for(str(tmp_path_factory.mktemp("portal")), port, "")
    # As on a test machine, so that there is an account whose password is known
    manage = [sys.executable, "manage.py", "set_up"]
    subprocess.run(manage, cwd=ROOT, env=own_machine, check=True, stdout=subprocess.DEVNULL)
    with running(own_machine | PRODUCTION | {"SECOND_FACTOR": "none"}, host=NAME):
        yield port


@pytest.fixture(scope="module", params=[nginx, caddy], ids=lambda make: make.__name__)
def proxy(request: pytest.FixtureRequest, portal: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    make: Callable[..., tuple[list[str], Proxy]] = request.param
    assert shutil.which(make.__name__), f"{make.__name__} is missing. On Debian: apt-get install {make.__name__}"
    folder = tmp_path_factory.mktemp(make.__name__)
    certificate = folder / "cert.pem", folder / "key.pem"
    new = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    new += ["-addext", f"subjectAltName=DNS:{NAME}", "-out", str(certificate[0]), "-keyout", str(certificate[1])]
    subprocess.run(new, check=True, capture_output=True)
    command, proxy = make(folder, portal, certificate)
    with (folder / "log").open("wb") as log:
        home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        server = subprocess.Popen(command, env=home, stdout=log, stderr=log)
    try:
        wait_for(proxy, server, folder / "log")
        yield proxy
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_for(proxy: Proxy, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the portal answers through the proxy."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError):
            if proxy.ask("/livez")[0] == http.client.OK:
                return
        time.sleep(0.2)
    pytest.fail(f"The proxy did not start:\n{log.read_text()}")


def pages(proxy: Proxy, **headers: str) -> list[bytes]:
    """Return pages that hold parts kept for everybody."""
    return [proxy.ask(path, **headers)[2] for path in ("/", "/pilots/", "/pilots/avignon/", "/robots.txt")]


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    with contextlib.closing(http.client.HTTPConnection(HOST, proxy.http, timeout=PATIENCE)) as visitor:
        visitor.request("GET", "/pilots/?country=FR", headers={"Host": NAME})
        answer = visitor.getresponse()
        where = answer.headers["Location"].replace(f":{proxy.https}", "")
    assert answer.status in {301, 308}
    assert where == f"https://{NAME}/pilots/?country=FR"


def test_only_tls_of_today_with_forward_secrecy_is_spoken(proxy: Proxy) -> None:
    with proxy.speak(tls()) as line:
        assert line.version() == "TLSv1.3"
    with proxy.speak(tls(maximum_version=ssl.TLSVersion.TLSv1_2)) as line:
        assert line.cipher()[0].startswith("ECDHE-")  # type: ignore[index]
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old = tls(minimum_version=ssl.TLSVersion.TLSv1, maximum_version=ssl.TLSVersion.TLSv1_1)
    old.set_ciphers("ALL:@SECLEVEL=0")
    keyless = tls(maximum_version=ssl.TLSVersion.TLSv1_2)
    keyless.set_ciphers("AES128-GCM-SHA256:AES256-SHA:@SECLEVEL=0")  # one key for all that was ever said
    for context in (old, keyless):
        with pytest.raises((ssl.SSLError, ConnectionError)):
            proxy.speak(context)


def tls(**limits: ssl.TLSVersion) -> ssl.SSLContext:
    context = ssl.create_default_context()
    for name, value in limits.items():
        setattr(context, name, value)
    return context


TOO_MUCH = [(LOGIN, 20_000), ("/pilots/", 20_000), ("/admin/pilots/pilot/1/change/", 4 * MB), (IMPORT, 7 * MB)]


TOO_MUCH += [("/fr/admin/login/", 20_000), ("/sv/admin/pilots/pilot/1/change/", 4 * MB), ("/fr/pilots/", 20_000)]


def test_form_of_the_admin_may_be_as_large_in_every_language(proxy: Proxy) -> None:
    for prefix in ("", "/fr", "/sv"):
        sent = b"summary=" + b"x" * MB
        assert proxy.ask(f"{prefix}/admin/pilots/pilot/1/change/", "POST", sent)[0] == http.client.FORBIDDEN


@pytest.mark.parametrize(("path", "length"), [*TOO_MUCH, *((path, 100 * MB) for path, _length in TOO_MUCH)])
def test_large_body_is_refused_before_it_is_sent(proxy: Proxy, path: str, length: int) -> None:
    with proxy.connect() as visitor:
        head = f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {length}\r\n\r\n".encode()
        visitor.sendall(head + b"x" * 20_000)  # Go waits for a small body before it answers
        assert b" 413 " in visitor.recv(100)


def test_slow_bodies_hold_nobody_up_and_are_given_up(proxy: Proxy) -> None:
    head = f"POST {LOGIN} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\nusername=".encode()
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(proxy.connect()) for _ in range(MANY)]
        for connection in slow:
            connection.sendall(head)
        time.sleep(1)
        for path in ("/", "/pilots/", "/pilots/?q=training", "/admin/login/", "/livez"):
            assert proxy.ask(path)[0] == http.client.OK
        assert proxy.ask(LOGIN, "POST", b"username=a")[0] == http.client.FORBIDDEN  # read, and without a token
        slow[0].settimeout(GIVEN_UP_AFTER)
        with contextlib.suppress(ConnectionError, ssl.SSLError), slow[0].makefile("rb") as answer:
            assert b"<html" not in answer.read()  # a TimeoutError if the connection were kept


def test_slow_headers_hold_nobody_up(proxy: Proxy) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(proxy.connect()).sendall(b"GET / HTTP/1.1\r\nHost: pil")
        assert proxy.ask("/pilots/")[0] == http.client.OK


def test_forged_headers_change_nothing_for_anybody(proxy: Proxy) -> None:
    forged = {
        "SCRIPT_NAME": "/x",
        "Script-Name": "https://evil.example",
        "X-Forwarded-For": "1.2.3.4",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Ssl": "off",
        "X-Forwarded-Prefix": "/x",
        "Forwarded": "host=evil.example;proto=http",
    }
    poisoned, plain = pages(proxy, **forged), pages(proxy)
    assert poisoned == plain
    assert f"https://{NAME}/sitemap.xml".encode() in plain[-1]
    assert b"evil" not in b"".join(plain)


def test_other_host_is_refused(proxy: Proxy) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        assert proxy.ask("/", Host="evil.example")[2].find(b"evil") == -1


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "FOO"])
def test_odd_methods_are_refused(proxy: Proxy, method: str) -> None:
    assert proxy.ask("/pilots/", method)[0] in {400, 405}


def test_chunked_body_is_taken_whole_or_refused(proxy: Proxy) -> None:
    assert proxy.ask(LOGIN, "POST", iter([b"username=a"]))[0] in {403, 411}


def test_import_of_the_largest_file_gets_through(proxy: Proxy) -> None:
    headers = logged_in(proxy)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', proxy.ask(IMPORT, **headers)[2])
    assert token
    parts = {b"csrfmiddlewaretoken": token[1], b'import_file"; filename="pilots.csv': b"x" * LARGEST}
    body = b"".join(
        b'--edge\r\nContent-Disposition: form-data; name="' + name + b'"\r\n\r\n' + value + b"\r\n"
        for name, value in parts.items()
    )
    headers["Content-Type"] = "multipart/form-data; boundary=edge"
    status, _headers, answer = proxy.ask(IMPORT, "POST", body + b"--edge--\r\n", **headers)
    assert status == http.client.OK
    assert b"errorlist" in answer  # the portal read it and says what is wrong with it


def test_attempts_count_for_the_visitor_whatever_the_header_says(proxy: Proxy) -> None:
    own = {"Content-Type": "application/x-www-form-urlencoded"}
    _status, headers, page = proxy.ask(LOGIN)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    own |= {"Cookie": str(headers["Set-Cookie"]).split(";")[0], "Referer": f"https://{NAME}{LOGIN}"}
    name = f"somebody {proxy.https}"  # of this proxy alone
    form = urlencode({"csrfmiddlewaretoken": token[1].decode(), "username": name, "password": "x"}).encode()
    said = [proxy.ask(LOGIN, "POST", form, **own, **{"X-Forwarded-For": f"9.9.9.{number}"}) for number in range(6)]
    assert [status for status, _headers, _page in said] == [http.client.OK] * 5 + [http.client.TOO_MANY_REQUESTS]


def logged_in(proxy: Proxy) -> dict[str, str]:
    """The headers of an editor who has logged in."""
    _status, headers, page = proxy.ask(LOGIN)
    csrf = str(headers["Set-Cookie"]).split(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    form = {
        "csrfmiddlewaretoken": token[1].decode(),
        "username": "admin",
        "password": ADMIN_PASSWORD,
        "next": "/admin/",
    }
    own = {"Cookie": csrf, "Referer": f"https://{NAME}{LOGIN}", "Content-Type": "application/x-www-form-urlencoded"}
    status, headers, _page = proxy.ask(LOGIN, "POST", urlencode(form).encode(), **own)
    assert status == http.client.FOUND
    cookies = re.findall(r"__Host-\w+=\w+", str(headers))
    return {"Cookie": "; ".join(cookies), "Referer": f"https://{NAME}/admin/"}
