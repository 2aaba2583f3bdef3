"""No header of a request moves the site to another prefix, host or port, for anybody."""

import json
import shutil

import pytest

from pilots.index.fragments import CONTENT, SITE
from tests.factories import PublishedPilotFactory
from tests.site.processes import PRODUCTION, run
from tests.site.server import ask, configuration, environ

NAMES = [
    "SCRIPT_NAME", "Script-Name", "PATH_INFO", "Path-Info", "SCRIPT_URL", "REDIRECT_URL", "X-Script-Name",
    "X-Forwarded-Prefix", "X-Forwarded-Host", "X-Forwarded-Server", "X-Forwarded-Port", "X-Forwarded-For",
    "X-Forwarded-Protocol", "X-Forwarded-Ssl", "X-Forwarded-Path", "X-Original-URL", "X-Original-Host",
    "X-Rewrite-URL", "X-Host",
    "X-Real-IP", "X-HTTP-Method-Override", "Forwarded", "Front-End-Https", "REMOTE_USER",
    "Remote-User", "Accept-Language", "X-Url-Scheme", "HTTP_HOST", "HTTPS", "Origin", "Referer", "Via",
]  # fmt: skip
VALUES = ("/x", "/", "https://evil.example", "//evil.example", "host=evil.example;proto=https", "ssl", "on", "443")
PAGES = ("/", "/pilots/", "/pilots/avignon/", "/robots.txt", "/sitemap.xml", "/nowhere/")


@pytest.fixture
def _empty_shelves(transactional_db):
    PublishedPilotFactory(slug="avignon")
    for shelf in (CONTENT, SITE):
        shelf.clear()


@pytest.mark.usefixtures("_empty_shelves")
@pytest.mark.parametrize("value", VALUES)
def test_no_header_changes_an_answer_or_what_is_kept_for_the_next_visitor(value):
    poisoned = [ask(page, *(f"{name}: {value}" for name in NAMES)) for page in PAGES]
    for page, answer in zip(PAGES, poisoned, strict=True):
        plain = ask(page)
        assert (answer.status_code, answer.content) == (plain.status_code, plain.content), page
        assert b"evil" not in plain.content
        assert b'"/x' not in plain.content


@pytest.mark.parametrize("name", NAMES)
def test_no_header_moves_the_path_the_scheme_or_the_host_of_a_request(name):
    for value in VALUES:
        asked = environ("/pilots/", "Host: 127.0.0.1", f"{name}: {value}")
        read = {key: asked[key] for key in ("SCRIPT_NAME", "PATH_INFO", "wsgi.url_scheme", "HTTP_HOST")}
        expected = {"SCRIPT_NAME": "", "PATH_INFO": "/pilots/", "wsgi.url_scheme": "http", "HTTP_HOST": "127.0.0.1"}
        assert read == expected, (name, value)


def test_proxy_on_this_machine_says_how_the_visitor_came_and_nobody_else_does():
    assert environ("/", "Host: a", "X-Forwarded-Proto: https")["wsgi.url_scheme"] == "https"
    assert "*" not in configuration().forwarded_allow_ips


@pytest.mark.usefixtures("_empty_shelves")
def test_server_that_believes_another_prefix_makes_the_same_links(client):
    moved = client.get("/pilots/", SCRIPT_NAME="/x").content
    assert moved == client.get("/pilots/").content
    assert b'href="/pilots/' in moved


LOOK = """
import json, django
django.setup()
from django.test import Client
def answer(path, host, **options):
    response = Client(headers={"host": host}).get(path, **options)
    return [response.status_code, response.headers.get("Location", ""), response.content.decode()]
hosts = ["pilots.example.org", "pilots.example.org:9999", "PILOTS.example.org.", "evil.example", "a@evil.example"]
print(json.dumps({host: [answer(path, host, secure=True) for path in ("/robots.txt", "/sitemap.xml", "/", "/nowhere/")]
    + [answer("/pilots/", host)] for host in hosts}))
"""


@pytest.mark.databases("sqlite")
@pytest.mark.django_db
def test_port_and_spelling_of_the_host_get_into_no_address(tmp_path, migrated_file):
    shutil.copy(migrated_file, tmp_path)
    done = run(LOOK, tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    plain, *others, evil, worse = json.loads(done.stdout).values()
    assert all(other == plain for other in others)
    assert plain[-1][:2] == [301, "https://pilots.example.org/pilots/"]
    assert "https://pilots.example.org/sitemap.xml" in plain[0][2]
    assert {answer[0] for answer in (*evil, *worse)} == {400}
