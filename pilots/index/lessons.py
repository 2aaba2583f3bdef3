"""The lessons of public pilots as sets of ids, one for each value of a facet, and in their orders.

Made from the index of pilots, and cached like it: after a change only the lessons of changed pilots are read
again. Portals have more lessons than pilots, so a lesson takes few bytes here, and no object of its own.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, compress

from pyroaring import BitMap

from pilots.index.facet_values import SET_NAMES, Named
from pilots.index.order import ID, Order
from pilots.index.per_version import PerVersion
from pilots.index.pilots import Index, Sets, changed_since
from pilots.models import Lesson

KIND = "kind"
KINDS = {kind.value: Named(kind.value, place, {}) for place, kind in enumerate(Lesson.Kind)}
# Pilot → its lessons by number.
ByPilot = dict[int, list[int]]


@dataclass(frozen=True)
class LessonRows:
    """The ids of lessons, by pilot and number, and beside each that of its pilot. Never changed once made."""

    pilots: "array[int]" = field(default_factory=lambda: array(ID))
    ids: "array[int]" = field(default_factory=lambda: array(ID))

    @classmethod
    def of(cls, lessons: ByPilot) -> "LessonRows":
        in_order = sorted(lessons)
        pilots = array(ID, (pilot for pilot in in_order for _lesson in lessons[pilot]))
        return cls(pilots, array(ID, chain.from_iterable(lessons[pilot] for pilot in in_order)))

    def of_pilot(self, pilot: int) -> slice:
        return slice(bisect_left(self.pilots, pilot), bisect_right(self.pilots, pilot))

    def changed(self, pilots: Iterable[int], lessons: ByPilot) -> "LessonRows":
        rows = LessonRows(self.pilots[:], self.ids[:])
        for pilot in pilots:
            place, now = rows.of_pilot(pilot), lessons.get(pilot, [])
            rows.pilots[place], rows.ids[place] = array(ID, [pilot] * len(now)), array(ID, now)
        return rows

    def by_pilot(self) -> ByPilot:
        """The lessons of each pilot that has any."""
        lessons: ByPilot = defaultdict(list)
        for pilot, lesson in zip(self.pilots, self.ids, strict=True):
            lessons[pilot].append(lesson)
        return lessons


@dataclass(frozen=True, kw_only=True)
class LessonIndex(Index):
    """All lessons of public pilots at one number of the content: what an `Index` says of pilots, said of lessons."""

    pilots: Index
    rows: LessonRows = field(default_factory=LessonRows)

    def _make_order(self, sort: str, language: str) -> Order:
        """The lessons by the order of their pilots, then by number."""
        pilots, lessons = self.pilots.order(sort, language), self.rows.by_pilot()
        return Order(array(ID, chain.from_iterable(lessons.get(pk, ()) for pk in pilots.ids)), pilots.key)

    def pilots_of(self, lessons: BitMap) -> BitMap:
        return BitMap(compress(self.rows.pilots, map(lessons.__contains__, self.rows.ids)))


_index: PerVersion[LessonIndex] = PerVersion()


def lesson_index(pilots: Index) -> LessonIndex:
    """The lessons of these pilots. No query when nothing changed since the last call, else two."""
    return _index.get(pilots.number, lambda old: renewed(old, pilots))


def renewed(old: LessonIndex | None, pilots: Index) -> LessonIndex:
    """The lessons of `pilots`, of which those that did not change are in `old`."""
    changed = changed_since(old.number) if old else None
    return read_lesson_index(pilots) if old is None or changed is None else with_changed(old, pilots, changed)


def read_lesson_index(pilots: Index) -> LessonIndex:
    """The lessons of all these pilots. One query."""
    lessons, kinds = read_lessons()
    return _lesson_index(pilots, LessonRows.of(lessons), {KIND: kinds} | sets_of(lessons, pilots))


def with_changed(old: LessonIndex, pilots: Index, changed: list[int]) -> LessonIndex:
    """`old` with the lessons that the `changed` pilots have now. One query."""
    lessons, kinds = read_lessons(changed)
    before = BitMap(chain.from_iterable(old.rows.ids[old.rows.of_pilot(pilot)] for pilot in changed if pilot > 0))
    sets = {KIND: kinds} | sets_of(lessons, pilots)
    merged = {
        facet: {key: (old.sets[facet].get(key, BitMap()) - before) | now for key, now in values.items()}
        for facet, values in sets.items()
    }
    return _lesson_index(pilots, old.rows.changed((pilot for pilot in changed if pilot > 0), lessons), merged)


def read_lessons(pilots: Iterable[int] | None = None) -> tuple[ByPilot, dict[str, BitMap]]:
    """The lessons of public pilots, all or these, by pilot, and as a set for each kind. One query."""
    rows = Lesson.objects.public() if pilots is None else Lesson.objects.public().filter(pilot__in=pilots)
    lessons: ByPilot = defaultdict(list)
    kinds: dict[str, array[int]] = {kind: array(ID) for kind in KINDS}
    for pilot, lesson, kind in rows.order_by("pilot", "number").values_list("pilot", "pk", "kind").iterator():
        lessons[pilot].append(lesson)
        kinds[kind].append(lesson)
    return lessons, {kind: BitMap(ids) for kind, ids in kinds.items()}


def sets_of(lessons: ByPilot, pilots: Index) -> Sets:
    """Which of the lessons have each value of each facet, because their pilots have it. No query."""
    some = BitMap(lessons)
    return {
        facet: {
            key: BitMap(chain.from_iterable(map(lessons.__getitem__, having & some)))
            for key, having in pilots.sets[facet].items()
        }
        for facet in SET_NAMES
    }


def _lesson_index(pilots: Index, rows: LessonRows, sets: Sets) -> LessonIndex:
    return LessonIndex(
        facts=pilots.facts,
        sets=sets,
        named=pilots.named | {KIND: KINDS},
        authority_names=pilots.authority_names,
        works=pilots.works,
        grouped=pilots.grouped,
        newest=pilots.newest,
        public=BitMap(rows.ids),
        number=pilots.number,
        pilots=pilots,
        rows=rows,
    )
