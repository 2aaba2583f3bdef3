"""From degrees to the plane: the equal-area projection that the EU's statistics use for Europe.

Lambert azimuthal equal-area on the ellipsoid, as Snyder gives it ("Map Projections: A Working Manual",
US Geological Survey Professional Paper 1395, 1987, page 187: formulas 24-17 to 24-20, 3-11 to 3-13, 14-15), with
the parameters of EPSG:3035 (ETRS89-extended / LAEA Europe): centre 52° N 10° E, ellipsoid GRS 1980.
"""

from math import asin, atanh, cos, inf, radians, sin, sqrt

# The ellipsoid GRS 1980: half its longer axis in metres, its flattening, its eccentricity.
A = 6_378_137.0
FLATTENING = 1 / 298.257222101
E2 = FLATTENING * (2 - FLATTENING)
E = sqrt(E2)

# Where the plane touches, in degrees, and what is added there to both coordinates, in metres.
LATITUDE, LONGITUDE = 52.0, 10.0
EASTING, NORTHING = 4_321_000.0, 3_210_000.0


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Easting and northing in metres for degrees north and east; infinite for the point opposite the centre."""
    beta, turn = _authalic(latitude), radians(longitude - LONGITUDE)
    nearness = 1 + sin(BETA) * sin(beta) + cos(BETA) * cos(beta) * cos(turn)
    if nearness < 1e-12:
        return inf, inf
    scale = RADIUS * sqrt(2 / nearness)
    east = scale * STRETCH * cos(beta) * sin(turn)
    north = scale / STRETCH * (cos(BETA) * sin(beta) - sin(BETA) * cos(beta) * cos(turn))
    return EASTING + east, NORTHING + north


def _authalic(latitude: float) -> float:
    """The latitude, in radians, on the sphere that has the ellipsoid's area (3-11)."""
    return asin(max(-1.0, min(1.0, _q(sin(radians(latitude))) / _q(1.0))))


def _q(sine: float) -> float:
    """What the area between the equator and a latitude of this sine grows with (3-12)."""
    return (1 - E2) * (sine / (1 - E2 * sine**2) + atanh(E * sine) / E)


BETA = _authalic(LATITUDE)
RADIUS = A * sqrt(_q(1.0) / 2)
STRETCH = A * cos(radians(LATITUDE)) / sqrt(1 - E2 * sin(radians(LATITUDE)) ** 2) / (RADIUS * cos(BETA))
