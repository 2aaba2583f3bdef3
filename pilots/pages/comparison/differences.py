"""What pilots have in common and where they differ: rows of a table, and sentences. Plain values in, no queries."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.wording import in_sentence
from prepare_portal.phrases import all_of, series_of

# The kinds of rows whose items are facts, and can be told apart as such.
FACTS = ("values", "organisations")
# How a row may look, what differs first.
LOOKS = ("differs", "partly", "same", "silent")


@dataclass(frozen=True)
class Item:
    """One thing that a row states of one pilot; what has the same key is the same."""

    content: Any
    key: Hashable
    words: str = ""


@dataclass(frozen=True)
class ComparisonRow:
    """One row: a label, and for each pilot what the source states. A pilot without an item: it states nothing.

    `kind` says how the items are shown: as values, organisations, figures, a text, an item of the profile or lessons.
    What stands in sentences is compared by whether it is there and is the same, not by what it means.
    """

    label: str
    cells: Sequence[Sequence[Item]]
    kind: str = "values"

    @cached_property
    def held(self) -> Counter[Hashable]:
        """How many of the pilots have each item."""
        return Counter(key for cell in self.cells for key in {item.key for item in cell})

    @property
    def stated(self) -> int:
        """For how many of the pilots the source states something."""
        return sum(bool(cell) for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether the pilots differ in what is stated of them."""
        return len({frozenset(item.key for item in cell) for cell in self.cells if cell}) > 1

    @property
    def is_alike(self) -> bool:
        """Whether the source states the same for all, or nothing for any."""
        return not self.differs and self.stated in {0, len(self.cells)}

    @property
    def is_one(self) -> bool:
        """Whether one cell says what all say, so that a narrow page may show it once."""
        return all([item.content for item in cell] == [item.content for item in self.cells[0]] for cell in self.cells)

    @property
    def look(self) -> str:
        """Which sign the row carries: differs, same, partly (stated for some only) or silent."""
        if not self.stated:
            return "silent"
        if self.differs and (self.kind in FACTS or self.stated == len(self.cells)):
            return "differs"
        return "same" if self.is_alike else "partly"

    @property
    def words(self) -> str:
        """Say how the pilots compare."""
        if not self.stated:
            return _("Not stated for any")
        if self.is_alike:
            return _("Same for all")
        values = {"stated": self.stated, "all": len(self.cells)}
        if self.stated == len(self.cells):
            return _("Differs") if self.kind in FACTS else _("Each has its own")
        if self.differs and self.kind in FACTS:
            return _("Differs; stated for %(stated)d of %(all)d") % values
        return _("Stated for %(stated)d of %(all)d") % values

    @property
    def shared(self) -> list[Item]:
        return [item for item in self.cells[0] if self.held[item.key] == len(self.cells)]

    def only(self, place: int) -> list[Item]:
        """What the pilot at this place has and no other."""
        return [item for item in self.cells[place] if self.held[item.key] == 1]

    def columns(self) -> Iterable[list[tuple[Item, str]]]:
        """For each pilot, its items, each with who else has it, where the pilots are not alike."""
        for cell in self.cells:
            yield [(item, "" if self.is_alike else self._shared_by(self.held[item.key])) for item in cell]

    def _shared_by(self, count: int) -> str:
        if count == 1:
            return ""
        if count == len(self.cells):
            return _("in all")
        return _("in %(count)d of %(all)d") % {"count": count, "all": len(self.cells)}


@dataclass(frozen=True)
class ComparisonSummary:
    """What the facts of some pilots come to, in sentences. `places` are what the pilots are called.

    The first fact is who ran the pilot; that this differs goes without saying.
    """

    places: list[str]
    facts: list[ComparisonRow]

    @property
    def differences(self) -> list[str]:
        """Say in what the pilots differ, and what is stated for some of them only."""
        partly = [row.label for row in self.facts if 0 < row.stated < len(row.cells)]
        differing = [row.label for row in self._differing]
        said = []
        if differing:
            said.append(_("They differ in: %(facts)s.") % {"facts": in_words(differing)})
        if partly:
            said.append(_("Stated for some of them only: %(facts)s.") % {"facts": in_words(partly)})
        return said

    @property
    def only(self) -> list[tuple[str, str]]:
        """Say for each pilot what no other has, where the source states something for others too."""
        found = [
            (place, with_values((row.label, row.only(number)) for row in self._differing))
            for number, place in enumerate(self.places)
        ]
        return [(_("Only %(place)s") % {"place": place}, f"{words}.") for place, words in found if words]

    @property
    def _differing(self) -> list[ComparisonRow]:
        return [row for row in self.facts[1:] if row.differs]

    @property
    def shared(self) -> str:
        """Say what the pilots have in common."""
        words = {
            "places": all_of(self.places),
            "facts": with_values((row.label, row.shared) for row in self.facts),
        }
        if not words["facts"]:
            return _("%(places)s have no fact in common that the source states.") % words
        return _("%(places)s share: %(facts)s.") % words


def with_values(facts: Iterable[tuple[str, list[Item]]]) -> str:
    """Facts with their values as part of a sentence: “country (France), partners (FACE, Efus)”."""
    said = [
        _("%(label)s (%(values)s)") % {"label": label, "values": ", ".join(item.words for item in items)}
        for label, items in facts
        if items
    ]
    return in_words(said)


def in_words(labels: list[str]) -> str:
    """Labels as part of a sentence."""
    return series_of(map(in_sentence, labels))


def how_many_differ(rows: list[ComparisonRow]) -> str:
    """Say for how many of the facts the pilots are not alike."""
    count = sum(not row.is_alike for row in rows)
    words = ngettext(
        "Of %(all)d facts, %(count)d is not the same for all.",
        "Of %(all)d facts, %(count)d are not the same for all.",
        count,
    )
    return words % {"count": count, "all": len(rows)}
