"""The plane of the map, and the outlines of countries on it.

The plane is EPSG:3035 in kilometres, counted from the top left corner of the drawn area: x to the east,
y to the south, as SVG counts. The outlines are made by `make_outlines.py` from Natural Earth.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pilots.pictures.projection import project

# The drawn area: from Iceland to the Caucasus, from the North Cape to Crete. Corner in EPSG:3035, sizes; in km.
LEFT, TOP = 2350, 5500
WIDTH, HEIGHT = 5250, 4200

FILE = Path(__file__).with_name("europe.json")


@dataclass(frozen=True)
class Box:
    """A rectangle of the plane, in km: its top left corner and its sizes."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        return 0 <= x - self.x <= self.width and 0 <= y - self.y <= self.height

    def meets(self, other: "Box") -> bool:
        apart_x = self.x > other.x + other.width or other.x > self.x + self.width
        return not (apart_x or self.y > other.y + other.height or other.y > self.y + self.height)


EUROPE = Box(0, 0, WIDTH, HEIGHT)


@dataclass(frozen=True)
class Outline:
    """The land of one country: its ISO code (empty where it has none), the box it fills, its SVG paths."""

    country: str
    box: Box
    fine: str
    coarse: str


def on_plane(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point of the Earth, in degrees, is on the plane; it may lie outside EUROPE."""
    east, north = project(latitude, longitude)
    return east / 1000 - LEFT, TOP - north / 1000


@cache
def outlines() -> tuple[Outline, ...]:
    """All outlines. Read once."""
    rows = json.loads(FILE.read_text(encoding="ascii"))
    return tuple(Outline(country, Box(*box), fine, coarse) for country, box, fine, coarse in rows)
