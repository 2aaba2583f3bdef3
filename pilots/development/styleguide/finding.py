"""Samples of the components that a list of pilots is made of."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.html import format_html

from pilots.browse.facets import Facet, Option, facet_of
from pilots.browse.filtered_page import AnotherSpelling, Chip
from pilots.browse.selection import NOTES_SHOWN, Selection
from pilots.browse.stated_answers import StatedAnswer
from pilots.browse.take_away import FileLink
from pilots.browse.ways_out import WayOut
from pilots.browse.wording import PilotWording
from pilots.development.styleguide.samples import (
    EMPTY,
    LONG,
    MANY,
    NOWHERE,
    ONE,
    Component,
    Context,
    SampleState,
    pilot,
)
from pilots.search.highlight import Highlighter
from pilots.search.snippets import Snippet
from pilots.templatetags.texts import text

SIZE = 12  # of a page of a list
PAGES = {"empty": 1, "one": 2, "many": 40, "too long": 8333}
CHOSEN = 2  # of the options of a facet


def option(state: SampleState, number: int) -> Option:
    """An option of a facet, those of the first numbers chosen."""
    name = state.words(f"Sample value {number}", 100)
    return Option(f"sample-{number}", name, 10**6 if state.is_long else number - 1, number <= CHOSEN)


def facet(state: SampleState, name: str = "activity") -> Facet:
    return facet_of(name, state.words(f"Sample facet: {name}", 60), state.some(option))


def chip(state: SampleState, number: int) -> Chip:
    return Chip(state.words("Sample facet", 60), state.words(f"Sample value {number}", 100), f"?sample={number}")


def way_out(state: SampleState, number: int) -> WayOut:
    label, values = state.words("sample facet", 60), state.words(f"Sample value {number} or another")
    return WayOut(label, values, f"?sample={number}", number, PilotWording().amount(number))


def term(state: SampleState, number: int) -> Any:
    return state.row(
        slug=f"sample-{number}",
        term=state.words(f"SMP {number}", 100),
        meaning=state.words("One plain sentence says what the term means.", 400),
        original=state.words("Sampel", 200) if number % 2 else "",
        original_language="nl",
    )


def selection(state: SampleState) -> Selection:
    """A choice with its notes, and every second sample pilot on the shortlist."""
    note = state.words("No pilot has “XX” under “country”, so it is ignored.")
    return Selection(
        chosen={"country": ["XX"]} if state.number else {},
        q=state.maybe("sample", 200),
        keep=tuple(f"sample-{number}" for number in range(1, state.number + 1, 2)),
        notes=(note,) * min(state.number, NOTES_SHOWN),
    )


def listing(state: SampleState) -> Any:
    """What a page that shows pilots knows of them, as `pilots.browse.listing.Listing` does."""
    words, chosen, ways = PilotWording(), selection(state), state.some(way_out)
    pages = Paginator(range(SIZE * PAGES[state.name]), SIZE)
    page = pages.page((pages.num_pages + 1) // 2)
    sentence = words.matching(state.number, state.words("country Samplestan; partner Sample")) if state.number else ""
    return SimpleNamespace(
        selection=chosen,
        words=words,
        elsewhere=chosen.carried(),
        here=chosen.query(),
        cleared="",
        trail=chosen.query(),
        page=page,
        page_numbers=list(pages.get_elided_page_range(page.number, on_each_side=2, on_ends=1)),
        sentence=sentence or words.all_shown(9),
        facets=[facet(state, name) for name in ("country", "partner", "stage")[: state.number]],
        sorts=[("place", "Place, A to Z"), ("newest", "Newest entries first")][: state.number + 1],
        sizes_offered=[("", SIZE), ("24", 24)],
        unseen=[("keep", "sample-1")],
        chips=state.some(chip),
        terms=state.some(term),
        terms_in_words="3 terms in the glossary",
        also_searched=[state.words("“sample” was also looked for as “specimen”.")] * min(state.number, 2),
        count=state.number,
        stated_answers=[StatedAnswer(state.words("Cost: the source states it for 2 of the 9 pilots."), "?stated=cost")]
        * min(state.number, 2),
        highlighter=Highlighter(words={"sample"}) if state.number else None,
        snippets=dict.fromkeys(range(1, 10), snippets(state)["snippets"]),
        did_you_mean=AnotherSpelling(state.words("sample", 200), "") if state.number else None,
        ways_out=SimpleNamespace(without_word=ways, only_word=ways, without_part=ways, only_part=[]),
        total=9,
        show_all=words.show_all(9),
    )


def chips(state: SampleState) -> Context:
    return {"chips": state.some(chip), "path": NOWHERE, "clear": ""}


def in_list(state: SampleState) -> Context:
    """What a part gets that shows something of a listing."""
    return {"listing": listing(state), "path": NOWHERE}


def card(state: SampleState) -> Context:
    """What a card gets: bare on the front page, with its trail and shortlist in a list."""
    sample, shown = pilot(state), in_list(state) if state is not ONE else {}
    if shown:
        shown["keep"] = shown["listing"].selection.shortlist_link(sample.slug)
    return {"pilot": sample, "heading": "h3", "trail": "?sample=1" if state in {MANY, LONG} else "", **shown}


def snippets(state: SampleState) -> Context:
    """What the part gets that shows where the words of a search stand."""
    words = format_html("… {} <mark>sample</mark> …", state.words("words before a", 150))
    return {"snippets": [Snippet(state.words("Results", 80), words)] * state.number}


def keep(state: SampleState) -> Context:
    """What the link to the shortlist gets: it is empty, holds the pilot, is full without it."""
    sample = pilot(state)
    return {
        "slug": sample.slug,
        "title": text(sample, "title"),
        "state": {MANY: "full", LONG: "on"}.get(state, "put"),
        "address": NOWHERE,
    }


def filters(state: SampleState) -> Context:
    return {**in_list(state), "size_label": state.words("Pilots on a page", 80)}


def pager(state: SampleState) -> Context:
    shown = in_list(state)
    return {**shown, "page": shown["listing"].page, "pages": shown["listing"].page_numbers}


def search(state: SampleState) -> Context:
    """What the search box gets: a label of its own when it is not for pilots."""
    return {"q": state.maybe("sample words", 200), "form": "", "label": state.words("", 80)}


COMPONENTS = (
    Component("search", "Finds pilots by words, or lessons.", search),
    Component(
        "views",
        "Shows the same pilots in another way; marks where one is.",
        lambda state: {**in_list(state), "path": reverse("pilots")},
        (EMPTY, LONG),
    ),
    Component(
        "take_away",
        "What of a page can be taken away, folded until somebody wants it; how many entries, and about how large.",
        lambda state: {
            "files": [
                FileLink(state.words("Sample", 60), state.words("for sample programs", 200), f"?sample={number}", 1_000)
                for number in range(1, state.number + 1)
            ],
            "amount": state.number,
        },
    ),
    Component(
        "same_choice",
        "Leads to the same choice in the other sections.",
        lambda state: {"elsewhere": selection(state).carried(), "path": reverse("pilots")},
        (ONE,),
    ),
    Component(
        "found",
        "Says what was chosen and found, what was ignored, and which terms the words mean.",
        in_list,
        frame="results",
    ),
    Component("chips", "What is chosen; each is taken back by its link.", chips),
    Component(
        "searched",
        "How many pilots state what was asked for; which other words were looked for; which word to drop.",
        in_list,
    ),
    Component(
        "did_you_mean",
        "Another spelling of a search.",
        lambda state: {"meant": in_list(state)["listing"].did_you_mean, "path": NOWHERE},
    ),
    Component("found_terms", "Terms of the glossary that a search finds.", lambda state: {"terms": state.some(term)}),
    Component("found_in", "Where a pilot holds words that its card does not show.", snippets),
    Component("filters", "The form of filters: works without scripts.", filters, frame="specimen-rail"),
    Component(
        "facet",
        "The values of one facet, each with its count; a long list folds and gets a box to find in it.",
        lambda state: {"facet": facet(replace(state, number=3 * state.number) if state is MANY else state)},
        frame="specimen-rail",
    ),
    Component("card", "A pilot in short.", card),
    Component(
        "shortlist_toggle",
        "Puts a pilot on the shortlist and takes it off.",
        keep,
    ),
    Component("page_of", "Says in the title of a page which of several it is.", in_list, frame="specimen-rail"),
    Component("pager", "Leads to the other pages of a list.", pager),
    Component("no_results", "When nothing matches: what to drop.", in_list),
)
