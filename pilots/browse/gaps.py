"""What no pilot combines, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pilots.browse.facets import Option
from prepare_portal.phrases import series_of

# (value of the rows, value of the columns) → how many pilots; None: the pilot has no value there.
Crossed = dict[tuple[str | None, str | None], int]


@dataclass(frozen=True)
class Gap:
    """What no pilot combines with one value of the columns, as a sentence."""

    value: str
    name: str
    sentence: str


def gaps(crossed: Crossed, rows: list[Option], columns: list[Option], *, narrowed: bool) -> list[Gap]:
    """For each of `columns`, which of `rows` it has no pilot with; `narrowed`: among those that match only."""
    return [Gap(column.value, column.name, _sentence(crossed, rows, column, narrowed=narrowed)) for column in columns]


def _sentence(crossed: Crossed, rows: list[Option], column: Option, *, narrowed: bool) -> str:
    if not column.count:
        return _("None of the pilots that match is described as this.")
    missing = series_of(row.name for row in rows if not crossed.get((row.value, column.value)))
    if not missing:
        return _("There is a pilot for each.")
    if narrowed:
        return _("None of the pilots that match is described as: %(values)s.") % {"values": missing}
    return _("No pilot here is described as: %(values)s.") % {"values": missing}
