"""Sample values for components, and how much of them: none, one, many, too long. All are artificial."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from pilots.development.styleguide.unique_ids import set_apart

T = TypeVar("T")
Context = dict[str, Any]

NOWHERE = "./"  # the page itself; parts put parameters and fragments behind it
# Two compounds without a place to break, then words: what Dutch and German names can be like.
UNBROKEN = "Samenwerkingsovereenkomstbeoordelingscommissievergadering"
TOO_LONG = f"{UNBROKEN} en Rechtsschutzversicherungsgesellschaftenzusammenarbeit tussen vele organisaties in de regio, "
LONGEST_TITLE = 200
LONGEST_NAME = 100
LONGEST_COUNTRY = 45
LONGEST_TEXT = 900
SAMPLE_DAY = date(2020, 2, 29)


@dataclass(frozen=True)
class SampleState:
    """How much there is to show: `number` of what there can be several of, with texts that are too long or usual."""

    name: str
    number: int
    is_long: bool = False

    def some(self, make: Callable[["SampleState", int], T]) -> "SampleRows[T]":
        """`number` samples, numbered from 1."""
        return SampleRows(make(self, number) for number in range(1, self.number + 1))

    def words(self, usual: str, longest: int = LONGEST_TITLE) -> str:
        """A text that is always there: `usual`, or one of exactly `longest` characters that begins with it."""
        return f"{usual} {TOO_LONG * (longest // len(TOO_LONG) + 1)}".lstrip()[:longest] if self.is_long else usual

    def maybe(self, usual: str, longest: int = LONGEST_TITLE) -> str:
        return self.words(usual, longest) if self.number else ""

    def row(self, **values: Any) -> "SampleRow":
        """A sample row; one with too-long texts has them in Dutch, so that they are marked so."""
        return SampleRow(written_in="nl" if self.is_long else "", **values)


EMPTY = SampleState("empty", 0)
ONE = SampleState("one", 1)
MANY = SampleState("many", 9)
LONG = SampleState("too long", 3, is_long=True)
STATES = (EMPTY, ONE, MANY, LONG)


class SampleRow(SimpleNamespace):
    """Stands in for a row of the database: what templates ask of one, its texts and values as attributes."""

    written_in: str

    def text_in(self, field: str, language: str) -> tuple[str, str]:
        """A text and the language it is in, as `Translated.text_in` does."""
        return getattr(self, field), self.written_in or language

    def language_of(self, _field: str, stored_in: str) -> str:
        return stored_in

    def get_absolute_url(self) -> str:
        return NOWHERE


class SampleRows(list[T]):
    """Stands in for what a relation leads to: templates ask for `.all`."""

    def all(self) -> "SampleRows[T]":
        return self


def nothing(state: SampleState) -> Context:
    """What a part gets that is always the same."""
    return {}


@dataclass(frozen=True)
class Component:
    """A part in templates/parts/: what it is for, and what it gets in a state.

    `states` are those that it can have; `frame` is a class of the style sheets for the box around it, where its
    width or its looks come from there; `variant` tells two components with the same part apart.
    """

    part: str
    use: str
    context: Callable[[SampleState], Context]
    states: tuple[SampleState, ...] = STATES
    frame: str = ""
    variant: str = ""

    @property
    def name(self) -> str:
        """What the page calls it, fit for an id."""
        return f"{self.part}-{self.variant}" if self.variant else self.part

    def specimens(self) -> Iterator["Specimen"]:
        for state in self.states:
            key = f"{self.name}-{state.name}".replace(" ", "-").replace("_", "-")
            html = render_to_string(f"parts/{self.part}.html", self.context(state)).strip()
            if state.is_long:  # the usual state of what folds away is closed, this one shows what is inside
                html = html.replace("<details", "<details open")
            yield Specimen(key, state.name, set_apart(html, key, f"{self.name}, {state.name}"))


@dataclass(frozen=True)
class Specimen:
    """A component in one state, rendered; `html` is empty where it shows nothing."""

    key: str
    state: str
    html: SafeString


def organisation(state: SampleState, number: int = 1) -> SampleRow:
    return state.row(
        slug=f"sample-{number}",
        name=state.words(f"Sample partner {number}", LONGEST_NAME),
        full_name=state.words("", LONGEST_TITLE),
    )


def value(state: SampleState, number: int = 1) -> SampleRow:
    return state.row(slug=f"sample-{number}", name=state.words(f"sample value {number}", LONGEST_NAME))


def authority(state: SampleState, number: int = 1) -> SampleRow:
    """An authority, its place and its country."""
    return state.row(
        slug=f"sample-{number}",
        name=state.words(f"Municipality of Sampletown {number}", LONGEST_NAME),
        place=state.words(f"Sampletown {number}", LONGEST_NAME),
        short_name_field="place",
        country=SampleRow(code="FR", name=state.words("Samplestan", LONGEST_COUNTRY)),
    )


def pilot(state: SampleState, number: int = 1) -> SampleRow:
    """A pilot with its authority, partners and classification."""
    usual = "Two or three sentences say what the pilot did. They are plain and short. This one is a sample."
    return state.row(
        pk=number,
        slug=f"sample-{number}",
        title=state.words(f"Sample of a title of usual length, number {number}"),
        summary=state.words(usual, LONGEST_TEXT),
        authority=authority(state, number),
        partners=state.some(organisation),
        activity_types=state.some(value),
        values_on_card={"partner": state.some(organisation), "activity": state.some(value)},
        reviewed_on=SAMPLE_DAY if state.number else None,
        updated_at=SAMPLE_DAY,
    )
