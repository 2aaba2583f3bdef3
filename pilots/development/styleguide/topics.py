"""Samples of what the page of a topic is made of."""

from typing import Any

from pilots.browse.topics import Combined, Missing, TopicLessons
from pilots.development.styleguide.entry import lesson
from pilots.development.styleguide.finding import option
from pilots.development.styleguide.samples import MANY, NOWHERE, Component, Context, SampleState, pilot


def lessons(state: SampleState) -> Context:
    """What was learnt, each with the pilot it is from; of many there are more."""
    shown: Any = state.some(lesson)
    for one in shown:
        one.pilot = pilot(state)
    some = TopicLessons(shown, 10 * len(shown) if state is MANY else len(shown), NOWHERE)
    return {"id": "sample-learnt", "heading": state.words("What was learnt", 80), "some": some}


def combined(state: SampleState) -> Context:
    values = [(one, NOWHERE) for one in state.some(option)]
    label = state.words("Sample facet", 60)
    return {"one": Combined("sample", label, values, 10 * len(values) if state is MANY else 0, NOWHERE)}


def missing(state: SampleState, number: int) -> Missing:
    sentence = state.words("No pilot here is described as: Sample value; Another sample.", 400)
    return Missing(state.words(f"Sample facet {number}", 60), sentence, NOWHERE)


def work(state: SampleState, number: int) -> Any:
    """A work for further reading; every second has nothing but its title and what it covers."""
    return state.row(
        title=state.words(f"Sample of a work {number}", 300),
        original_language="nl" if state.is_long else "",
        made=state.words("A. Author, 2019, Sample Press", 500) if number % 2 else "",
        url=NOWHERE if number % 2 else "",
        covers=state.words("What the work covers, in one line.", 300),
    )


def about(state: SampleState, number: int) -> tuple[str, str]:
    return state.words(f"Sample value {number}", 100), NOWHERE


COMPONENTS = (
    Component("about_values", "Leads to the pages of what is chosen.", lambda state: {"about": state.some(about)}),
    Component("topic_lessons", "What the pilots of a topic learnt, or how they worked.", lessons),
    Component("combined", "What its pilots have of another facet.", combined, frame="ways"),
    Component("missing", "What none of them is described as.", lambda state: {"missing": state.some(missing)}),
    Component("further_reading", "Works that editors point to.", lambda state: {"works": state.some(work)}),
)
