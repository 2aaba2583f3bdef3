"""Which two facets the matrix crosses, as its address says."""

from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilots.browse.filters import FACETS
from pilots.browse.parameters import Selection

AXES = ("activity", "audience", "target", "stage", "country", "partner")
ROWS, COLUMNS = "activity", "target"
# Parameter → what it may be, the usual one first.
PARAMETERS = {
    "rows": (ROWS, *(axis for axis in AXES if axis != ROWS)),
    "columns": (COLUMNS, *(axis for axis in AXES if axis != COLUMNS)),
}

# (value of the rows, value of the columns) → how many pilots; None: the pilot has no value there.
Crossed = dict[tuple[str | None, str | None], int]


def axes_of(selection: Selection) -> tuple[str, str]:
    """Return the facets of rows and columns."""
    return selection.extra.get("rows", ROWS), selection.extra.get("columns", COLUMNS)


def crossing(selection: Selection, rows: str, columns: str) -> Selection:
    """Return the selection with these axes."""
    asked = {"rows": rows, "columns": columns}
    return replace(selection, extra={name: axis for name, axis in asked.items() if axis != PARAMETERS[name][0]})


def with_two_axes(selection: Selection, query: QueryDict) -> Selection:
    """Return the selection with different axes. Of two that are the same, the one not asked for gives way.

    Where `query` asks for both, the columns give way, with a note.
    """
    rows, columns = axes_of(selection)
    if rows != columns:
        return selection
    if query.get("rows") != rows and query.get("columns") == columns:
        return crossing(selection, _other(ROWS, than=columns), columns)
    other = _other(COLUMNS, than=rows)
    if query.get("columns") == columns:
        words = {"rows": FACETS[rows].label, "columns": FACETS[other].label}
        note = _("Rows and columns cannot both be “%(rows)s”, so the columns show “%(columns)s”.") % words
        selection = replace(selection, notes=(*selection.notes, note))
    return crossing(selection, rows, other)


def _other(usual: str, than: str) -> str:
    """Return the usual axis, or where that is taken, the other of the two usual ones."""
    return next(axis for axis in (usual, ROWS, COLUMNS) if axis != than)
