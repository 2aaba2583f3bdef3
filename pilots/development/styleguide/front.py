"""Samples of the components that the front page is made of."""

from pilots.development.styleguide.samples import NOWHERE, Component, SampleState
from pilots.pages.front import AnsweredQuestion


def question(state: SampleState, number: int) -> AnsweredQuestion:
    """A question; every third leads to no list, so it has no count."""
    return AnsweredQuestion(
        state.words(f"I am looking for sample {number}", 120), NOWHERE, None if number % 3 == 0 else number
    )


COMPONENTS = (
    Component("questions", "Ways in by a visitor's question.", lambda state: {"questions": state.some(question)}),
)
