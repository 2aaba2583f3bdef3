"""Says what a PO file would change, text by text, before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pilots.admin.confirm import reason_of
from pilots.admin.translating.form import field_for
from pilots.admin.translating.po_texts import KnownText, known_texts, model_of
from pilots.history.differences import Path
from pilots.history.earlier_wordings import earlier_translations
from pilots.models.provenance import PERSON, fingerprint
from pilots.po_files.reader import SentText
from pilots.workflow import PlannedTranslation


@dataclass(frozen=True)
class ChangedText:
    """A text that would say something else. `was` is the fingerprint of what it said when it was exported, or ""."""

    known: KnownText
    said: str
    was: str


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
        """One for each row that changes."""
        steps: dict[str, PlannedTranslation] = {}
        for one in self.changed.values():
            known = one.known
            steps.setdefault(known.of.state, known.of.planned()).texts[known.text.path] = one.said
        for known in self.confirmed.values():
            steps.setdefault(known.of.state, known.of.planned()).confirmed.append(known.text.path)
        return [*steps.values()]

    @property
    def has_entries(self) -> bool:
        """Whether it changes what has a history, and so can be undone."""
        return any(one.known.of.said is None for one in self.changed.values())

    @property
    def has_names(self) -> bool:
        """Whether it may change what is public at once."""
        return any(one.known.of.said for one in (*self.changed.values(), *self.overtaken.values()))

    @property
    def fingerprint(self) -> str:
        """The same for two previews that would do the same to the same state of the same entries."""
        said = [
            [(address, one.known.of.state, one.said) for address, one in found.items()]
            for found in (self.changed, self.overtaken)
        ]
        right = [(address, known.of.state) for address, known in self.confirmed.items()]
        return sha256(repr((said, right)).encode()).hexdigest()

    def taking(self, addresses: Iterable[str]) -> "PoPreview":
        """The same, with the file's words for the texts at these addresses that were overtaken."""
        taken = {address: self.overtaken[address] for address in addresses if address in self.overtaken}
        left = {address: one for address, one in self.overtaken.items() if address not in taken}
        return replace(self, changed=self.changed | taken, overtaken=left)


def preview_po(sent: list[SentText], language: str, user: Any, made_by: str) -> PoPreview:
    """What importing these texts would do. As many queries for one entry as for many. A machine finds nothing right."""
    found = PoPreview()
    known = dict(known_texts({one.slug for one in sent}, language, user))
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
            _judge(found, one, text, made_by)
    return found


def _judge(found: PoPreview, one: SentText, known: KnownText, made_by: str) -> None:
    reason = ""
    try:
        said = field_for(known.text, model_of(known)).clean(one.text)
    except ValidationError as error:
        said, reason = one.text, reason_of(error)
    if not said:  # what looks empty is empty
        found.unfinished += 1
    elif said == known.text.text and made_by == PERSON and _is_found_right(one, known):
        found.confirmed[one.address] = known
    elif said == known.text.text or fingerprint(said) == one.was:
        found.unchanged += 1
    elif reason := reason or _why_not(one, known):
        found.untaken.append(UntakenText(one.address, reason))
    elif known.text.text and fingerprint(known.text.text) != one.was:
        found.overtaken[one.address] = ChangedText(known, said, one.was)
    else:
        found.changed[one.address] = ChangedText(known, said, one.was)


def _is_found_right(one: SentText, known: KnownText) -> bool:
    """Whether the mark was taken away from a text that is exported with one, beside the English there is now."""
    return known.of.may_confirm and known.text.may_be_confirmed and one.original == known.text.original


def _why_not(one: SentText, known: KnownText) -> str:
    """Why a text is not taken; "" when it is."""
    if one.original != known.text.original:
        return _("The English was changed since this file was exported. Export it again.")
    return "" if known.of.may_write else _("Your account may not change “%(pilot)s”.") % {"pilot": known.of.title}


@dataclass(frozen=True)
class OvertakenText:
    """A text that was changed since the file was exported. `then`: what it said, None where no history knows it."""

    address: str
    change: ChangedText
    then: str | None


def told(found: list[tuple[str, ChangedText]], user: Any) -> list[OvertakenText]:
    """These texts with what they said when the file was exported. One query, if there are any."""
    wanted: dict[int, dict[Path, str]] = {}
    for _address, one in found:
        if one.was and one.was != fingerprint("") and one.known.of.said is None:
            wanted.setdefault(one.known.of.row.entry_id, {})[one.known.text.path] = one.was
    earlier = earlier_translations(user, wanted)
    return [OvertakenText(address, one, _then(one, earlier)) for address, one in found]


def _then(one: ChangedText, earlier: dict[int, dict[Path, str]]) -> str | None:
    if one.was == fingerprint(""):
        return ""
    return earlier.get(getattr(one.known.of.row, "entry_id", 0), {}).get(one.known.text.path)
