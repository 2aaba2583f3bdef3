"""Puts together what two editors made of the same entry. Takes plain values and asks the database for nothing.

What only one of them changed is taken from that one. What both changed, each in another way, is a
conflict that a person decides. Fields that make sense only together, such as start and end, and
lessons that one of them deleted, are decided as a whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pilots.history.differences import THERE, Path, flat, is_record, nested, place, record_of, same
from pilots.models.content import MANY, PARTS, Content

Values = dict[Path, Any]

PERIOD = {"start", "end"}
AMOUNT = {"qualifier", "value", "upper"}
# What a field said before, when nobody knows: equal to nothing that anybody can type.
UNKNOWN = "\ue000unknown"


@dataclass(frozen=True)
class MergeUnit:
    """What is taken from one editor or the other as a whole: one field, or some that belong together.

    `base`, `theirs` and `mine` hold its values by path; a path that is not in them is absent there.
    """

    path: Path
    base: Values
    theirs: Values
    mine: Values

    @property
    def is_list(self) -> bool:
        """Whether its value is a list of slugs, so that both editors' values can be kept together."""
        return self.path[0] in MANY

    @property
    def together(self) -> list[str]:
        """The list with what either added and without what either took away."""
        base, theirs, mine = (set(values.get(self.path) or []) for values in (self.base, self.theirs, self.mine))
        return sorted((theirs & mine) | ((theirs | mine) - base))


@dataclass
class MergeResult:
    """Two contents put together: the values agreed on so far, and what came from where.

    `flats` holds the base, theirs and mine, each with what is known of its texts.
    """

    flats: tuple[Values, Values, Values]
    values: Values = field(default_factory=dict)
    conflicts: list[MergeUnit] = field(default_factory=list)
    only_theirs: list[MergeUnit] = field(default_factory=list)
    only_mine: list[MergeUnit] = field(default_factory=list)

    def content(self, decided: dict[Path, Values] | None = None) -> Content:
        """The whole content. What is not `decided`, by the path of its unit, stays as theirs."""
        values = dict(self.values)
        for unit in self.conflicts:
            values |= (decided or {}).get(unit.path, unit.theirs)
        values = {path: value for path, value in values.items() if value or "texts" not in path}
        return nested(values | self._records(values, {}))

    def with_records(self, content: Content, typed: Content) -> Content:
        """`content`, with what is known of each text; of one that neither side has, what `typed` knows of it."""
        values = _without_records(flat(content))
        return nested(values | self._records(values, flat(typed)))

    def _records(self, values: Values, typed: Values) -> Values:
        """What is known of each text, as whoever wrote it knows it; of one that nobody touched, who checked it."""
        base, theirs, mine = self.flats
        records: Values = {}
        for path in filter(_is_text, values):
            both = [side for side in (theirs, mine) if same(side.get(path), values[path])]
            found = [side.get(record_of(path)) for side in both]
            records[record_of(path)] = next(
                (one for one in found if one != base.get(record_of(path))), (*found, typed.get(record_of(path)))[0]
            )
        return {path: record for path, record in records.items() if record}


def merge(base: Content | None, theirs: Content, mine: Content) -> MergeResult:
    """Put `theirs` and `mine` together, both made from `base`. Without a base, all that differs is a conflict."""
    flats = flat(base or {}), flat(theirs), _beside_theirs(base, theirs, mine)
    old, new, own = map(_without_records, flats)
    old = old if base is not None else _shared(new, own)
    merged = MergeResult(flats)
    for unit in _units(old, new, own):
        if _alike(unit.theirs, unit.mine) or _alike(unit.base, unit.mine):
            merged.values |= unit.theirs
            if not _alike(unit.base, unit.theirs) and not _alike(unit.theirs, unit.mine):
                merged.only_theirs.append(unit)
        elif _alike(unit.base, unit.theirs):
            merged.values |= unit.mine
            merged.only_mine.append(unit)
        else:
            merged.conflicts.append(unit)
    return merged


