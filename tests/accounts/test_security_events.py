"""Each event of the security log is recorded where it happens, once, and tells who, to whom, and what."""

import uuid
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import InterfaceError, transaction
from django.test import Client
from django.urls import reverse

from pilots import workflow
from pilots.accounts import second_factor
from pilots.history.record import Kind
from pilots.models import AccountSession, AuthenticatorApp, Passkey, Pilot, PreviewLink, Revision, SecurityEvent
from pilots.models.content import read_content
from pilots.security_log import Event, record
from pilots.workflow import batches
from pilots.workflow.merging import merge
from tests.accounts.authenticator import digits
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import ADD, CODE, account, with_app
from tests.admin import po, sheets
from tests.admin.forms import address, address_of, submit
from tests.admin.test_accounts import choose
from tests.commands.test_backup import empty_place
from tests.factories import FurtherReadingFactory, PartnerFactory, PilotFactory, PublishedPilotFactory, StageFactory
from tests.mailbox import emails, links, sent
from tests.people import administrator, browser_of, person
from tests.visitors import visitor

pytestmark = pytest.mark.django_db


def told(event: Event) -> list[tuple[str, str, dict[str, Any]]]:
    """By whom, to which account, and what, of each such event, in their order."""
    rows = SecurityEvent.objects.filter(event=event).order_by("pk")
    return [(row.actor_name, row.account_name, row.details) for row in rows]


@pytest.fixture
def rita() -> User:
    return account("reviewer", username="rita", email="rita@a.org")


@pytest.fixture
def anna() -> User:
    return person("superuser", username="anna")


# Logging in -----------------------------------------------------------------------------


def test_login_and_logout(rita, log_in):
    client = visitor()
    log_in(client, "rita")
    client.post(reverse("admin:logout"))
    assert told(Event.LOGGED_IN) == [("rita", "", {"second_factor": False})]
    assert told(Event.LOGGED_OUT) == [("rita", "", {})]


def test_wrong_password_names_an_account_only_if_there_is_one(rita, log_in):
    for name in ("rita", "my-password-typed-as-a-name", "\0"):
        log_in(visitor(), name, "wrong")
    log_in(visitor(), "", "")
    assert told(Event.LOGIN_FAILED) == [("", "rita", {"step": "login"}), ("", "", {"step": "login"})]
    assert "my-password" not in str(SecurityEvent.objects.values())


def test_second_factor_wrong_and_right(log_in, required, clock):
    user, secret = with_app(username="rita")
    client = visitor()
    log_in(client, "rita")
    client.post(CODE, {"code": "000000"})
    assert told(Event.FACTOR_FAILED) == [("", "rita", {})]
    assert told(Event.LOGGED_IN) == []
    client.post(CODE, {"code": digits(secret, at=clock.now)})
    assert told(Event.LOGGED_IN) == [(user.username, "", {"second_factor": True})]


def test_first_factor_and_its_codes(rita, log_in, required, clock):
    client = visitor()
    log_in(client, "rita")
    secret = client.get(ADD).context["secret"]
    client.post(ADD, {"digits": "000000"})
    assert told(Event.FACTOR_ADDED) == []
    client.post(ADD, {"digits": digits(secret, at=clock.now)})
    assert told(Event.FACTOR_ADDED) == [("rita", "rita", {"kind": "app"})]
    assert told(Event.CODES_MADE) == [("rita", "rita", {})]
    assert told(Event.LOGGED_IN) == [("rita", "", {"second_factor": True})]


def test_limit_is_told_once_however_often_it_is_tried(rita, log_in):
    for _attempt in range(9):
        log_in(visitor(), "rita", "wrong", REMOTE_ADDR="203.0.113.9")
    assert told(Event.THROTTLED) == [("", "rita", {"limit": "login by account and source"})]
    assert len(told(Event.LOGIN_FAILED)) == 5
    assert "203.0.113.9" not in str(SecurityEvent.objects.values())


def test_password_asked_again_and_wrong(rita):
    browser_of(rita).post(reverse("admin:ask-again"), {"password": "wrong"})
    assert told(Event.LOGIN_FAILED) == [("rita", "rita", {"step": "ask-again"})]


# Refusals --------------------------------------------------------------------------------


def test_refusal_names_the_page_and_no_address(rita):
    browser_of(rita).get("/admin/auth/user/7/change/?token=secret")
    assert told(Event.REFUSED) == [("rita", "", {"page": "admin:auth_user_change", "row": "7"})]


