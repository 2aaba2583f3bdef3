"""Samples of the smallest components, which others are made of."""

from typing import Any

from pilots.development.styleguide.samples import (
    LONGEST_TEXT,
    NOWHERE,
    ONE,
    Component,
    Context,
    SampleState,
    nothing,
    pilot,
)
from pilots.index.statements import ShownStatement
from pilots.models import Statement


def statements(state: SampleState) -> Context:
    """What the portal says of itself; in the empty state nobody has written anything."""
    text = state.words("Sample people run it, as one plain sentence says.", LONGEST_TEXT)
    row: Any = state.row(text=text) if state.number else None
    return {"statements": [ShownStatement(kind, row) for kind in Statement.Kind]}


def translation_note(state: SampleState) -> Context:
    """What a page in another language says of translations that nobody has checked; all are in the empty state."""
    words = state.words("A machine translated this sample. Nobody has checked the translation yet.", LONGEST_TEXT)
    return {"words": words if state.number else "", "english": NOWHERE, "contact_email": "a@b.example", "path": "/"}


COMPONENTS = (
    Component("translation_note", "Under the title, in all languages but English.", translation_note),
    Component("statements", "Who stands behind the portal.", statements),
    Component("not_stated", "Stands where the source is silent.", nothing, (ONE,)),
    Component(
        "pilot_links", "Pilots of an organisation.", lambda state: {"pilots": state.some(pilot)}, frame="specimen-rail"
    ),
)
