"""The matrix: two facets crossed. How many pilots have both values, which list shows them, what none of them is."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from urllib.parse import parse_qsl

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from pilots.browse.facets import Facet, Option
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.filters import AXES, COLUMNS, FACETS, ROWS, MatrixFilterSet, axes_of, crossing
from pilots.browse.gaps import Crossed, Gap, gaps
from pilots.browse.wording import in_sentence

# Shades of cells; an empty one has none.
STEPS = 4
# More values than these of one facet nobody could look through, nor would they be made in a second.
MOST_SHOWN = 120
# Beyond these, the table is easier to read the other way round, and its text folds away.
MANY_COLUMNS = 40
MANY_CELLS = 150


@dataclass(frozen=True)
class MatrixHeading:
    """A row's or a column's value. `query` leads to the list of its `count` pilots, and is empty where there is none.

    The value None is that of pilots whose source states none.
    """

    value: str | None
    name: str
    count: int
    query: str


@dataclass(frozen=True)
class MatrixCell:
    """How many pilots have both values, in figures and in words; `query` as in a head, `step` its shade from 0 to 4."""

    count: int
    words: str
    query: str
    step: int


@dataclass(frozen=True)
class MatrixRow:
    """One row of the table."""

    head: MatrixHeading
    cells: list[MatrixCell]


@dataclass(frozen=True)
class AxisField:
    """A field to choose rows or columns with: its parameter, its label, and its options (value, name, chosen)."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