def test_only_so_many_refusals_of_an_hour_are_told(rita, clock):
    client = browser_of(rita)
    for _time in range(62):
        client.get("/admin/auth/user/7/change/")
    assert len(told(Event.REFUSED)) == 60
    assert told(Event.THROTTLED) == [("", "rita", {"limit": "refusals told"})]
    clock.move(minutes=61)
    browser_of(rita).get("/admin/auth/user/7/change/")
    assert len(told(Event.REFUSED)) == 61


def test_move_that_is_refused_in_words_is_told_too(rita, monkeypatch):
    pilot = PilotFactory()
    monkeypatch.setattr("pilots.workflow.rules.may_make", lambda *_said: False)
    monkeypatch.setattr("pilots.workflow.may_make", lambda *_said: True)
    url = reverse("admin:pilots_pilot_move", args=[pilot.pk, "publish"])
    browser_of(rita).post(url, {"seen_edit": pilot.edit_count, "note": ""})
    assert told(Event.REFUSED) == [("rita", "", {"page": "admin:pilots_pilot_move", "row": str(pilot.pk)})]


def test_form_without_a_token(rita):
    client = Client(enforce_csrf_checks=True)
    client.force_login(rita)
    assert client.post(reverse("admin:own-language"), {"language": "fr"}).status_code == 403
    assert told(Event.FORM_REFUSED) == [("rita", "", {"page": "admin:own-language", "row": ""})]


def test_request_that_no_page_makes(rita):
    assert browser_of(rita).get("/admin/pilots/pilot/?_selected_action=x").status_code == 400
    assert told(Event.SUSPICIOUS) == [("rita", "", {"page": "admin:pilots_pilot_changelist", "row": ""})]


def test_refusals_of_who_is_not_logged_in_are_not_told():
    client = Client(enforce_csrf_checks=True)
    assert client.post(reverse("admin:login"), {"username": "x", "password": "y"}).status_code == 403
    assert client.get("/admin/auth/user/7/change/").status_code == 302
    assert client.get("/pilots/?page=x").status_code in (200, 400)
    assert not SecurityEvent.objects.exists()


# Accounts and rights ------------------------------------------------------------------------


def test_account_is_added_changed_and_deleted(anna):
    client, reviewer = browser_of(anna), Group.objects.get(name="reviewer")
    contributor = Group.objects.get(name="contributor")
    submit(client, address_of(User, "add"), username="ines", email="ines@a.org", groups=[contributor.pk])
    ines = User.objects.get(username="ines")
    gained = ["active", "role:contributor", "staff"]
    assert told(Event.ACCOUNT_ADDED) == [("anna", "ines", {"gained": gained, "how": "invitation"})]
    publish = Permission.objects.get(codename="publish_pilot").pk
    changes = {"groups": [reviewer.pk], "is_superuser": "on", "user_permissions": [publish], "email": "i@a.org"}
    submit(client, address(ines), **changes)
    rights = {"gained": ["right:publish_pilot", "role:reviewer", "superuser"], "lost": ["role:contributor"]}
    assert told(Event.RIGHTS_CHANGED) == [("anna", "ines", rights)]
    assert told(Event.ADDRESS_CHANGED) == [("anna", "ines", {"fields": ["email"]})]
    submit(client, address(ines), is_active=None)
    assert told(Event.RIGHTS_CHANGED)[1:] == [("anna", "ines", {"gained": [], "lost": ["active"]})]
    submit(client, address(ines), first_name="Inés")
    assert len(told(Event.RIGHTS_CHANGED)) == 2
    client.post(address(ines, "delete"), {"post": "yes"})
    assert told(Event.ACCOUNT_DELETED) == [("anna", "ines", {})]
    assert "a.org" not in str(SecurityEvent.objects.values())


def test_change_that_is_rolled_back_is_not_told(anna, rita):
    with transaction.atomic():
        submit(browser_of(anna), address(rita), is_superuser="on")
        assert len(told(Event.RIGHTS_CHANGED)) == 1
        transaction.set_rollback(True)
    assert told(Event.RIGHTS_CHANGED) == []


def test_group_gains_loses_and_goes(anna):
    client, group = browser_of(anna), Group.objects.create(name="Helpers")
    delete = Permission.objects.get(codename="delete_pilot")
    submit(client, address(group), permissions=[delete.pk])
    client.post(address(group, "delete"), {"post": "yes"})
    said = {"group": "Helpers", "gained": ["right:delete_pilot"], "lost": []}
    gone = {"group": "Helpers", "gained": [], "lost": ["right:delete_pilot"]}
    assert told(Event.GROUP_CHANGED) == [("anna", "", said), ("anna", "", gone)]


