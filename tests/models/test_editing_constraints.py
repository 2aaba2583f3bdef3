"""What the database itself refuses about history, working copies, notes and second factors."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from pilots.models import (
    AcceptedWarning,
    AccountSession,
    AttemptCount,
    AuthenticatorApp,
    FactorRemovalRequest,
    ImportRow,
    ImportRun,
    Passkey,
    Pilot,
    Presence,
    PreviewLink,
    RecoveryCode,
    Revision,
    SecurityEvent,
    UnsavedForm,
)
from tests.factories import PilotFactory, UserFactory

pytestmark = pytest.mark.django_db

EDITING = {AcceptedWarning, Presence, PreviewLink, Revision, UnsavedForm}
OF_ACCOUNTS = {
    AccountSession,
    AttemptCount,
    AuthenticatorApp,
    FactorRemovalRequest,
    ImportRow,
    ImportRun,
    Passkey,
    RecoveryCode,
    SecurityEvent,
}
COPY_IS_HIDDEN = "working_copy_is_never_public"


def refused(model: type[models.Model], **values: Any) -> bool:
    """Whether the database refuses to take in a row with these values."""
    try:
        with transaction.atomic():
            model._default_manager.bulk_create([model(**values)])
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("status", ["published", "archived"])
def test_working_copy_cannot_become_public_by_any_way_of_writing(status: str) -> None:
    copy = PilotFactory(revises=PilotFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Pilot.objects.filter(pk=copy.pk).update(status=status, published_at=timezone.now())


def test_entry_has_one_working_copy() -> None:
    original = PilotFactory()
    PilotFactory(revises=original)
    with pytest.raises(IntegrityError), transaction.atomic():
        PilotFactory(revises=original)


def test_edits_and_versions_are_counted_once() -> None:
    kept = {"entry_id": 1, "row": 1, "kind": "changed", "status": "draft", "content": {}}
    assert not refused(Revision, **kept, edit_count=1, version=1)
    assert refused(Revision, **kept, edit_count=1)
    assert refused(Revision, **kept, edit_count=2, version=1)
    assert not refused(Revision, **kept, edit_count=2)
    assert not refused(Revision, **{**kept, "row": 2}, edit_count=1)


def test_accepted_warning_needs_a_reason_and_is_accepted_once() -> None:
    found = {"entry": PilotFactory(), "code": "single-person", "key": "summary: one of its"}
    assert refused(AcceptedWarning, **found, reason="")
    assert not refused(AcceptedWarning, **found, reason="It is in the public source.")
    assert refused(AcceptedWarning, **found, reason="Again.")


def test_editor_has_an_entry_open_once() -> None:
    seen = {"pilot": PilotFactory(), "user": UserFactory(), "seen_at": timezone.now()}
    assert not refused(Presence, **seen)
    assert refused(Presence, **seen)


def test_preview_links_have_tokens_of_their_own() -> None:
    pilot, until = PilotFactory(), timezone.now()
    one, two = (PreviewLink.objects.create(pilot=pilot, expires_at=until) for _number in range(2))
    assert one.token != two.token
    assert len(one.token) >= 43
    assert refused(PreviewLink, pilot=pilot, expires_at=until, token=one.token)


def test_unsaved_form_is_kept_once_for_each_account() -> None:
    kept = {"address": "/admin/", "title": "x", "fields": [], "kept_at": timezone.now()}
    user, other = UserFactory(), UserFactory()
    assert not refused(UnsavedForm, user=user, **kept)
    assert refused(UnsavedForm, user=user, **kept)
    assert not refused(UnsavedForm, user=other, **kept)


def test_import_has_each_row_once() -> None:
    run = ImportRun.objects.create(batch=uuid4(), owner=UserFactory(), total=1)
    assert not refused(ImportRow, run=run, place=1)
    assert refused(ImportRow, run=run, place=1)
    assert refused(ImportRun, batch=run.batch, owner=run.owner, total=1)


def test_account_has_one_app_and_one_request_to_remove_it() -> None:
    account = UserFactory()
    assert not refused(AuthenticatorApp, account=account, secret="A")
    assert refused(AuthenticatorApp, account=account, secret="B")
    assert not refused(FactorRemovalRequest, account=account, asked_at=timezone.now())
    assert refused(FactorRemovalRequest, account=account, asked_at=timezone.now())


def test_passkey_and_recovery_code_stand_once() -> None:
    key = {"credential": b"x", "credential_digest": "d"}
    assert not refused(Passkey, account=UserFactory(), **key)
    assert refused(Passkey, account=UserFactory(), **key)
    code = {"account": UserFactory(), "digest": "d"}
    assert not refused(RecoveryCode, **code)
    assert refused(RecoveryCode, **code)
