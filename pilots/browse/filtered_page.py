"""From an address to what every page that shows pilots says of them: facets, chips, notes, ways out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.classification import renamed_values
from pilots.browse.facets import facets
from pilots.browse.filters import FACETS, ORIGINS, PilotFilterSet
from pilots.browse.shortlist import with_shortlist
from pilots.browse.stated_answers import StatedAnswer, answers_to
from pilots.browse.value_addresses import ROUTES, address_of
from pilots.browse.ways_out import WaysOut
from pilots.browse.wording import FOUND_IN, SEARCH, PilotWording, in_sentence, searched_for
from pilots.index.lessons import KIND
from pilots.index.pilots import index
from pilots.index.stated import STATED
from pilots.models import Pilot
from pilots.search.did_you_mean import suggestion
from pilots.search.tables import PILOTS
from prepare_portal.phrases import any_of, quoted, series_of


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


class FilteredPage:
    """What any page that shows public rows says of those that match its address. Pages add what they show of them."""

    # The page's name as a trail knows it, where pilots lead back to it.
    origin: ClassVar[str] = ORIGINS[0]
    words: ClassVar[PilotWording] = PilotWording()

    def __init__(self, query: QueryDict, filters: type[PilotFilterSet] = PilotFilterSet) -> None:
        """From an address to the rows, and what is said of them. Raises InvalidQuery.

        One query; one to six more for unknown values, two to nine for a shortlist, three or more for words, and up to
        three for another spelling of them.
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
        search = [Chip(str(SEARCH), selection.q, selection.without("q").query())] if selection.q else []
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
        self.unseen = [*stated, *selection.shortlist_pairs(), *selection.extra.items()]

    def _add_sentences(self) -> None:
        """Note what the page says of what was found, in words."""
        words, found, rows = self.words, self.matches.found, self.matches.index
        self.count, self.total = len(self.matches.ids), len(rows.public)
        self.amount = words.amount_of(self.matches.ids, rows)
        self.total_amount = words.amount_of(rows.public, rows)
        # What is chosen: “country France or Spain; partner FACE”
        chosen = [searched_for(self.selection.q)] if self.selection.q else []
        chosen += [f"{in_sentence(facet.label)} {facet.chosen_in_short}" for facet in self.chosen]
        self.chosen_words = series_of(chosen)
        # How many rows the page shows, of how many where something is chosen
        self.shown = words.part(self.amount, self.total_amount) if chosen else words.amount(self.total_amount)
        self.sentence = self._found()
        # What the search looks for, to be marked wherever it is shown, and the glossary's terms that it finds
        self.highlighter, self.terms = found.highlighter, found.terms
        self.did_you_mean = self._another_spelling() if self.selection.q else None
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
            left_out = ", ".join(map(self.matches.found.query.typed, relaxed.stop_words))
            return words.without_stop_words(self.amount, left_out, self.chosen_words)
        return words.matching(self.amount, self.chosen_words)

    def found_in_part(self) -> str:
        """What was found, where the page lists only a part of it."""
        found = self.sentence if self.selection else self.words.there_are(self.total_amount)
        not_all = _("Not all of them are listed below.")
        return f"{found} {not_all}"

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
        return [sentence % {"word": word, "names": any_of(map(quoted, also))} for word, also in self.matches.found.also]

    @property
    def found_elsewhere(self) -> list[tuple[str, str]]:
        """Of words that no text of the page's language has: the language they were found in, and that in a sentence."""
        return [
            (language, FOUND_IN[language] % {"word": word})
            for word, language in self.matches.found.elsewhere
            if language in FOUND_IN
        ]

    @cached_property
    def ways_out(self) -> WaysOut:
        return WaysOut(self.matches, self.chosen, self.words)

    @cached_property
    def stated_answers(self) -> list[StatedAnswer]:
        """How many public pilots state what the words ask for, such as the cost. No query."""
        return answers_to(self.matches.found, self.index, self.words, self.selection.keep)

    @property
    def terms_in_words(self) -> str:
        """What the link to the terms of the glossary is called."""
        count = len(self.terms)
        return ngettext("%(count)d term in the glossary", "%(count)d terms in the glossary", count) % {"count": count}

    def _another_spelling(self) -> AnotherSpelling | None:
        """Another spelling of a search of which nothing has all words, with the address where something has."""
        found = self.matches.found
        if found.ids and not found.relaxed:
            return None
        words = suggestion(found, self.index.public if found.table == PILOTS else None)
        return AnotherSpelling(words, self.ways_out.query_for(words)) if words else None
