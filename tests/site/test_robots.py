"""robots.txt and security.txt."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.validators import validate_email
from django.utils.timezone import now


def fields(response):
    """The fields of a file of "Name: value" lines; fails on any other line."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    text = response.content.decode()
    assert text.endswith("\n")
    return [tuple(line.split(": ", 1)) for line in text.splitlines()]


def test_robots_are_kept_out_of_the_admin_and_of_combinations(client):
    assert fields(client.get("/robots.txt")) == [
        ("User-agent", "*"),
        *(
            ("Disallow", f"{language}{path}")
            for language in ("", "/fr", "/es", "/nl", "/sv")
            for path in ("/admin/", "/preview/", "/suggest/")
        ),
        ("Disallow", "/*?*&"),
        ("Sitemap", "http://testserver/sitemap.xml"),
    ]


def test_security_txt_has_what_rfc_9116_requires(client):
    names = [name for name, _value in fields(client.get("/.well-known/security.txt"))]
    assert names.count("Expires") == 1
    assert "Contact" in names
    assert set(names) <= {"Contact", "Expires", "Preferred-Languages", "Canonical", "Policy", "Encryption"}


def test_security_txt_names_the_contact_of_the_setting(client, settings):
    settings.CONTACT_EMAIL = "security@pilots.example.org"
    contact = dict(fields(client.get("/.well-known/security.txt")))["Contact"]
    assert contact == "mailto:security@pilots.example.org"
    validate_email(contact.removeprefix("mailto:"))


def test_security_txt_expires_in_the_future_but_within_a_year(client):
    expires = dict(fields(client.get("/.well-known/security.txt")))["Expires"]
    left = datetime.fromisoformat(expires) - now()
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.parametrize("url", ["", "https://pilots.example.org"])
def test_security_txt_names_its_own_address_in_production_only(client, settings, url):
    settings.SITE_URL = url
    canonical = dict(fields(client.get("/.well-known/security.txt"))).get("Canonical")
    assert canonical == (f"{url}/.well-known/security.txt" if url else None)


def test_security_txt_is_where_the_rfc_says_and_says_nothing_of_this_machine(client):
    assert str(settings.BASE_DIR) not in client.get("/.well-known/security.txt").content.decode()
