"""A session ends by itself, is seen by its owner, and ends with the password or the rights it began with."""

from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from pilots.accounts import sessions
from pilots.admin.accounts.passwords import with_link
from pilots.models import AccountSession
from pilots.models.account_language import set_language
from pilots.workflow.scheduler import run_due_tasks
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import account, is_logged_in
from tests.admin.forms import forms_of, open_form, submit
from tests.factories import PilotFactory
from tests.mailbox import emails, links, sent
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140 Safari/537.36 Edg/140"
)
OWN = "/admin/sessions/"


def test_session_ends_half_an_hour_after_it_was_used_last(clock):
    client = browser_of(person("contributor"))
    for _time in range(3):
        clock.move(minutes=29)
        assert is_logged_in(client)
    clock.move(minutes=31)
    assert not is_logged_in(client)


def test_session_ends_eight_hours_after_it_began_however_much_it_is_used(clock):
    client = browser_of(person("contributor"))
    for _time in range(19):
        clock.move(minutes=25)
        assert is_logged_in(client)
    clock.move(minutes=6)
    assert not is_logged_in(client)


@pytest.mark.parametrize(("said", "is_kept"), [({"by_itself": "1"}, False), ({}, True)])
def test_form_that_only_says_it_is_open_is_no_use_and_one_that_is_typed_into_is(said, is_kept, clock):
    client, pilot = browser_of(person("superuser")), PilotFactory()
    for _time in range(4):
        clock.move(minutes=10)
        client.post(reverse("admin:pilots_pilot_presence", args=[pilot.pk]), said)
    assert is_logged_in(client) is is_kept


def test_what_was_typed_into_an_idle_form_is_kept(clock):
    user, pilot = person("superuser"), PilotFactory()
    client, url = browser_of(user), reverse("admin:pilots_pilot_change", args=[pilot.pk])
    form = open_form(client, url)
    token = forms_of(client.get(url))["pilot_form"]["form_token"]
    clock.move(minutes=45)
    response = client.post(url, {**form, "form_token": token, "summary": "Typed for an hour."})
    assert response["Location"].startswith("/admin/login/?next=/admin/unsaved/")
    again = browser_of(user)
    assert "Typed for an hour." in again.get(response["Location"].partition("next=")[2]).text


def test_looking_at_pages_writes_once_a_minute(clock):
    client = browser_of(person("contributor"))
    client.get("/admin/")
    seen = AccountSession.objects.get().seen_at
    client.get("/admin/")
    assert AccountSession.objects.get().seen_at == seen
    clock.move(seconds=61)
    client.get("/admin/")
    assert AccountSession.objects.get().seen_at > seen


@pytest.mark.parametrize(
    ("words", "name"),
    [(FIREFOX, "Firefox, Linux"), (EDGE, "Edge, Windows"), ("curl/8", ""), ("", ""), ("Firefox/" * 500, "Firefox")],
)
def test_browser_is_named_in_two_words(words, name):
    assert sessions.name_of_browser(words) == name


def two_browsers(log_in: Any) -> tuple[Any, Client, Client]:
    user, here, there = account("contributor"), visitor(), visitor()
    log_in(here, user.username, HTTP_USER_AGENT=FIREFOX)
    log_in(there, user.username, HTTP_USER_AGENT=EDGE)
    return user, here, there


def test_own_page_lists_sessions_and_tells_no_key(log_in, clock):
    _user, here, _there = two_browsers(log_in)
    browser_of(person("contributor"))
    page = here.get(OWN).text
    assert page.count("Logged in: ") == 2
    assert "Firefox, Linux" in page
    assert "Edge, Windows" in page
    assert not any(row.pk in page for row in AccountSession.objects.all())


def test_one_session_is_ended_or_all_others_or_all(log_in, clock):
    user, here, there = two_browsers(log_in)
    third = visitor()
    log_in(third, user.username)
    name = next(row["name"] for row in here.get(OWN).context["sessions"] if row["row"].browser.startswith("Edge"))
    here.post(OWN, {"end": name})
    assert [is_logged_in(it) for it in (here, there, third)] == [True, False, True]
    here.post(OWN, {"others": "1"})
    assert [is_logged_in(it) for it in (here, there, third)] == [True, False, False]
    here.post(OWN, {"everywhere": "1"})
    assert not is_logged_in(here)
    assert not AccountSession.objects.filter(account=user).exists()


def test_nobody_ends_a_session_of_somebody_else(log_in, clock):
    _user, here, _there = two_browsers(log_in)
    name = here.get(OWN).context["sessions"][0]["name"]
    other = browser_of(person("contributor"))
    for said in ({"end": name}, {"others": "1"}, {"end": "x"}, {"end": ""}):
        other.post(OWN, said)
    assert is_logged_in(here)


