"""Who may read what of an entry: its rows, and what they said before with the notes of that. The only rule for it.

Whoever may view pilots in the admin reads what is public, and what was; translators also what waits for review,
which they may translate before it is public. Everything else is for its writers and for reviewers, whatever its
status: drafts, working copies, what was archived without ever having been public, and every state in between. A
right to change something is always more than this.
What is public is said in `pilots.models.public.PilotQuerySet.published`.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from pilots.models.pilot import Pilot
from pilots.models.revision import Revision
from pilots.models.roles import LANGUAGES, right_to_translate

Status = Pilot.Status


def is_reviewer(user: Any) -> bool:
    """Whether `user` may publish, and so read everything."""
    return bool(user.has_perm("pilots.publish_pilot"))


def languages_of(user: Any) -> list[str]:
    """The languages whose texts `user` may write as a translator. Who may change pilots may write all of them."""
    return [language for language in LANGUAGES if user.has_perm(right_to_translate(language))]


def may_view(user: Any) -> bool:
    """Whether `user` may read pilots in the admin at all; visitors may not."""
    return bool(user.has_perm("pilots.view_pilot") or user.has_perm("pilots.change_pilot"))


def viewers() -> QuerySet[User]:
    """The accounts that may read pilots in the admin at all: what `may_view` says of one. No query yet."""
    rights = (User.objects.with_perm(right).values("pk") for right in ("pilots.view_pilot", "pilots.change_pilot"))
    return User.objects.filter(reduce(or_, (Q(pk__in=accounts) for accounts in rights)))


def reviewers() -> QuerySet[User]:
    """The accounts that may publish, and so read everything: what `is_reviewer` says of one. No query yet."""
    return viewers().filter(pk__in=User.objects.with_perm("pilots.publish_pilot").values("pk"))


def readable_pilots(user: Any, pilots: QuerySet[Pilot] | None = None) -> QuerySet[Pilot]:
    """Those of `pilots`, by default of all, whose present words `user` may read. No query more.

    An archived pilot is readable when it was archived from the public: one that was withdrawn, written
    on and archived then says what nobody was shown.
    """
    rows = Pilot.objects.all() if pilots is None else pilots
    if not may_view(user):
        return rows.none()
    if is_reviewer(user):
        return rows
    before = Subquery(_status_before_the_archive(row=OuterRef("pk")))
    archived = Q(status=Status.ARCHIVED) & (Q(status_before=Status.PUBLISHED) | Q(status_before=None, version__gt=0))
    readable = Q(status=Status.PUBLISHED) | archived | written_by(user)
    if languages_of(user):
        readable |= Q(status=Status.IN_REVIEW)
    return rows.alias(status_before=before).filter(readable)


def readable_revisions(user: Any, revisions: QuerySet[Revision] | None = None) -> QuerySet[Revision]:
    """Those of `revisions`, by default of all, that `user` may read. No query more.

    Writers read what a row said while they wrote it, and all that a row said which they write now.
    """
    rows = Revision.objects.all() if revisions is None else revisions
    if not may_view(user):
        return rows.none()
    if is_reviewer(user):
        return rows
    before = Subquery(_status_before_the_archive(row=OuterRef("row"), edit_count__lt=OuterRef("edit_count")))
    versions = Revision.objects.filter(row=OuterRef("row"), version__isnull=False)
    archived = Q(status=Status.ARCHIVED) & (Q(status_before=Status.PUBLISHED) | Q(Exists(versions), status_before=None))
    public = Q(status=Status.PUBLISHED) | archived
    own = written_by(user) | Q(row__in=Pilot.objects.filter(written_by(user)).values("pk"))
    return rows.alias(status_before=before).filter(public | own)


def may_read(user: Any, pilot: Pilot) -> bool:
    """Whether `user` may read what this row says now. One query on top of those for permissions."""
    return readable_pilots(user, Pilot.objects.filter(pk=pilot.pk)).exists()


def entry_behind(user: Any, key: Any) -> Pilot | None:
    """The entry that `user` may read, of a working copy that was deleted or that they may not. Four queries at most."""
    key = str(key)
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    entry = _entry_of_copy(user, key)
    return readable_pilots(user).filter(pk=entry).first() if entry else None


def _entry_of_copy(user: Any, key: str) -> int | None:
    copy = Pilot.objects.filter(pk=key).only("revises_id").first()
    if copy:
        return None if may_read(user, copy) else copy.revises_id
    revision = Revision.objects.filter(row=key).only("row", "entry_id").first()
    return revision.entry_id if revision and revision.on_working_copy else None


def written_by(user: Any) -> Q:
    """The condition for rows, or revisions of rows, that `user` writes or wrote then."""
    return Q(owner_id=user.pk, owner__isnull=False) | Q(second_writer_id=user.pk, second_writer__isnull=False)


def _status_before_the_archive(**where: Any) -> QuerySet[Any]:
    """The status that a row had last outside the archive, for a subquery; nothing if it is not known."""
    outside = Revision.objects.filter(**where).exclude(status=Status.ARCHIVED)
    return outside.order_by("-edit_count").values("status")[:1]
