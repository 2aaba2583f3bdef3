"""What is kept for a time only is deleted when that is over, and nothing sooner."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from pilots import models, retention
from pilots.security_log import Event
from pilots.workflow.scheduler import run_due_tasks
from tests.factories import PilotFactory, SecurityEventFactory
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db


def one_of_each(user: User, *, age: timedelta) -> None:
    """Make a row of each kind, as old as that when it is deleted or nearly."""
    now, pilot = timezone.now(), PilotFactory()
    browser_of(user)
    models.AccountSession.objects.filter(account=user).update(expire_date=now - age)
    models.AttemptCount.objects.create(key=user.username, ends_at=now - age)
    form = models.UnsavedForm.objects.create(user=user, address="/", title="x", fields=[], kept_at=now)
    models.UnsavedForm.objects.filter(pk=form.pk).update(kept_at=now - timedelta(days=1) - age)
    Session.objects.create(session_key=user.username, session_data="x", expire_date=now - age)
    run = models.ImportRun.objects.create(batch=uuid4(), owner=user, total=1, started_at=now, moved_at=now)
    models.ImportRun.objects.filter(pk=run.pk).update(moved_at=now - timedelta(days=30) - age)
    models.Presence.objects.create(pilot=pilot, user=user, seen_at=now - timedelta(seconds=90) - age)
    models.PreviewLink.objects.create(pilot=pilot, made_by=user, expires_at=now - age)
    models.FactorRemovalRequest.objects.create(account=user, asked_at=now - timedelta(days=1) - age)
    SecurityEventFactory(at=now - timedelta(days=90) - age)


def left() -> dict[str, int]:
    """How many rows there are of each kind."""
    kept: dict[str, Any] = {
        "sessions": models.AccountSession,
        "attempt-counts": models.AttemptCount,
        "unsaved-forms": models.UnsavedForm,
        "uploads": Session,
        "imports": models.ImportRun,
        "open-forms": models.Presence,
        "preview-links": models.PreviewLink,
        "factor-removals": models.FactorRemovalRequest,
        "security-log": models.SecurityEvent,
    }
    assert kept.keys() == retention.EXPIRED.keys() == retention.NAMES.keys()
    return {kind: model.objects.count() for kind, model in kept.items()}


def apply() -> str:
    out = StringIO()
    call_command("apply_retention", stdout=out)
    return out.getvalue()


def test_what_is_past_its_time_is_deleted_and_told():
    one_of_each(person(username="old"), age=timedelta(minutes=1))
    one_of_each(person(username="new"), age=-timedelta(minutes=1))
    said = apply()
    assert left() == dict.fromkeys(retention.EXPIRED, 1) | {"security-log": 2}
    assert said.splitlines() == [f"{name}: 1" for name in map(str, retention.NAMES.values())]
    told = models.SecurityEvent.objects.get(event=Event.RETENTION_APPLIED)
    assert told.details == {"deleted": [f"{kind}: 1" for kind in retention.EXPIRED]}
    assert apply() == "Nothing is past its time.\n"


def test_revoked_link_goes_before_its_time():
    later = timezone.now() + timedelta(days=7)
    link = {"pilot": PilotFactory(), "made_by": person(), "expires_at": later}
    models.PreviewLink.objects.create(**link, revoked_at=timezone.now())
    kept = models.PreviewLink.objects.create(**link)
    apply()
    assert models.PreviewLink.objects.get() == kept


def test_server_does_it_once_a_day_and_what_is_short_lived_every_minute():
    run_due_tasks()
    one_of_each(person(username="old"), age=timedelta(minutes=1))
    run_due_tasks()
    gone = dict.fromkeys(retention.SHORT_LIVED, 0)
    assert left() == dict.fromkeys(retention.EXPIRED, 1) | gone | {"security-log": 2}
    models.SecurityEvent.objects.filter(event=Event.RETENTION_APPLIED).update(at=timezone.now() - timedelta(days=1))
    run_due_tasks()
    assert left() == dict.fromkeys(retention.EXPIRED, 0) | {"security-log": 2}
