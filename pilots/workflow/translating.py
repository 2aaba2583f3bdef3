"""Writing the texts of an entry in one language, and finding them right as they stand."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilots.history.differences import Path
from pilots.history.one_language import is_in
from pilots.history.provenance import maker, with_provenance
from pilots.history.record import Kind, change, lock
from pilots.history.translated_texts import with_checks, with_texts
from pilots.models import Pilot
from pilots.models.provenance import checked
from pilots.workflow.rules import Actor, may_translate
from pilots.workflow.working_copies import make_copy


def translate(
    pilot: Pilot,
    language: str,
    texts: dict[Path, str],
    *,
    by: Actor,
    confirmed: Collection[Path] = (),
    note: str = "",
) -> Pilot:
    """Make an entry say `texts` in `language`, note that `by` found `confirmed` right, and return the row that says it.

    Nothing else of it changes. That is a draft itself or what waits for review; a public entry gets a working copy.
    Raises PermissionDenied, also for a path that leads to anything but a text in `language`; Pilot.DoesNotExist.
    """
    if not all(is_in(path, language) and path[-3] == "texts" for path in (*texts, *confirmed)):
        raise PermissionDenied(_("Only texts in this language can be changed here."))
    with transaction.atomic():
        row = lock(pilot)
        copy = Pilot.objects.filter(revises=row).first()
        row = lock(copy) if copy else row
        if not may_translate(by, row, language):
            raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": pilot})
        if row.is_public:
            row = make_copy(row, owner=by, content=None, note="")
        with change(row, kind=Kind.CHANGED, by=by, note=note) as under_way:
            under_way.carry(_translated(under_way.before, texts, confirmed, by))
    return row


def _translated(before: dict[str, Any], texts: dict[Path, str], confirmed: Collection[Path], by: Any) -> dict[str, Any]:
    said = with_provenance(before, with_texts(before, texts), maker=maker(by))
    return with_checks(said, [path for path in confirmed if path not in texts], checked(str(by), timezone.now()))