def test_members_of_a_group_that_goes_log_in_again(anna, rita):
    group = Group.objects.create(name="Helpers")
    rita.groups.add(group)
    theirs = browser_of(rita)
    browser_of(anna).post(address(group, "delete"), {"post": "yes"})
    assert theirs.get(reverse("admin:index")).status_code == 302
    assert told(Event.SESSIONS_ENDED) == [("anna", "rita", {"count": 1})]


def test_line_is_written_though_the_database_is_away(caplog, monkeypatch):
    def away(*_said: Any, **_named: Any) -> None:
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(SecurityEvent, "save", away)
    monkeypatch.setattr("django.db.transaction.on_commit", away)
    monkeypatch.setattr("django.db.transaction.get_connection", lambda: SimpleNamespace(in_atomic_block=False))
    monkeypatch.setattr("django.db.transaction.atomic", nullcontext)
    with caplog.at_level("INFO", logger="pilots.security"):
        record(Event.LOGGED_OUT)
    assert "logout" in [line.message for line in caplog.records if line.name == "pilots.security"]


def test_invitation_is_sent_again(anna):
    ines = person("contributor", username="ines", email="ines@a.org")
    ines.set_unusable_password()
    ines.save()
    chosen = {"action": "invite_again", "_selected_action": [ines.pk]}
    browser_of(anna).post(address_of(User), chosen)
    assert told(Event.ACCOUNT_INVITED) == []
    browser_of(anna).post(address_of(User), chosen | {"sure": "yes"})
    assert told(Event.ACCOUNT_INVITED) == [("anna", "ines", {})]


def test_password_is_changed_by_its_owner_and_by_a_superuser(anna, rita):
    new = {"new_password1": f"{PASSWORD} anew", "new_password2": f"{PASSWORD} anew"}
    browser_of(rita).post(reverse("admin:password_change"), {"old_password": PASSWORD, **new})
    again = {"password1": f"{PASSWORD} again", "password2": f"{PASSWORD} again", "usable_password": "true"}
    browser_of(anna).post(reverse("admin:auth_user_password_change", args=[rita.pk]), again)
    assert told(Event.PASSWORD_CHANGED) == [("rita", "rita", {"how": "own"}), ("anna", "rita", {"how": "superuser"})]
    assert PASSWORD not in str(SecurityEvent.objects.values())


def test_password_is_forgotten_and_chosen_by_a_link(rita):
    for email in ("rita@a.org", "nobody@a.org"):
        visitor().post(reverse("admin_password_reset"), {"email": email})
    assert told(Event.RESET_ASKED) == [("", "rita", {}), ("", "", {})]
    link = links(sent()[0])[0]
    choose(link)
    assert told(Event.PASSWORD_CHANGED) == [("", "rita", {"how": "link"})]
    said = str(SecurityEvent.objects.values())
    assert link.rsplit("/", 2)[1] not in said
    assert "a.org" not in said


def test_sessions_are_ended(anna, rita):
    client, _other = browser_of(rita), browser_of(rita)
    client.post(reverse("admin:own-sessions"), {"others": "1"})
    assert told(Event.SESSIONS_ENDED) == [("rita", "rita", {"count": 1})]
    submit(browser_of(anna), address(rita), is_active=None)
    assert told(Event.SESSIONS_ENDED)[1:] == [("anna", "rita", {"count": 1})]
    assert not AccountSession.objects.filter(account=rita).exists()


@pytest.mark.parametrize("kind", ["app", "passkey"])
def test_own_factor_is_removed(kind):
    user, _secret = with_app("contributor", username="rita")
    key = Passkey.objects.create(account=user, name="key", credential=b"x", credential_digest="x")
    said = {"remove_app": "1"} if kind == "app" else {"remove_passkey": key.pk}
    browser_of(user).post(reverse("admin:own-factors"), said)
    assert told(Event.FACTOR_REMOVED) == [("rita", "rita", {"kind": kind, "how": "own"})]


def test_lost_factor_is_reported_by_one_and_removed_by_another(rita):
    AuthenticatorApp.objects.create(account=rita, secret=second_factor.new_secret())
    first, second = administrator(username="ada"), administrator(username="bea")
    url = reverse("admin:lost-factor", args=[rita.pk])
    browser_of(first).post(url, {"ask": "1"})
    browser_of(second).post(url, {"agree": "1"})
    assert told(Event.FACTOR_LOST) == [("ada", "rita", {})]
    assert told(Event.FACTOR_REMOVED) == [("bea", "rita", {"kind": "all", "how": "administrators"})]


