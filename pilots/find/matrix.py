"""The matrix: two facets crossed. How many pilots have both values, which list shows them, what nobody tried."""

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import ClassVar
from urllib.parse import parse_qsl

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.find.axes import AXES, PARAMETERS, ROWS, axes_of, crossing, with_two_axes
from pilots.find.browse import Narrowed, in_sentence
from pilots.find.facets import Facet
from pilots.find.filters import FACETS

# Shades of cells, beside none for an empty one.
STEPS = 4
# Beyond these, the table is easier to read the other way round, and its text folds away.
MANY_COLUMNS = 40
MANY_CELLS = 150

# (value of the rows, value of the columns) → how many pilots; None: the pilot has no value there.
Crossed = dict[tuple[str | None, str | None], int]


@dataclass(frozen=True)
class Head:
    """A row's or a column's value. `query` leads to the list of its `count` pilots, and is empty where there is none.

    The value None is that of pilots whose source states none.
    """

    value: str | None
    name: str
    count: int
    query: str


@dataclass(frozen=True)
class Cell:
    """How many pilots have both values, in figures and in words; `query` as in a head, `step` its shade from 0 to 4."""

    count: int
    words: str
    query: str
    step: int


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    head: Head
    cells: list[Cell]


@dataclass(frozen=True)
class Gap:
    """What no pilot combines with one value of the columns, as a sentence."""

    value: str
    name: str
    sentence: str


