"""Says what a PO file would change, text by text, before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.confirm import reason_of
from pilots.admin.translating.form import field_for
from pilots.admin.translating.standing import to_translate
from pilots.admin.translating.words import full_label
from pilots.history.differences import Path
from pilots.history.translated_texts import TranslatedText, translated_texts
from pilots.models import Pilot
from pilots.models.content import read_contents
from pilots.po_files.reader import SentText
from pilots.po_files.writer import address_of
from pilots.workflow import PlannedTranslation


@dataclass(frozen=True)
class KnownText:
    """A text of an entry that the account may read, and what it is called."""

    row: Pilot
    text: TranslatedText
    label: str


@dataclass(frozen=True)
class ChangedText:
    """A text that would say something else."""

    known: KnownText
    said: str

    @property
    def row(self) -> Pilot:
        return self.known.row

    @property
    def path(self) -> Path:
        return self.known.text.path


@dataclass(frozen=True)
class UntakenText:
    """A text that is not taken, and why."""

    address: str
    reason: str


@dataclass
class PoPreview:
    """What becomes of the texts of a file. Nothing is said of those that are empty or fuzzy, only their number."""

    changed: dict[str, ChangedText] = field(default_factory=dict)
    untaken: list[UntakenText] = field(default_factory=list)
    unchanged: int = 0
    unfinished: int = 0

    @property
    def steps(self) -> list[PlannedTranslation]:
        """One for each entry that changes."""
        steps: dict[int, PlannedTranslation] = {}
        for one in self.changed.values():
            steps.setdefault(one.row.pk, PlannedTranslation(one.row, {})).texts[one.path] = one.said
        return [*steps.values()]

    @property
    def fingerprint(self) -> str:
        """The same for two previews that would do the same to the same state of the same entries."""
        said = [(address, one.row.pk, one.row.edit_count, one.said) for address, one in self.changed.items()]
        return sha256(repr(said).encode()).hexdigest()


def preview_po(sent: list[SentText], language: str, user: Any) -> PoPreview:
    """What importing these texts would do. As many queries for one entry as for many."""
    found = PoPreview()
    known = dict(_known(sent, language, user))
    may_write = {text.row.pk: workflow.may_translate(user, text.row, language) for text in known.values()}
    read: set[str] = set()
    for one in sent:
        text = known.get(one.address)
        if one.is_fuzzy or not one.text:
            found.unfinished += 1
        elif text is None:
            found.untaken.append(UntakenText(one.address, _("There is no such text that you may read.")))
        elif one.address in read:
            found.untaken.append(UntakenText(one.address, _("This text stands in the file more than once.")))
        else:
            read.add(one.address)
            _judge(found, one, text, may_write=may_write[text.row.pk])
    return found


def _judge(found: PoPreview, one: SentText, known: KnownText, *, may_write: bool) -> None:
    reason = ""
    try:
        said = field_for(known.text, Pilot).clean(one.text)
    except ValidationError as error:
        said, reason = one.text, reason_of(error)
    if not said:  # what looks empty is empty
        found.unfinished += 1
    elif said == known.text.text:
        found.unchanged += 1
    elif reason := reason or _why_not(one, known, may_write=may_write):
        found.untaken.append(UntakenText(one.address, reason))
    else:
        found.changed[one.address] = ChangedText(known, said)


def _why_not(one: SentText, known: KnownText, *, may_write: bool) -> str:
    """Why a text is not taken; "" when it is."""
    if one.original != known.text.original:
        return _("The English was changed since this file was exported. Export it again.")
    return "" if may_write else _("Your account may not change “%(pilot)s”.") % {"pilot": known.row}


def _known(sent: list[SentText], language: str, user: Any) -> Iterator[tuple[str, KnownText]]:
    """The texts of the entries that the file names and `user` may read, by their addresses."""
    slugs = {one.slug for one in sent}
    rows = to_translate(user).filter(Q(slug__in=slugs) | Q(revises__slug__in=slugs))
    read = {row.pk: row for row in rows.select_related("working_copy").prefetch_related("translations")}
    for pk, content in read_contents(read).items():
        for text in translated_texts(content, language):
            yield address_of(content["slug"], text.path), KnownText(read[pk], text, full_label(text.path, content))
