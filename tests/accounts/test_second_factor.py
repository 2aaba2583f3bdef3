"""Whoever can publish or give rights proves who they are twice; nobody is logged in before that."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pilots.accounts import second_factor
from pilots.admin.accounts.passwords import with_link
from pilots.health import protection
from pilots.models import AuthenticatorApp, RecoveryCode
from tests.accounts.authenticator import digits
from tests.accounts.conftest import PASSWORD
from tests.mailbox import emails, links
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
CODE = "/admin/login/code/?next=/admin/pilots/pilot/"
ADD = "/admin/login/second-factor/?next=/admin/pilots/pilot/"


def account(role: str, **fields: Any) -> Any:
    user = person(role, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def with_app(role: str = "reviewer", **fields: Any) -> tuple[Any, str]:
    """Somebody with an app, and its secret."""
    user, secret = account(role, **fields), second_factor.new_secret()
    AuthenticatorApp.objects.create(account=user, secret=secret)
    return user, secret


def is_logged_in(client: Client) -> bool:
    return client.get(reverse("admin:pilots_pilot_changelist")).status_code == 200


@pytest.mark.parametrize("role", ["reviewer", "administrator", "superuser"])
def test_who_can_publish_or_give_rights_chooses_a_factor_before_the_first_page(role, required, log_in):
    client = visitor()
    response = log_in(client, account(role).username)
    assert response["Location"] == ADD
    assert not is_logged_in(client)


@pytest.mark.parametrize("right", ["add_group", "change_group"])
def test_who_may_change_what_a_group_may_do_needs_a_factor_too(right, required):
    user = account("contributor")
    assert not second_factor.is_required(user)
    user.groups.add(group := Group.objects.create(name="Helpers"))
    group.permissions.add(Permission.objects.get(codename=right))
    user = User.objects.get(pk=user.pk)
    assert second_factor.is_required(user)
    assert user in protection.accounts_without()


@pytest.mark.parametrize(
    ("setting", "role", "is_asked"),
    [("reviewers", "contributor", False), ("all", "contributor", True), ("none", "superuser", False)],
)
def test_setting_says_who_is_asked(setting, role, is_asked, log_in, settings):
    settings.SECOND_FACTOR = setting
    client = visitor()
    log_in(client, account(role).username)
    assert is_logged_in(client) is not is_asked


def test_app_is_set_up_from_picture_or_text_and_lets_in_with_recovery_codes_shown_once(required, log_in, clock):
    client, user = visitor(), account("reviewer", email="rita@a.org")
    log_in(client, user.username)
    page = client.get(ADD)
    secret = page.context["secret"].replace(" ", "")
    assert f"secret={secret}" in page.context["secret_address"]
    assert "<svg" in page.text
    assert 'style="' not in page.text

    assert "These are not the digits" in client.post(ADD, {"digits": "000000"}).text
    assert not is_logged_in(client)
    response = client.post(ADD, {"digits": digits(secret, at=clock.now)})
    codes = re.findall(r"<code>([a-z2-9-]{29})</code>", response.text)
    assert len(set(codes)) == 10
    assert is_logged_in(client)
    assert emails() == [("rita@a.org", "Your second factor at the PREPARE pilot portal")]
    assert not RecoveryCode.objects.filter(digest__in=codes).exists()


def test_who_has_a_factor_logs_in_with_password_and_digits(required, log_in, clock):
    client, (user, secret) = visitor(), with_app()
    assert log_in(client, user.username)["Location"] == CODE
    assert not is_logged_in(client)
    response = client.post(CODE, {"code": digits(secret, at=clock.now)})
    assert response["Location"] == "/admin/pilots/pilot/"
    assert is_logged_in(client)


def test_contributor_who_chose_a_factor_is_asked_for_it_too(required, log_in):
    user, _secret = with_app("contributor")
    assert log_in(visitor(), user.username)["Location"] == CODE


def test_digits_are_taken_once_and_no_earlier_ones_after_them(required, log_in, clock):
    user, secret = with_app()
    said = digits(secret, at=clock.now)
    assert second_factor.proves(user, said)
    assert not second_factor.proves(user, said)
    assert not second_factor.proves(user, digits(secret, -1, at=clock.now))
    clock.move(seconds=30)
    assert second_factor.proves(user, digits(secret, at=clock.now))


@pytest.mark.parametrize(("steps", "holds"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clock_of_a_telephone_may_be_half_a_minute_wrong(steps, holds, clock):
    user, secret = with_app()
    assert second_factor.proves(user, digits(secret, steps, at=clock.now)) is holds


def test_recovery_code_lets_in_once_however_it_is_typed(required, log_in):
    user, _secret = with_app()
    code = second_factor.new_recovery_codes(user)[0]
    for client, typed, lets_in in ((visitor(), code.upper().replace("-", " "), True), (visitor(), code, False)):
        log_in(client, user.username)
        client.post(CODE, {"code": typed})
        assert is_logged_in(client) is lets_in
    assert RecoveryCode.objects.filter(account=user).count() == 9


def test_code_of_somebody_else_lets_nobody_in(required, log_in, clock):
    (user, _secret), (other, theirs) = with_app(), with_app()
    code = second_factor.new_recovery_codes(other)[0]
    assert not second_factor.proves(user, digits(theirs, at=clock.now))
    assert not second_factor.proves(user, code)
    assert second_factor.proves(other, code)


@pytest.mark.parametrize("typed", ["", " ", "000000", "12345", "x" * 100, "٠١٢٣٤٥", "\ud800", "-"])
def test_anything_else_is_refused_in_words(typed, required, log_in):
    client, (user, _secret) = visitor(), with_app()
    second_factor.new_recovery_codes(user)
    log_in(client, user.username)
    response = client.post(CODE, {"code": typed.encode("utf-8", "replace")})
    assert "This is not right" in response.text
    assert not is_logged_in(client)


def test_second_step_without_the_first_leads_to_it(required, clock, log_in):
    client, (user, secret) = visitor(), with_app()
    for address in (CODE, ADD):
        assert client.post(address, {"code": "1"})["Location"] == "/admin/login/?next=/admin/pilots/pilot/"
    log_in(client, user.username)
    clock.move(minutes=11)
    assert client.post(CODE, {"code": digits(secret, at=clock.now)})["Location"].startswith("/admin/login/")
    log_in(client, user.username)
    user.set_password("another lantern gravel orbit")
    user.save()
    assert client.post(CODE, {"code": digits(secret, at=clock.now)})["Location"].startswith("/admin/login/")


def test_who_has_a_factor_cannot_add_another_before_proving_it(required, log_in, clock):
    client, (user, _secret) = visitor(), with_app()
    log_in(client, user.username)
    assert client.get(ADD)["Location"].startswith("/admin/login/")
    assert AuthenticatorApp.objects.get(account=user).used_at is None


def test_next_page_is_one_of_this_site(required, log_in, clock):
    client, (user, secret) = visitor(), with_app()
    log_in(client, user.username)
    response = client.post("/admin/login/code/?next=https://evil.example/", {"code": digits(secret, at=clock.now)})
    assert response["Location"] == "/admin/"


def test_own_page_adds_replaces_and_removes_and_keeps_the_last_where_one_is_required(required, clock):
    user, secret = with_app("reviewer")
    client = browser_of(user)
    assert "Authenticator app, added on" in client.get("/admin/second-factor/").text
    client.post("/admin/second-factor/", {"remove_app": "1"})
    assert AuthenticatorApp.objects.filter(account=user).exists()

    new = client.get("/admin/second-factor/add/").context["secret"].replace(" ", "")
    client.post("/admin/second-factor/add/", {"digits": digits(new, at=clock.now)})
    assert AuthenticatorApp.objects.get(account=user).secret == new != secret
    user.groups.clear()
    client.post("/admin/second-factor/", {"remove_app": "1"})
    assert not second_factor.has_one(user)


def test_new_recovery_codes_end_the_earlier_ones():
    user, _secret = with_app()
    before = second_factor.new_recovery_codes(user)[0]
    page = browser_of(user).post("/admin/second-factor/", {"new_codes": "1"})
    assert page.text.count("<code>") == 10
    assert not second_factor.proves(user, before)


def test_command_removes_a_lost_factor_and_logs_out(capsys):
    user, _secret = with_app(email="rita@a.org")
    second_factor.new_recovery_codes(user)
    client = browser_of(user)
    call_command("remove_second_factor", user.username)
    assert not second_factor.has_one(user)
    assert not RecoveryCode.objects.exists()
    assert not is_logged_in(client)
    assert "is removed" in capsys.readouterr().out
    assert len(emails()) == 1
    call_command("remove_second_factor", user.username)
    assert "has no second factor" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no account"):
        call_command("remove_second_factor", "nobody")


def test_link_to_a_new_password_logs_nobody_in_and_leaves_the_factor_asked_for(required, log_in):
    user, _secret = with_app(email="rita@a.org")
    client, path = visitor(), links(with_link("password_reset", user))[0].split("/", 3)[3]
    new = "gravel orbit zebra violin"
    typed = {"new_password1": new, "new_password2": new}
    assert client.post(client.get(f"/{path}")["Location"], typed).status_code == 302
    assert not is_logged_in(client)
    assert log_in(client, user.username, new)["Location"] == CODE
    assert not is_logged_in(client)
