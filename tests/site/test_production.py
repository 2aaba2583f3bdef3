"""What differs in production, seen in a process that runs with its settings."""

import json
import shutil

import pytest

from tests.site.processes import PRODUCTION, run

# A process of its own is the same on both.
DATABASES = ("sqlite",)
pytestmark = pytest.mark.django_db

LOOK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from django.contrib.auth.models import User
User.objects.create_superuser("editor", password="a long password of an editor")
host = {"headers": {"host": "pilots.example.org"}}
plain, safe = Client(**host), Client(**host)
secure = {"secure": True}
form = {"username": "editor", "password": "a long password of an editor", "next": "/admin/"}
safe.get("/admin/login/", **secure)
login = safe.post("/admin/login/", form, **secure)
def summary(response):
    return {"status": response.status_code, "headers": dict(response.headers)}
print(json.dumps({
    "plain": summary(plain.get("/pilots/?country=FR")),
    "probe": summary(plain.get("/livez")),
    "page": summary(plain.get("/", **secure)),
    "missing": summary(plain.get("/none/", **secure)),
    "refused": summary(plain.generic("TRACE", "/", **secure)),
    "foreign host": summary(Client(headers={"host": "127.0.0.1"}).get("/", **secure)),
    "too large": summary(plain.post("/", {"much": "x" * 100}, **secure)),
    "robots": plain.get("/robots.txt", **secure).content.decode(),
    "sitemap": plain.get("/sitemap.xml", **secure).content.decode(),
    "canonical": plain.get("/pilots/", **secure).content.decode(),
    "login": summary(login),
    "cookies": {name: dict(cookie.items()) for name, cookie in safe.cookies.items()},
    "validators": [v.get("OPTIONS", {}) for v in settings.AUTH_PASSWORD_VALIDATORS],
    "hash": User.objects.get().password.split("$")[0],
    "silenced": settings.SILENCED_SYSTEM_CHECKS,
}))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory, migrated_file):
    folder = tmp_path_factory.mktemp("production")
    shutil.copy(migrated_file, folder)
    done = run(LOOK, folder, **PRODUCTION)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("more", [{}, {"DATABASE_URL": "postgres://user:pass@localhost/portal"}], ids=str)
def test_djangos_own_deployment_checks_have_nothing_to_say(tmp_path, more):
    code = "from django.core.management import execute_from_command_line as execute; "
    code += "execute(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    done = run(code, tmp_path, **(PRODUCTION | more))
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


def test_http_leads_to_https(production):
    assert production["plain"]["status"] == 301
    assert production["plain"]["headers"]["Location"] == "https://pilots.example.org/pilots/?country=FR"


def test_probes_are_answered_without_tls(production):
    assert production["probe"]["status"] == 200


@pytest.mark.parametrize("answer", ["page", "missing", "login", "refused", "foreign host", "too large"])
def test_browsers_are_told_to_come_by_https_for_years(production, answer):
    value = production[answer]["headers"]["Strict-Transport-Security"]
    seconds = int(value.split(";")[0].removeprefix("max-age="))
    assert seconds >= 31_536_000
    assert value.endswith("; includeSubDomains; preload")


def test_editors_cookies_are_bound_to_the_host_and_travel_encrypted(production):
    cookies = production["cookies"]
    assert set(cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert 0 < cookies["__Host-session"]["max-age"] <= 8 * 60 * 60


def test_visitor_gets_no_cookie(production):
    assert "Set-Cookie" not in production["page"]["headers"]
    assert production["page"]["headers"].get("Vary") == "Accept-Encoding"


def test_only_its_own_host_is_served(production):
    assert production["foreign host"]["status"] == 400


def test_machines_are_told_https_addresses(production):
    assert "Sitemap: https://pilots.example.org/sitemap.xml" in production["robots"]
    assert "<loc>https://pilots.example.org/sitemap-pilots.xml</loc>" in production["sitemap"]
    assert '<link rel="canonical" href="https://pilots.example.org/pilots/">' in production["canonical"]


def test_passwords_are_long_and_hashed_with_argon2(production):
    assert {"min_length": 15} in production["validators"]
    assert production["hash"] == "argon2"


def test_no_check_is_silenced(production):
    assert production["silenced"] == []
