"""Brings newer delivered texts to a portal that runs already, and overwrites nothing that somebody edited.

An entry that says what any delivery said is mended in place. A pilot that was edited here gets a working
copy to look at, once for each delivery; other entries that were edited, and all that somebody is working
on, are left alone.
"""

from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cached_property
from typing import Any

from pilots.history.merge import MergeResult, merge
from pilots.management.delivery.fingerprints import (
    Names,
    delivered_content,
    of_content,
    of_delivered,
    of_records,
    warnings_of,
    with_slugs,
)
from pilots.management.delivery.records import Delivery, EntryKey, Slugs, add_records, serialized, with_present_slugs
from pilots.models import AcceptedWarning, FormerSlug, Passage, Pilot, Revision
from pilots.models.content import Content, read_content
from pilots.workflow.check_report import run_checks
from pilots.workflow.deliveries import offer, redeliver


class Outcome(StrEnum):
    """What became of an entry of the delivery."""

    ADDED = auto()
    SAME = auto()
    OUTDATED = auto()
    MENDED = auto()
    OFFERED = auto()
    EDITED = auto()
    UNDER_WAY = auto()


@dataclass
class Update:
    """One run over all entries of a delivery."""

    delivery: Delivery
    outcomes: dict[EntryKey, Outcome] = field(default_factory=dict)

    @cached_property
    def _present(self) -> Slugs:
        """The slugs that entries have here, as far as they differ from the delivered ones."""
        return self.delivery.present_slugs()

    def run(self) -> dict[EntryKey, Outcome]:
        """Add, mend and offer. Run it in a transaction."""
        for entry in self.delivery.entries:
            self.outcomes[entry] = self._bring(entry)
        return self.outcomes

    def outdated(self) -> list[EntryKey]:
        """The entries that say what an earlier delivery said, and not what this one says. Writes nothing."""
        rows = {entry: self.delivery.row_of(entry) for entry in self.delivery.entries}
        return [entry for entry, row in rows.items() if row and self._may_be_mended(entry, row)]

    def _bring(self, entry: EntryKey) -> Outcome:
        row = self.delivery.row_of(entry)
        if row is None:
            add_records(
                self.delivery, entry, [with_present_slugs(one, self._present) for one in self.delivery.entries[entry]]
            )
            return Outcome.ADDED
        return self._bring_pilot(entry, row) if isinstance(row, Pilot) else self._bring_other(entry, row)

    def _may_be_mended(self, entry: EntryKey, row: Any) -> bool:
        """Whether nobody edited the entry and the delivery has newer texts, or a newer address, of it."""
        found = self._fingerprint(row)
        newest = found == of_delivered(self.delivery, entry) and not self._has_former_address(entry, row)
        return not newest and found in self.delivery.fingerprints.get(self.delivery.name_of(entry), [])

    def _fingerprint(self, row: Any) -> str:
        if isinstance(row, Pilot):
            return of_content(self._by_first_slugs(read_content(row)))
        return of_records(serialized(row))

    def _has_former_address(self, entry: EntryKey, row: Any) -> bool:
        return row.slug in self.delivery.former.get(entry, ())

    def _by_first_slugs(self, content: Content) -> Content:
        """Content of a row of this portal, naming others by the slugs they were first delivered under."""
        here = {(model, self._present.get((model, slug), slug)): (model, slug) for model, slug in self.delivery.entries}
        return with_slugs(content, {key: self.delivery.first_slug(entry) for key, entry in here.items()})

    def _by_present_slugs(self, content: Content) -> Content:
        names: Names = {
            (entry[0], self.delivery.first_slug(entry)): self._present.get(entry, entry[1])
            for entry in self.delivery.entries
        }
        return with_slugs(content, names)

    # Vocabularies, organisations, sources, the glossary ------------------------------

    def _bring_other(self, entry: EntryKey, row: Any) -> Outcome:
        if not self._may_be_mended(entry, row):
            is_same = self._fingerprint(row) == of_delivered(self.delivery, entry)
            return Outcome.SAME if is_same else Outcome.EDITED
        self._give_address(entry, row)
        records = self.delivery.entries[entry]
        add_records(
            self.delivery, entry, [with_present_slugs(_named(one, entry, row.slug), self._present) for one in records]
        )
        return Outcome.MENDED

    def _give_address(self, entry: EntryKey, row: Any) -> None:
        """Give a row that still has a former delivered slug its present one; the old one leads to it."""
        if not self._has_former_address(entry, row):
            return
        old, row.slug = row.slug, entry[1]
        row.save()
        FormerSlug.objects.remember(row, old=old)
        for about in _facets_of(entry[0]):
            Passage.objects.follow(about, old=old, new=row.slug)
        self._present.pop(entry, None)

    # Pilots --------------------------------------------------------------------------

    def _bring_pilot(self, entry: EntryKey, row: Pilot) -> Outcome:
        here, wanted = self._by_first_slugs(read_content(row)), delivered_content(self.delivery, entry)
        if of_content(here) == of_content(wanted):
            return Outcome.SAME
        if Pilot.objects.filter(revises=row).exists():
            return Outcome.UNDER_WAY
        if self._may_be_mended(entry, row):
            self._mend(entry, row, wanted)
            return Outcome.MENDED
        return self._offer(entry, row, here, wanted) if row.is_public else Outcome.EDITED

    def _mend(self, entry: EntryKey, row: Pilot, wanted: Content) -> None:
        reopened = {(one.code, one.key) for one in run_checks(row).open}
        note = f"{_mark(wanted)}, put in place by load_pilots --update: nobody edited them."
        redeliver(row, self._by_present_slugs(wanted), note=note)
        self._accept(entry, row, reopened)
        now = {(one["code"], one["key"]) for one in warnings_of(self.delivery.entries[entry])}
        for warning in AcceptedWarning.objects.filter(entry=row, by=None, by_name=""):
            if (warning.code, warning.key) not in now:
                warning.delete()

    def _offer(self, entry: EntryKey, row: Pilot, here: Content, wanted: Content) -> Outcome:
        """Offer what is new in a working copy, once; where somebody edited the same text, the delivered one."""
        merged = merge(self._last_delivered(entry, row), here, wanted)
        content = merged.content({unit.path: unit.mine for unit in merged.conflicts})
        was_offered = Revision.objects.of(row.pk).filter(note__startswith=_mark(wanted)).exists()
        if was_offered or of_content(content) == of_content(here):
            return Outcome.EDITED
        reopened = {(one.code, one.key) for one in run_checks(row).open}
        note = f"{_mark(wanted)}, offered by load_pilots --update. {_replaced(merged)}"
        offer(row, self._by_present_slugs(content), note=note)
        self._accept(entry, row, reopened)
        return Outcome.OFFERED

    def _last_delivered(self, entry: EntryKey, row: Pilot) -> Content | None:
        """The newest thing that a delivery said of this pilot and the history keeps, what edits are held to."""
        known = self.delivery.fingerprints.get(self.delivery.name_of(entry), [])
        for content in Revision.objects.of(row.pk).order_by("-pk").values_list("content", flat=True):
            said = self._by_first_slugs(content)
            if of_content(said) in known:
                return said
        return None

    def _accept(self, entry: EntryKey, row: Pilot, reopened: set[tuple[str, str]]) -> None:
        """Accept what the delivery accepts, but not what a reviewer made count again."""
        for fields in warnings_of(self.delivery.entries[entry]):
            if (fields["code"], fields["key"]) not in reopened:
                AcceptedWarning.objects.get_or_create(
                    entry_id=row.pk, code=fields["code"], key=fields["key"], defaults={"reason": fields["reason"]}
                )


def _mark(wanted: Content) -> str:
    """How notes on this delivery of a pilot begin, by which it is offered once only."""
    return f"Newer delivered texts ({of_content(wanted)})"


def _named(record: Any, entry: EntryKey, slug: str) -> Any:
    fields = record["fields"]
    own = {"slug": slug} if "slug" in fields else {"master": [slug]} if "master" in fields else {}
    return {**record, "fields": fields | own}


def _facets_of(model: Any) -> list[str]:
    """The claims whose pointers name rows of this model by their slugs."""
    return [field.name for field in Pilot._meta.many_to_many if field.related_model is model]


def _replaced(merged: MergeResult) -> str:
    """Say which edits made here the copy replaces."""
    paths = ", ".join(" ".join(unit.path) for unit in merged.conflicts)
    return f"They replace edits made here in: {paths}." if paths else "They replace no edit made here."
