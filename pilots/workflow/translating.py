"""Writing the texts of an entry in one language, and finding them right as they stand."""

from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from pilots.history.differences import Path
from pilots.history.one_language import is_in
from pilots.history.provenance import confirm_row, note_row, texts_of
from pilots.history.record import Kind, change, lock
from pilots.history.translated_texts import translated_texts, with_texts
from pilots.models import Pilot
from pilots.models.content import Content, read_content
from pilots.models.provenance import PERSON
from pilots.models.row_texts import RowTexts, write_texts
from pilots.security_log import Event, record
from pilots.workflow.rules import Actor, Conflict, may_translate, may_translate_row
from pilots.workflow.translation_checks import confirm_translation
from pilots.workflow.working_copies import make_copy


def translate(
    pilot: Pilot,
    language: str,
    texts: dict[Path, str],
    *,
    by: Actor,
    confirmed: Collection[Path] = (),
    note: str = "",
    made_by: str = PERSON,
    kind: Kind = Kind.CHANGED,
    batch: UUID | None = None,
) -> Pilot:
    """Make an entry say `texts` in `language`, note that `by` found `confirmed` right, and return the row that says it.

    Nothing else of it changes. A public entry gets a working copy for what it is to say; that a text is right is noted
    at once, since it says nothing else. `made_by` is as in `change`. Raises PermissionDenied, also for paths that lead
    to anything but texts in `language`; Pilot.DoesNotExist.
    """
    _check_paths(language, (*texts, *confirmed))
    with transaction.atomic():
        row = lock(pilot)
        if texts:
            copy = Pilot.objects.filter(revises=row).first()
            row = _written(copy or row, language, texts, by, note=note, made_by=made_by, kind=kind, batch=batch)
        _confirm(row, language, set(confirmed) - set(texts), by)
    return row


@dataclass(frozen=True)
class PlannedTranslation:
    """What one row is to say in a language, which texts of it were found right, and the row as it was read.

    `said`: what its texts were, where it has no history: an organisation, a value, a term.
    """

    row: Any
    texts: dict[Path, str] = field(default_factory=dict)
    confirmed: list[Path] = field(default_factory=list)
    said: RowTexts | None = None


def translate_many(
    steps: Iterable[PlannedTranslation], language: str, *, by: Actor, note: str, made_by: str, batch: UUID
) -> Generator[int, None, None]:
    """Translate and confirm texts of many entries, and of what they name, all or none, yielding how many are done.

    They are taken in a fixed order, so that two who write many never wait for each other. Raises Conflict for one
    that was changed since it was read; otherwise as `translate`. Closed before its end, it writes nothing.
    """
    details: Any = {"note": note, "made_by": made_by, "batch": batch}
    planned = sorted(steps, key=_place)
    with transaction.atomic():
        for done, step in enumerate(planned, start=1):
            if step.said is None:
                _translate_entry(step, language, by, **details)
            else:
                _translate_name(step, language, by, made_by)
            yield done
        record(Event.IMPORTED, by=by, kind="po", entries=len(planned), batch=str(batch))


def _translate_entry(step: PlannedTranslation, language: str, by: Actor, **details: Any) -> None:
    row = lock(step.row)
    is_revised = bool(step.texts) and row.is_public and Pilot.objects.filter(revises=row).exists()
    if row.edit_count != step.row.edit_count or row.status != step.row.status or is_revised:
        raise _changed_since(row)
    translate(row, language, step.texts, confirmed=step.confirmed, by=by, kind=Kind.IMPORTED, **details)


def _place(step: PlannedTranslation) -> tuple[str, int]:
    is_entry = step.said is None
    return ("", step.row.entry_id) if is_entry else (step.row._meta.model_name, step.row.pk)


def _changed_since(row: Any) -> Conflict:
    return Conflict(_("“%(pilot)s” was changed since you read it. Look at it again first.") % {"pilot": row})


def _translate_name(step: PlannedTranslation, language: str, by: Any, made_by: str) -> None:
    row = type(step.row)._default_manager.select_for_update().filter(pk=step.row.pk).first()
    if row is None or texts_of(row) != step.said:
        raise _changed_since(step.row)
    translate_row(row, language, step.texts, confirmed=step.confirmed, by=by, made_by=made_by)
    LogEntry.objects.log_actions(
        by.pk, [row], CHANGE, _change_message(row, language, (*step.texts, *step.confirmed)), single_object=True
    )


def _change_message(row: Any, language: str, paths: Iterable[Path]) -> list[Any]:
    """What Django's log keeps of a change, to be said in the language of whoever reads it."""
    fields = row._parler_meta.root_model._meta
    with override(None):
        names = [str(fields.get_field(path[-1]).verbose_name) for path in paths]
    return [{"changed": {"name": "Translation", "object": language, "fields": names}}]


def _written(row: Pilot, language: str, texts: dict[Path, str], by: Actor, *, batch: UUID | None, **how: Any) -> Pilot:
    """The row, or a new working copy of it, that says `texts` now."""
    row = lock(row)
    if not may_translate(by, row, language):
        raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": row})
    if row.is_public:
        row = make_copy(row, owner=by, content=None, note="", batch=batch)
    with change(row, by=by, batch=batch, **how) as under_way:
        under_way.write(with_texts(under_way.before, texts))
    return row


def _confirm(row: Pilot, language: str, paths: set[Path], by: Actor) -> None:
    """Note that these texts are right; where visitors read the same, there too, and at once."""
    shared: set[Path] = set()
    if paths and row.revises:
        here, public = (_texts(read_content(one), language) for one in (row, row.revises))
        shared = {path for path in paths if here.get(path) == public.get(path)}
        confirm_translation(row.revises, language, shared, by=by)
    if paths - shared:
        confirm_translation(row, language, paths - shared, by=by)


def _texts(content: Content, language: str) -> dict[Path, tuple[str, str]]:
    return {text.path: (text.original, text.text) for text in translated_texts(content, language)}


def translate_row(
    row: Any,
    language: str,
    texts: dict[Path, str],
    *,
    by: Actor,
    confirmed: Collection[Path] = (),
    made_by: str = PERSON,
) -> None:
    """The same as `translate` for what has no history: an organisation, a value, a term. It is public at once.

    Run it in a transaction. Raises PermissionDenied.
    """
    _check_paths(language, (*texts, *confirmed))
    if not may_translate_row(by, type(row), language):
        raise PermissionDenied(_("Your account may not change “%(pilot)s”.") % {"pilot": row})
    before = texts_of(row)
    if texts:
        write_texts(type(row), {row: with_texts(before, texts)})
        note_row(row, before, by=by, made_by=made_by)
    if right := [path[-1] for path in confirmed if path not in texts]:
        confirm_row(row, language, right, by=by)


def _check_paths(language: str, paths: Collection[Path]) -> None:
    if not all(is_in(path, language) and path[-3] == "texts" for path in paths):
        raise PermissionDenied(_("Only texts in this language can be changed here."))
