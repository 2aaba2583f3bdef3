"""What reads like what on the page that puts two versions together."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pilots.history.differences import THERE, Difference, Path, flat, is_record, place
from pilots.history.labels import Names, label_of, names_in, part_label, value_of
from pilots.history.merge import UNKNOWN, MergeUnit, Values
from pilots.models.content import PARTS, Content


def unit_label(unit: MergeUnit) -> str:
    """What editors call what is decided as a whole. No query."""
    if unit.path == ("start",):
        return _("Start and end")
    if unit.path[0] in PARTS and len(unit.path) == 2:
        return part_label(unit.path[0], unit.path[1])
    if unit.path[0] == "key_figures" and unit.path[2:] == ("value",):
        return _("%(part)s · amount") % {"part": part_label(unit.path[0], unit.path[1])}
    return label_of(unit.path)


def said(values: Values, names: Names) -> str:
    """What a unit says, as plain text: one value as it is, several as lines with their names. No query."""
    paths = sorted((path for path in values if path[-1] != THERE), key=place)
    if len(paths) == 1:
        return _read(paths[0], values, names)
    lines = [(_short(path), _read(path, values, names)) for path in paths]
    return "\n".join(_("%(field)s: %(value)s") % {"field": field, "value": value} for field, value in lines if value)


def everything_in(content: Content) -> list[MergeUnit]:
    """Every field of a content that says something, each for itself."""
    said = flat(content).items()
    values = {path: value for path, value in said if path[-1] != THERE and value and not is_record(path)}
    return [MergeUnit(path, {}, {}, {path: values[path]}) for path in sorted(values, key=place)]


def names_of(units: Iterable[MergeUnit]) -> Names:
    """The names of the rows whose slugs these units hold. At most two queries for each kind of rows."""
    return names_in(
        Difference(path, values[path], None)
        for unit in units
        for values in (unit.base, unit.theirs, unit.mine)
        for path in values
    )


def _read(path: Path, values: Values, names: Names) -> str:
    value = values[path]
    if value == UNKNOWN:
        return _("This is not known: the history does not have it.")
    if isinstance(value, list):
        return ", ".join(str(names.get((path[-1], slug), slug)) for slug in value)
    return value_of(path, value, names)


def _short(path: Path) -> str:
    """The name of a field without that of its part."""
    return label_of(path).rpartition(" · ")[2]
