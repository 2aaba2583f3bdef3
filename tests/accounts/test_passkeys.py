"""A passkey lets in the account it was made for, on the site it was made for, once for each question."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import sha256, websafe_encode

from pilots.accounts import passkeys
from pilots.models import Passkey
from tests.accounts.authenticator import FLAG, Key
from tests.accounts.test_second_factor import ADD, CODE, account, is_logged_in
from tests.people import browser_of
from tests.visitors import visitor

pytestmark = pytest.mark.django_db


def with_passkey(user: Any, key: Key, name: str = "blue key") -> Passkey:
    """Add a passkey to an account."""
    question, state = passkeys.ask_to_add(user)
    return passkeys.add(user, state, key.make(question), name)


def answer(client: Client, page: Any, act: Callable[..., Any], address: str) -> Any:
    """Send what a passkey says to the question of a page, as the script does."""
    question = json.loads(json.dumps(page.context["passkey_question"]))
    return client.post(address, {"name": "blue key", "passkey": json.dumps(act(question))})


def test_name_of_a_passkey_is_one_clean_line() -> None:
    assert with_passkey(account("reviewer"), Key(), "blue\u200b\nkey").name == "blue key"


def test_passkey_is_the_first_factor_of_a_reviewer_and_lets_in_after_that(required, log_in):
    client, user, key = visitor(), account("reviewer"), Key()
    log_in(client, user.username)
    assert 'data-passkey="create"' in client.get(ADD).text
    added = answer(client, client.get(ADD), key.make, ADD)
    assert added.text.count("<code>") == 10
    assert is_logged_in(client)
    assert Passkey.objects.get(account=user).name == "blue key"

    other = visitor()
    assert log_in(other, user.username)["Location"] == CODE
    page = other.get(CODE)
    assert 'id="passkey-question"' in page.text
    assert answer(other, page, key.use, CODE)["Location"] == "/admin/pilots/pilot/"
    assert is_logged_in(other)


def test_question_is_answered_once(required, log_in):
    client, user, key = visitor(), account("reviewer"), Key()
    with_passkey(user, key)
    log_in(client, user.username)
    page = client.get(CODE)
    said = key.use(page.context["passkey_question"])
    client.post(CODE, {"passkey": json.dumps(said)})
    again = visitor()
    log_in(again, user.username)
    again.get(CODE)
    again.post(CODE, {"passkey": json.dumps(said)})
    assert is_logged_in(client)
    assert not is_logged_in(again)


def test_question_of_before_does_not_count(required, log_in):
    client, user, key = visitor(), account("reviewer"), Key()
    with_passkey(user, key)
    log_in(client, user.username)
    old = client.get(CODE)
    client.get(CODE)
    assert "This is not right" in answer(client, old, key.use, CODE).text


@pytest.mark.parametrize(
    "key",
    [Key(origin="http://evil.example"), Key(site="evil.example"), Key(origin="http://localhost.evil.example")],
    ids=["page of another site", "key of another site", "page that begins like this site"],
)
def test_passkey_of_another_site_is_refused(key):
    with pytest.raises(passkeys.NotTheirs):
        with_passkey(account("reviewer"), key)


@pytest.mark.parametrize(
    ("site", "origin", "is_right"),
    [
        ("https://pilots.example.org", "https://pilots.example.org", True),
        ("https://Pilots.example.org:443", "https://pilots.example.org", True),
        ("https://pilots.example.org", "http://pilots.example.org", False),
        ("https://pilots.example.org", "https://x.pilots.example.org", False),
        ("https://pilots.example.org", "https://pilots.example.org:8443", False),
        ("https://pilots.example.org", "null", False),
    ],
)
def test_only_pages_of_this_very_site_are_answered_to(site, origin, is_right, settings):
    settings.SITE_URL = site
    assert passkeys.is_this_site(origin) is is_right


def test_passkey_of_somebody_else_is_refused():
    user, other, key = account("reviewer"), account("reviewer"), Key()
    with_passkey(user, Key())
    with_passkey(other, key)
    question, state = passkeys.ask_to_prove(user)
    with pytest.raises(passkeys.NotTheirs):
        passkeys.prove(user, state, key.use(question))
    with pytest.raises(passkeys.NotTheirs):
        with_passkey(user, key)
    assert Passkey.objects.count() == 2


def test_copy_of_a_key_that_counts_less_is_refused():
    user, key = account("reviewer"), Key()
    with_passkey(user, key)
    key.count = 7
    question, state = passkeys.ask_to_prove(user)
    assert passkeys.prove(user, state, key.use(question)).sign_count == 0
    key.count = 4
    question, state = passkeys.ask_to_prove(user)
    with pytest.raises(passkeys.NotTheirs):
        passkeys.prove(user, state, key.use(question))


def test_forged_signature_is_refused():
    user, key = account("reviewer"), Key()
    with_passkey(user, key)
    question, state = passkeys.ask_to_prove(user)
    said = key.use(question)
    said["response"]["signature"] = said["response"]["clientDataJSON"]
    with pytest.raises(passkeys.NotTheirs):
        passkeys.prove(user, state, said)


@pytest.mark.parametrize(
    "sent",
    [
        *("{", "[]", "1", '"x"', "null", "{}", '{"id": 1}', '{"id": "é", "rawId": "x", "response": {}}', "[" * 9000),
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30"}}',
    ],
)
def test_broken_answer_is_refused_in_words(sent, required, log_in):
    client, user, key = visitor(), account("reviewer"), Key()
    with_passkey(user, key)
    log_in(client, user.username)
    client.get(CODE)
    assert "This is not right" in client.post(CODE, {"passkey": sent}).text
    fresh, other = visitor(), account("reviewer")
    log_in(fresh, other.username)
    fresh.get(ADD)
    assert "errornote" in fresh.post(ADD, {"passkey": sent, "digits": ""}).text
    assert not is_logged_in(client)
    assert not is_logged_in(fresh)


BROKEN = [b"", b"\xa3", b"\x81" * 5000, b"\xff"]
# Without a key; then with the mark of one, or of an extension, that is missing or too short
BROKEN += [
    cbor.encode({"fmt": "none", "attStmt": {}, "authData": sha256(b"localhost") + bytes([flags]) + bytes(rest)})
    for flags, rest in ((FLAG.UP, 4), (FLAG.UP | FLAG.AT, 4), (FLAG.UP | FLAG.AT, 34), (FLAG.UP | FLAG.ED, 4))
]


@pytest.mark.parametrize("made", BROKEN, ids=range(len(BROKEN)))
def test_new_passkey_that_cannot_be_read_is_refused(made):
    user = account("reviewer")
    question, state = passkeys.ask_to_add(user)
    said = Key().make(question)
    said["response"]["attestationObject"] = websafe_encode(made)
    with pytest.raises(passkeys.NotTheirs):
        passkeys.add(user, state, said, "broken")


def test_key_of_a_kind_that_cannot_be_checked_is_refused(monkeypatch):
    monkeypatch.setattr(CoseKey, "supported_algorithms", lambda: [-8])
    with pytest.raises(passkeys.NotTheirs):
        with_passkey(account("reviewer"), Key())


def test_passkey_is_removed_by_its_owner_alone():
    user, other = account("contributor"), account("contributor")
    row = with_passkey(user, Key())
    browser_of(other).post("/admin/second-factor/", {"remove_passkey": str(row.pk)})
    assert Passkey.objects.filter(pk=row.pk).exists()
    browser_of(user).post("/admin/second-factor/", {"remove_passkey": str(row.pk)})
    assert not Passkey.objects.exists()


def test_account_has_ten_passkeys_at_most():
    user = account("reviewer")
    for number in range(passkeys.MOST):
        with_passkey(user, Key(), str(number))
    with pytest.raises(passkeys.NotTheirs):
        with_passkey(user, Key())
