"""Samples of the shortlist and of the comparison."""

from types import SimpleNamespace
from typing import Any

from pilots.browse.comparison import MOST_COMPARED, ComparisonColumn, PilotOption
from pilots.browse.selection import Selection
from pilots.development.styleguide.entry import facts, figure, lesson, other
from pilots.development.styleguide.finding import in_list, term
from pilots.development.styleguide.samples import (
    EMPTY,
    LONG,
    LONGEST_TEXT,
    MANY,
    NOWHERE,
    ONE,
    Component,
    Context,
    SampleState,
    pilot,
)
from pilots.pages.comparison.differences import ComparisonRow, ComparisonSummary, Item
from pilots.pages.comparison.side_by_side import ShownRow
from pilots.pages.comparison.view import FEWEST_COMPARED, Form
from pilots.pages.pilot.facts import Fact, Value
from pilots.pages.shortlist import ShortlistEntry

ADDRESS = "https://pilots.example.org/pilots/sample/"
FACTS = 3  # of the rows, the first


def compared(state: SampleState) -> Any:
    """The pilots side by side: none, two, or as many as fit."""
    number = min(state.number, MOST_COMPARED) if state is not ONE else FEWEST_COMPARED
    pilots: list[Any] = [pilot(state, place) for place in range(1, number + 1)]
    return SimpleNamespace(
        selection=Selection(keep=("sample-1",)),
        pilots=pilots,
        places=[one.authority.place for one in pilots],
        columns=[ComparisonColumn(one, one.authority.place, f"?pilot={one.slug}") for one in pilots],
        is_full=len(pilots) == MOST_COMPARED,
        unseen=[("keep", "sample-1")],
    )


def side_by_side(state: SampleState, make: Any) -> list[list[Item]]:
    """One item for each of the pilots."""
    samples = [make(state, number) for number, _one in enumerate(compared(state).pilots, 1)]
    return [[Item(sample, str(sample), getattr(sample, "text", ""))] for sample in samples]


def fact_rows(state: SampleState) -> list[ComparisonRow]:
    """A row of each kind of facts: differing, the same for all, stated for none, stated for some."""
    columns = side_by_side(state, value_of)
    if not columns:
        return []
    return [
        ComparisonRow("Sample fact", columns),
        ComparisonRow("Another fact", columns[:1] * len(columns)),
        ComparisonRow("A fact that is not stated", [[] for _column in columns]),
        ComparisonRow("Others involved", side_by_side(state, taking_part), "organisations"),
        ComparisonRow("In figures", [*side_by_side(state, figure)[1:], []], "figures"),
    ]


def text_rows(state: SampleState) -> list[ComparisonRow]:
    texts = [[Item((one, "summary"), one.slug)] for one in compared(state).pilots]
    lessons = side_by_side(state, lesson)
    rows = [ComparisonRow("Summary", texts, "text"), ComparisonRow("What was learnt", lessons, "lessons")]
    return [*rows, ComparisonRow("How they worked", lessons, "methods")] if texts else []


def value_of(state: SampleState, number: int) -> Value:
    return Value(state.words(f"Sample value {number}", 100), NOWHERE)


def taking_part(state: SampleState, number: int) -> tuple[Any, str]:
    """An organisation that took part otherwise, and its address: every second has none."""
    return other(state, number), NOWHERE if number % 2 else ""


def table(state: SampleState, rows: list[ComparisonRow], **others: Any) -> Context:
    shown = compared(state)
    listed = [ShownRow(row, list(zip(shown.places, row.columns(), strict=True))) for row in rows]
    return {"rows": listed, "compared": shown, "path": NOWHERE, "words": state.some(term), **others}


def facts_table(state: SampleState) -> Context:
    """What the table of facts gets: what one can do with each pilot stands in its head."""
    return table(state, fact_rows(state), name="facts", heading="Facts", full=True)


def texts_table(state: SampleState) -> Context:
    return table(state, text_rows(state), name="texts", heading="Texts and lessons", full=False)


def summary(state: SampleState) -> Context:
    return {"summary": ComparisonSummary(compared(state).places, fact_rows(state)[:FACTS])}


def offer(state: SampleState, number: int) -> PilotOption:
    return PilotOption(f"sample-{number}", "FR", state.words("Sampletown", 100), state.words(f"Sample {number}"), "nl")


def form(state: SampleState) -> Context:
    """What the form gets: nothing to add, something, too many to offer."""
    groups = [(state.words("Samplestan", 45), list(state.some(offer)))] if state.number else []
    labels = ["First pilot", "Second pilot"] if state is EMPTY else ["Pilot to add"]
    shown = compared(state)
    if state is LONG:
        shown.is_full = False
    return {"compared": shown, "form": Form(groups, labels, has_too_many=state is LONG), "path": NOWHERE}


def entry(state: SampleState) -> Context:
    shown: Any = pilot(state)
    shown.what_was_done = state.maybe("They did this. Then they did that.", LONGEST_TEXT)
    shown.results = state.maybe("Something came of it.", LONGEST_TEXT)
    found = [Fact("Sample fact that is not stated"), *facts(state)["facts"]]
    return {**in_list(state), "entry": ShortlistEntry(shown, found, state.some(lesson), ADDRESS)}


def handout(state: SampleState) -> Context:
    """What the ways to take a handout along get."""
    address = f"{ADDRESS}?keep={'a-long-name-' * 40}" if state.is_long else ADDRESS
    return {"address": address, "mail": "mailto:?subject=Sample"}


def choice(state: SampleState) -> Context:
    """What the choice of pilots to compare gets: a link for a few, a form for many."""
    number = MOST_COMPARED + 1 if state.is_long else state.number
    pilots = [pilot(state, place) for place in range(1, number + 1)]
    return {**in_list(state), "pilots": pilots, "most": MOST_COMPARED}


def other_pilot(state: SampleState) -> Context:
    """What the link gets that compares a pilot with another."""
    return {"other": pilot(state, 2), "query": "?pilot=sample-1&pilot=sample-2"}


COMPONENTS = (
    Component("shortlist", "What is on the shortlist.", lambda state: {**in_list(state), "pilots": state.some(pilot)}),
    Component("shortlist_entry", "A pilot on the page of the shortlist.", entry),
    Component("take_along", "Prints, copies or sends what a visitor put together.", handout, (ONE, LONG)),
    Component("shortlist_compare", "Chooses what to compare.", choice, (ONE, MANY, LONG)),
    Component("compare_with", "Compares a pilot with a related one.", other_pilot, (ONE, LONG)),
    Component("compare_form", "Adds a pilot to a comparison.", form),
    Component("compare_summary", "What two to four pilots share, and where they differ.", summary, (ONE, MANY, LONG)),
    Component("compare_table", "The facts of two to four pilots side by side.", facts_table),
    Component("compare_table", "Their texts side by side.", texts_table, variant="texts"),
)
