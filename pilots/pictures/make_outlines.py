"""Makes `europe.json`, the outlines of the map, from Natural Earth's countries at 1:50 million.

    python -m pilots.pictures.make_outlines countries-50m.json

The argument is the file of that name in release 2.0.2 of https://github.com/topojson/world-atlas, which
holds Natural Earth (public domain, https://www.naturalearthdata.com) as TopoJSON. Borders are lines ("arcs")
that neighbours share. Each is projected, simplified and rounded once, so that no gap opens between the two.

Natural Earth draws who controls a territory. Here Crimea belongs to Ukraine and the north of Cyprus to Cyprus,
as the General Assembly (resolution 68/262) and the Security Council (resolution 541) of the United Nations hold.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from django_countries.data import ALT_CODES

from pilots.pictures.outlines import FILE, HEIGHT, WIDTH, Box, on_plane

Point = tuple[float, float]
Ring = list[Point]
Arcs = list[list[Point]]


@dataclass(frozen=True)
class Detail:
    """What is worth drawing, in square kilometres: a bend of a line, an island beside its country's largest."""

    bend: float
    island: float


FINE = Detail(bend=105, island=250)
COARSE = Detail(bend=550, island=1200)

# How far the drawing goes on beyond its frame, in km, so that cut edges stay out of sight.
MARGIN = 40.0

BY_NUMBER = {f"{number:03}": code for code, (_three, number) in ALT_CODES.items()}
BY_NAME = {"N. Cyprus": "CY"}
SHEET = Box(-MARGIN, -MARGIN, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN)
IN_CRIMEA = on_plane(45.2, 34.2)
NOT_DRAWN = {"GL"}


def main(arguments: list[str]) -> None:
    (source,) = arguments
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    FILE.write_text(as_text(countries(topology, FINE), countries(topology, COARSE)), encoding="ascii")


