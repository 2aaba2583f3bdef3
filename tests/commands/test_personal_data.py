"""One person's data: all of it is handed out but secrets, and nothing but words of their own is left when forgotten."""

import json
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from pilots.accounts import second_factor
from pilots.history.record import Kind, change
from pilots.models import AcceptedWarning, AuthenticatorApp, Pilot, PreviewLink, Revision, SecurityEvent, UnsavedForm
from pilots.models.content import read_content
from pilots.security_log import Event
from tests.factories import PilotFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def rita(db: None) -> User:
    """A reviewer who has done whatever leaves a trace."""
    rita = person("reviewer", username="zoë.oliveira", email="rita@a.org", password="argon2$what-is-kept")
    browser_of(rita)
    AuthenticatorApp.objects.create(account=rita, secret=SECRET)
    second_factor.new_recovery_codes(rita)
    pilot = PilotFactory(owner=rita)
    with change(pilot, kind=Kind.CHANGED, by=rita, note="zoë.oliveira asked on the phone.") as under_way:
        texts = {language: {"title": f"Title {language}"} for language in ("en", "fr")}
        under_way.write(under_way.before | {"texts": texts})
    AcceptedWarning.objects.create(entry=pilot, code="a", key="b", reason="Fine.", by=rita, by_name=str(rita))
    PreviewLink.objects.create(pilot=pilot, made_by=rita, expires_at="2999-01-01T00:00Z")
    UnsavedForm.objects.store(rita, address="/admin/x/", title="X", fields=[("title", "half typed")])
    LogEntry.objects.log_actions(rita.pk, [pilot], 2, "Accepted.", single_object=True)
    LogEntry.objects.log_actions(person("administrator").pk, [rita], 2, "Changed.", single_object=True)
    return rita


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def stored() -> str:
    """Every value of every row, as text; but for the security log, which is never changed and goes after 90 days."""
    tables = (QuerySet(model).values_list() for model in apps.get_models() if model is not SecurityEvent)
    return "\n".join(str(row) for rows in tables for row in rows)


def test_whatever_names_an_account_is_handed_out(rita: User) -> None:
    found = json.loads(run("account_data", "zoë.oliveira"))
    assert found["account"]["email"] == "rita@a.org"
    assert found["account"]["roles"] == ["reviewer"]
    assert found["UnsavedForm.user"][0]["fields"] == [["title", "half typed"]]
    assert found["Revision.actor"][0]["note"] == "zoë.oliveira asked on the phone."
    assert found["Pilot.owner"][0]["slug"]
    assert (
        found["texts checked"][0].items() >= {"table": "PilotTranslation", "language": "fr", "field": "title"}.items()
    )
    assert found["LogEntry.object_id"][0]["change_message"] == "Changed."
    others = {"AccountSession.account", "AuthenticatorApp.account", "RecoveryCode.account", "AcceptedWarning.by"}
    assert others | {"PreviewLink.made_by", "LogEntry.user"} <= found.keys()


def test_nothing_that_lets_somebody_in_is_handed_out(rita: User) -> None:
    said = run("account_data", "zoë.oliveira")
    secrets: list[Any] = [SECRET, rita.password, PreviewLink.objects.get().token]
    secrets += apps.get_model("pilots", "accountsession").objects.values_list("session_key", flat=True)
    secrets += apps.get_model("pilots", "recoverycode").objects.values_list("digest", flat=True)
    assert len(secrets) > 12
    assert [one for one in secrets if one in said] == []


def test_deleting_an_account_leaves_its_name_beside_what_it_did(rita: User) -> None:
    rita.delete()
    assert Revision.objects.exclude(actor_name="").get().actor_name == "zoë.oliveira"


@pytest.mark.parametrize("is_deleted_before", [False, True])
def test_forgotten_account_stands_nowhere_but_in_what_people_typed(rita: User, *, is_deleted_before: bool) -> None:
    if is_deleted_before:
        rita.delete()
    said = run("forget_account", "zoë.oliveira", "--no-input")
    assert "Notes that still have it as it was typed: 1." in said
    Revision.objects.update(note="")
    assert "oliveira" not in stored()
    assert Revision.objects.exclude(actor_name="").get().actor_name.startswith("former editor")


def test_history_still_says_what_the_entry_says(rita: User) -> None:
    run("forget_account", "zoë.oliveira", "--no-input")
    pilot = Pilot.objects.get()
    assert Revision.objects.first().content == read_content(pilot)


def test_accounts_of_others_keep_their_names(rita: User) -> None:
    other = person("reviewer", username="zoë")
    with change(Pilot.objects.get(), kind=Kind.CHANGED, by=other, always=True):
        pass
    run("forget_account", "zoë.oliveira", "--no-input")
    assert Revision.objects.first().actor_name == "zoë"


def test_security_log_tells_that_data_was_handed_out_and_a_name_forgotten(rita: User) -> None:
    run("account_data", "zoë.oliveira")
    run("forget_account", "zoë.oliveira", "--no-input")
    run("forget_account", "zoë.oliveira", "--no-input")
    rows = SecurityEvent.objects.filter(event__in=[Event.DATA_HANDED_OUT, Event.ACCOUNT_DELETED, Event.FORGOTTEN])
    assert list(rows.order_by("pk").values_list("event", "account_name")) == [
        ("personal-data-handed-out", "zoë.oliveira"),
        ("account-deleted", "zoë.oliveira"),
        ("account-forgotten", "zoë.oliveira"),
        ("account-forgotten", ""),
    ]


def test_name_that_could_not_be_forgotten_is_not_told_to_be(rita: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LogEntry, "objects", None)
    with pytest.raises(AttributeError):
        run("forget_account", "zoë.oliveira", "--no-input")
    assert not SecurityEvent.objects.filter(event__in=[Event.ACCOUNT_DELETED, Event.FORGOTTEN]).exists()


def test_nothing_is_forgotten_by_mistake(rita: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "zoë")
    with pytest.raises(CommandError, match="Nothing was changed"):
        run("forget_account", "zoë.oliveira")
    assert User.objects.filter(pk=rita.pk).exists()


def test_the_only_superuser_is_not_forgotten(db: None) -> None:
    person("superuser", username="ines")
    with pytest.raises(CommandError, match="only superuser"):
        run("forget_account", "ines", "--no-input")


def test_who_has_no_account_is_told_so(db: None) -> None:
    with pytest.raises(CommandError, match="no account"):
        run("account_data", "nobody")
