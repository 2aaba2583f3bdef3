"""What there is to do, and for whom: each task once, for the first page and for the list of pilots."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pilots import workflow
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.access import languages_of, written_by

Status = Pilot.Status
Pilots = QuerySet[Pilot]

# What leads to a draft or away from it; changes of its words do not count.
MOVES = (Kind.SUBMITTED, Kind.TAKEN_BACK, Kind.SENT_BACK, Kind.WITHDRAWN, Kind.RESTORED, Kind.RECOVERED)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Task:
    """One kind of work: its heading, what is said when there is none, which pilots, in which order."""

    title: str | Promise
    none: str | Promise
    narrow: Callable[[Any, Any], Pilots]
    order: Any = "pk"
    for_reviewers: bool = False
    on_first_page: bool = True


def last_move(field: str) -> Subquery:
    """This field of the revision that keeps the last move of a pilot, for use in a query of pilots."""
    moves = Revision.objects.filter(row=OuterRef("pk"), kind__in=MOVES)
    return Subquery(moves.order_by("-edit_count").values(field)[:1])


def _own_drafts(pilots: Pilots, user: Any) -> Pilots:
    return pilots.filter(written_by(user), status=Status.DRAFT).alias(last_move=last_move("kind"))


def _unreviewed(pilots: Any, _user: Any) -> Pilots:
    unread = Q(reviewed_on__isnull=True) | Q(reviewed_on__lt=timezone.localdate() - A_YEAR)
    result: Pilots = pilots.published().filter(unread)
    return result


TASKS: dict[str, Task] = {
    "to-review": Task(
        _("Waits for review"),
        _("Nothing waits for review."),
        lambda pilots, _user: pilots.filter(status=Status.IN_REVIEW),
        last_move("at"),
        for_reviewers=True,
    ),
    "planned": Task(
        _("Will be published later"),
        _("No publication is planned."),
        lambda pilots, _user: pilots.filter(publish_at__isnull=False),
        "publish_at",
        for_reviewers=True,
    ),
    "unreviewed": Task(
        _("Public, and not reviewed for a year"),
        _("Every public entry was reviewed within a year."),
        _unreviewed,
        F("reviewed_on").asc(nulls_first=True),
        for_reviewers=True,
    ),
    "incomplete": Task(
        _("Incomplete"),
        _("Every entry is complete."),
        lambda pilots, _user: pilots.filter(completeness__lt=100).exclude(status=Status.ARCHIVED),
        "completeness",
        for_reviewers=True,
    ),
    "sent-back": Task(
        _("Sent back to you"),
        _("Nothing was sent back to you."),
        lambda pilots, user: _own_drafts(pilots, user).filter(last_move=Kind.SENT_BACK),
        "updated_at",
    ),
    "drafts": Task(
        _("Your drafts"),
        _("You have no other drafts."),
        lambda pilots, user: _own_drafts(pilots, user).filter(Q(last_move__isnull=True) | ~Q(last_move=Kind.SENT_BACK)),
        "-updated_at",
    ),
    "in-review": Task(
        _("Yours, in review"),
        _("Nothing of yours is in review."),
        lambda pilots, user: pilots.filter(written_by(user), status=Status.IN_REVIEW),
        last_move("at"),
    ),
    "mine": Task(_("All you write"), "", lambda pilots, user: pilots.filter(written_by(user)), on_first_page=False),
}


def tasks_of(user: Any) -> dict[str, Task]:
    """The tasks that `user` can have, by name. No query on top of those for permissions."""
    if not (user.has_perm("pilots.change_pilot") or languages_of(user)):
        return {}
    return {name: task for name, task in TASKS.items() if workflow.is_reviewer(user) or not task.for_reviewers}
