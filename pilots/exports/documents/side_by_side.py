"""The facts of two to four pilots beside one another, as the page that compares them has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from pilots.browse.comparison import short_names
from pilots.exports.documents.chapter import not_stated, text_of
from pilots.exports.documents.pack import Block, Cell, Labelled, LabelledBlock, Line, Run, TableBlock, TextBlock, line
from pilots.index.pilots import Index
from pilots.models import KeyFigure, Pilot
from pilots.pages.comparison.differences import Item
from pilots.pages.comparison.side_by_side import SideBySide
from pilots.pages.pilot.facts import Value


@dataclass(frozen=True)
class Chosen:
    """Pilots to compare, whichever way they were chosen."""

    index: Index
    pilots: Sequence[Pilot]
    only_differences: bool

    @cached_property
    def places(self) -> list[str]:
        return short_names(self.pilots)


def compared_facts(public: Index, pilots: Sequence[Pilot], *, only_differences: bool) -> Iterator[Block]:
    """What the pilots share, where they differ, and their facts as a table. No query for cached rows."""
    compared = Chosen(public, pilots, only_differences)
    shown = SideBySide(compared)
    summary = shown.summary
    for sentence in (*summary.differences, summary.shared):
        yield TextBlock(line(sentence))
    if summary.only:
        yield LabelledBlock(tuple(Labelled(line(place), (TextBlock(line(words)),)) for place, words in summary.only))
    rows = tuple(
        ((line(row.label), line(row.words, "quiet")), *(_cell(cell) for cell in row.cells))
        for row in (found.row for found in shown.facts)
    )
    if rows:
        yield TableBlock((_("Fact"), *compared.places), rows, (3, *[4] * len(pilots)))


def _cell(items: Sequence[Item]) -> Cell:
    return tuple(map(_line, items)) or ((not_stated(),),)


def _line(item: Item) -> Line:
    """One thing that is stated of a pilot: a value, a figure, or an organisation."""
    content = item.content
    if isinstance(content, Value):
        return line(content.text)
    if isinstance(content, KeyFigure):
        return (Run(f"{content.stated_amount} "), *text_of(content, "label"))
    return text_of(content[0], "name")
