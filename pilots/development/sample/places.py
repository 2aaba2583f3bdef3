"""Where invented authorities lie: round the middle of real countries, crowded near the capitals."""

from decimal import Decimal
from math import cos, radians
from typing import NamedTuple

from pilots.development.sample.dice import Dice

Point = tuple[Decimal, Decimal]


class SampleCountry(NamedTuple):
    """An ISO 3166-1 code, and rough figures in degrees (WGS 84).

    `middle` and `capital` are latitude and longitude; most of the country lies within two `spread`s of
    its middle, counted in degrees of latitude.
    """

    code: str
    middle: tuple[float, float]
    spread: float
    capital: tuple[float, float]


# Those that get most authorities come first.
COUNTRIES = (
    SampleCountry("FR", (46.8, 2.5), 1.6, (48.86, 2.35)),
    SampleCountry("DE", (50.9, 10.0), 1.4, (52.52, 13.4)),
    SampleCountry("IT", (43.9, 11.6), 0.8, (41.9, 12.48)),
    SampleCountry("ES", (40.2, -3.6), 1.5, (40.42, -3.7)),
    SampleCountry("GB", (52.6, -1.6), 0.9, (51.51, -0.13)),
    SampleCountry("NL", (52.2, 5.6), 0.4, (52.37, 4.9)),
    SampleCountry("BE", (50.7, 4.6), 0.3, (50.85, 4.35)),
    SampleCountry("PL", (52.0, 19.3), 1.1, (52.23, 21.01)),
    SampleCountry("SE", (59.5, 15.2), 1.3, (59.33, 18.06)),
    SampleCountry("PT", (39.8, -8.0), 0.8, (38.72, -9.14)),
    SampleCountry("AT", (47.6, 14.2), 0.4, (48.21, 16.37)),
    SampleCountry("CZ", (49.8, 15.4), 0.5, (50.08, 14.44)),
    SampleCountry("GR", (39.6, 22.0), 0.5, (37.98, 23.73)),
    SampleCountry("RO", (45.9, 25.0), 0.9, (44.43, 26.1)),
    SampleCountry("DK", (56.0, 9.3), 0.5, (55.68, 12.57)),
    SampleCountry("FI", (62.0, 25.8), 1.2, (60.17, 24.94)),
    SampleCountry("NO", (60.8, 9.5), 0.8, (59.91, 10.75)),
    SampleCountry("IE", (53.2, -7.7), 0.6, (53.35, -6.26)),
    SampleCountry("CH", (46.9, 8.0), 0.3, (46.95, 7.45)),
    SampleCountry("HU", (47.1, 19.4), 0.5, (47.5, 19.04)),
    SampleCountry("BG", (42.7, 25.2), 0.5, (42.7, 23.32)),
    SampleCountry("HR", (45.5, 16.4), 0.3, (45.81, 15.98)),
    SampleCountry("RS", (44.1, 20.8), 0.7, (44.79, 20.45)),
    SampleCountry("SK", (48.7, 19.5), 0.3, (48.15, 17.11)),
    SampleCountry("SI", (46.1, 14.8), 0.2, (46.06, 14.51)),
    SampleCountry("LT", (55.3, 23.9), 0.5, (54.69, 25.28)),
    SampleCountry("LV", (56.9, 25.0), 0.4, (56.95, 24.11)),
    SampleCountry("EE", (58.7, 25.8), 0.4, (59.44, 24.75)),
    SampleCountry("UA", (49.3, 30.5), 1.2, (50.45, 30.52)),
    SampleCountry("TR", (39.4, 32.0), 1.2, (39.93, 32.86)),
    SampleCountry("AL", (41.1, 20.1), 0.5, (41.33, 19.82)),
    SampleCountry("BA", (44.2, 17.8), 0.5, (43.86, 18.41)),
    SampleCountry("CY", (35.0, 33.1), 0.1, (35.17, 33.37)),
    SampleCountry("IS", (64.8, -18.8), 0.5, (64.15, -21.94)),
    SampleCountry("LU", (49.7, 6.1), 0.15, (49.61, 6.13)),
    SampleCountry("MD", (47.2, 28.5), 0.5, (47.01, 28.86)),
    SampleCountry("ME", (42.8, 19.3), 0.2, (42.43, 19.26)),
    SampleCountry("MK", (41.6, 21.7), 0.3, (41.99, 21.43)),
    SampleCountry("MT", (35.9, 14.4), 0.04, (35.9, 14.51)),
    SampleCountry("LI", (47.15, 9.55), 0.04, (47.14, 9.52)),
)
# By the number of the authority: an island in the Indian Ocean, a city in America.
FAR_AWAY = {13: (-21.1, 55.5), 29: (40.7, -74.0)}

CROWD = 0.08  # degrees: about nine kilometres


def point(dice: Dice, country: SampleCountry, number: int) -> Point | None:
    """Latitude and longitude of the authority with this number; None for the few whose place is not known."""
    if number in FAR_AWAY:
        return exact(*FAR_AWAY[number])
    if not dice.chance(0.96):
        return None
    if dice.chance(0.1):
        return exact(*country.capital)
    if dice.chance(0.3):
        return near(dice, country.capital, CROWD)
    return near(dice, country.middle, country.spread)


def near(dice: Dice, middle: tuple[float, float], spread: float) -> Point:
    """A point scattered normally round `middle`, and never more than two `spread`s from it either way.

    A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    """
    north, east = (max(-2.0, min(2.0, dice.random.gauss(0, 1))) * spread for _direction in range(2))
    return exact(middle[0] + north, middle[1] + east / cos(radians(middle[0])))


def exact(latitude: float, longitude: float) -> Point:
    """A point with the five decimals that the database keeps: about a metre."""
    return Decimal(f"{latitude:.5f}"), Decimal(f"{longitude:.5f}")
