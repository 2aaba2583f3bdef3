"""Samples of the components that the page of a pilot is made of."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from pilots.browse.neighbours import ListPosition
from pilots.browse.profile import Profile, StatedItem
from pilots.browse.selection import Selection
from pilots.browse.shown_sources import ShownSource
from pilots.browse.trail import Trail
from pilots.development.styleguide.finding import listing, term
from pilots.development.styleguide.samples import (
    LONG,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MANY,
    NOWHERE,
    ONE,
    Component,
    Context,
    SampleRow,
    SampleState,
    organisation,
    pilot,
)
from pilots.models.numbered_text import NumberedText
from pilots.pages.pilot.at_a_glance import Answer
from pilots.pages.pilot.detail import WayOn
from pilots.pages.pilot.entry import READING_ORDER, EntrySection
from pilots.pages.pilot.facts import Fact, Pointer, Value
from pilots.pages.pilot.questions import LONGEST_MAILTO, Letter, Question

PASSAGE = "3.1-2, 4"
SHOWN = ShownSource("Heading\nFirst. Second.\nOne. Two. Three.\nThe last one.", NOWHERE)


def fact(state: SampleState, number: int) -> Fact:
    """A fact with its values, the second of which rests on a heading; one value leads nowhere."""

    def one(state: SampleState, number: int) -> Value:
        text = state.words(f"Sample value {number}", 100)
        return Value(text, "" if number % 3 == 0 else NOWHERE, heading_only=number == 2)

    few = replace(state, number=min(state.number, 3))
    return Fact(state.words(f"Sample fact {number}", 60), few.some(one))


def facts(state: SampleState) -> Context:
    """What the facts get; the authority is always there."""
    found = [Fact("Authority", [Value("Sampletown", NOWHERE)]), *state.some(fact)]
    return {"facts": found, "organisations": state.some(other), "public_partners": {"sample-1"}, "words": []}


def other(state: SampleState, number: int) -> SampleRow:
    return state.row(name=state.words(f"Sample organisation {number}", 100), partner=organisation(state, number))


def figure(state: SampleState, number: int) -> SampleRow:
    """A key figure, the first exact, the others not; the second has no pointer to the source."""
    is_exact = number == 1
    return state.row(
        label=state.words(f"sample people trained in place {number}", LONGEST_TITLE),
        qualifier="exact" if is_exact else "about",
        get_qualifier_display=lambda: "" if is_exact else "about",
        amount="12 345 678 901" if state.is_long else str(12 * number),
        passage="" if number == 2 else PASSAGE,
    )


def figures(state: SampleState) -> Context:
    return {"figures": state.some(figure), "source": None}


def lesson(state: SampleState, number: int) -> SampleRow:
    """A lesson; the second has no pointer to the source, the third is a working method."""
    usual = "People learnt something, and one or two plain sentences say what it was."
    return state.row(
        pk=number,
        number=number,
        kind="helped",
        is_method=number == 3,
        name=f"Working method {number}" if number == 3 else f"Lesson {number}",
        anchor=f"lesson-{number}",
        text=state.words(usual, LONGEST_TEXT),
        get_kind_display=lambda: "what helped",
        passage="" if number == 2 else PASSAGE,
    )


def lessons(state: SampleState) -> Context:
    return {
        "place": "lessons",
        "heading": "What was learnt",
        "hint": "One sentence on what stands below.",
        "lessons": state.some(lesson),
        "source": SHOWN if state.is_long else None,
        "words": (),
        "way": way(state),
        "content_version": None,
    }


def lesson_card(state: SampleState) -> Context:
    sample = lesson(state, 1)
    sample.pilot = pilot(state)
    sample.pilot.source_id = 1
    shown = SimpleNamespace(**vars(listing(state)), shown_sources={1: SHOWN})
    return {"lesson": sample, "listing": shown, "trail": "?from=lessons"}


def lesson_back(state: SampleState) -> Context:
    """What the way back from a lesson gets, for who came from the library."""
    library, sample = Trail(Selection(extra={"from": "lessons"})), way(state)
    return {"kind": "helped", "name": "Lesson 1", "anchor": "lesson-1", "way": replace(sample, trail=library)}


def section(state: SampleState) -> Context:
    """What a section of a pilot gets: plans, which must not look like results."""
    usual = "\n\n".join(["A paragraph of sample text, with SMP 1 in it."] * state.number)
    return {
        "pilot": state.row(prospects=state.words(usual, LONGEST_TEXT)),
        "section": "prospects",
        "label": state.words("Prospects", 80),
        "said_in": PASSAGE,
        "source": SHOWN,
        "words": state.some(term),
    }


def glance(state: SampleState) -> Context:
    """What stands under the title of a pilot; an answer without a line is not stated in the source."""

    def answer(state: SampleState, number: int) -> Answer:
        return Answer(f"Sample question {number}", [state.words(f"Sample answer {number}")] * (1 + number % 2))

    answers = replace(state, number=min(state.number, 5)).some(answer)
    return {"answers": [*answers, Answer("Sample question", [])][:5]}


def contents(state: SampleState) -> Context:
    sections = [EntrySection(name, state.words(name.replace("_", " "), 80)) for name in READING_ORDER[: state.number]]
    return {"sections": sections, **dict.fromkeys(("words", "related"), bool(state.number))}


def profile_item(state: SampleState, number: int) -> StatedItem:
    """An item with a text of its own, one that a section says already, and one that only the source says."""
    label = state.words(f"sample item {number}", 80)
    kinds = [("text", ""), ("", "what_was_done"), ("", "")]
    return StatedItem(f"sample_{number}", label, PASSAGE, *kinds[(number - 1) % 3])


def profile(state: SampleState) -> Context:
    """What the profile gets; of what is stated, some has a text and some is said elsewhere on the page."""
    unstated: list[Any] = [f"sample item {number}" for number in range(state.number + 1, 15)]
    return {
        "heading": f"To do this yourself: the source states {state.number} of 14",
        "profile": Profile(state.some(profile_item), unstated),
        "pilot": state.row(text=state.words("A plain sentence says it.", LONGEST_TEXT)),
        "words": (),
        "source": None,
        "ask": NOWHERE,
        "shortlist": "",
    }


def related(state: SampleState) -> Context:
    """What the related pilots get: each with the reasons."""
    reasons = [state.words("Same partner: Sample partner 1", 120)] * min(state.number, 3)
    entry = SimpleNamespace(pilot=pilot(state), related=[(other, reasons) for other in state.some(pilot)])
    return {"entry": entry, "way": way(state), "content_version": None}


def way(state: SampleState) -> WayOn:
    """The way on from a pilot: the only one, the first, one between others."""
    this: Any = pilot(state)
    previous: Any = pilot(state, 1) if state.number > 1 else None
    following: Any = pilot(state, 2) if state.number else None
    place = ListPosition(state.number or 1, 2 * state.number or 1, 1, 2)
    trail = Trail(Selection(q=state.maybe("sample")))
    return WayOn(this, trail, place, previous, following, [], in_list=True, notes=())


def source(state: SampleState) -> SampleRow:
    """A source, of which little or everything is stated."""
    return state.row(
        title=state.words("Sample report"),
        url=address(state),
        publisher=state.maybe("Sample Press", 200),
        year=2020 if state.number else None,
        terms_of_reuse=state.maybe("Free to use with its name.", 400),
    )


def address(state: SampleState) -> str:
    usual = "https://example.org/report" if state.number else ""
    return f"https://example.org/{'a-long-address/' * 12}" if state.is_long else usual


def pointer(state: SampleState, number: int) -> Pointer:
    """Where the source says something; texts have no value."""
    return Pointer(state.words("Activity types", 60), state.words("sample", 100) if number % 2 else "", PASSAGE)


def pointers(state: SampleState) -> Context:
    return {"source": source(state), "pointers": state.some(pointer), "shown": SHOWN if state.is_long else None}


def said_in(state: SampleState) -> Context:
    """A pointer, which opens its sentences where the text of the source is shown."""
    return {"pointer": PASSAGE if state.is_long else "3.1-2", "source": SHOWN if state.number else None}


def numbered_text(state: SampleState) -> Context:
    """The text of a source, or why it is not shown."""
    lines = [" ".join([state.words("One sentence of it.", 400)] * number) for number in range(1, state.number + 1)]
    return {"source": source(state), "numbered": NumberedText("\n".join(lines)) if lines else None}


def ticked(state: SampleState, number: int) -> Question:
    return Question(f"sample-{number}", state.words(f"What was it, in case {number}?", 200), is_asked=number != 2)


def letters(state: SampleState) -> Context:
    """The e-mails that are ready, one for each public contact."""
    words = [question.words for question in state.some(ticked)] or ["What was it?"]
    text = "\n".join(["Hello,", *words, "Thank you."])
    to = [state.words(f"Write to Sampletown {number}", 120) for number in range(1, max(state.number, 1) + 1)]
    long = "x" * LONGEST_MAILTO if state.is_long else ""
    return {"asked": words, "letters": [Letter(label, text, f"mailto:sample@example.org?body={long}") for label in to]}


def record(state: SampleState) -> Context:
    """What the record of an entry gets; one that nobody compared with its source says so."""
    return {"pilot": pilot(state), "canonical": "https://pilots.example.org/pilots/sample/"}


COMPONENTS = (
    Component(
        "breadcrumbs",
        "The way back up.",
        lambda state: {"address": way(state).back, "label": way(state).back_label},
        (ONE,),
    ),
    Component("at_a_glance", "A pilot in five short answers.", glance),
    Component("contents", "What is on the page.", contents),
    Component("facts", "What an entry states in short.", facts, frame="specimen-rail"),
    Component("record", "How fresh an entry is.", record, frame="specimen-rail"),
    Component("figures", "Key figures.", figures, frame="entry-text"),
    Component(
        "section",
        "A text of a pilot; plans are set apart from results.",
        section,
        (ONE, MANY, LONG),
        frame="entry-text",
    ),
    Component("lessons", "Lessons on the page of their pilot.", lessons, (ONE, MANY, LONG), frame="entry-text"),
    Component("lesson_back", "The way back to the lessons.", lesson_back, (ONE,)),
    Component("lesson_card", "A lesson in the library of lessons.", lesson_card),
    Component("profile", "What the source states of what one needs to repeat it.", profile, frame="entry-text"),
    Component("related", "Pilots that have something in common, and what.", related, frame="entry-more"),
    Component(
        "words",
        "Terms that a page uses, explained in place.",
        lambda state: {"words": state.some(term)},
        frame="entry-more",
    ),
    Component(
        "question_form",
        "Questions on what is not stated, to tick.",
        lambda state: {"questions": state.some(ticked), "address": NOWHERE, "shortlist": []},
    ),
    Component("question_letters", "The questions as text, as e-mail, on paper.", letters),
    Component("source", "What is known of a source.", lambda state: {"source": source(state)}),
    Component("said_in", "Where the source says so, opened in place where its text may be shown.", said_in),
    Component("numbered_text", "The text of a source, with the numbers that pointers use.", numbered_text),
    Component("text_not_shown", "Why the text of a source is not shown.", lambda state: {"source": source(state)}),
    Component("pointers", "Where the source says what the entry says.", pointers, frame="entry-more"),
    Component(
        "previous_and_next",
        "The way on through the visitor's list.",
        lambda state: {"way": way(state), "content_version": None},
    ),
)
