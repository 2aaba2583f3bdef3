"""From an address to what every page that shows pilots says of them: facets, chips, notes, ways out."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.classification import renamed_values
from pilots.browse.facets import Facet, facet_labels, facets
from pilots.browse.filters import TOTAL, PilotFilter
from pilots.browse.formerly_public import notes_on_missing
from pilots.browse.parameters import PER_PAGE, Selection, read_selection, unknown_values
from pilots.browse.shortlist import pilots_named
from pilots.browse.trail import ORIGINS
from pilots.browse.wording import PilotWording
from pilots.index.pilots import Classified, Index, index
from pilots.models.sources import GlossaryTerm
from pilots.search.did_you_mean import suggestion
from pilots.search.highlight import Highlighter
from pilots.search.ranking import Relaxed
from pilots.search.tables import PILOTS


@dataclass(frozen=True)
class Chip:
    """One chosen value, with the address of the list without it."""

    label: str
    value: str
    query_without: str


@dataclass(frozen=True)
class Meant:
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
    """The public pilots that one address chooses, for any page that shows them. Raises InvalidQuery.

    Pages add what they show of the pilots, and may take further parameters (`extra`). The library of
    lessons lists other rows than pilots, with facets and words of its own.
    """

    extra: ClassVar[dict[str, tuple[str, ...]]] = {}
    # The page's name as `pilots.browse.trail` knows it, where pilots lead back to it.
    origin: ClassVar[str] = ORIGINS[0]
    # What `per_page` may be, the usual one first.
    sizes: ClassVar[tuple[int, ...]] = PER_PAGE
    words: ClassVar[PilotWording] = PilotWording()

    def __init__(self, query: QueryDict) -> None:
        self.index = index()
        self.known = self.read_known()
        renamed = renamed_values(unknown_values(query, self.known))
        self.selection = self._with_shortlist(read_selection(query, self.known, renamed, self.extra, self.sizes))
        self.filter = self.narrow()
        counted = self.filter.counts()
        self.total = counted.get(TOTAL, 0)
        self.facets: list[Facet] = facets(counted, self.known, self.read_labels(), self.selection)

    def read_known(self) -> Classified:
        """Return the values each facet of the page may have, with their names."""
        return self.index.known()

    def read_labels(self) -> dict[str, str]:
        """Return the facets of the page in the order of its form, with their labels."""
        return facet_labels()

    def narrow(self) -> PilotFilter:
        """Return the filter that finds the rows of the page."""
        return PilotFilter(self.selection, self.index)

    def _with_shortlist(self, selection: Selection) -> Selection:
        """Look the shortlist up as `shortlist`; return the selection with what there is of it."""
        named = pilots_named(selection.keep)
        self.shortlist = list({pilot.slug: pilot for pilot in named.values()}.values())
        missing = [slug for slug in selection.keep if slug not in named]
        notes = (*selection.notes, *notes_on_missing(missing))
        return replace(selection, keep=tuple(pilot.slug for pilot in self.shortlist), notes=notes)

    @cached_property
    def count(self) -> int:
        """How many rows match."""
        return self.filter.count

    @property
    def amount(self) -> Any:
        """How many rows match, as the wording of the page takes it."""
        return self.filter.amount_of(self.filter.ids)

    @property
    def total_amount(self) -> Any:
        """How many rows there are, as the wording of the page takes it."""
        return self.filter.amount_of(self.filter.index.public)

    @property
    def elsewhere(self) -> str:
        """The query string of the same choice on other pages."""
        return self.selection.carried()

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

    @property
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
        relaxed = self.relaxed
        if relaxed and relaxed.holds < relaxed.of:
            return self.words.having_most(self.amount, relaxed.holds, relaxed.of, self.chosen_words)
        if relaxed:
            left_out = ", ".join(map(self.filter.found.asked.typed, relaxed.stop_words))
            return self.words.without_stop_words(self.amount, left_out, self.chosen_words)
        return self.words.matching(self.amount, self.chosen_words)

    @property
    def _counts(self) -> dict[str, int]:
        return {"count": self.count, "total": self.total}

    @property
    def show_all(self) -> str:
        """What the link to everything is called."""
        return self.words.show_all(self.total_amount)

    @property
    def is_complete(self) -> bool:
        """Whether the words of every changed pilot were indexed when the search was answered."""
        return not self.selection.q or self.filter.found.is_complete

    @property
    def relaxed(self) -> Relaxed | None:
        """What the search gave up because nothing has all its words, None where something has."""
        return self.filter.found.relaxed if self.selection.q else None

    @property
    def also_searched(self) -> list[str]:
        """Which words were looked for under other names as well, in sentences."""
        sentence = _("“%(word)s” was also looked for as %(names)s.")
        found = self.filter.found.also if self.selection.q else []
        return [
            sentence % {"word": word, "names": get_text_list([f"“{one}”" for one in also], _("or"))}
            for word, also in found
        ]

    @cached_property
    def fewer_words(self) -> list[WayOut]:
        """The search without each of its words, where nothing has all of them; most results first. No query."""
        if not self.relaxed:
            return []
        asked, others = self.filter.found.asked, self.filter.chosen_by(self.selection.without("q"))
        found = {piece: others & ids for piece, ids in self.relaxed.without.items()}
        amounts = {piece: self.words.amount(self.filter.amount_of(ids)) if ids else "" for piece, ids in found.items()}
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
        return self.filter.found.highlighter if self.selection.q else None

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """Glossary terms that the search words find."""
        return self.filter.found.terms if self.selection.q else ()

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
    def did_you_mean(self) -> Meant | None:
        """Another spelling of a search of which nothing has all words, with the address where something has."""
        if not self.selection.q or (self.filter.found.ids and not self.relaxed):
            return None
        public = self.index.public if self.filter.found.table == PILOTS else None
        words = suggestion(self.filter.found, public)
        return Meant(words, self._query_for(words)) if words else None

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """What to drop when nothing matches, most results first."""
        if self.count:
            return []
        counts = self.filter.counts_without(self._narrowing)
        return self._ways(counts, {name: self.selection.without(name) for name in counts})

    @cached_property
    def ways_in(self) -> list[WayOut]:
        """What each part gives alone, when dropping one is not enough."""
        if self.count or self.ways_out:
            return []
        counts = self.filter.counts_of_only(self._narrowing)
        return self._ways(counts, {name: self.selection.only(name) for name in counts})

    @property
    def _narrowing(self) -> list[str]:
        return [*(["q"] if self.selection.q else []), *self.selection.chosen]

    def _ways(self, counts: dict[str, int], selections: dict[str, Selection]) -> list[WayOut]:
        names = {facet.name: (facet.label, any_of(facet)) for facet in self.facets} | {
            "q": (_("Search"), f"“{self.selection.q}”")
        }
        amounts = {name: self.filter.amount_of(self.filter.chosen_by(selections[name])) for name in counts}
        ways = [
            WayOut(*names[name], selections[name].query(), count, self.words.amount(amounts[name]))
            for name, count in counts.items()
        ]
        return sorted(ways, key=lambda way: (-way.count, way.label))


def any_of(facet: Facet) -> str:
    """Return the chosen values of a facet in words: “France or Spain”."""
    return get_text_list([option.name for option in facet.chosen], _("or"))


def in_sentence(words: str) -> str:
    """Return a label as it stands inside a sentence, with a small first letter."""
    return words[:1].lower() + words[1:]


def overview(known: Index | None = None) -> tuple[list[Facet], int]:
    """Return all facets with what the whole portal holds, and how many pilots that is. No query when known."""
    everything = PilotFilter(Selection(), known)
    counted = everything.counts()
    return facets(counted, everything.index.known(), facet_labels(), everything.selection), counted[TOTAL]
