"""Puts places onto the map, and those into one mark that would hide each other at the size it is drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

from pilots.pictures.outlines import EUROPE, Box, on_plane

# Circles, in CSS pixels: the radius of one pilot's, the largest, and of one that all pilots together would have.
SMALLEST, LARGEST, WHOLE = 7.0, 26.0, 52.0
# How far a link reaches beyond its circle, and how far at least: 13.5 px make a target of 27, and still of 24 on
# a map of 288 px, the narrowest there is (a page of 320 px), where marks come closer than at the 320 px planned for.
REACH, LEAST_REACH = 4.0, 13.5

# The view: width to height, the part of it left free on each side of the places, the least width in km.
ASPECT = EUROPE.width / EUROPE.height
FREE_ASIDE, FREE_ABOVE = 0.14, 0.12
LEAST_WIDTH = 1300.0


@dataclass(frozen=True)
class MapPoint:
    """Where pilots are.

    `country` is its ISO 3166-1 alpha-2 code; the position is in degrees or None; `count` is how many pilots,
    `titles` what to call them, each with its language, "" for the page's; `url` is where its mark leads. `key` is
    unique and fit for an id.
    """

    key: str
    name: str
    country: str
    country_name: str
    latitude: float | None
    longitude: float | None
    count: int
    url: str
    titles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Mark:
    """One mark on the map, at a point of the plane, for one place or for several that are close together.

    Of several, the place with most pilots is the first. `count` is how many pilots it stands for.
    """

    x: float
    y: float
    places: tuple[MapPoint, ...]
    count: int

    @property
    def key(self) -> str:
        """A name fit for an id: the same for the same places."""
        return self.places[0].key if len(self.places) == 1 else f"{self.places[0].key}-and-{len(self.places) - 1}"

    def __add__(self, other: "Mark") -> "Mark":
        """One mark for both, where most of the pilots are."""
        count = self.count + other.count
        share = other.count / count
        first, last = sorted((self, other), key=lambda mark: _most_first(mark.places[0]))
        x, y = self.x + share * (other.x - self.x), self.y + share * (other.y - self.y)
        return Mark(x, y, first.places + last.places, count)

    def in_order(self) -> "Mark":
        """The same with all its places in order, those with most pilots first."""
        return replace(self, places=tuple(sorted(self.places, key=_most_first)))


def _most_first(place: MapPoint) -> tuple[int, str]:
    return -place.count, place.key


def marks_of(places: Iterable[MapPoint]) -> list[Mark]:
    """A mark for each place that has a position within the drawn area, in the same order."""
    marks = []
    for place in places:
        if place.latitude is not None and place.longitude is not None:
            x, y = on_plane(place.latitude, place.longitude)
            if EUROPE.holds(x, y):
                marks.append(Mark(x, y, (place,), place.count))
    return marks


def view_of(marks: Sequence[Mark], least: float = LEAST_WIDTH) -> Box:
    """The part of the plane to show: all marks with some space around, at least `least` km; Europe for none."""
    if not marks:
        return EUROPE
    left, right = min(mark.x for mark in marks), max(mark.x for mark in marks)
    top, bottom = min(mark.y for mark in marks), max(mark.y for mark in marks)
    width = max((right - left) / (1 - 2 * FREE_ASIDE), ASPECT * (bottom - top) / (1 - 2 * FREE_ABOVE), least)
    width = min(width, EUROPE.width)
    height = width / ASPECT
    x = min(max((left + right - width) / 2, 0), EUROPE.width - width)
    y = min(max((top + bottom - height) / 2, 0), EUROPE.height - height)
    return Box(x, y, width, height)


def grouped(marks: Iterable[Mark], scale: float, total: int) -> list[Mark]:
    """Marks of which no two overlap when a kilometre is `scale` CSS pixels; the same for any order.

    A mark that overlaps others is joined to the nearest, until none does. `total` is as in `radius`.
    """
    apart: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (-mark.count, mark.key)):
        while nearest := _nearest(mark, apart, scale, total):
            apart.remove(nearest)
            mark += nearest
        apart.append(mark)
    return [mark.in_order() for mark in apart]  # once, not while thousands of places are joined


def _nearest(mark: Mark, others: Iterable[Mark], scale: float, total: int) -> Mark | None:
    own = reach(mark.count, total)
    near = [
        (far, other.key, other)
        for other in others
        if (far := distance(mark, other)) * scale < own + LARGEST + REACH  # the rest is too far whatever its size
        and far * scale < own + reach(other.count, total)
    ]
    return min(near)[2] if near else None


def distance(one: Mark, other: Mark) -> float:
    """How far apart two marks are, in km on the plane."""
    return hypot(one.x - other.x, one.y - other.y)


def radius(count: int, total: int) -> float:
    """The radius of a circle for `count` of `total` pilots, in CSS pixels: its area grows with the count.

    Between a smallest (larger where a number has to fit in) and a largest size.
    """
    least = SMALLEST if count == 1 else SMALLEST + 3 * len(str(count))
    return min(LARGEST, max(least, min(8.0, WHOLE / sqrt(total)) * sqrt(count)))


def reach(count: int, total: int) -> float:
    """The radius of the target around such a circle, in CSS pixels."""
    return max(LEAST_REACH, radius(count, total) + REACH)