def countries(topology: dict[str, Any], detail: Detail) -> dict[str, list[Ring]]:
    """The rings of each country on the sheet, by code and in order; land without a code under ''."""
    arcs = [[on_plane(latitude, longitude) for longitude, latitude in arc] for arc in degrees(topology)]
    polygons: dict[str, list[list[int]]] = defaultdict(list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        for polygon in polygons_of(geometry):
            polygons[code_of(geometry, joined(polygon[0], arcs))] += polygon
    simple = [simplified(arc, detail.bend) if any(SHEET.holds(*point) for point in arc) else arc for arc in arcs]
    found = {
        code: drawn(merged(rings, simple), simple, detail.island)
        for code, rings in sorted(polygons.items())
        if code not in NOT_DRAWN
    }
    return {code: rings for code, rings in found.items() if rings}


def degrees(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield each arc as (longitude, latitude): TopoJSON has whole numbers, each the step from the one before."""
    (scale_x, scale_y), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + x0, y * scale_y + y0))
        yield points


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings (the first is the outer one) of numbers of arcs."""
    arcs: list[Any] = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def code_of(geometry: dict[str, Any], ring: Ring) -> str:
    """The ISO 3166-1 alpha-2 code of the country that a polygon with this outer ring belongs to, or ''."""
    if encloses(ring, IN_CRIMEA):
        return "UA"
    return BY_NAME.get(geometry["properties"]["name"]) or BY_NUMBER.get(geometry.get("id", ""), "")


def joined(numbers: list[int], arcs: Arcs) -> Ring:
    """The points of a ring; a number below 0 stands for an arc run backwards (-1 for arc 0)."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring[:-1]


def encloses(ring: Ring, point: Point) -> bool:
    """Whether a point is in a ring: a ray from it to the east crosses the ring an odd number of times."""
    x, y = point
    crossed = [
        x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])
        if (y1 > y) != (y2 > y)
    ]
    return sum(crossed) % 2 == 1


def merged(rings: list[list[int]], arcs: Arcs) -> list[list[int]]:
    """Rings as they are without the arcs that two of them run in opposite directions: their land as one."""
    numbers = [number for ring in rings for number in ring]
    left = [number for number in numbers if ~number not in numbers]
    if left == numbers:
        return rings
    from_point: dict[Point, list[int]] = defaultdict(list)
    for number in left:
        from_point[ends(number, arcs)[0]].append(number)
    found = []
    while any(from_point.values()):
        at = next(point for point, numbers in from_point.items() if numbers)
        ring: list[int] = []
        while from_point[at]:
            ring.append(from_point[at].pop())
            at = ends(ring[-1], arcs)[1]
        found.append(ring)
    return found


def ends(number: int, arcs: Arcs) -> tuple[Point, Point]:
    """Where an arc begins and ends; a number below 0 stands for an arc run backwards."""
    return (arcs[number][0], arcs[number][-1]) if number >= 0 else (arcs[~number][-1], arcs[~number][0])


def simplified(arc: list[Point], least: float) -> list[Point]:
    """An arc without its bends of less than `least` (Visvalingam and Whyatt 1993), in whole kilometres.

    Both ends stay, and of an island at least a triangle.
    """
    points = list(arc)
    fewest = 4 if arc[0] == arc[-1] else 2
    areas = [area(points[i : i + 3]) for i in range(len(points) - 2)]
    while len(points) > fewest and min(areas) < least:
        i = areas.index(min(areas))
        del points[i + 1], areas[i]
        for j in (i - 1, i):
            if 0 <= j < len(areas):
                areas[j] = area(points[j : j + 3])
    return [(float(round(x)), float(round(y))) for x, y in points]


def area(ring: Ring) -> float:
    """The area of a ring, 0 of less than three points."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]))) / 2


def drawn(rings: list[list[int]], arcs: Arcs, least: float) -> list[Ring]:
    """The rings of one country as they are drawn: clipped, the largest and those of at least `least`."""
    whole = [clipped(joined(ring, arcs)) for ring in rings]
    largest, *others = sorted(whole, key=area, reverse=True)
    return [ring for ring in [largest, *(ring for ring in others if area(ring) >= least)] if area(ring)]


def clipped(ring: Ring) -> Ring:
    """The part of a ring on the sheet, by cutting off what is beyond each edge (Sutherland and Hodgman 1974)."""
    for axis, edge, sign in ((0, -MARGIN, 1), (0, WIDTH + MARGIN, -1), (1, -MARGIN, 1), (1, HEIGHT + MARGIN, -1)):
        kept: Ring = []
        for one, other in pairwise([ring[-1], *ring] if ring else []):
            inside, outside = sign * (other[axis] - edge) >= 0, sign * (one[axis] - edge) < 0
            if inside == outside:
                part = (edge - one[axis]) / (other[axis] - one[axis])
                kept.append((one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])))
            if inside:
                kept.append(other)
        ring = kept
    return ring


def as_text(fine: dict[str, list[Ring]], coarse: dict[str, list[Ring]]) -> str:
    """The file: a line for each country with its code, the box it fills (x, y, width, height), its paths."""
    lines = [[code, box_of(rings), path(rings), path(coarse.get(code, []))] for code, rings in fine.items()]
    return "[\n" + ",\n".join(json.dumps(line, separators=(",", ":")) for line in lines) + "\n]\n"


def box_of(rings: list[Ring]) -> list[int]:
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    return [round(value) for value in (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))]


def path(rings: list[Ring]) -> str:
    """A closed SVG path for each ring, in steps of whole kilometres."""
    return "".join(ring_path([(round(x), round(y)) for x, y in ring]) for ring in rings)


def ring_path(points: list[tuple[int, int]]) -> str:
    """One ring as SVG path: where it starts, then the steps, with no more signs than SVG needs."""
    (x, y), steps = points[0], [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points) if (x1, y1) != (x2, y2)]
    numbers = "".join(f"{value:+d}" for step in steps for value in step).replace("+", " ").strip()
    return f"M{x} {y}l{numbers}z".replace(" -", "-")


if __name__ == "__main__":
    main(sys.argv[1:])
