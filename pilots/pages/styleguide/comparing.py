"""Samples of the shortlist and of the comparison."""

from types import SimpleNamespace
from typing import Any

from pilots.find.compare import MOST_COMPARED, Column, Offer
from pilots.find.parameters import Selection
from pilots.pages.compare import Form
from pilots.pages.differences import Item, Row, Summary
from pilots.pages.facts import Value
from pilots.pages.shortlist import Entry
from pilots.pages.side_by_side import Shown
from pilots.pages.styleguide.entry import facts, figure, lesson, other
from pilots.pages.styleguide.finding import in_list, term
from pilots.pages.styleguide.samples import EMPTY, LONG, MANY, NOWHERE, ONE, Component, Context, State, pilot

ADDRESS = "https://pilots.example.org/pilots/sample/"
FACTS = 3  # of the rows, the first
SHOWN_TO_ONE = 2  # a comparison is of two at least


def compared(state: State) -> Any:
    """Return the pilots side by side: none, two, or as many as fit."""
    number = min(state.number, MOST_COMPARED) if state is not ONE else SHOWN_TO_ONE
    pilots: list[Any] = [pilot(state, place) for place in range(1, number + 1)]
    return SimpleNamespace(
        selection=Selection(keep=("sample-1",)),
        pilots=pilots,
        places=[one.authority.place for one in pilots],
        columns=[Column(one, one.authority.place, f"?pilot={one.slug}") for one in pilots],
        is_full=len(pilots) == MOST_COMPARED,
        unseen=[("keep", "sample-1")],
    )


def rows(state: State) -> list[Row]:
    """Return a row of each kind: the same for all, differing, stated for some, stated for none."""
    pilots = compared(state).pilots
    if not pilots:
        return []

    def each(make: Any, *, same: bool = False) -> list[list[Item]]:
        samples = [make(state, 1 if same else number) for number, _one in enumerate(pilots, 1)]
        return [[Item(sample, str(sample), getattr(sample, "text", ""))] for sample in samples]

    texts = [[Item((one, "summary"), one.summary)] for one in pilots]
    return [
        Row("Sample fact", each(value_of)),
        Row("Another fact", each(value_of, same=True)),
        Row("A fact that is not stated", [[] for _one in pilots]),
        Row("Others involved", each(lambda state, number: (other(state, number), NOWHERE)), "organisations"),
        Row("In figures", [*each(figure)[1:], []], "figures"),
        Row("Summary", texts, "text"),
        Row("Lessons learnt", each(lesson), "lessons"),
    ]


def value_of(state: State, number: int) -> Value:
    """Return a value of a fact."""
    return Value(state.words(f"Sample value {number}", 100), NOWHERE)


def table(state: State) -> Context:
    """Return what the table of a comparison gets."""
    shown = compared(state)
    listed = [Shown(row, list(zip(shown.places, row.columns(), strict=True))) for row in rows(state)]
    ways = {"compared": shown, "path": NOWHERE, "full": True, "words": state.some(term)}
    return {"name": "texts", "heading": "Facts and texts", "rows": listed, **ways}


def summary(state: State) -> Context:
    """Return what the comparison in short gets."""
    return {"summary": Summary(compared(state).places, rows(state)[:FACTS])}


def offer(state: State, number: int) -> Offer:
    """Return a pilot to choose."""
    return Offer(f"sample-{number}", "FR", state.words("Sampletown", 100), state.words(f"Sample {number}"), "nl")


def form(state: State) -> Context:
    """Return what the form gets: nothing to add, something, too many to offer."""
    groups = [(state.words("Samplestan", 45), list(state.some(offer)))] if state.number else []
    labels = ["First pilot", "Second pilot"] if state is EMPTY else ["Pilot to add"]
    shown = compared(state)
    if state is LONG:
        shown.is_full = False
    return {"compared": shown, "form": Form(groups, labels, has_too_many=state is LONG), "path": NOWHERE}


def entry(state: State) -> Context:
    """Return what a pilot on the page of the shortlist gets."""
    shown: Any = pilot(state)
    return {**in_list(state), "entry": Entry(shown, facts(state)["facts"], ADDRESS)}


def choice(state: State) -> Context:
    """Return what the choice of pilots to compare gets: a link for a few, a form for many."""
    number = MOST_COMPARED + 1 if state.is_long else state.number
    pilots = [pilot(state, place) for place in range(1, number + 1)]
    return {**in_list(state), "pilots": pilots, "most": MOST_COMPARED}


def other_pilot(state: State) -> Context:
    """Return what the link gets that compares a pilot with another."""
    return {**in_list(state), "pilot": pilot(state), "other": pilot(state, 2)}


COMPONENTS = (
    Component("shortlist", "What is on the shortlist.", lambda state: {**in_list(state), "pilots": state.some(pilot)}),
    Component("shortlist_entry", "A pilot on the page of the shortlist.", entry),
    Component("shortlist_compare", "Chooses what to compare.", choice, (ONE, MANY, LONG)),
    Component("compare_with", "Compares a pilot with a related one.", other_pilot, (ONE, LONG)),
    Component("compare_form", "Adds a pilot to a comparison.", form),
    Component("compare_summary", "What two to four pilots share, and where they differ.", summary, (ONE, MANY, LONG)),
    Component("compare_table", "Two to four pilots side by side.", table),
)