def test_new_password_ends_the_other_sessions_and_keeps_this_one(log_in):
    user, here, there = two_browsers(log_in)
    new = "violet lantern gravel orbit"
    said = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post(reverse("admin:password_change"), said).status_code == 302
    assert is_logged_in(here)
    assert not is_logged_in(there)
    assert AccountSession.objects.filter(account=user).count() == 1


@pytest.mark.parametrize("change", [{"groups": []}, {"email": "new@a.org"}, {"is_active": None}])
def test_change_of_role_address_or_closing_ends_the_sessions_of_an_account(change):
    user = person("contributor", email="old@a.org")
    theirs, admin = browser_of(user), browser_of(person("superuser"))
    url = reverse("admin:auth_user_change", args=[user.pk])
    assert submit(admin, url, **change).status_code == 302
    assert not is_logged_in(theirs)
    assert is_logged_in(admin)


def test_change_of_a_name_ends_no_session():
    user = person("contributor", email="old@a.org")
    theirs, admin = browser_of(user), browser_of(person("superuser"))
    url = reverse("admin:auth_user_change", args=[user.pk])
    assert submit(admin, url, first_name="Rita").status_code == 302
    assert is_logged_in(theirs)


def test_sessions_that_are_over_are_deleted(clock):
    browser_of(person("contributor"))
    clock.move(minutes=31)
    run_due_tasks()
    assert not AccountSession.objects.exists()


def test_login_takes_a_new_key(log_in):
    client, user = visitor(), account("contributor")
    log_in(client, user.username)
    first = client.cookies["session"].value
    log_in(client, user.username)
    assert client.cookies["session"].value != first


@pytest.mark.parametrize(("field", "new"), [("email", "new@a.org"), ("username", "somebody-else")])
def test_owner_is_told_of_a_changed_identity_where_they_were_reached_before(
    field, new, django_capture_on_commit_callbacks
):
    user = person("contributor", email="old@a.org")
    set_language(user, "fr")
    with django_capture_on_commit_callbacks(execute=True):
        submit(browser_of(person("superuser")), reverse("admin:auth_user_change", args=[user.pk]), **{field: new})
    (letter,) = sent()
    assert letter.to == ["old@a.org"]
    assert letter.subject == french("Your account at the PREPARE pilot portal")


def french(text: str) -> str:
    with override("fr"):
        return gettext(text)


def test_owner_is_told_of_a_changed_password_whoever_changed_it(log_in):
    user, new = account("contributor", email="rita@a.org"), "violet lantern gravel orbit"
    twice = {"new_password1": new, "new_password2": new}
    own, superuser = browser_of(user), browser_of(person("superuser"))
    own.post(reverse("admin:password_change"), {"old_password": "wrong", **twice})
    assert sent() == []
    own.post(reverse("admin:password_change"), {"old_password": PASSWORD, **twice})
    superuser.post(
        reverse("admin:auth_user_password_change", args=[user.pk]),
        {"usable_password": "true", **{name.replace("new_", ""): value for name, value in twice.items()}},
    )
    user.refresh_from_db()
    link_to_choose(user, twice)
    assert [to for to, _subject in emails()] == ["rita@a.org"] * 3


def test_first_password_of_an_invitation_is_no_change():
    user = person("contributor", email="rita@a.org")
    user.set_unusable_password()
    user.save()
    link_to_choose(user, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    user.refresh_from_db()
    assert user.has_usable_password()
    assert sent() == []


def link_to_choose(user: Any, typed: dict[str, str]) -> None:
    """Follow the link of an e-mail, and choose a password."""
    path = links(with_link("password_reset", user))[0].split("/", 3)[3]
    client = visitor()
    client.post(client.get(f"/{path}")["Location"], typed)


def test_logging_out_has_the_browser_forget_what_it_kept() -> None:
    response = browser_of(person("reviewer")).post("/admin/logout/")
    assert response.status_code == 200
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert settings.BROWSER_COOKIE_NAME not in response.cookies  # by which strangers who guess lock nobody out


def test_page_is_shown_though_the_database_takes_nothing_in(monkeypatch):
    client = browser_of(rita := account("contributor"))
    client.post(OWN, {"others": "1"})  # leaves a message, which the next page forgets

    def full(*_said: object, **_named: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(AccountSession, "save_base", full)
    answer = client.get(OWN)
    assert answer.status_code == 200
    assert rita.username in answer.text