# Drafts and what is public --------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-semicolons"])
def test_spreadsheet_with_drafts_is_taken_away(anna, kind):
    PilotFactory(), PilotFactory(), PublishedPilotFactory()
    sheets.export(browser_of(anna), kind)
    assert told(Event.EXPORTED) == [("anna", "", {"kind": kind, "entries": 3, "unpublished": 2})]


def test_po_files_are_taken_away(anna):
    draft = PilotFactory()
    PublishedPilotFactory()
    po.export(browser_of(anna), draft)
    po.export_all(browser_of(anna))
    one, many = ({"kind": "po", "entries": entries, "unpublished": 1} for entries in (1, 2))
    assert told(Event.EXPORTED) == [("anna", "", one), ("anna", "", many)]


def test_preview_link_is_made_and_revoked(anna):
    client, pilot = browser_of(anna), PilotFactory()
    client.post(address(pilot, "preview"), {"days": "3"})
    link = PreviewLink.objects.get()
    for _time in range(2):
        client.post(reverse("admin:pilots_pilot_revoke_link", args=[pilot.pk, link.pk]))
    assert told(Event.PREVIEW_MADE) == [("anna", "", {"entry": pilot.pk, "days": 3})]
    assert told(Event.PREVIEW_REVOKED) == [("anna", "", {"entry": pilot.pk})]
    assert link.token not in str(SecurityEvent.objects.values())


def test_entry_is_published_withdrawn_archived_deleted_and_recovered(anna):
    pilot = PilotFactory()
    workflow.publish(pilot, by=anna)
    copy = workflow.revise(pilot, by=anna)
    workflow.publish(copy, by=anna)
    workflow.withdraw(pilot, by=anna)
    workflow.archive(pilot, by=anna)
    workflow.delete(pilot, by=anna)
    entry = copy.entry_id
    workflow.recover(Revision.objects.of(entry).first(), by=anna)
    said = {event: told(event) for event in (Event.WITHDRAWN, Event.ARCHIVED, Event.DELETED, Event.RECOVERED)}
    assert said == {event: [("anna", "", {"entry": entry})] for event in said}
    assert told(Event.PUBLISHED) == [("anna", "", {"entry": entry, "version": number}) for number in (1, 2)]


def test_publication_that_is_refused_is_not_told(anna):
    with pytest.raises(workflow.Refused):
        workflow.publish(PilotFactory(summary=""), by=anna)
    assert not SecurityEvent.objects.exists()


def test_rows_without_a_history_are_deleted_or_made_one(anna):
    reading = FurtherReadingFactory()
    old, into = StageFactory(), StageFactory()
    gone = old.pk
    browser_of(anna).post(address(reading, "delete"), {"post": "yes"})
    merge(old, into, by=anna)
    partner = PartnerFactory()
    browser_of(anna).post(address(partner, "delete"), {"post": "yes"})
    rows = [("furtherreading", reading.pk), ("stage", gone), ("partner", partner.pk)]
    assert told(Event.ROW_DELETED) == [("anna", "", {"kind": kind, "row": row}) for kind, row in rows]


def test_spreadsheet_is_imported_and_undone(anna):
    client = browser_of(anna)
    PilotFactory(owner=anna)
    (row,) = sheets.rows_in(sheets.export(client))
    page = sheets.run(client, sheets.file_of(sheets.with_cells(row, title="Another title")))
    ((_by, _account, said),) = told(Event.IMPORTED)
    assert (said["kind"], said["entries"]) == ("spreadsheet", 1)
    client.post(sheets.batch_in(page))
    assert told(Event.UNDONE) == [("anna", "", {"entries": 1, "batch": said["batch"]})]
    assert said["batch"] in sheets.batch_in(page)


def test_value_in_many_entries_and_a_batch_that_fails(anna):
    pilot, batch = PilotFactory(), uuid.uuid4()
    content = read_content(pilot) | {"start": "2018"}
    steps = [batches.PlannedWrite(content, pilot)]
    run = batches.carry_out(steps, by=anna, kind=Kind.REPLACED, batch=batch)
    next(run)
    run.close()
    assert told(Event.IMPORTED) == []
    assert list(batches.carry_out(steps, by=anna, kind=Kind.REPLACED, batch=batch)) == [1]
    assert told(Event.IMPORTED) == [("anna", "", {"kind": "value", "entries": 1, "batch": str(batch)})]


