"""The projection: known points land where the EPSG says, and areas stay in proportion."""

from math import cos, isinf, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.pictures.projection import E2, A, project
from tests.examples import drawn

CELL = 0.2  # degrees


def true_area(south: float) -> float:
    """The area in m² of a small cell of the ellipsoid: its sides are arcs of the meridian and the parallel."""
    sine = sin(radians(south + CELL / 2))
    along_meridian = A * (1 - E2) / sqrt(1 - E2 * sine**2) ** 3
    along_parallel = A / sqrt(1 - E2 * sine**2) * cos(radians(south + CELL / 2))
    return along_meridian * along_parallel * radians(CELL) ** 2


def drawn_area(south: float, west: float) -> float:
    """The area in m² of the same cell in the plane."""
    corners = [project(south + up * CELL, west + right * CELL) for up, right in ((0, 0), (0, 1), (1, 1), (1, 0))]
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def test_example_of_the_epsg():
    """IOGP Guidance Note 7-2, Lambert Azimuthal Equal Area, for EPSG:3035."""
    assert project(50, 5) == pytest.approx((3_962_799.45, 2_999_718.85), abs=0.01)


def test_centre_is_at_the_false_origin():
    assert project(52, 10) == pytest.approx((4_321_000, 3_210_000), abs=1e-6)


def test_north_is_up_and_east_is_right():
    assert project(53, 10)[1] > project(52, 10)[1]
    assert project(52, 11)[0] > project(52, 10)[0]


@drawn(1000)
@given(st.floats(30, 73), st.floats(-30, 50))
def test_areas_stay_equal(south, west):
    assert drawn_area(south, west) == pytest.approx(true_area(south), rel=0.001)


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 0), (0, 180), (52, -170), (-52, 10)])
def test_every_point_of_the_earth_has_a_place(latitude, longitude):
    assert not any(map(isinf, project(latitude, longitude)))


def test_only_the_point_opposite_the_centre_has_none():
    assert project(-52, -170) == (float("inf"), float("inf"))
