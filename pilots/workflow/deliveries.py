"""Newer delivered texts of an entry: put in place where nobody edited it, else offered in a working copy.

Nobody is the actor of either: the portal's own command does it, and the note says so.
"""

from django.db import transaction
from django.utils import timezone

from pilots import notifications
from pilots.history.record import Kind, change, lock
from pilots.models import Pilot
from pilots.models.content import Content
from pilots.workflow.rules import Status, copy_state, save
from pilots.workflow.working_copies import make_copy


def redeliver(pilot: Pilot, content: Content, *, note: str) -> Pilot:
    """Make an entry that nobody edited say `content`; a public one gets its next version, a hidden one stays hidden.

    Raises UnknownValues and ValidationError, see `write_content`.
    """
    kind = Kind.PUBLISHED if pilot.is_public else Kind.IMPORTED
    with change(pilot, kind=kind, by=None, note=note) as under_way:
        under_way.carry(content)
        if under_way.row.is_public:
            under_way.version = under_way.row.version + 1
            save(under_way.row, version=under_way.version, version_at=timezone.now())
            notifications.outdated(under_way.row, under_way.before, content)
    return copy_state(pilot, under_way.row)


def offer(pilot: Pilot, content: Content, *, note: str) -> Pilot:
    """Make a working copy of a public entry that says `content`, and put it before the reviewers; it is nobody's.

    Raises Refused when there is a copy already or the pilot is not public.
    """
    with transaction.atomic():
        return make_copy(lock(pilot), owner=None, content=content, note=note, status=Status.IN_REVIEW, is_carried=True)
