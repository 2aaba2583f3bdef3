"""The outlines: what the script makes of a small TopoJSON, and the file it made."""

import gzip
import json
import re
from typing import Any

import pytest

from pilots.pictures import make_outlines as script
from pilots.pictures.make_outlines import FINE, area, clipped, countries, encloses, merged, simplified
from pilots.pictures.outlines import EUROPE, FILE, Box, on_plane, outlines

# Two neighbours at 50° N: arc 0 is their border, 1 goes around the west, 2 around the east.
# TopoJSON: degrees × 10, each point as the step from the one before.
NEIGHBOURS: dict[str, Any] = {
    "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
    "arcs": [
        [[100, 500], [1, 5], [-1, 5], [0, 10]],
        [[100, 520], [-20, 0], [0, -20], [20, 0]],
        [[100, 500], [20, 0], [0, 20], [-20, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "250", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "276", "properties": {"name": "East"}, "arcs": [[[-1, 2]]]},
            ]
        }
    },
}

UNION = frozenset(re.findall("..", "ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK"))
BESIDE = frozenset(re.findall("..", "ALBACHGBGEISMDMEMKNORSTRUA"))


def renamed(west: str, east: str) -> dict[str, Any]:
    """The neighbours under other names and without numbers."""
    topology = json.loads(json.dumps(NEIGHBOURS))
    geometries = topology["objects"]["countries"]["geometries"]
    for geometry, name in zip(geometries, (west, east), strict=True):
        geometry.update(id="", properties={"name": name})
    return topology


def test_numbers_become_codes_and_steps_become_places():
    land = countries(NEIGHBOURS, FINE)
    assert list(land) == ["DE", "FR"]
    x, y = on_plane(50, 8)
    assert (round(x), round(y)) in land["FR"][0]


@pytest.mark.parametrize(("bend", "points"), [(105, 4), (1000, 2)])
def test_neighbours_keep_or_lose_the_same_points_of_their_border(bend, points):
    land = countries(NEIGHBOURS, script.Detail(bend=bend, island=0))
    border = set(land["FR"][0]) & set(land["DE"][0])
    assert {tuple(map(round, on_plane(latitude, 10))) for latitude in (50, 52)} <= border
    assert len(border) == points


def test_small_bends_go_and_ends_stay():
    bend = [(0.0, 0.0), (50.0, 2.0), (100.0, 0.0), (150.0, 40.0), (200.0, 0.0)]
    assert simplified(bend, least=105) == [(0, 0), (100, 0), (150, 40), (200, 0)]
    assert simplified(bend, least=1e9) == [(0, 0), (200, 0)]


def test_an_island_stays_at_least_a_triangle():
    island = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)]
    assert area(simplified(island, least=1e9)[:-1]) > 0


def test_land_without_a_number_is_kept_without_a_code():
    assert list(countries(renamed("Kosovo", "Elsewhere"), FINE)) == [""]


def test_the_two_parts_of_cyprus_are_drawn_as_one():
    topology = renamed("N. Cyprus", "Cyprus")
    topology["objects"]["countries"]["geometries"][1]["id"] = "196"
    land = countries(topology, FINE)
    assert list(land) == ["CY"]
    assert len(land["CY"]) == 1
    assert area(land["CY"][0]) == pytest.approx(sum(area(rings[0]) for rings in countries(NEIGHBOURS, FINE).values()))


def test_land_that_holds_crimea_is_ukraines(monkeypatch):
    monkeypatch.setattr(script, "IN_CRIMEA", on_plane(51, 11))
    assert list(countries(NEIGHBOURS, FINE)) == ["FR", "UA"]


def test_what_shares_no_line_is_not_merged():
    assert merged([[0, 1], [2]], [[(0.0, 0.0), (1.0, 1.0)]] * 3) == [[0, 1], [2]]


def test_what_lies_beyond_the_sheet_is_cut_off():
    ring = clipped([(-1000.0, 100.0), (500.0, 100.0), (500.0, 200.0), (-1000.0, 200.0)])
    assert min(x for x, _y in ring) == -script.MARGIN
    assert area(ring) == (500 + script.MARGIN) * 100
    assert clipped([(-900.0, 0.0), (-800.0, 0.0), (-800.0, 9.0)]) == []


def test_a_point_is_inside_or_outside():
    square = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)]
    assert encloses(square, (4, 4))
    assert not encloses(square, (10, 4))


def test_paths_are_short_and_closed():
    assert script.path([[(5.0, 5.0), (9.0, 5.0), (9.0, 5.0), (7.0, 1.0)]]) == "M5 5l4 0-2-4z"


def test_script_writes_the_file(tmp_path, monkeypatch):
    source = tmp_path / "countries.json"
    source.write_text(json.dumps(NEIGHBOURS))
    monkeypatch.setattr(script, "FILE", tmp_path / "out.json")
    script.main([str(source)])
    rows = json.loads((tmp_path / "out.json").read_text())
    assert [row[0] for row in rows] == ["DE", "FR"]
    assert rows[0][2].startswith("M")


def test_file_is_small():
    assert FILE.stat().st_size <= 40_000


@pytest.mark.parametrize("detail", ["fine", "coarse"])
def test_outlines_are_small_on_the_line(detail):
    text = "".join(getattr(outline, detail) for outline in outlines())
    assert len(gzip.compress(text.encode())) <= {"fine": 11_000, "coarse": 6_000}[detail]


def test_europe_is_all_there():
    codes = {outline.country for outline in outlines()}
    assert codes >= UNION | BESIDE
    assert all(outline.coarse for outline in outlines() if outline.country in UNION)


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [("FR", 48.86, 2.35), ("ES", 40.4, -3.7), ("UA", 45.2, 34.2), ("CY", 35.3, 33.3), ("SE", 59.33, 17.6)],
)
@pytest.mark.parametrize("detail", ["fine", "coarse"])
def test_places_lie_in_their_countries(country, latitude, longitude, detail):
    point = on_plane(latitude, longitude)
    holding = {
        outline.country
        for outline in outlines()
        for ring in rings_of(getattr(outline, detail))
        if encloses(ring, point)
    }
    assert holding == {country}


def rings_of(path: str) -> list[list[tuple[float, float]]]:
    rings = []
    for part in path.removeprefix("M").split("M"):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        rings.append(
            [(float(sum(numbers[0:end:2])), float(sum(numbers[1:end:2]))) for end in range(2, len(numbers) + 1, 2)]
        )
    return rings if path else []


def test_boxes_hold_their_outlines():
    for outline in outlines():
        points = [point for ring in rings_of(outline.fine) for point in ring]
        assert all(outline.box.holds(*point) for point in points), outline.country


def test_boxes_meet_or_do_not():
    assert EUROPE.meets(Box(5000, 4000, 900, 900))
    assert not EUROPE.meets(Box(5251, 0, 9, 9))
    assert not EUROPE.meets(Box(0, -10, 9, 9))
