"""Finds room for names beside circles, in CSS pixels, so that nothing covers anything however wide the map is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pilots.pictures.lettering import width_of

LETTERS = 13.0  # size of the letters
LINE = 17.0  # height of a line of them
GAP = 4.0  # between a circle and its name
MOST = 12  # names on a map: beyond, the few that have room would look like the important ones


@dataclass(frozen=True)
class Room:
    """A rectangle that moves with a point of the map: the point, as parts of width and height, and its sides from it.

    `left`, `top`, `right`, `bottom` are in CSS pixels.
    """

    across: float
    down: float
    left: float
    top: float
    right: float
    bottom: float

    def at(self, width: float, height: float) -> tuple[float, float, float, float]:
        """The sides on a map of this size."""
        x, y = self.across * width, self.down * height
        return x + self.left, y + self.top, x + self.right, y + self.bottom


@dataclass(frozen=True)
class Circle:
    """A mark as labels see it: its centre, as parts of width and height, its radius in CSS pixels, its name."""

    across: float
    down: float
    radius: float
    name: str


@dataclass(frozen=True)
class Label:
    """A name and where it stands from its circle's centre, in CSS pixels; `anchor` as SVG's text-anchor."""

    name: str
    anchor: str
    dx: float
    dy: float


Sizes = tuple[tuple[float, float], tuple[float, float]]


def labels_of(circles: Sequence[Circle], sizes: Sizes) -> list[Label | None]:
    """A label for each circle, or None where there is no room or there are too many.

    `sizes` are width and height of the smallest and of the largest map that is shown. Points move apart in a
    straight line between the two, so what is left of something at both is left of it at every size between.
    """
    if len(circles) > MOST:
        return [None] * len(circles)
    taken = [_around(circle) for circle in circles]
    found: list[Label | None] = []
    for circle in circles:
        label, room = next(
            ((label, room) for label, room in _choices(circle) if _is_free(room, taken, sizes)), (None, None)
        )
        found.append(label)
        taken += [room] if room else []
    return found


def _around(circle: Circle) -> Room:
    r = circle.radius
    return Room(circle.across, circle.down, -r, -r, r, r)


def _choices(circle: Circle) -> Iterator[tuple[Label, Room]]:
    """Yield where the name may stand, the best first: on the right, on the left, below, above."""
    width, beside = width_of(circle.name) * LETTERS, circle.radius + GAP
    baseline = 0.35 * LETTERS
    for anchor, dx, left, dy, top in (
        ("start", beside, beside, baseline, -LINE / 2),
        ("end", -beside, -beside - width, baseline, -LINE / 2),
        ("middle", 0.0, -width / 2, beside + 0.75 * LETTERS, circle.radius + 1),
        ("middle", 0.0, -width / 2, -beside, -circle.radius - 1 - LINE),
    ):
        yield (
            Label(circle.name, anchor, dx, dy),
            Room(circle.across, circle.down, left, top, left + width, top + LINE),
        )


def _is_free(room: Room, taken: Sequence[Room], sizes: Sizes) -> bool:
    """Whether a room is on the map and apart from all others, at every size."""
    for width, height in sizes:
        left, top, right, bottom = room.at(width, height)
        if left < 0 or top < 0 or right > width or bottom > height:
            return False
    return all(are_apart(room, other, sizes) for other in taken)


def are_apart(one: Room, other: Room, sizes: Sizes) -> bool:
    """Whether one is on the same side of the other at both sizes, and so at every size between."""
    sides = [_sides(one.at(*size), other.at(*size)) for size in sizes]
    return any(all(at_sizes) for at_sizes in zip(*sides, strict=True))


def _sides(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[bool, ...]:
    """Whether one rectangle is left of, right of, above, below the other."""
    return one[2] <= other[0], other[2] <= one[0], one[3] <= other[1], other[3] <= one[1]
