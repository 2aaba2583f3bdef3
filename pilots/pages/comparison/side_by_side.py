"""The rows of a comparison: facts, figures, texts and lessons of some pilots, each beside the others."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.browse.classification import values_by_pilot
from pilots.browse.profile import profile_of
from pilots.index.facet_values import INVOLVED
from pilots.index.pilots import Index
from pilots.index.rows import public_parts
from pilots.models import Passage, Pilot
from pilots.models.pilot import PROFILE, SECTIONS
from pilots.models.translation import current_language
from pilots.pages.comparison.differences import LOOKS, ComparisonRow, ComparisonSummary, Item, how_many_differ
from pilots.pages.pilot.facts import compared_facts


class ShownRow(NamedTuple):
    """A row of the table; for each pilot its place, and its items with who else has them."""

    row: ComparisonRow
    columns: list[tuple[str, list[tuple[Item, str]]]]


class Compared(Protocol):
    """Some public pilots, in their order: what each is called, and whether only what differs is wanted."""

    @property
    def index(self) -> Index: ...

    @property
    def pilots(self) -> Sequence[Pilot]: ...

    @property
    def places(self) -> list[str]: ...

    @property
    def only_differences(self) -> bool: ...


class SideBySide:
    """The rows of the table. Five queries, none where the parts of its pilots are cached. Raises ContentChanged."""

    def __init__(self, compared: Compared) -> None:
        self.pilots, self.places, self.only_differences = compared.pilots, compared.places, compared.only_differences
        ids = [pilot.pk for pilot in self.pilots]
        self.values = values_by_pilot(ids, compared.index)
        self.parts = list(public_parts(compared.index, ids).values())
        self._facts = [*self._classified(), self._others(), self._in_figures()]
        self._texts = [
            *map(self._text, ("summary", *SECTIONS)),
            *self._profile(),
            self._lessons(_("What was learnt"), methods=False),
            self._lessons(_("How they worked"), methods=True),
        ]

    @property
    def facts(self) -> list[ShownRow]:
        """The facts and figures to show."""
        return self._shown(self._facts)

    @property
    def texts(self) -> list[ShownRow]:
        """The texts and lessons to show."""
        return self._shown(self._texts)

    def _shown(self, rows: list[ComparisonRow]) -> list[ShownRow]:
        """What differs first: on a phone the rest is screens away."""
        return [
            ShownRow(row, list(zip(self.places, row.columns(), strict=True)))
            for row in sorted(rows, key=lambda row: LOOKS.index(row.look))
            if not (self.only_differences and row.is_alike)
        ]

    @property
    def written(self) -> list[Any]:
        """Everything with texts, to look for terms in."""
        parts = (part for one in self.parts for part in (*one.figures, *one.organisations, *one.lessons))
        return [*self.pilots, *parts]

    @property
    def differing(self) -> str:
        """How many facts differ, in words."""
        return how_many_differ(self._facts)

    @property
    def summary(self) -> ComparisonSummary:
        """What the facts come to; figures are no facts to share."""
        return ComparisonSummary(self.places, self._facts[:-1])

    def _classified(self) -> list[ComparisonRow]:
        by_pilot = [
            compared_facts(pilot, self.values[pilot.pk], parts.passages)
            for pilot, parts in zip(self.pilots, self.parts, strict=True)
        ]
        return [
            ComparisonRow(
                facts[0].label,
                [[Item(value, (value.text, value.url), value.text) for value in fact.values] for fact in facts],
            )
            for facts in zip(*by_pilot, strict=True)
        ]

    def _others(self) -> ComparisonRow:
        def item(organisation: Any, pilot: Pilot) -> Item:
            name, partner = in_words(organisation, "name"), organisation.partner
            has_page = partner and partner.slug in self.values[pilot.pk][INVOLVED]
            return Item((organisation, partner.get_absolute_url() if has_page else ""), name, name)

        cells = [
            [item(organisation, pilot) for organisation in parts.organisations]
            for pilot, parts in zip(self.pilots, self.parts, strict=True)
        ]
        return ComparisonRow(_("Others involved"), cells, "organisations")

    def _in_figures(self) -> ComparisonRow:
        cells = [
            [Item(figure, (figure.qualifier, figure.amount, in_words(figure, "label"))) for figure in parts.figures]
            for parts in self.parts
        ]
        return ComparisonRow(_("In figures"), cells, "figures")

    def _text(self, name: str) -> ComparisonRow:
        written = [(pilot, in_words(pilot, name)) for pilot in self.pilots]
        cells = [[Item((pilot, name), words)] if words else [] for pilot, words in written]
        return ComparisonRow(capfirst(str(Passage.About(name).label)), cells, "text")

    def _profile(self) -> list[ComparisonRow]:
        """The items that the source states for one of the pilots at least."""
        by_pilot = [
            {item.name: item for item in profile_of(pilot, parts.passages).stated}
            for pilot, parts in zip(self.pilots, self.parts, strict=True)
        ]
        return [
            ComparisonRow(
                capfirst(str(Passage.About(name).label)),
                [
                    [Item((pilot, items[name]), pilot.pk)] if name in items else []
                    for pilot, items in zip(self.pilots, by_pilot, strict=True)
                ],
                "profile",
            )
            for name in PROFILE
            if any(name in items for items in by_pilot)
        ]

    def _lessons(self, label: str, *, methods: bool) -> ComparisonRow:
        cells = [
            [Item(lesson, in_words(lesson, "text")) for lesson in parts.lessons if lesson.is_method == methods]
            for parts in self.parts
        ]
        return ComparisonRow(label, cells, "methods" if methods else "lessons")


def in_words(row: Any, field: str) -> str:
    """A text of a row in the page's language, or in the one it is written in."""
    words, _language = row.text_in(field, current_language())
    return str(words)
