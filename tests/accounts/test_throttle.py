"""Attempts are limited for who makes them: strangers for themselves, never the editor whose name they try."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pilots.accounts import throttle
from pilots.admin.accounts import passwords
from pilots.models import AttemptCount, PreviewLink, SecurityEvent
from pilots.workflow.scheduler import run_due_tasks
from tests.accounts.authenticator import digits
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import CODE, account, is_logged_in, with_app
from tests.factories import PilotFactory
from tests.mailbox import emails, links, sent
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
HOME, AWAY = "198.51.100.1", "203.0.113.9"
LogIn = Callable[..., Any]


def guess(log_in: LogIn, name: str, times: int, *, source: str = AWAY, client: Client | None = None) -> Any:
    """Try wrong passwords; return the last answer."""
    client = client or visitor()
    return [log_in(client, name, f"wrong {number}", REMOTE_ADDR=source) for number in range(times)][-1]


def knows(client: Client, user: Any, log_in: LogIn) -> Client:
    """The browser, once this person has logged in there and out again."""
    log_in(client, user.username, REMOTE_ADDR=HOME)
    client.cookies.pop(project.SESSION_COOKIE_NAME)
    return client


def choose_by_link(client: Client, address: str, password: str) -> None:
    """Have a link sent to this address, and choose a password there."""
    client.post("/admin/password_reset/", {"email": address})
    path = "/" + links(sent()[-1])[0].split("/", 3)[3]
    form = client.get(path, follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": password, "new_password2": password})


def test_sixth_wrong_password_from_one_source_is_not_looked_at(log_in, clock):
    user, client = account("contributor"), visitor()
    assert guess(log_in, user.username, 5).status_code == 200
    response = log_in(client, user.username, REMOTE_ADDR=AWAY)
    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert "Try again in 15 minutes." in response.text
    assert not is_logged_in(client)
    clock.move(minutes=15)
    log_in(client, user.username, REMOTE_ADDR=AWAY)
    assert is_logged_in(client)


def test_answer_is_the_same_whether_or_not_there_is_such_an_account(log_in, clock):
    user = account("contributor", username="rita")
    closed = account("contributor", username="paul", is_active=False)
    for attempt in range(6):
        said = {
            guess(log_in, name, 1).text.replace(name, "NAME")
            for name in (user.username, closed.username, "nobody-at-all")
        }
        # What differs is the token against forged forms
        assert len({"".join(page.split("csrfmiddlewaretoken")[0]) for page in said}) == 1, attempt


def test_hash_is_computed_for_names_of_nobody_too(log_in, monkeypatch, settings):
    computed = []
    real = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args, **more: (computed.append(1), real(*args, **more))[1])
    user = account("contributor", username="rita")
    invited = account("contributor", username="new")
    invited.set_unusable_password()
    invited.save()
    counts = []
    for name in (user.username, "nobody-at-all", invited.username):
        computed.clear()
        guess(log_in, name, 1)
        counts.append(len(computed))
    assert counts == [counts[0]] * 3 != [0, 0, 0]


def test_stranger_who_guesses_does_not_keep_out_who_is_elsewhere(log_in):
    user, client = account("contributor"), visitor()
    guess(log_in, user.username, 6)
    log_in(client, user.username, REMOTE_ADDR=HOME)
    assert is_logged_in(client)


def test_many_strangers_do_not_keep_out_a_browser_in_which_its_owner_was(log_in, clock):
    user = account("contributor")
    mine = knows(visitor(), user, log_in)
    for number in range(101):
        guess(log_in, user.username, 1, source=f"203.0.113.{number}")
    fresh = visitor()
    assert log_in(fresh, user.username, REMOTE_ADDR=HOME).status_code == 429
    log_in(mine, user.username, REMOTE_ADDR=HOME)
    assert is_logged_in(mine)


def test_known_browser_is_limited_too_and_only_known_for_whom_it_knows(log_in):
    user, other = account("contributor"), account("contributor")
    mine = knows(visitor(), user, log_in)
    assert guess(log_in, user.username, 10, client=mine).status_code == 200
    assert guess(log_in, user.username, 1, client=mine).status_code == 429
    assert guess(log_in, other.username, 6, client=mine).status_code == 429
    mine.cookies[project.BROWSER_COOKIE_NAME] = "forged"
    assert guess(log_in, user.username, 6, client=mine, source=HOME).status_code == 429


def test_link_to_a_new_password_leads_in_while_strangers_guess(log_in, client):
    user = account("contributor", email="rita@a.org")
    for number in range(101):
        guess(log_in, user.username, 1, source=f"203.0.113.{number}")
    choose_by_link(client, "rita@a.org", PASSWORD)
    log_in(client, user.username, REMOTE_ADDR=HOME)
    assert is_logged_in(client)


def test_source_that_tries_many_names_is_stopped_for_all(log_in):
    user = account("contributor")
    for number in range(50):
        guess(log_in, f"name{number}", 1)
    assert log_in(visitor(), user.username, REMOTE_ADDR=AWAY).status_code == 429
    assert log_in(visitor(), user.username, REMOTE_ADDR=HOME).status_code == 302


def test_forged_header_makes_no_new_source(log_in, settings):
    user = account("contributor")
    for number in range(5):
        log_in(visitor(), user.username, "wrong", REMOTE_ADDR=AWAY, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    response = log_in(visitor(), user.username, REMOTE_ADDR=AWAY, HTTP_X_FORWARDED_FOR="192.0.2.200")
    assert response.status_code == 429


def test_proxy_that_says_nothing_leaves_editors_in(log_in):
    user = account("contributor")
    for number in range(60):
        guess(log_in, f"name{number}", 1, source="127.0.0.1")
    guess(log_in, user.username, 20, source="127.0.0.1")
    assert log_in(visitor(), user.username, REMOTE_ADDR="127.0.0.1").status_code == 302


def test_right_password_counts_for_nothing(log_in):
    user = account("contributor")
    for _time in range(12):
        assert log_in(visitor(), user.username, REMOTE_ADDR=HOME).status_code == 302
    assert set(AttemptCount.objects.values_list("count", flat=True)) <= {0}


@pytest.mark.parametrize("typed", [" rita", "rita\t", "ＲＩＴＡ", "ｒita"])
def test_name_typed_in_another_way_is_the_same_name(log_in, typed):
    account("contributor", username="rita")
    guess(log_in, typed, 5)
    assert log_in(visitor(), "rita", REMOTE_ADDR=AWAY).status_code == 429
    assert set(SecurityEvent.objects.values_list("account_name", flat=True)) == {"rita"}


def test_browser_does_not_tell_who_logged_in_there(log_in):
    mine = knows(visitor(), account("contributor", username="rita"), log_in)
    told = mine.cookies[project.BROWSER_COOKIE_NAME].value.partition(":")[0]
    assert b"rita" not in base64.urlsafe_b64decode(told + "==")


def test_links_to_new_passwords_give_no_more_guesses_of_the_second_factor(log_in, clock, required):
    user, secret = with_app(email="rita@a.org")
    for number in range(2):
        thief, password = visitor(), f"{PASSWORD} {number}"
        choose_by_link(thief, "rita@a.org", password)
        log_in(thief, user.username, password, REMOTE_ADDR=AWAY)
        answers = [thief.post(CODE, {"code": "000000"}).status_code for _guess in range(6)]
    assert answers == [200] * 4 + [429] * 2
    clock.move(minutes=16)
    log_in(thief, user.username, password, REMOTE_ADDR=AWAY)
    thief.post(CODE, {"code": digits(secret, at=clock.now)})
    assert is_logged_in(thief)


def test_two_who_log_in_at_once_lock_the_same_rows_in_the_same_order():
    limits = [throttle.Limit(kind, 5, 900, ("rita",)) for kind in "abc"]
    throttle.count(limits)
    with CaptureQueriesContext(connection) as asked:
        throttle.take_back(limits)
    said = [query["sql"] for query in asked if query["sql"].startswith(("SELECT", "UPDATE"))]
    assert [sql.split()[0] for sql in said] == ["SELECT", "UPDATE"]
    assert "ORDER BY" in said[0]
    assert ("FOR UPDATE" in said[0]) is connection.features.has_select_for_update


def test_second_factor_is_guessed_ten_times_and_thirty_a_day(log_in, clock, required):
    user, secret = with_app()
    client = visitor()
    log_in(client, user.username, REMOTE_ADDR=AWAY)
    for _time in range(10):
        assert client.post(CODE, {"code": "000000"}, REMOTE_ADDR=AWAY).status_code == 200
    response = client.post(CODE, {"code": digits(secret, at=clock.now)}, REMOTE_ADDR=AWAY)
    assert response.status_code == 429
    assert "Try again in" in response.text
    for _time in range(2):
        clock.move(minutes=16)
        log_in(client, user.username, REMOTE_ADDR=AWAY)
        for _guess in range(10):
            client.post(CODE, {"code": "000000"}, REMOTE_ADDR=AWAY)
    clock.move(minutes=16)
    log_in(client, user.username, REMOTE_ADDR=AWAY)
    assert client.post(CODE, {"code": digits(secret, at=clock.now)}, REMOTE_ADDR=AWAY).status_code == 429


def test_who_knows_the_password_cannot_keep_its_owner_from_the_second_factor(log_in, clock, required):
    user, secret = with_app()
    mine = visitor()
    log_in(mine, user.username, REMOTE_ADDR=HOME)
    mine.post(CODE, {"code": digits(secret, at=clock.now)}, REMOTE_ADDR=HOME)
    mine.cookies.pop(project.SESSION_COOKIE_NAME)
    thief = visitor()
    log_in(thief, user.username, REMOTE_ADDR=AWAY)
    for _time in range(11):
        thief.post(CODE, {"code": "000000"}, REMOTE_ADDR=AWAY)
    clock.move(minutes=1)
    log_in(mine, user.username, REMOTE_ADDR=HOME)
    mine.post(CODE, {"code": digits(secret, at=clock.now)}, REMOTE_ADDR=HOME)
    assert is_logged_in(mine)


def test_links_to_new_passwords_are_sent_to_one_address_five_times_an_hour(client, clock):
    account("contributor", email="rita@a.org")
    answers = {client.post("/admin/password_reset/", {"email": "Rita@a.org"}).status_code for _time in range(8)}
    assert answers == {302}
    assert len(emails()) == 5
    clock.move(minutes=61)
    client.post("/admin/password_reset/", {"email": "rita@a.org"})
    assert len(emails()) == 6


def test_one_source_asks_for_links_twenty_times_an_hour(client):
    said = [
        client.post("/admin/password_reset/", {"email": f"a{number}@a.org"}, REMOTE_ADDR=AWAY).status_code
        for number in range(21)
    ]
    assert said == [302] * 20 + [429]
    page = client.post("/admin/password_reset/", {"email": "a@a.org"}, REMOTE_ADDR=AWAY)
    assert "Try again in 60 minutes." in page.text


def test_address_of_nobody_costs_the_same_queries_and_letters(client, monkeypatch):
    account("contributor", email="rita@a.org")
    written = []
    real = passwords.write
    monkeypatch.setattr(passwords, "write", lambda *args: (written.append(args[0]), real(*args))[1])
    counts = []
    for address in ("rita@a.org", "nobody@a.org"):
        with CaptureQueriesContext(connection) as asked:
            client.post("/admin/password_reset/", {"email": address})
        counts.append((len(asked), len(written)))
        written.clear()
    assert counts[0] == counts[1]
    assert counts[0][1] == 1
    assert [to for to, _subject in emails()] == ["rita@a.org"]


def test_preview_links_that_show_nothing_are_tried_sixty_times(client, clock):
    until = datetime.fromtimestamp(clock.now, UTC) + timedelta(days=1)
    link = PreviewLink.objects.create(pilot=PilotFactory(), expires_at=until)
    for number in range(60):
        assert client.get(f"/preview/{number}/", REMOTE_ADDR=AWAY).status_code == 404
    for token in ("x", link.token):
        response = client.get(f"/preview/{token}/", REMOTE_ADDR=AWAY)
        assert response.status_code == 429
        assert response["Cache-Control"] == "no-store, private"
    assert client.get(f"/preview/{link.token}/", REMOTE_ADDR=HOME).status_code == 200
    clock.move(minutes=15)
    assert client.get(f"/preview/{link.token}/", REMOTE_ADDR=AWAY).status_code == 200


def test_neither_name_nor_address_is_kept_and_nothing_after_its_time(log_in, clock):
    guess(log_in, "rita", 3)
    rows = list(AttemptCount.objects.values_list("key", flat=True))
    assert rows
    assert not any("rita" in key or AWAY in key for key in rows)
    limits = throttle.letter_limits("rita@a.org")
    assert limits[0].key != throttle.Limit("other", 5, 1, ("rita@a.org",)).key
    clock.move(minutes=61)
    run_due_tasks()
    assert not AttemptCount.objects.exists()