class Matrix(Narrowed):
    """Everything the matrix shows for one address. Raises BadAddress. Four queries for any number of entries.

    Of a facet that is chosen, only the chosen values are shown; of another, those that a pilot among the matching
    ones has. So each number is what its link gives: the address with the cell's values in place of those chosen
    of the two facets.
    """

    extra: ClassVar[dict[str, tuple[str, ...]]] = PARAMETERS

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.selection = with_two_axes(self.selection, query)
        by_name = {facet.name: facet for facet in self.facets}
        self.row_facet, self.column_facet = (by_name[axis] for axis in axes_of(self.selection))

    @property
    def heading(self) -> str:
        """The heading of the page: how many pilots, of how many, by what."""
        words = {**self._counts, **self._labels}
        if not self.selection:
            return (
                ngettext(
                    "Matrix: %(total)d pilot by %(rows)s and %(columns)s",
                    "Matrix: %(total)d pilots by %(rows)s and %(columns)s",
                    self.total,
                )
                % words
            )
        return (
            ngettext(
                "Matrix: %(count)d of %(total)d pilot by %(rows)s and %(columns)s",
                "Matrix: %(count)d of %(total)d pilots by %(rows)s and %(columns)s",
                self.total,
            )
            % words
        )

    @property
    def _labels(self) -> dict[str, str]:
        return {"rows": in_sentence(self.row_facet.label), "columns": in_sentence(self.column_facet.label)}

    @property
    def axes(self) -> list[tuple[str, str]]:
        """The facets to choose rows and columns from, with their names."""
        labels = {facet.name: facet.label for facet in self.facets}
        return [(axis, labels[axis]) for axis in AXES]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form of rows and columns carries on, as parameters: search, filters, shortlist."""
        return parse_qsl(self.selection.carried().removeprefix("?"))

    @property
    def swapped(self) -> str:
        """The query string of the same table with rows for columns."""
        return crossing(self.selection, self.column_facet.name, self.row_facet.name).query()

    @cached_property
    def count(self) -> int:
        """How many pilots match."""
        return self._numbers["all"]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """How many pilots match, and how many of them have no value for the rows, and for the columns. One query."""
        lacking = {
            name: Count("pk", filter=Q(**{f"{FACETS[facet.name].field_name}__isnull": True}), distinct=True)
            for name, facet in (("rows", self.row_facet), ("columns", self.column_facet))
        }
        return self.filter.qs.order_by().aggregate(all=Count("pk", distinct=True), **lacking)

    @cached_property
    def crossed(self) -> Crossed:
        """How many of the matching pilots have each pair of values that the table shows. One query."""
        both = (FACETS[facet.name].field_name for facet in (self.row_facet, self.column_facet))
        pairs = self.filter.qs.order_by().values_list(*both).annotate(n=Count("pk", distinct=True))
        return {
            (row, column): n
            for row, column, n in pairs
            if _shows(self.row_facet, row) and _shows(self.column_facet, column)
        }

    @cached_property
    def columns(self) -> list[Head]:
        """The heads of the columns, in the order of the form; last, pilots without a value."""
        return self._heads(self.column_facet, self._numbers["columns"])

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the table, in the order of the form; last, pilots without a value."""
        heads = self._heads(self.row_facet, self._numbers["rows"])
        return [Row(head, [self._cell(head, column) for column in self.columns]) for head in heads]

    def _heads(self, facet: Facet, lacking: int) -> list[Head]:
        shown = facet.chosen or [option for option in facet.options if option.count]
        heads = [
            Head(option.value, option.name, option.count, self._list_of({facet.name: option.value}, option.count))
            for option in shown
        ]
        return [*heads, Head(None, _("Not stated in the source"), lacking, "")] if lacking else heads

    def _cell(self, row: Head, column: Head) -> Cell:
        count = self.crossed.get((row.value, column.value), 0)
        values = {"row": row.name, "column": column.name}
        if not count:
            return Cell(0, _("No pilot: %(row)s, %(column)s") % values, "", 0)
        words = ngettext("%(count)d pilot: %(row)s, %(column)s", "%(count)d pilots: %(row)s, %(column)s", count)
        query = ""
        if row.value is not None and column.value is not None:
            query = self._list_of({self.row_facet.name: row.value, self.column_facet.name: column.value}, count)
        return Cell(count, words % {"count": count, **values}, query, self._shade(count))

    def _shade(self, count: int) -> int:
        """Return a step for each number while there are enough steps, then one for each equal part."""
        return count if self._most <= STEPS else ceil(STEPS * count / self._most)

    @cached_property
    def _most(self) -> int:
        return max(self.crossed.values())

    def _list_of(self, values: dict[str, str], count: int) -> str:
        """Return the query string of the list with these values in place of what is chosen of their facets."""
        if not count:
            return ""
        given = {**self.selection.chosen, **{name: [value] for name, value in values.items()}}
        return replace(self.selection, chosen={name: given[name] for name in FACETS if name in given}).carried()

    @property
    def leaves_out(self) -> bool:
        """Whether a value is not in the table because no matching pilot has it."""
        return any(
            not facet.chosen and not all(option.count for option in facet.options)
            for facet in (self.row_facet, self.column_facet)
        )

    @property
    def is_wide(self) -> bool:
        """Whether the table is easier to read with rows and columns swapped."""
        return len(self.columns) > max(MANY_COLUMNS, len(self.rows))

    @property
    def is_large(self) -> bool:
        """Whether the table has so many cells that what it tells in words is to be folded away."""
        return len(self.columns) * len(self.rows) > MANY_CELLS

    @property
    def gaps_heading(self) -> str:
        """The heading above what no pilot combines."""
        if ROWS in {self.row_facet.name, self.column_facet.name}:
            return _("What no pilot tried")
        return _("What no pilot combines")

    @cached_property
    def gaps(self) -> list[Gap]:
        """What no pilot combines with each value of the columns, those included that the table leaves out."""
        columns = self.column_facet.chosen or self.column_facet.options
        return [Gap(column.value, column.name, self._gap(column.value, column.count)) for column in columns]

    def _gap(self, column: str, count: int) -> str:
        if not count:
            return _("No pilot that matches has this at all.")
        rows = self.row_facet.chosen or self.row_facet.options
        missing = "; ".join(row.name for row in rows if not self.crossed.get((row.value, column)))
        if not missing:
            return _("There is a pilot for each.")
        if self.selection:
            return _("No pilot that matches: %(values)s.") % {"values": missing}
        return _("No pilot in this portal: %(values)s.") % {"values": missing}


def _shows(facet: Facet, value: str | None) -> bool:
    return not facet.chosen or any(option.value == value for option in facet.chosen)
