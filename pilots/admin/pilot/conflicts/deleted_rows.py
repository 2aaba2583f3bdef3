"""What was typed into the form of a deleted row: a copy that was published, an entry that was deleted."""

from copy import copy
from typing import Any

from django.http import HttpRequest

from pilots.admin.pilot.conflicts.rebase_formsets import KEYS
from pilots.form_store import RESTORE
from pilots.models import Pilot, Revision
from pilots.models.access import readable_revisions
from pilots.models.content import find_rows, write_content


def deleted_row(user: Any, row: str, seen_edit: str) -> Revision | None:
    """What a deleted row said when `user` opened it, if the account may read that. One query."""
    if len(row) > 18 or not (seen_edit.isascii() and seen_edit.isdigit() and len(seen_edit) < 10):
        return None
    return readable_revisions(user).filter(row=row, edit_count=seen_edit).first()


def make_again(opened: Revision, *, owner: Any) -> Pilot:
    """Make the row once more, without its parts, for a form to fill.

    Run it in a transaction that is rolled back. It counts one more edit than the form has seen, so that
    the form is never saved. Raises UnknownValues, ValidationError and IntegrityError.
    """
    content = opened.content | {name: {} for name in KEYS}
    found = find_rows(content)
    row = Pilot(
        pk=opened.row,
        slug=f"gone-{opened.row}",
        owner=owner,
        edit_count=opened.edit_count + 1,
        authority=found["authority", content["authority"]],
        source=found["source", content["source"]],
    )
    row.save(force_insert=True)
    write_content(row, content)
    return row


def form_of_deleted_row(request: HttpRequest, row: Pilot) -> HttpRequest:
    """A request that sends the same to be saved; the form of a working copy has no slug, that of `row` has."""
    data = request.POST.copy()
    data.pop(RESTORE, None)
    data.setdefault("slug", row.slug)
    sent = copy(request)
    sent.POST = data  # type: ignore[assignment]
    return sent
