"""The entries of a pack, read together: a constant number of queries for any number of pilots."""

from collections.abc import Sequence
from typing import Any

from pilots.browse.classification import values_by_pilot
from pilots.index.facet_values import Classified
from pilots.index.pilots import Index
from pilots.index.rows import PilotParts, public_parts, public_pilots
from pilots.models import Pilot
from pilots.pages.pilot.entry import PilotEntry
from pilots.pages.pilot.facts import Fact


class PackedEntry(PilotEntry):
    """What the page of a pilot says of it, made of rows that are there: no query."""

    def __init__(self, pilot: Pilot, values: Classified, parts: PilotParts, public: Index) -> None:
        super().__init__(pilot, public)
        self._values = {pilot.pk: values}
        self._passages = parts.passages
        self.lessons: list[Any] = parts.lessons
        self.figures: list[Any] = parts.figures
        self.organisations: list[Any] = parts.organisations
        self.words: list[Any] = []  # no glossary: documents explain no terms

    @property
    def all_facts(self) -> list[Fact]:
        """The facts that every pilot has a line for, stated or not, and those on how its authority is reached."""
        return self._facts


def packed_entries(public: Index, ids: Sequence[int]) -> list[PackedEntry]:
    """The entries of public pilots, in this order. Eight queries, none for cached rows. Raises ContentChanged."""
    pilots, parts, values = public_pilots(public, ids), public_parts(public, ids), values_by_pilot(ids, public)
    return [PackedEntry(pilots[pk], values[pk], parts[pk], public) for pk in ids]
