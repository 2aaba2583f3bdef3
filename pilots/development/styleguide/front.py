"""Samples of the components that the front page is made of."""

from typing import Any

from pilots.development.styleguide.finding import facet
from pilots.development.styleguide.samples import MANY, NOWHERE, ONE, Component, Context, State, nothing
from pilots.pages.front import Question, WayIn

LARGE = 123_456


def total(state: State, number: int) -> dict[str, Any]:
    """One of the portal's figures."""
    return {"label": state.words(f"samples {number}", 40), "count": LARGE if state.is_long else number, "url": NOWHERE}


def question(state: State, number: int) -> Question:
    """A question; every third leads to no list, so it has no count."""
    return Question(state.words(f"I am looking for sample {number}", 120), NOWHERE, None if number % 3 == 0 else number)


def way(state: State) -> WayIn:
    """A facet with its most used values, and how many there are in all."""
    shown = facet(state)
    return WayIn(shown, shown.options, 0 if state is ONE else 10 * len(shown.options))


def tried(state: State) -> Context:
    return {"tried": way(state), "total": 10**6 if state.is_long else MANY.number}


COMPONENTS = (
    Component("totals", "How much the portal holds.", lambda state: {"totals": state.some(total)}),
    Component("questions", "Ways in by a visitor's question.", lambda state: {"questions": state.some(question)}),
    Component("what_was_tried", "What was tried, and how often.", tried),
    Component("views_overview", "Ways to see everything at a glance.", nothing, (ONE,)),
    Component("facet_links", "A way in by the values of one facet.", lambda state: {"way": way(state)}, frame="ways"),
)
