"""Puts editors and drafts into a portal, and reads at the end what it holds."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from bench.stock import ROOT

CANARY = "Unpublishedword"  # stands in drafts only
EDITORS = 8
SET_UP = """
import json, django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from pilots.models import Authority, Lesson, Partner, Pilot, Source
store = import_module(settings.SESSION_ENGINE).SessionStore
keys, pilots = [], []
who = {{"authority": Authority.objects.first(), "source": Source.objects.first()}}
for number in range({editors}):
    user = User.objects.create(username=f"editor{{number}}", email=f"editor{{number}}@example.org", is_staff=True)
    user.set_password("not for anybody else {{number}}")
    user.save()
    user.groups.add(Group.objects.get(name="reviewer"))
    session = store()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    keys.append(session.session_key)
    pilot = Pilot.objects.create(slug=f"draft-{{number}}", title="{canary}", summary="{canary}", **who)
    pilot.partners.set(Partner.objects.all()[:1])
    Lesson.objects.create(pilot=pilot, number=1, kind="insight", text="{canary}")
    pilots.append(pilot.pk)
print(json.dumps({{"keys": keys, "pilots": pilots}}))
"""
HELD = """
import json, django
django.setup()
from pilots.models import Pilot, Revision
said = lambda content: content["texts"]["en"]["summary"]
print(json.dumps({
    pilot.pk: [said(row.content) for row in Revision.objects.filter(row=pilot.pk).order_by("edit_count")]
    + [pilot.translations.get(language_code="en").summary]
    for pilot in Pilot.objects.filter(slug__startswith="draft-")
}))
"""


@dataclass(frozen=True)
class Staff:
    """The sessions of the editors, and their drafts."""

    keys: list[str]
    pilots: list[int]


def manage(environment: Mapping[str, str], *command: str) -> None:
    """Run one of the portal's commands."""
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=dict(environment),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def filled(environment: Mapping[str, str]) -> Staff:
    """Set the portal up, and add editors and drafts."""
    manage(environment, "set_up")
    return Staff(**output_of(environment, SET_UP.format(editors=EDITORS, canary=CANARY)))


def held(environment: Mapping[str, str]) -> dict[int, list[str]]:
    """What the summary of each draft ever said, by its history, and what it says now."""
    return {int(pilot): said for pilot, said in output_of(environment, HELD).items()}


def output_of(environment: Mapping[str, str], code: str) -> dict:
    """What some code prints, as the portal's own process."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])
