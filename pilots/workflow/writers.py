"""Who writes a draft or working copy: one account or two. A reviewer decides."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilots import notifications
from pilots.history.record import Kind, change
from pilots.models import Pilot, PreviewLink
from pilots.models.public import UNPUBLISHED
from pilots.models.roles import LANGUAGES, right_to_translate
from pilots.workflow.rules import Refused, is_reviewer, save

BACKEND = "django.contrib.auth.backends.ModelBackend"


def possible_writers() -> QuerySet[User]:
    """The accounts that can log in and may change pilots, or translate them, by name."""
    rights = ("pilots.change_pilot", *map(right_to_translate, LANGUAGES))
    accounts = reduce(or_, (User.objects.with_perm(right, backend=BACKEND) for right in rights))
    return accounts.filter(is_staff=True).order_by("last_name", "first_name", "username")


def may_hand_over(user: Any, pilot: Pilot) -> bool:
    """Whether `user` may decide who writes this row: a reviewer may, as long as it is not public."""
    return is_reviewer(user) and pilot.status in UNPUBLISHED


def hand_over(pilot: Pilot, *, owner: User, second_writer: User | None, by: Any, note: str = "") -> Pilot:
    """Let `owner`, and `second_writer` if there is one, write this row from now on, and nobody else but reviewers.

    Whoever is new is told. Raises PermissionDenied, and Refused for a row that is public or archived,
    for the same account twice, and for an account that may not write.
    """
    if not is_reviewer(by):
        raise PermissionDenied(_("Only reviewers decide who writes “%(pilot)s”.") % {"pilot": pilot})
    if owner == second_writer:
        raise Refused(_("Choose two different people, or leave the second one empty."))
    chosen = [person for person in (owner, second_writer) if person]
    if possible_writers().filter(pk__in=[person.pk for person in chosen]).count() < len(chosen):
        raise Refused(_("One of the accounts is closed, or may not write. Choose another one."))
    with change(pilot, kind=Kind.HANDED_OVER, by=by, note=note, always=True) as under_way:
        row = under_way.row
        if row.status not in UNPUBLISHED:
            raise Refused(_("“%(pilot)s” is not a draft any more. Look at it again.") % {"pilot": row})
        before = {row.owner_id, row.second_writer_id} - {None}
        save(row, owner=owner, second_writer=second_writer)
        # Else who wrote it could go on reading it through a link of their own.
        PreviewLink.objects.filter(pilot=row, made_by__in=before - {person.pk for person in chosen}).end()
        notifications.handed_over(row, by, [person for person in chosen if person.pk not in before])
    pilot.owner, pilot.second_writer = owner, second_writer
    return pilot
