"""Checking translations: “still right” is noted without an edit, where visitors read the text at once."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from pilots.history.differences import Path, flat, nested, text_of
from pilots.history.provenance import english_of, records_of_check
from pilots.history.record import Kind, change, lock
from pilots.models import Pilot
from pilots.models.content import read_content
from pilots.models.provenance import Record
from pilots.workflow.rules import Actor, may_translate, may_translate_into


def may_check(user: Actor, pilot: Pilot, language: str) -> bool:
    """Whether `user` may say of texts of this row in `language` that they are right: of what is public, or theirs."""
    if pilot.is_public:
        return may_translate_into(user, language)
    return may_translate(user, pilot, language)


def confirm_translation(pilot: Pilot, language: str, paths: Iterable[Path], *, by: Actor) -> None:
    """Note that the texts of `pilot` in `language` at these paths are checked and right beside the English there is.

    `paths` are as in `flat`: ("texts", "fr", "title"), ("lessons", "2", "texts", "fr", "text"). No text changes, so
    a public entry needs no working copy; one that it has is told too, where both texts are the same. Raises
    PermissionDenied; Pilot.DoesNotExist.
    """
    with transaction.atomic():
        row = lock(pilot)
        if not may_check(by, row, language):
            raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": row})
        said = read_content(row)
        records = records_of_check(said, [path for path in paths if path[-2] == language], by=by)
        _note(row, records, by)
        copy = Pilot.objects.filter(revises=row).first()
        if copy:
            here, there = flat(said), flat(read_content(copy))
            texts = {path: (text_of(path), english_of(text_of(path))) for path in records}
            same = {
                path: known
                for path, known in records.items()
                if all(here.get(text) == there.get(text) for text in texts[path])
            }
            _note(copy, same, by)
    pilot.edit_count = row.edit_count


def _note(row: Pilot, records: dict[Path, Record], by: Actor) -> None:
    if records:
        with change(row, kind=Kind.CONFIRMED, by=by) as under_way:
            under_way.keep_records(nested(flat(under_way.before) | records))
