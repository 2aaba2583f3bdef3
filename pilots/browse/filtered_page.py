"""From an address to what every page that shows pilots says of them: facets, chips, notes, ways out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from pilots.browse.facets import Facet, facets
from pilots.browse.filters import FACETS, ORIGINS, Matches, PilotFilterSet
from pilots.browse.selection import Selection
from pilots.browse.wording import PilotWording
from pilots.index.pilots import Index
from pilots.models.sources import GlossaryTerm
from pilots.search.did_you_mean import suggestion
from pilots.search.highlight import Highlighter
from pilots.search.tables import PILOTS


@dataclass(frozen=True)
class Chip:
    """One chosen value, with the address of the list without it."""

    label: str
    value: str
    query_without: str


@dataclass(frozen=True)
class AnotherSpelling:
    """Another spelling of a search, with the address of what it finds."""

    words: str
    query: str


@dataclass(frozen=True)
class WayOut:
    """A part of a selection that found nothing: how many rows the rest, or this part alone, would give."""

    label: str
    values: str
    query: str
    count: int
    amount: str


class FilteredPage:
    """What any page that shows public rows says of those that match its address. Pages add what they show of them."""

    # The page's name as a trail knows it, where pilots lead back to it.
    origin: ClassVar[str] = ORIGINS[0]
    words: ClassVar[PilotWording] = PilotWording()

    def __init__(self, matches: Matches) -> None:
        self.matches, self.index = matches, matches.public
        self.selection, self.shortlist = matches.selection, matches.shortlist
        self.known = matches.filters.known(self.index)
        self.facets = facets(matches, self.known)

    @property
    def count(self) -> int:
        """How many rows match."""
        return len(self.matches.ids)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.matches.index.public)

    def amount_of(self, rows: BitMap) -> Any:
        """Return how many rows these are, as the wording of the page takes it."""
        return len(rows)

    @cached_property
    def amount(self) -> Any:
        """How many rows match, as the wording of the page takes it."""
        return self.amount_of(self.matches.ids)

    @cached_property
    def total_amount(self) -> Any:
        """How many rows there are, as the wording of the page takes it."""
        return self.amount_of(self.matches.index.public)

    @property
    def shown(self) -> str:
        """How many rows the page shows, of how many where something is chosen."""
        if self.selection:
            return self.words.part(self.amount, self.total_amount)
        return self.words.amount(self.total_amount)

    @property
    def elsewhere(self) -> str:
        """The query string of the same choice on other pages."""
        return self.selection.carried()

    def list_with(self, values: Mapping[str, str]) -> str:
        """The query string of the list with these values in place of what is chosen of their facets."""
        given = {**self.selection.chosen, **{name: [value] for name, value in values.items()}}
        return replace(self.selection, chosen={name: given[name] for name in FACETS if name in given}).carried()

    @property
    def trail(self) -> str:
        """The query string that a link to a pilot gets, so that its page knows this list and leads back to it."""
        if self.origin == ORIGINS[0]:
            return replace(self.selection, extra={}).query()
        return replace(self.selection, extra={"from": self.origin}).query(self.selection.page)

    @property
    def unseen(self) -> list[tuple[str, str]]:
        """What the filter form has no field for and has to carry on: the shortlist, the page's own parameters."""
        return [*self.selection.kept(), *self.selection.extra.items()]

    @cached_property
    def chosen_words(self) -> str:
        """What is chosen, in words: “country France or Spain; partner FACE”."""
        words = [f"{in_sentence(_('Search'))} “{self.selection.q}”"] if self.selection.q else []
        words += [f"{in_sentence(facet.label)} {any_of(facet)}" for facet in self.facets if facet.chosen]
        return "; ".join(words)

    @property
    def is_whole(self) -> bool:
        """Whether the page lists everything that matches."""
        return True

    @property
    def sentence(self) -> str:
        """What was found, for screen readers and everybody."""
        if self.is_whole:
            return self._found
        found = self._found if self.selection else self.words.there_are(self.total_amount)
        return f"{found} {_('Not all of them are listed below.')}"

    @property
    def _found(self) -> str:
        if not self.selection:
            return self.words.all_shown(self.total_amount)
        if not self.count:
            return self.words.none_matching(self.chosen_words)
        relaxed = self.matches.found.relaxed
        if relaxed and relaxed.holds < relaxed.of:
            return self.words.having_most(self.amount, relaxed.holds, relaxed.of, self.chosen_words)
        if relaxed:
            left_out = ", ".join(map(self.matches.found.asked.typed, relaxed.stop_words))
            return self.words.without_stop_words(self.amount, left_out, self.chosen_words)
        return self.words.matching(self.amount, self.chosen_words)

    @property
    def show_all(self) -> str:
        """What the link to everything is called."""
        return self.words.show_all(self.total_amount)

    @property
    def is_complete(self) -> bool:
        """Whether the words of every changed pilot were indexed when the search was answered."""
        return self.matches.found.is_complete

    @property
    def also_searched(self) -> list[str]:
        """Which words were looked for under other names as well, in sentences."""
        sentence = _("“%(word)s” was also looked for as %(names)s.")
        return [
            sentence % {"word": word, "names": get_text_list([f"“{one}”" for one in also], _("or"))}
            for word, also in self.matches.found.also
        ]

    @cached_property
    def fewer_words(self) -> list[WayOut]:
        """The search without each of its words, where nothing has all of them; most results first. No query."""
        relaxed, asked = self.matches.found.relaxed, self.matches.found.asked
        if not relaxed:
            return []
        others = self.matches.with_choice(self.selection.without("q"))
        found = {piece: others & ids for piece, ids in relaxed.without.items()}
        amounts = {piece: self.words.amount(self.amount_of(ids)) if ids else "" for piece, ids in found.items()}
        ways = [
            WayOut(_("Search"), asked.typed(piece), self._query_for(asked.without(piece)), len(ids), amounts[piece])
            for piece, ids in found.items()
        ]
        return sorted(ways, key=lambda way: -way.count)

    def _query_for(self, words: str) -> str:
        return replace(self.selection, q=words, page=1).query()

    @property
    def highlighter(self) -> Highlighter | None:
        """What the search looks for, to be marked wherever it is shown."""
        return self.matches.found.highlighter

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """Glossary terms that the search words find."""
        return self.matches.found.terms

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, in the order of the form."""
        search = [Chip(_("Search"), self.selection.q, self.selection.without("q").query())] if self.selection.q else []
        return search + [
            Chip(facet.label, option.name, self.selection.without(facet.name, option.value).query())
            for facet in self.facets
            for option in facet.chosen
        ]

    @property
    def terms_in_words(self) -> str:
        """What the link to these terms is called."""
        count = len(self.terms)
        return ngettext("%(count)d term in the glossary", "%(count)d terms in the glossary", count) % {"count": count}

    @cached_property
    def did_you_mean(self) -> AnotherSpelling | None:
        """Another spelling of a search of which nothing has all words, with the address where something has."""
        found = self.matches.found
        if not self.selection.q or (found.ids and not found.relaxed):
            return None
        words = suggestion(found, self.index.public if found.table == PILOTS else None)
        return AnotherSpelling(words, self._query_for(words)) if words else None

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """What to drop when nothing matches, most results first."""
        return [] if self.count else self._ways(self.selection.without)

    @cached_property
    def ways_in(self) -> list[WayOut]:
        """What each part gives alone, when dropping one is not enough."""
        return [] if self.count or self.ways_out else self._ways(self.selection.only)

    def _ways(self, change: Callable[[str], Selection]) -> list[WayOut]:
        """Return what each part of the selection leads to when `change` is made of it, where that is anything."""
        parts = {facet.name: (facet.label, any_of(facet)) for facet in self.facets if facet.chosen}
        if self.selection.q:
            parts["q"] = (_("Search"), f"“{self.selection.q}”")
        ways = []
        for name, words in parts.items():
            selection = change(name)
            if ids := self.matches.with_choice(selection):
                ways.append(WayOut(*words, selection.query(), len(ids), self.words.amount(self.amount_of(ids))))
        return sorted(ways, key=lambda way: (-way.count, way.label))


def any_of(facet: Facet) -> str:
    """Return the chosen values of a facet in words: “France or Spain”."""
    return get_text_list([option.name for option in facet.chosen], _("or"))


def in_sentence(words: str) -> str:
    """Return a label as it stands inside a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]


def overview(public: Index) -> list[Facet]:
    """Return all facets with what the whole portal holds. No query."""
    return facets(PilotFilterSet.matches(Selection(), public), public.known())
