"""What somebody typed and could not save, carried from page to page, and what stands in its way now."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing
from django.core.exceptions import SuspiciousOperation
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.pilot.views.writers import writers_of
from pilots.history.merge import MergeResult, merge
from pilots.history.provenance import NOTHING, maker, with_provenance
from pilots.history.record import changed_since
from pilots.models import Pilot, Revision
from pilots.models.access import readable_pilots, readable_revisions
from pilots.models.content import Content, read_content

SALT = "pilots.admin.pilot.conflicts.pending_edit"


@dataclass(frozen=True)
class PendingEdit:
    """What one account typed into the form of `row`, which had been changed `seen_edit` times when it was opened."""

    user: int
    entry: int
    row: int
    seen_edit: int
    content: Content
    note: str
    language: str
    wording_only: bool = False

    def signed(self) -> str:
        """As text that only this site can have written."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str, *, user: Any, entry: int) -> "PendingEdit":
        """What `signed` wrote for this account and entry. Raises SuspiciousOperation for anything else."""
        try:
            edit = cls(**signing.loads(text, salt=SALT))
        except (signing.BadSignature, UnicodeError) as error:
            raise SuspiciousOperation("This is not what the site has signed.") from error
        if (edit.user, edit.entry) != (user.pk, entry):
            raise SuspiciousOperation("Somebody else typed this, or for another entry.")
        return edit

    def saying(self, content: Content) -> "PendingEdit":
        return replace(self, content=content)

    def base_revision(self, user: Any) -> Revision | None:
        """What the row said when the form was opened, if the history knows and `user` may read it. One query.

        The number in the form is no proof that its sender ever saw that state: anybody can send any number.
        """
        return readable_revisions(user).filter(row=self.row, edit_count=self.seen_edit).first()


@dataclass
class ConflictState:
    """How things stand for what could not be saved: what is saved now and where it could go, or why it can go nowhere.

    `target` is the row that would take it: the working copy, else the entry; None when the entry is deleted.
    """

    user: Any
    edit: PendingEdit
    target: Pilot | None
    reason: str
    theirs: Content | None = None
    base: Content | None = None

    @property
    def seen(self) -> str:
        """What a page says of the state that it shows, so that a later one is noticed."""
        return f"{self.target.pk}.{self.target.edit_count}" if self.target else ""

    @property
    def may_be_saved(self) -> bool:
        """Whether the account may put what was typed into the target."""
        return not self.reason

    def merged(self) -> MergeResult:
        """Both contents put together, if it may be saved."""
        return merge(self.base, self.theirs, self.mine) if self.theirs else MergeResult(({}, {}, {}))

    @property
    def mine(self) -> Content:
        """What was typed, each text noted as resting on the English that stood beside it."""
        return self._typed(self.base or self.theirs or NOTHING, self.edit.content)

    def known(self, content: Content) -> Content:
        """`content`, put together from both, with what is known of each text."""
        return self.merged().with_records(content, self._typed(self.mine, content))

    def _typed(self, before: Content, after: Content) -> Content:
        return with_provenance(before, after, maker=maker(self.user), wording_only=self.edit.wording_only)

    @property
    def is_only_checked(self) -> bool:
        """Whether nothing but checks of translations was saved since the form was opened."""
        if not (self.may_be_saved and self.target and self.base) or self.target.pk != self.edit.row:
            return False
        return not changed_since(self.target, self.edit.seen_edit)

    def meanwhile(self) -> QuerySet[Revision]:
        """What was saved since the form was opened and the account may read, the newest first."""
        rows = [self.edit.row, *([self.target.pk] if self.target and self.may_be_saved else [])]
        revisions = Revision.objects.of(self.edit.entry).filter(row__in=rows).exclude(kind=Revision.Kind.FOUND)
        found = readable_revisions(self.user, revisions)
        opened = self.edit.base_revision(self.user)
        if opened:
            return found.filter(pk__gt=opened.pk)
        return found.filter(Q(edit_count__gt=self.edit.seen_edit) | ~Q(row=self.edit.row))


def conflict_state(user: Any, edit: PendingEdit) -> ConflictState:
    """How things stand now. Nothing that the account may not read is in it. At most twenty queries."""
    original = Pilot.objects.select_related("working_copy", "owner").filter(pk=edit.entry).first()
    if original is None:
        return ConflictState(user, edit, None, _("The entry was deleted."))
    target = original.copy or original
    reason = _why_not(user, target)
    state = ConflictState(user, edit, target, reason)
    if not reason:
        state.theirs = read_content(target)
        opened = edit.base_revision(user)
        state.base = opened.content if opened else _unchanged(user, edit)
    return state


def _unchanged(user: Any, edit: PendingEdit) -> Content | None:
    """What the row of the form says if nobody changed it: then it still says what it said."""
    row = readable_pilots(user).filter(pk=edit.row, edit_count=edit.seen_edit).first()
    return read_content(row) if row else None


def _why_not(user: Any, target: Pilot) -> str:
    """Why the account cannot put anything into `target` now, "" if it can."""
    if workflow.may_write(user, target):
        return ""
    if target.revises_id and not target.is_written_by(user):
        return _(
            "A working copy of this entry is being written by %(writer)s. Agree with them who goes on with it."
        ) % {"writer": writers_of(target)}
    if target.status == Pilot.Status.IN_REVIEW:
        return _("The entry waits for review now. Take it back from review to go on writing.")
    if target.status == Pilot.Status.ARCHIVED:
        return _("The entry is in the archive now. A reviewer can restore it.")
    return _("Your account may not change this entry now.")