def _alike(one: Values, other: Values) -> bool:
    return all(same(one.get(path), other.get(path)) for path in {*one, *other})


def _shared(new: Values, own: Values) -> Values:
    """What stands for an unknown base: what both say, and for the rest what nobody says."""
    return {
        path: new.get(path, own.get(path)) if same(new.get(path), own.get(path)) or path[-1] == THERE else UNKNOWN
        for path in {*new, *own}
    }


def _beside_theirs(base: Content | None, theirs: Content, mine: Content) -> Values:
    """What `mine` says, its new parts after theirs: two new lessons are two, whatever their numbers."""
    moved = dict(mine)
    for name in PARTS if base is not None else ():
        here, there, before = mine[name], theirs[name], (base or {})[name]
        clashing = [n for n in here if n in there and n not in before and not _alike_parts(here[n], there[n])]
        highest = max((int(number) for number in [*here, *there]), default=0)
        numbers = {number: str(highest + i) for i, number in enumerate(sorted(clashing, key=int), start=1)}
        moved[name] = {numbers.get(number, number): part for number, part in here.items()}
    return flat(moved)


def _alike_parts(one: Content, other: Content) -> bool:
    return _alike(*(_without_records(flat(part)) for part in (one, other)))


def _without_records(values: Values) -> Values:
    """Contents are compared by what they say. What is known of a text goes with it."""
    return {path: value for path, value in values.items() if not is_record(path)}


def _is_text(path: Path) -> bool:
    return path[-3:-2] == ("texts",)


def _units(*three: Values) -> Iterable[MergeUnit]:
    """Yield base, theirs and mine unit by unit, in the order of the form."""
    by_unit: dict[Path, tuple[Values, Values, Values]] = {}
    for which, values in enumerate(three):
        for path, value in values.items():
            by_unit.setdefault(_unit_of(path, three), ({}, {}, {}))[which][path] = value
    for path in sorted(by_unit, key=place):
        yield MergeUnit(path, *by_unit[path])


def _unit_of(path: Path, three: tuple[Values, ...]) -> Path:
    if path[0] in PERIOD:
        return ("start",)
    if path[0] == "passages":
        return path[:2]
    if path[0] in PARTS:
        is_everywhere = all((*path[:2], THERE) in values for values in three)
        if not is_everywhere:
            return path[:2]
        if path[2] in AMOUNT:
            return (*path[:2], "value")
    return path


def on_screen(content: Content, *, base: Content, present: Content, language: str) -> Content:
    """What somebody had on the screen, given what the rows said once the form had filled them.

    `present` is what the rows said without the form, `base` what they said when it was opened, `language`
    the one it showed. What the form did not show is as it was in `base`: texts in other languages, parts
    that others added meanwhile.
    """
    seen = content | {"texts": _texts_on_screen(content, base, present, language)}
    for name in (*PARTS, "passages"):
        added = {key for key, part in content[name].items() if key not in base[name]}
        others = {key for key in added if _alike_parts(content[name][key], present[name].get(key, {}))}
        seen[name] = {key: part for key, part in content[name].items() if key not in others}
    for name in PARTS:
        for key in {*seen[name]} & {*base[name]}:
            part, before, now = seen[name][key], base[name][key], present[name].get(key, {"texts": {}})
            seen[name][key] = part | {"texts": _texts_on_screen(part, before, now, language)}
    return seen


def _texts_on_screen(said: Content, base: Content, present: Content, language: str) -> Content:
    """The texts of one row: those of `language` as said, the others as in `base` where the form left them."""
    texts = {}
    for code in {*said["texts"], *base["texts"], language}:
        left = code != language and said["texts"].get(code) == present["texts"].get(code)
        texts[code] = (base if left else said)["texts"].get(code)
    return {code: fields for code, fields in texts.items() if fields}
