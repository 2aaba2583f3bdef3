"""Where an entry stands, as its form says it: who writes it or its working copy, and what was said to them last."""

from typing import Any

from pilots import workflow
from pilots.admin.pilot.tasks import MOVES
from pilots.admin.pilot.views.writers import writers_of
from pilots.content_checks.fields import name_of_language
from pilots.history.record import Kind
from pilots.models import Pilot, Revision
from pilots.models.access import may_read, readable_revisions
from pilots.workflow.writers import may_hand_over

# The move that a status is to be read with: why it is a draft, why it waits for review.
SAID = {Pilot.Status.DRAFT: Kind.SENT_BACK, Pilot.Status.IN_REVIEW: Kind.SUBMITTED}


def entry_status(user: Any, pilot: Pilot) -> dict[str, Any]:
    """What the form of `pilot` shows to `user` of its state. Six queries at most."""
    copy = pilot.copy
    written = copy or pilot
    return {
        "working_copy": copy,
        "may_open_copy": copy is not None and may_read(user, copy),
        "written": written,
        "writers": writers_of(written) if written.status in SAID else "",
        "may_hand_over": may_hand_over(user, written),
        "translated_into": [(code, name_of_language(code)) for code in workflow.languages_open_to(user)],
        "said": last_said(user, pilot),
    }


def last_said(user: Any, pilot: Pilot) -> Revision | None:
    """The move that left the entry as it is, if it was sent for review or sent back. One query."""
    moves = readable_revisions(user).filter(row=pilot.pk, kind__in=MOVES).defer("content")
    last = moves.select_related("actor").order_by("-edit_count").first()
    return last if last and SAID.get(Pilot.Status(pilot.status)) == last.kind else None
