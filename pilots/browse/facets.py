"""The facets of a page: their options, and how many pilots or lessons each would give."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Any

from django.utils.translation import ngettext

from pilots.browse.filters import PilotFilterSet
from pilots.browse.matches import Matches
from pilots.index.facet_values import Classified
from pilots.index.stated import STATED
from prepare_portal.phrases import any_of, quoted

# A facet with more options than this shows the first few, and the rest on demand.
MOST_SHOWN = 10
FIRST = 8
# From this many on, looking for an option takes longer than typing a few of its letters.
WORTH_FINDING = 16
# More chosen values of one facet make a sentence longer than what it leads to.
MOST_NAMED = 3


@dataclass(frozen=True)
class Option:
    """One value of a facet. `count` is how many rows it gives with the other facets as chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One facet with its options.

    `groups` are those shown at once, under their headings (one group without headings), `more` those shown on demand.
    `is_worth_finding` says that there are so many that a visitor would rather type than look.
    """

    name: str
    label: str
    options: list[Option]
    chosen: list[Option]
    groups: list[tuple[str, list[Option]]]
    more: list[Option]
    is_worth_finding: bool

    @property
    def chosen_words(self) -> str:
        """What is chosen: “France or Spain”."""
        return any_of(self._chosen_names)

    @property
    def chosen_in_short(self) -> str:
        """The same with the first of many values only, for a sentence above chips that name them all."""
        count = len(self.chosen) - 1
        if count < MOST_NAMED:
            return self.chosen_words
        words = ngettext("%(value)s or %(count)d other", "%(value)s or %(count)d others", count)
        return words % {"value": self._chosen_names[0], "count": count}

    @property
    def _chosen_names(self) -> list[str]:
        """Items that are stated can be half a sentence, and stand in quotation marks."""
        return [quoted(option.name) if self.name == STATED else option.name for option in self.chosen]


def facets(filters: type[PilotFilterSet], matches: Matches, known: Classified) -> list[Facet]:
    """The facets of a page with the `known` values, in the order of these. No query.

    A value counts the rows that would match with it in place of what is chosen of its own facet.
    """
    chosen = matches.selection.chosen
    among = {name: matches.without(name) for name in chosen}
    counts = {name: matches.index.counts(name, among.get(name, matches.ids)) for name in known}
    options = {
        name: [
            Option(value, words, counts[name].get(value, 0), value in chosen.get(name, ()))
            for value, words in values.items()
        ]
        for name, values in known.items()
    }
    return [facet_of(name, filters.base_filters[name].label, options[name], filters.headings) for name in known]


def facet_of(name: str, label: str, options: list[Option], headings: Mapping[str, Any] = MappingProxyType({})) -> Facet:
    """A facet with its options; of many, the chosen and the most used ones are shown at once."""
    chosen, first = [option for option in options if option.chosen], options
    if len(options) > MOST_SHOWN:
        by_use = sorted(options, key=lambda option: (not option.chosen, -option.count))
        shown = {option.value for option in by_use[: max(FIRST, len(chosen))]}
        first = [option for option in options if option.value in shown]
    groups = groupby(first, lambda option: str(headings.get(option.value, "")))
    return Facet(
        name,
        label,
        options,
        chosen,
        groups=[(heading, list(some)) for heading, some in groups],
        more=[option for option in options if option not in first],
        is_worth_finding=len(options) >= WORTH_FINDING,
    )
