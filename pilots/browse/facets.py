"""The facets of a page: their options, and how many pilots or lessons each would give."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from pilots.browse.filters import Matches
from pilots.index.pilots import Classified

# A facet with more options than this shows the first few, and the rest on demand.
MOST_SHOWN = 10
FIRST = 8
# From this many on, looking for an option takes longer than typing a few of its letters.
WORTH_FINDING = 16


@dataclass(frozen=True)
class Option:
    """One value of a facet. `count` is how many rows it gives with the other facets as chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet with its options. `headings` are of groups of them, by the values that stand under each."""

    name: str
    label: str
    options: list[Option]
    headings: dict[str, str] = field(default_factory=dict)

    @cached_property
    def chosen(self) -> list[Option]:
        """The options that are chosen."""
        return [option for option in self.options if option.chosen]

    @cached_property
    def first(self) -> list[Option]:
        """The options shown at once: of a long facet the chosen and the most used ones, in the facet's order."""
        if len(self.options) <= MOST_SHOWN:
            return self.options
        by_use = sorted(self.options, key=lambda option: (not option.chosen, -option.count))
        shown = {option.value for option in by_use[: max(FIRST, len(self.chosen))]}
        return [option for option in self.options if option.value in shown]

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """The options shown at once, group by group; without headings they are one group."""
        grouped = groupby(self.first, lambda option: self.headings.get(option.value, ""))
        return [(heading, list(options)) for heading, options in grouped]

    @property
    def more(self) -> list[Option]:
        """The options shown on demand, in the facet's order."""
        shown = {option.value for option in self.first}
        return [option for option in self.options if option.value not in shown]

    @property
    def is_worth_finding(self) -> bool:
        """Whether there are so many options that a visitor would rather type than look."""
        return len(self.options) >= WORTH_FINDING


def facets(matches: Matches, known: Classified) -> list[Facet]:
    """Return the facets of a page with the `known` values, in the order of the form. No query.

    A value counts the rows that would match with it in place of what is chosen of its own facet.
    """
    selection, labels = matches.selection, matches.filters.facets()
    among = {name: matches.with_choice(selection.without(name)) for name in selection.chosen}
    counts = {name: matches.index.counts(name, among.get(name, matches.ids)) for name in labels}
    return [
        Facet(
            name,
            label,
            [
                Option(value, words, counts[name].get(value, 0), value in selection.chosen.get(name, ()))
                for value, words in known[name].items()
            ],
        )
        for name, label in labels.items()
    ]
