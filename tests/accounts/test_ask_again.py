"""A browser that was left open gives no rights, exports no drafts and deletes nothing without the password."""

import pytest
from django.contrib import admin
from django.urls import reverse

from pilots.admin.accounts.ask_again import is_dangerous
from pilots.models import AccountSession, Pilot
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import account, is_logged_in
from tests.admin.forms import open_form
from tests.factories import PilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
ASK = "/admin/ask-again/"


def names_of_addresses() -> set[str]:
    """The names of all addresses of the admin."""
    names, waiting = set(), list(admin.site.urls[0])
    for pattern in waiting:
        waiting += getattr(pattern, "url_patterns", [])
        names.add(getattr(pattern, "name", None) or "")
    return names


def test_all_that_deletes_gives_rights_or_exports_drafts_asks():
    names = names_of_addresses()
    harmful = {name for name in names if "delete" in name.split("_") or "_export" in name}
    harmful |= {name for name in names if name.startswith("auth_") and name.endswith(("_add", "_change"))}
    assert harmful >= {"pilots_pilot_delete", "auth_user_change", "pilots_pilot_export", "auth_group_delete"}
    assert {name for name in harmful if not is_dangerous(name)} == set()
    assert not is_dangerous("pilots_pilot_change")


@pytest.mark.parametrize(
    "name", ["auth_user_add", "auth_group_add", "pilots_pilot_export", "own-factors", "own-sessions"]
)
def test_page_asks_a_quarter_of_an_hour_after_the_login(name, clock):
    client, url = browser_of(person("superuser")), reverse(f"admin:{name}")
    assert client.get(url).status_code == 200
    clock.move(minutes=15, seconds=1)
    assert client.get(url)["Location"] == f"{ASK}?next={url}"


def test_right_password_leads_on_and_a_wrong_one_does_not(clock):
    user, pilot = account("superuser"), PilotFactory()
    client, url = browser_of(user), reverse("admin:pilots_pilot_delete", args=[pilot.pk])
    clock.move(minutes=29)
    client.get("/admin/")
    clock.move(minutes=2)
    assert client.post(url, {"post": "yes"})["Location"] == f"{ASK}?next={url}"
    assert Pilot.objects.filter(pk=pilot.pk).exists()
    assert "This is not your password" in client.post(ASK, {"password": "wrong", "next": url}).text
    assert client.get(url).status_code == 302
    assert client.post(ASK, {"password": PASSWORD, "next": url})["Location"] == url
    assert client.get(url).status_code == 200


def test_answer_gives_the_session_a_new_key_and_no_more_time(clock):
    client = browser_of(account("superuser"))
    before = AccountSession.objects.get()
    clock.move(minutes=20)
    client.post(ASK, {"password": PASSWORD})
    after = AccountSession.objects.get()
    assert after.pk != before.pk
    assert (after.started_at, after.expire_date) == (before.started_at, before.expire_date)
    assert is_logged_in(client)


def test_new_password_gives_the_session_no_more_time(clock):
    client, new = browser_of(account("superuser")), f"{PASSWORD} anew"
    before = AccountSession.objects.get()
    clock.move(minutes=14)
    client.post("/admin/password_change/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    after = AccountSession.objects.get()
    assert after.pk != before.pk
    assert (after.started_at, after.expire_date) == (before.started_at, before.expire_date)
    assert is_logged_in(client)


def test_login_begins_the_time_of_a_session_anew(log_in, clock):
    client = browser_of(account("superuser", username="ines"))
    before = AccountSession.objects.get()
    clock.move(minutes=14)
    log_in(client, "ines")
    assert AccountSession.objects.get().started_at > before.started_at


def test_form_that_was_opened_in_time_is_saved_for_as_long_again(clock):
    client, user = browser_of(account("superuser")), person("contributor")
    url = reverse("admin:auth_user_change", args=[user.pk])
    clock.move(minutes=14)
    form = open_form(client, url)
    clock.move(minutes=14)
    assert client.post(url, {**form, "first_name": "Rita"})["Location"] == "/admin/auth/user/"
    clock.move(minutes=3)
    assert client.post(url, {**form, "first_name": "Paula"})["Location"] == f"{ASK}?next={url}"
    user.refresh_from_db()
    assert user.first_name == "Rita"


def test_guesses_are_counted(clock):
    user = account("superuser")
    client = browser_of(user)
    clock.move(minutes=16)
    for _time in range(5):
        client.post(ASK, {"password": "wrong"}, REMOTE_ADDR="203.0.113.9")
    assert client.post(ASK, {"password": PASSWORD}, REMOTE_ADDR="203.0.113.9").status_code == 429


def test_next_page_is_one_of_this_site(clock):
    client = browser_of(account("superuser"))
    answer = client.post(ASK, {"password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/admin/"
