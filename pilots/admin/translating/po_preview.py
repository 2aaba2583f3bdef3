"""Says what a PO file would change, text by text, before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
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
from pilots.history.earlier_wordings import earlier_translations
from pilots.history.translated_texts import TranslatedText, translated_texts
from pilots.models import Pilot
from pilots.models.content import read_contents
from pilots.models.provenance import PERSON, fingerprint
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
    """A text that would say something else. `was` is the fingerprint of what it said when it was exported, or ""."""

    known: KnownText
    said: str
    was: str

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
    """What becomes of the texts of a file. Nothing is said of those that are empty or fuzzy, only their number.

    Those in `overtaken` were changed since the file was exported, as far as is known: they stay, unless somebody who
    has seen both asks for the file's. Those in `confirmed` are as they were, and found right.
    """

    changed: dict[str, ChangedText] = field(default_factory=dict)
    overtaken: dict[str, ChangedText] = field(default_factory=dict)
    confirmed: dict[str, KnownText] = field(default_factory=dict)
    untaken: list[UntakenText] = field(default_factory=list)
    unchanged: int = 0
    unfinished: int = 0

    @property
    def steps(self) -> list[PlannedTranslation]:
        """One for each entry that changes."""
        steps: dict[int, PlannedTranslation] = {}
        for one in self.changed.values():
            steps.setdefault(one.row.pk, PlannedTranslation(one.row)).texts[one.path] = one.said
        for known in self.confirmed.values():
            steps.setdefault(known.row.pk, PlannedTranslation(known.row)).confirmed.append(known.text.path)
        return [*steps.values()]

    @property
    def fingerprint(self) -> str:
        """The same for two previews that would do the same to the same state of the same entries."""
        said = [
            [(address, one.row.pk, one.row.edit_count, one.said) for address, one in found.items()]
            for found in (self.changed, self.overtaken)
        ]
        right = [(address, known.row.pk, known.row.edit_count) for address, known in self.confirmed.items()]
        return sha256(repr((said, right)).encode()).hexdigest()

    def taking(self, addresses: Iterable[str]) -> "PoPreview":
        """The same, with the file's words for the texts at these addresses that were overtaken."""
        taken = {address: self.overtaken[address] for address in addresses if address in self.overtaken}
        left = {address: one for address, one in self.overtaken.items() if address not in taken}
        return replace(self, changed=self.changed | taken, overtaken=left)


@dataclass(frozen=True)
class Rights:
    """What an account may do with the texts of each entry, by the key of its row."""

    write: dict[int, bool]
    confirm: dict[int, bool]


def preview_po(sent: list[SentText], language: str, user: Any, made_by: str) -> PoPreview:
    """What importing these texts would do. As many queries for one entry as for many. A machine finds nothing right."""
    found = PoPreview()
    known = dict(_known(sent, language, user))
    rows = {text.row.pk: text.row for text in known.values()}
    rights = Rights(
        {pk: workflow.may_translate(user, row, language) for pk, row in rows.items()},
        {pk: made_by == PERSON and workflow.may_check(user, row, language) for pk, row in rows.items()},
    )
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
            _judge(found, one, text, rights)
    return found


def _judge(found: PoPreview, one: SentText, known: KnownText, rights: Rights) -> None:
    reason = ""
    try:
        said = field_for(known.text, Pilot).clean(one.text)
    except ValidationError as error:
        said, reason = one.text, reason_of(error)
    if not said:  # what looks empty is empty
        found.unfinished += 1
    elif said == known.text.text and _is_found_right(one, known.text) and rights.confirm[known.row.pk]:
        found.confirmed[one.address] = known
    elif said == known.text.text or fingerprint(said) == one.was:
        found.unchanged += 1
    elif reason := reason or _why_not(one, known, may_write=rights.write[known.row.pk]):
        found.untaken.append(UntakenText(one.address, reason))
    elif known.text.text and fingerprint(known.text.text) != one.was:
        found.overtaken[one.address] = ChangedText(known, said, one.was)
    else:
        found.changed[one.address] = ChangedText(known, said, one.was)


def _is_found_right(one: SentText, text: TranslatedText) -> bool:
    """Whether the mark was taken away from a text that is exported with one, beside the English there is now."""
    return text.may_be_confirmed and one.original == text.original


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


@dataclass(frozen=True)
class OvertakenText:
    """A text that was changed since the file was exported. `then`: what it said, None where that is not known."""

    address: str
    change: ChangedText
    then: str | None


def told(found: list[tuple[str, ChangedText]], user: Any) -> list[OvertakenText]:
    """These texts with what they said when the file was exported. One query, if there are any."""
    wanted: dict[int, dict[Path, str]] = {}
    for _address, one in found:
        if one.was and one.was != fingerprint(""):
            wanted.setdefault(one.row.entry_id, {})[one.path] = one.was
    earlier = earlier_translations(user, wanted)
    nothing = {fingerprint(""): ""}
    return [
        OvertakenText(address, one, earlier.get(one.row.entry_id, {}).get(one.path, nothing.get(one.was)))
        for address, one in found
    ]
