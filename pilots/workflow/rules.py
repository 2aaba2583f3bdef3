"""Who may do what with an entry, from which status to which, and how a refusal reads."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.content_checks.required import missing_fields
from pilots.history.record import Change, Kind
from pilots.models import Pilot, Revision
from pilots.models.access import is_reviewer, languages_of
from pilots.models.content import Content
from pilots.models.public import UNPUBLISHED
from pilots.models.public import PilotStatus as Status
from pilots.models.roles import LANGUAGES
from pilots.workflow.check_report import run_checks

Actor = AbstractBaseUser | AnonymousUser


class Refused(ValueError):
    """A move that cannot be made; the message says why and what to do."""


class Conflict(Refused):
    """A change of something that somebody else has changed since it was read."""


@dataclass(frozen=True)
class Transition:
    """From which statuses a move leads to which, with which right, and how the history calls it."""

    kind: Kind
    before: frozenset[str]
    after: str
    right: str


def _transition(kind: Kind, before: set[Status], after: Status, right: str) -> Transition:
    return Transition(kind, frozenset(before), after, f"pilots.{right}")


SUBMIT = _transition(Kind.SUBMITTED, {Status.DRAFT}, Status.IN_REVIEW, "change_pilot")
TAKE_BACK = _transition(Kind.TAKEN_BACK, {Status.IN_REVIEW}, Status.DRAFT, "change_pilot")
SEND_BACK = _transition(Kind.SENT_BACK, {Status.IN_REVIEW}, Status.DRAFT, "publish_pilot")
PUBLISH = _transition(Kind.PUBLISHED, {*UNPUBLISHED}, Status.PUBLISHED, "publish_pilot")
WITHDRAW = _transition(Kind.WITHDRAWN, {Status.PUBLISHED, Status.IN_REVIEW}, Status.DRAFT, "publish_pilot")
ARCHIVE = _transition(Kind.ARCHIVED, {Status.PUBLISHED, *UNPUBLISHED}, Status.ARCHIVED, "publish_pilot")
RESTORE = _transition(Kind.RESTORED, {Status.ARCHIVED}, Status.DRAFT, "publish_pilot")


# What happened to a row without anybody's words.
WITHOUT_WORDS = (
    *(Kind.FOUND, Kind.SUBMITTED, Kind.TAKEN_BACK, Kind.SENT_BACK),
    *(Kind.SCHEDULED, Kind.UNSCHEDULED, Kind.HANDED_OVER, Kind.CONFIRMED),
)


def may_edit(user: Any, pilot: Pilot) -> bool:
    """Whether `user` may change what this draft or working copy says.

    Reviewers may until it is public, its writers while it is a draft. What is public or in
    the archive is changed through a working copy or after it was restored.
    """
    if not user.has_perm("pilots.change_pilot") or pilot.status not in UNPUBLISHED:
        return False
    return is_reviewer(user) or (pilot.status == Status.DRAFT and pilot.is_written_by(user))


def may_revise(user: Any, pilot: Pilot) -> bool:
    """Whether `user` may make a working copy of this pilot, if there is none yet."""
    return bool(user.has_perm("pilots.change_pilot")) and pilot.is_public


def may_write(user: Any, pilot: Pilot) -> bool:
    """Whether `user` may change what this row says: in itself, or in a working copy that it has none of yet."""
    return may_edit(user, pilot) or (may_revise(user, pilot) and pilot.copy is None)


def may_translate_into(user: Any, language: str) -> bool:
    """Whether `user` may write texts in this language at all."""
    return bool(user.has_perm("pilots.change_pilot")) or language in languages_of(user)


def languages_open_to(user: Any) -> list[str]:
    """The languages whose texts `user` may write."""
    return [language for language in LANGUAGES if may_translate_into(user, language)]


def may_translate(user: Any, pilot: Pilot, language: str) -> bool:
    """Whether `user` may write what this row says in `language`: in itself, or in a working copy it has none of yet.

    Translators write their own drafts and whatever waits for review, so that several languages can be done at once.
    """
    if may_write(user, pilot):
        return True
    if language not in languages_of(user):
        return False
    is_own_draft = pilot.status == Status.DRAFT and pilot.is_written_by(user)
    return is_own_draft or pilot.status == Status.IN_REVIEW or (pilot.is_public and pilot.copy is None)


def may_translate_row(user: Any, model: Any, language: str) -> bool:
    """Whether `user` may write texts in `language` of rows of `model`, which have no history: a value, a term …"""
    if language in languages_of(user):
        return True
    return bool(user.has_perm(f"pilots.change_{model._meta.model_name}"))


def may_discard(user: Any, copy: Pilot) -> bool:
    """Whether `user` may throw this working copy away: translators one that they began and alone worked on."""
    if may_edit(user, copy):
        return True
    is_begun_here = copy.status == Status.DRAFT and copy.owner_id == user.pk and bool(languages_of(user))
    return is_begun_here and not _worked_on(copy).exclude(actor=user).exists()


def _worked_on(row: Pilot) -> QuerySet[Revision]:
    """The revisions of this row in which somebody wrote something."""
    return Revision.objects.filter(row=row.pk).exclude(kind__in=WITHOUT_WORDS)


def may_make(user: Any, pilot: Pilot, move: Transition) -> bool:
    """Whether `user` has the right to this move; translators send what they write for review, and take it back."""
    if user.has_perm(move.right):
        return True
    return move in (SUBMIT, TAKE_BACK) and pilot.is_written_by(user) and bool(languages_of(user))


def require(pilot: Pilot, move: Transition, by: Actor) -> None:
    """Raise PermissionDenied unless `by` has the right to the move."""
    if not may_make(by, pilot, move):
        raise PermissionDenied(_("Your account may not move “%(pilot)s” to “%(status)s”.") % names(pilot, move.after))


def check_status(row: Pilot, move: Transition) -> None:
    """Raise Refused unless the move starts from the status that `row` has."""
    if row.status not in move.before:
        raise Refused(
            _("“%(pilot)s” is “%(now)s”, so it cannot become “%(status)s”.")
            % {**names(row, move.after), "now": row.get_status_display()}
        )


def check_complete(row: Pilot, content: Content) -> None:
    """Raise Refused when `content` lacks what every public entry has, or may point at people. Eight queries."""
    gaps = missing_fields(content)
    if gaps:
        raise Refused(_("“%(pilot)s” cannot be published yet. Add %(missing)s.") % {"pilot": row, "missing": gaps})
    count = len(run_checks(row, content).about_people)
    if count:
        words = ngettext(
            "“%(pilot)s” cannot be published yet: %(count)d text may point at people. "
            "Mend it, or have a reviewer accept it with a reason, under “Checks” on the form of the entry.",
            "“%(pilot)s” cannot be published yet: %(count)d texts may point at people. "
            "Mend them, or have a reviewer accept each with a reason, under “Checks” on the form of the entry.",
            count,
        )
        raise Refused(words % {"pilot": row, "count": count})


def save(row: Pilot, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=[*fields, "updated_at"])


def log(row: Pilot, status: str, by: Any) -> None:
    message = _("Moved to “%(status)s”.") % {"status": Status(status).label}
    LogEntry.objects.log_actions(by.pk, [row], CHANGE, message, single_object=True)


def state_before_move(row: Pilot) -> dict[str, Any]:
    """What a move changes apart from the content, as JSON can hold it."""
    return {
        "status": row.status,
        "reviewed_on": row.reviewed_on.isoformat() if row.reviewed_on else None,
        "publish_at": row.publish_at.isoformat() if row.publish_at else None,
        "scheduled_by": row.scheduled_by_id,
    }


def copy_state(pilot: Pilot, row: Pilot) -> Pilot:
    """Copy what the row holds now to the caller's object."""
    for name in (
        "status",
        "published_at",
        "updated_at",
        "reviewed_on",
        "version",
        "version_at",
        "public_change_at",
        "publish_at",
        "edit_count",
    ):
        setattr(pilot, name, getattr(row, name))
    return pilot


def names(pilot: Pilot, status: str) -> dict[str, str]:
    return {"pilot": str(pilot), "status": str(Status(status).label)}


def make_public(under_way: Change) -> dict[str, Any]:
    """The fields of the next public version, having checked a row that is not public yet.

    A public row gets the content of its working copy, and that was checked.
    """
    row, now = under_way.row, timezone.now()
    if not row.is_public:
        check_complete(row, under_way.before)
    under_way.version = row.version + 1
    return {
        "published_at": row.published_at or now,
        "reviewed_on": timezone.localdate(),
        "version": under_way.version,
        "version_at": now,
    }