def test_moves_of_many_are_undone(anna):
    pilot, batch = PilotFactory(), uuid.uuid4()
    workflow.publish(pilot, by=anna, batch=batch)
    batches.undo(batch, by=anna)
    assert told(Event.UNDONE) == [("anna", "", {"entries": 1, "batch": str(batch)})]
    assert told(Event.WITHDRAWN) == [("anna", "", {"entry": pilot.pk})]


def test_move_that_is_undone_tells_what_became_public(anna):
    pilot, published = PilotFactory(), []
    workflow.publish(pilot, by=anna)
    for move in (workflow.withdraw, lambda entry, **said: workflow.publish(workflow.revise(entry, by=anna), **said)):
        batch = uuid.uuid4()
        move(Pilot.objects.get(pk=pilot.pk), by=anna, batch=batch)
        SecurityEvent.objects.all().delete()
        batches.undo(batch, by=anna)
        published += told(Event.PUBLISHED)
    assert published == [("anna", "", {"entry": pilot.pk, "version": number}) for number in (1, 3)]


def test_po_file_is_imported(anna):
    client = browser_of(anna)
    pilot = po.translated(make=PilotFactory)
    file = po.export(client, pilot)
    po.mend(file[0], "Autrement")
    po.confirm(client, po.look(client, file))
    ((by, _account, said),) = told(Event.IMPORTED)
    assert (by, said["kind"], said["entries"]) == ("anna", "po", 1)


# Commands --------------------------------------------------------------------------------------


def test_account_is_made_by_a_command(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", username="ines", email="i@a.org", interactive=False, stdout=StringIO())
    gained = ["active", "staff", "superuser"]
    assert told(Event.ACCOUNT_ADDED) == [("", "ines", {"gained": gained, "how": "command"})]


def test_account_that_is_refused_is_not_told(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    with pytest.raises(CommandError):
        call_command("createsuperuser", username="admin", email="i@a.org", interactive=False)
    assert not SecurityEvent.objects.exists()


@pytest.fixture
def typed(monkeypatch):
    """A new password, typed at the command line."""
    monkeypatch.setattr("getpass.getpass", lambda **_said: f"{PASSWORD} anew")


@pytest.mark.usefixtures("typed")
@pytest.mark.parametrize("names", [["rita"], []], ids=["named", "as the machine calls who asks"])
def test_password_is_set_by_a_command(rita, monkeypatch, names):
    monkeypatch.setattr("getpass.getuser", lambda: "rita")
    person(username="RITA")
    call_command("changepassword", *names, stdout=StringIO())
    assert told(Event.PASSWORD_CHANGED) == [("", "rita", {"how": "command"})]


@pytest.mark.usefixtures("typed")
def test_password_set_by_a_command_logs_out_and_tells_and_lets_in(log_in, django_capture_on_commit_callbacks):
    rita = account("contributor", username="rita", email="rita@a.org")
    client = browser_of(rita)
    for number in range(101):
        log_in(visitor(), "rita", "wrong", REMOTE_ADDR=f"203.0.113.{number}")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("changepassword", "rita", stdout=StringIO())
    assert client.get(reverse("admin:index")).status_code == 302
    assert emails() == [("rita@a.org", "Your account at the PREPARE pilot portal")]
    log_in(visitor(), "rita", f"{PASSWORD} anew")
    assert told(Event.LOGGED_IN) == [("rita", "", {"second_factor": False})]


def test_second_factor_is_removed_by_a_command():
    with_app(username="rita")
    call_command("remove_second_factor", "rita", stdout=StringIO())
    assert told(Event.FACTOR_REMOVED) == [("", "rita", {"kind": "all", "how": "command"})]


@pytest.mark.django_db(transaction=True)
def test_backup_is_made_and_restored_with_the_log(anna, tmp_path: Path, settings):
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    settings.MEDIA_ROOT.parent.mkdir()
    workflow.publish(PilotFactory(), by=anna)
    call_command("backup", str(tmp_path / "portal.zip"), stdout=StringIO())
    ((by, _account, made),) = told(Event.BACKED_UP)
    assert (by, made["files"], made["encrypted"]) == ("", 0, False)
    empty_place()
    call_command("restore", str(tmp_path / "portal.zip"), stdout=StringIO())
    assert told(Event.PUBLISHED) == [("anna", "", {"entry": told(Event.PUBLISHED)[0][2]["entry"], "version": 1})]
    ((_by, _account, restored),) = told(Event.BACKUP_RESTORED)
    assert (restored["rows"], restored["files"]) == (made["rows"], 0)
    assert told(Event.BACKED_UP) == []  # the backup was not over when it was made
