"""Ways around the login that do not work: before the second factor, with another's session, by a link elsewhere."""

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from pilots.models import AccountSession, Pilot
from tests.accounts.authenticator import digits
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_ask_again import ASK, names_of_addresses
from tests.accounts.test_second_factor import ADD, CODE, account, is_logged_in, with_app
from tests.factories import PilotFactory, PublishedPilotFactory, StageFactory
from tests.people import browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
OPEN = {"login", "login-factor", "login-add-factor", "logout", "jsi18n"}
ELSEWHERE = (
    *("https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example"),
    *("http:evil.example", "https:///evil.example", "javascript:alert(1)", "\t//evil.example", "/\t/evil.example"),
)


def addresses() -> set[str]:
    """An address for each name of the admin, of the row with the number 1 where it needs one."""
    found = set()
    for name in names_of_addresses() - OPEN - {""}:
        for arguments in ((), (1,), (1, "fr"), ("fr",), (1, 1), (1, "publish"), ("x", "pilot"), ("publish",)):
            try:
                found.add(reverse(f"admin:{name}", args=arguments))
            except NoReverseMatch:
                continue
    return found


def test_whoever_gave_only_a_password_is_a_stranger_everywhere(required, log_in):
    (user, _secret), pilot, stage = with_app("superuser"), PilotFactory(title="Whispering"), StageFactory()
    client = visitor()
    assert log_in(client, user.username)["Location"] == CODE
    tried = addresses()
    assert {reverse("admin:pilots_pilot_change", args=[1]), reverse("admin:own-factors")} <= tried
    for url in tried:
        for answer in (client.get(url), client.post(url, {"post": "yes", "form_token": "x"})):
            is_refused = answer.status_code in {404, 405} or answer.get("Location", "").startswith("/admin/login/")
            assert is_refused, f"{answer.status_code} at {url}"
    for url in (f"/fr/pilots/{pilot.slug}/", f"/api/v1/pilots/{pilot.slug}/", f"/pilots/{pilot.slug}/"):
        assert client.get(url).status_code == 404
    assert client.get("/readyz").text == visitor().get("/readyz").text
    assert Pilot.objects.filter(pk=pilot.pk).exists()
    assert type(stage).objects.filter(pk=stage.pk).exists()


def test_key_of_a_session_is_never_one_that_was_there_before(required, log_in, clock):
    user, secret = with_app()
    client, name = visitor(), project.SESSION_COOKIE_NAME
    client.cookies[name] = planted = "a" * 32
    log_in(client, user.username)
    pending = client.cookies[name].value
    client.post(CODE, {"code": digits(secret, at=clock.now)})
    assert is_logged_in(client)
    assert len({planted, pending, client.cookies[name].value}) == 3
    for key in (planted, pending):
        other = visitor()
        other.cookies[name] = key
        assert not is_logged_in(other)
    assert not AccountSession.objects.filter(pk__in=[planted, pending]).exists()


@pytest.mark.parametrize("next_page", ELSEWHERE)
def test_no_step_of_logging_in_leads_to_another_site(next_page, required, log_in, clock):
    (user, secret), fresh, client = with_app(), account("reviewer"), visitor()
    said = {"username": user.username, "password": PASSWORD, "next": next_page}
    assert client.post(reverse("admin:login"), said)["Location"] == "/admin/login/code/?next=/admin/"
    right = {"code": digits(secret, at=clock.now), "next": next_page}
    assert client.post(CODE.partition("?")[0], right)["Location"] == "/admin/"
    assert client.post(ASK, {"password": PASSWORD, "next": next_page})["Location"] == "/admin/"
    new = visitor()
    log_in(new, fresh.username)
    path = ADD.partition("?")[0]
    key = new.get(path, {"next": next_page}).context["secret"]
    codes = new.post(path, {"digits": digits(key, at=clock.now), "next": next_page})
    assert codes.context["next"] == "/admin/"


def seen(client: Client, name: str, password: str) -> tuple[object, ...]:
    """What somebody sees of a wrong login, but for the name they typed and the token against forged forms."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(reverse("admin:login"), {"username": name, "password": password})
    cookies = {morsel.key: (morsel["max-age"], morsel["path"]) for morsel in answer.cookies.values()}
    headers = {key: value for key, value in answer.items() if key not in ("Server-Timing", "Expires")}
    return answer.status_code, len(answer.content), cookies, headers, len(asked)


def test_status_length_headers_cookies_and_queries_do_not_tell_whether_there_is_an_account(required):
    with_app(username="rita")
    account("reviewer", username="olga")
    account("reviewer", username="paul", is_active=False)
    answers = [seen(visitor(), name, "wrong password") for name in ("rita", "olga", "paul", "nina")]
    assert answers == [answers[0]] * 4


@pytest.mark.parametrize("name", ["partner", "stage"])
def test_merging_deletes_and_asks_again(name, clock):
    client = browser_of(person("superuser"))
    row = StageFactory() if name == "stage" else PublishedPilotFactory().partners.get()
    url = reverse(f"admin:pilots_{name}_same_as", args=[row.pk])
    assert client.get(url).status_code == 200
    clock.move(minutes=15, seconds=1)
    assert client.get(url)["Location"] == f"{ASK}?next={url}"


def test_export_of_chosen_drafts_asks_again_before_the_file(clock):
    client, pilot = browser_of(person("superuser")), PilotFactory(title="Whispering")
    clock.move(minutes=29)
    client.get("/admin/")
    clock.move(minutes=2)
    chosen = {"action": "export_chosen", "_selected_action": [pilot.pk]}
    assert client.post(reverse("admin:pilots_pilot_changelist"), chosen).status_code == 200  # asks which kind
    answer = client.post(reverse("admin:pilots_pilot_export"), {"format": "0", "entries": str(pilot.entry_id)})
    assert answer["Location"].startswith(ASK)


def test_old_password_is_guessed_in_an_open_browser_as_seldom_as_at_the_login(clock):
    user, url, source = account("contributor"), reverse("admin:password_change"), {"REMOTE_ADDR": "203.0.113.9"}
    client, new = browser_of(user), "violet lantern gravel orbit"
    twice = {"new_password1": new, "new_password2": new}
    for _time in range(5):
        assert client.post(url, {"old_password": "wrong", **twice}, **source).status_code == 200
    refused = client.post(url, {"old_password": PASSWORD, **twice}, **source)
    assert refused.status_code == 429
    assert "Try again in 15 minutes." in refused.text
    clock.move(minutes=16)
    for _time in range(6):  # right, but the new ones differ: that is no guess
        assert client.post(url, {"old_password": PASSWORD, "new_password1": new}, **source).status_code == 200
    assert client.post(url, {"old_password": PASSWORD, **twice}, **source).status_code == 302
    assert is_logged_in(client)
