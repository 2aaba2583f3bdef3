"""What proves who somebody is: long enough, random, kept as nobody can use it, and good for one thing only."""

import base64
import math
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator as link_tokens
from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from pilots.accounts import known_browser, second_factor
from pilots.admin.pilot.conflicts import pending_edit
from pilots.form_store import FormToken
from pilots.models import AccountSession, RecoveryCode
from pilots.models.preview import new_token
from tests.accounts.test_second_factor import account, is_logged_in
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
DATABASES = ("sqlite",)  # random values and signatures


def test_recovery_codes_are_long_and_kept_as_digests():
    user = person("reviewer")
    codes = second_factor.new_recovery_codes(user)
    letters = len(codes[0].replace("-", ""))
    assert letters * math.log2(len(set(second_factor.ALPHABET))) > 112
    assert len(set(codes)) == second_factor.CODES
    kept = set(RecoveryCode.objects.filter(account=user).values_list("digest", flat=True))
    assert kept == {second_factor.digest(code) for code in codes}
    assert {len(bytes.fromhex(digest)) for digest in kept} == {32}


def test_secret_of_an_app_has_160_bits_and_is_never_the_same():
    secrets = {second_factor.new_secret() for _time in range(20)}
    assert len(secrets) == 20
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_token_of_a_link_to_a_draft_has_256_bits_and_is_never_the_same():
    tokens = {new_token() for _time in range(20)}
    assert len(tokens) == 20
    assert {len(base64.urlsafe_b64decode(f"{token}=")) for token in tokens} == {32}


def test_key_of_a_session_is_random_and_long():
    keys = {browser_of(person("contributor")).session.session_key for _time in range(3)}
    assert len(keys) == 3
    assert {len(key) for key in keys} == {32}


def test_only_logging_in_makes_a_session():
    client = visitor()
    for name in ("admin:login", "admin:index", "admin_password_reset"):
        client.get(reverse(name))
    client.post(reverse("admin:login"), {"username": "rita", "password": "wrong"})
    assert not AccountSession.objects.exists()
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_token_is_good_for_one_purpose_only(rf):
    """Each of these is signed with the site's key, by Django's own signing; what tells them apart is the salt."""
    edit, form, browser = pending_edit.SALT, FormToken(1, "/admin/", "Title").signed(), known_browser.SALT
    for salt in (edit, browser, "django.core.signing"):
        with pytest.raises(signing.BadSignature):
            signing.loads(form, salt=salt)
    request = rf.get("/")
    request.COOKIES[settings.BROWSER_COOKIE_NAME] = form
    assert known_browser.known_as(request, "rita") == ""


def test_token_of_another_portal_is_refused(settings):
    token = FormToken(1, "/admin/", "Title").signed()
    assert FormToken.read(token) is not None
    settings.SECRET_KEY = "the key of another portal " * 3
    assert FormToken.read(token) is None


def test_new_key_of_the_site_logs_everybody_out(settings):
    client = browser_of(person("contributor"))
    assert is_logged_in(client)
    settings.SECRET_KEY = "the next key of this portal " * 3
    assert not is_logged_in(client)


@pytest.mark.parametrize(("hours", "works"), [(71, True), (73, False)])
def test_link_to_a_new_password_works_for_three_days(hours, works, monkeypatch):
    user = person("contributor")
    token, now = link_tokens.make_token(user), link_tokens._now()
    monkeypatch.setattr(link_tokens, "_now", lambda: now + timedelta(hours=hours))
    assert link_tokens.check_token(user, token) is works


@pytest.mark.parametrize(("days", "is_known"), [(89, True), (91, False)])
def test_browser_is_known_for_ninety_days_by_a_cookie_out_of_reach_of_scripts(days, is_known, rf, clock):
    user, response = person("contributor"), HttpResponse()
    known_browser.remember(rf.get("/"), response, user)
    cookie = response.cookies[settings.BROWSER_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    clock.move(minutes=days * 24 * 60)
    request = rf.get("/")
    request.COOKIES[settings.BROWSER_COOKIE_NAME] = cookie.value
    assert bool(known_browser.known_as(request, user.username)) is is_known


def test_password_does_not_expire(log_in, clock):
    rita = account("contributor")
    rita.date_joined = rita.last_login = timezone.now()
    rita.save()
    clock.move(minutes=10 * 365 * 24 * 60)
    assert log_in(visitor(), rita.username)["Location"] == "/admin/pilots/pilot/"


@pytest.mark.parametrize("password", ["  zebra lantern gravel orbit  ", "Zebra 🦓 \u202f lantern gravel", "z9#" * 1300])
def test_password_is_taken_as_it_is_typed(password, log_in, rf):
    rita = account("contributor")
    rita.set_password(password)
    rita.save()
    client = visitor()
    assert log_in(client, rita.username, password)["Location"] == "/admin/pilots/pilot/"
    assert log_in(visitor(), rita.username, password[:-1]).status_code == 200
    assert log_in(visitor(), rita.username, password.swapcase()).status_code == 200


def test_fields_for_passwords_hide_them_and_let_managers_fill_them_in():
    pages = (visitor(), "admin:login"), (browser_of(person("superuser")), "admin:ask-again")
    for text in (client.get(reverse(name)).text for client, name in pages):
        (field,) = (tag for tag in text.split("<input") if 'name="password"' in tag)
        assert 'type="password"' in field
        assert 'autocomplete="current-password"' in field
        assert "onpaste" not in field


def test_every_page_of_the_admin_has_the_way_out_and_that_to_a_new_password():
    client = browser_of(person("superuser"))
    for name in ("admin:index", "admin:pilots_pilot_changelist", "admin:pilots_pilot_add", "admin:own-sessions"):
        text = client.get(reverse(name)).text
        assert f'action="{reverse("admin:logout")}"' in text
        assert f'href="{reverse("admin:password_change")}"' in text
