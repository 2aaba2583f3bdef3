"""What was typed into the form of a row that is gone: a copy that was published, an entry that was deleted."""

from typing import Any

from django.http import HttpRequest, QueryDict

from pilots.admin.pilot.conflicts.rebase_formsets import KEYS, settle
from pilots.models import Pilot, Revision
from pilots.models.access import readable_revisions
from pilots.models.content import find_rows, write_content
from pilots.unsaved import RESTORE


def opened_by(user: Any, row: str, seen_edit: str) -> Revision | None:
    """Return what a row that is gone said when `user` opened it, if the account may read that. One query."""
    if len(row) > 18 or not (seen_edit.isascii() and seen_edit.isdigit() and len(seen_edit) < 10):
        return None
    return readable_revisions(user).filter(row=row, edit=seen_edit).first()


def ghost_of(opened: Revision, request: HttpRequest) -> tuple[Pilot, QueryDict]:
    """Make the row once more, without its parts, and return it with what the form sends, fitted to it.

    Run it in a transaction that is rolled back. It counts one more edit than the form has seen, so that
    the form is never saved. Raises UnknownValues, ValidationError and IntegrityError.
    """
    content = opened.content | {name: {} for name in KEYS}
    found = find_rows(content)
    ghost = Pilot(
        pk=opened.row,
        slug=f"gone-{opened.row}",
        owner=request.user,
        edit=opened.edit + 1,
        authority=found["authority", content["authority"]],
        source=found["source", content["source"]],
    )
    ghost.save(force_insert=True)
    write_content(ghost, content)
    data = settle(request.POST, ghost)
    data.pop(RESTORE, None)
    data.setdefault("slug", ghost.slug)
    return ghost, data
