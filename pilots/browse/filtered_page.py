"""From an address to what every page that shows pilots says of them: facets, chips, notes, ways out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from django.http import QueryDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from pilots.browse.classification import renamed_values
from pilots.browse.facets import Facet, facets
from pilots.browse.filters import FACETS, ORIGINS, PilotFilterSet
from pilots.browse.selection import Selection
from pilots.browse.shortlist import with_shortlist
from pilots.browse.stated_answers import StatedAnswer, answers_to
from pilots.browse.value_addresses import ROUTES, address_of
from pilots.browse.wording import PilotWording
from pilots.index.lessons import KIND
from pilots.index.pilots import index
from pilots.index.stated import STATED
from pilots.models import Pilot
from pilots.search.did_you_mean import suggestion
from pilots.search.tables import PILOTS

# More chosen values of one facet make the sentence longer than what it leads to.
MOST_NAMED = 3


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

    def __init__(self, query: QueryDict, filters: type[PilotFilterSet] = PilotFilterSet) -> None:
        """From an address to the rows, and what is said of them. Raises InvalidQuery.

        One query; one to six more for unknown values, two to nine for a shortlist, three or more for words.
        """
        self.index = index()
        self.known = filters.known(self.index)
        self.selection = filters.read(query, self.known, renamed_values(query, self.known))
        self.shortlist: list[Pilot] = []
        if self.selection.keep:
            self.shortlist, self.selection = with_shortlist(self.selection)
        self.matches = filters.matches(self.selection, self.index)
        every = facets(filters, self.matches, self.known)
        self.facets = [facet for facet in every if facet.name != STATED]
        # The facets that something is chosen of
        self.chosen = [facet for facet in every if facet.chosen]
        self._add_links()
        self._add_sentences()

    def _add_links(self) -> None:
        """Note the query strings that the page links to."""
        selection, is_list = self.selection, self.origin == ORIGINS[0]
        # This very page
        self.here = selection.query(selection.page)
        # The same with nothing chosen
        self.cleared = selection.cleared().query()
        # The same choice on other pages, which know no kinds of lessons
        self.elsewhere = selection.without(KIND).carried()
        # What a link to a pilot gets, so that its page knows this list and leads back to it
        extra = {} if is_list else {"from": self.origin}
        self.trail = replace(selection, extra=extra).query(1 if is_list else selection.page)
        # What is chosen, in the order of the form
        search = [Chip(_("Search"), selection.q, selection.without("q").query())] if selection.q else []
        self.chips = search + [
            Chip(facet.label, option.name, selection.without(facet.name, option.value).query())
            for facet in self.chosen
            for option in facet.chosen
        ]
        # What is chosen and has a page of its own, with the address of that
        self.about = [
            (option.name, address_of(facet.name, option.value))
            for facet in self.facets
            for option in facet.chosen
            if facet.name in ROUTES
        ]
        # What the filter form has no field for and has to carry on: what is stated, the shortlist, the page's own
        stated = [(STATED, item) for item in selection.chosen.get(STATED, [])]
        self.unseen = [*stated, *selection.kept(), *selection.extra.items()]

    def _add_sentences(self) -> None:
        """Note what the page says of what was found, in words."""
        words, found, rows = self.words, self.matches.found, self.matches.index
        self.count, self.total = len(self.matches.ids), len(rows.public)
        self.amount = words.amount_of(self.matches.ids, rows)
        self.total_amount = words.amount_of(rows.public, rows)
        # What is chosen: “country France or Spain; partner FACE”
        chosen = [f"{in_sentence(_('Search'))} “{self.selection.q}”"] if self.selection.q else []
        chosen += [f"{in_sentence(facet.label)} {in_short(facet)}" for facet in self.chosen]
        self.chosen_words = "; ".join(chosen)
        # How many rows the page shows, of how many where something is chosen
        self.shown = words.part(self.amount, self.total_amount) if chosen else words.amount(self.total_amount)
        self.sentence = self._found()
        # What the search looks for, to be marked wherever it is shown, and the glossary's terms that it finds
        self.highlighter, self.terms = found.highlighter, found.terms
        # Whether the words of every changed pilot were indexed when the search was answered
        self.is_complete = found.is_complete

    def _found(self) -> str:
        """What was found, for screen readers and everybody."""
        words, relaxed = self.words, self.matches.found.relaxed
        if not self.selection:
            return words.all_shown(self.total_amount)
        if not self.count:
            return words.none_matching(self.chosen_words)
        if relaxed and relaxed.holds < relaxed.of:
            return words.having_most(self.amount, relaxed.holds, relaxed.of, self.chosen_words)
        if relaxed:
            left_out = ", ".join(map(self.matches.found.asked.typed, relaxed.stop_words))
            return words.without_stop_words(self.amount, left_out, self.chosen_words)
        return words.matching(self.amount, self.chosen_words)

    def found_in_part(self) -> str:
        """What was found, where the page lists only a part of it."""
        found = self.sentence if self.selection else self.words.there_are(self.total_amount)
        return f"{found} {_('Not all of them are listed below.')}"

    def list_with(self, values: Mapping[str, str]) -> str:
        """The query string of the list with these values in place of what is chosen of their facets."""
        given = {**self.selection.chosen, **{name: [value] for name, value in values.items()}}
        return replace(self.selection, chosen={name: given[name] for name in FACETS if name in given}).carried()

    @property
    def show_all(self) -> str:
        """What the link to everything is called."""
        return self.words.show_all(self.total_amount)

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
        """The search without each of its words, where nothing has all of them; most results first. No query.

        Where nothing is shown at all, those that would show nothing either are left out.
        """
        relaxed, asked = self.matches.found.relaxed, self.matches.found.asked
        if not relaxed:
            return []
        others = self.matches.without("q")
        ways = [
            self._way(_("Search"), asked.typed(piece), self._query_for(asked.without(piece)), others & ids)
            for piece, ids in relaxed.without.items()
            if self.count or others & ids
        ]
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def single_words(self) -> list[WayOut]:
        """Each word of the search alone, where nothing has all of three or more; most results first. No query."""
        relaxed, asked = self.matches.found.relaxed, self.matches.found.asked
        if not relaxed or len(relaxed.alone) < 3:  # each of two words is the search without the other
            return []
        others = self.matches.without("q")
        words = {piece: asked.typed(piece) for piece, ids in relaxed.alone.items() if others & ids}
        ways = [
            self._way(_("Search"), word, self._query_for(word), others & relaxed.alone[piece])
            for piece, word in words.items()
        ]
        return sorted(ways, key=lambda way: -way.count)

    @cached_property
    def stated_answers(self) -> list[StatedAnswer]:
        """How many public pilots state what the words ask for, such as the cost. No query."""
        return answers_to(self.matches.found, self.index, self.words, self.selection.keep)

    def _query_for(self, words: str) -> str:
        return replace(self.selection, q=words, page=1).query()

    @property
    def terms_in_words(self) -> str:
        """What the link to the terms of the glossary is called."""
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
        if self.count:
            return []
        return self._ways({name: (self.selection.without(name), self.matches.without(name)) for name in self._parts})

    @cached_property
    def ways_in(self) -> list[WayOut]:
        """What each part gives alone, when dropping one is not enough."""
        if self.count or self.ways_out:
            return []
        public, having = self.matches.index.public, self.matches.having
        return self._ways({name: (self.selection.only(name), having[name] & public) for name in self._parts})

    @property
    def _parts(self) -> dict[str, tuple[str, str]]:
        """The label and the words of each part of the selection, by the name of its facet."""
        parts = {facet.name: (facet.label, any_of(facet)) for facet in self.chosen}
        return parts | ({"q": (_("Search"), f"“{self.selection.q}”")} if self.selection.q else {})

    def _ways(self, changed: Mapping[str, tuple[Selection, BitMap]]) -> list[WayOut]:
        ways = [
            self._way(*self._parts[name], selection.query(), rows)
            for name, (selection, rows) in changed.items()
            if rows
        ]
        return sorted(ways, key=lambda way: (-way.count, way.label))

    def _way(self, label: str, values: str, query: str, rows: BitMap) -> WayOut:
        amount = self.words.amount(self.words.amount_of(rows, self.matches.index)) if rows else ""
        return WayOut(label, values, query, len(rows), amount)


def any_of(facet: Facet) -> str:
    """The chosen values of a facet in words: “France or Spain”."""
    return get_text_list(names_of(facet), _("or"))


def in_short(facet: Facet) -> str:
    """The same with the first of many values only, for a sentence above chips that name them all."""
    if len(facet.chosen) <= MOST_NAMED:
        return any_of(facet)
    count = len(facet.chosen) - 1
    words = ngettext("%(value)s or %(count)d other", "%(value)s or %(count)d others", count)
    return words % {"value": names_of(facet)[0], "count": count}


def names_of(facet: Facet) -> list[str]:
    """The names of the chosen values; items that are stated can be half a sentence, and stand in quotation marks."""
    return [f"“{option.name}”" if facet.name == STATED else option.name for option in facet.chosen]


def in_sentence(words: str) -> str:
    """A label as it stands inside a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]