class Matrix(FilteredPage):
    """Everything the matrix shows for one address. Raises InvalidQuery.

    Of a facet that is chosen, only the chosen values are shown; of another, those that a pilot among the matching
    ones has. So each number is what its link gives: the address with the cell's values in place of those chosen
    of the two facets. Where it `is_whole`, there are never too many values.
    """

    def __init__(self, query: QueryDict, *, is_whole: bool = False) -> None:
        super().__init__(query, MatrixFilterSet)
        values_of = all_values if is_whole else strongest_values
        by_name = {facet.name: facet for facet in self.facets}
        self.row_facet, self.column_facet = (by_name[axis] for axis in axes_of(self.selection))
        self.row_values, self.column_values = values_of(self.row_facet), values_of(self.column_facet)

    @cached_property
    def heading(self) -> str:
        """The heading of the page: how many pilots, of how many, by what."""
        return _("Matrix: %(pilots)s by %(rows)s and %(columns)s") % {
            "pilots": self.shown,
            "rows": in_sentence(self.row_facet.label),
            "columns": in_sentence(self.column_facet.label),
        }

    @property
    def axes(self) -> list[AxisField]:
        """The fields for rows and columns. The usual axis is sent empty, so that addresses stay short."""
        fields = (("rows", _("Rows"), self.row_facet, ROWS), ("columns", _("Columns"), self.column_facet, COLUMNS))
        return [
            AxisField(
                name,
                label,
                [("" if axis == usual else axis, FACETS[axis], axis == facet.name) for axis in AXES],
            )
            for name, label, facet, usual in fields
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form of rows and columns carries on, as parameters: search, filters, shortlist."""
        return parse_qsl(self.selection.carried().removeprefix("?"))

    @property
    def swapped(self) -> str:
        """The query string of the same table with rows for columns."""
        return crossing(self.selection, self.column_facet.name, self.row_facet.name).query()

    @cached_property
    def crossed(self) -> Crossed:
        """How many of the matching pilots have each pair of values that the table shows. No query."""
        rows, columns = self._having(self.row_facet), self._having(self.column_facet)
        return {
            (row, column): count
            for row, having_row in rows.items()
            for column, having_column in columns.items()
            if (count := having_row.intersection_cardinality(having_column))
        }

    def _having(self, facet: Facet) -> dict[str | None, BitMap]:
        """The matching pilots with each value of a facet, of one that is chosen with each chosen value only."""
        shown = facet.chosen or facet.options
        having: dict[str | None, BitMap] = {
            option.value: self.index.having(facet.name, [option.value]) & self.matches.ids for option in shown
        }
        return having if facet.chosen else having | {None: self._lacking(facet)}

    def _lacking(self, facet: Facet) -> BitMap:
        """The matching pilots without a value of a facet."""
        return self.matches.ids - self.index.having(facet.name, (option.value for option in facet.options))

    @cached_property
    def columns(self) -> list[MatrixHeading]:
        """The heads of the columns, in the order of the form; last, pilots without a value."""
        return self._heads(self.column_facet, self.column_values)

    @cached_property
    def rows(self) -> list[MatrixRow]:
        """The rows of the table, in the order of the form; last, pilots without a value."""
        return [MatrixRow(head, [self.cell(head, column) for column in self.columns]) for head in self.row_heads]

    @cached_property
    def row_heads(self) -> list[MatrixHeading]:
        """The heads of the rows."""
        return self._heads(self.row_facet, self.row_values)

    def _heads(self, facet: Facet, options: list[Option]) -> list[MatrixHeading]:
        heads = [
            MatrixHeading(
                option.value,
                option.name,
                option.count,
                self.list_with({facet.name: option.value}) if option.count else "",
            )
            for option in options
            if option.chosen or option.count
        ]
        lacking = len(self._lacking(facet))
        return [*heads, MatrixHeading(None, _("Not stated in the source"), lacking, "")] if lacking else heads

    def cell(self, row: MatrixHeading, column: MatrixHeading) -> MatrixCell:
        """What the table has where a row and a column meet."""
        count = self.crossed.get((row.value, column.value), 0)
        values = {"row": row.name, "column": column.name}
        if not count:
            return MatrixCell(0, _("No pilot: %(row)s, %(column)s") % values, "", 0)
        words = ngettext("%(count)d pilot: %(row)s, %(column)s", "%(count)d pilots: %(row)s, %(column)s", count)
        query = ""
        if row.value is not None and column.value is not None:
            query = self.list_with({self.row_facet.name: row.value, self.column_facet.name: column.value})
        return MatrixCell(count, words % {"count": count, **values}, query, self._shade(count))

    def _shade(self, count: int) -> int:
        """A step for each number while there are enough steps, then one for each equal part."""
        return count if self._most <= STEPS else ceil(STEPS * count / self._most)

    @cached_property
    def _most(self) -> int:
        return max(self.crossed.values())

    @property
    def leaves_out(self) -> bool:
        """Whether a value is not in the table because no matching pilot has it."""
        return not all(option.chosen or option.count for option in (*self.row_values, *self.column_values))

    @property
    def most_shown(self) -> int:
        """How many values of a facet are shown at most."""
        return MOST_SHOWN

    @property
    def is_cut(self) -> bool:
        """Whether a facet has so many values that only those with the most pilots are shown."""
        shown = ((self.row_facet, self.row_values), (self.column_facet, self.column_values))
        return any(not facet.chosen and len(values) < len(facet.options) for facet, values in shown)

    @property
    def numbers(self) -> int:
        """How many numbers the whole table has, those for which the page has no room included."""
        left_out = [
            sum(1 for option in all_values(facet) if option.count) - sum(1 for option in shown if option.count)
            for facet, shown in ((self.row_facet, self.row_values), (self.column_facet, self.column_values))
        ]
        return (len(self.rows) + left_out[0]) * (len(self.columns) + left_out[1])

    @property
    def is_wide(self) -> bool:
        """Whether the table is easier to read with rows and columns swapped."""
        return len(self.columns) > max(MANY_COLUMNS, len(self.rows))

    @property
    def is_large(self) -> bool:
        """Whether the table has so many cells that its text is to be folded away."""
        return len(self.columns) * len(self.rows) > MANY_CELLS

    @property
    def gaps_heading(self) -> str:
        """The heading above what no pilot combines."""
        return _("What no pilot here is described as")

    @cached_property
    def gaps(self) -> list[Gap]:
        """What no pilot combines with each value of the columns, those included that the table leaves out."""
        return gaps(self.crossed, self.row_values, self.column_values, narrowed=bool(self.selection))


def all_values(facet: Facet) -> list[Option]:
    """The values of a facet that count: those chosen, or all."""
    return facet.chosen or facet.options


def strongest_values(facet: Facet) -> list[Option]:
    """The values of a facet that a page shows: those chosen, or all, or of too many those with most pilots."""
    if facet.chosen or len(facet.options) <= MOST_SHOWN:
        return all_values(facet)
    strongest = sorted(facet.options, key=lambda option: -option.count)[:MOST_SHOWN]
    shown = {option.value for option in strongest}
    return [option for option in facet.options if option.value in shown]
