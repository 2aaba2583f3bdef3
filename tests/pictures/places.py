"""Places for maps of tests."""

from typing import Any

from hypothesis import strategies as st

from pilots.pictures.grouping import MapPoint


def place(key: str, latitude: float | None, longitude: float | None, count: int = 1, **others: Any) -> MapPoint:
    """A place in France with so many pilots."""
    given = {"country": "FR", "country_name": "France", "url": f"#place-{key}", "titles": ((f"Pilot of {key}", ""),)}
    return MapPoint(key, key.title(), latitude=latitude, longitude=longitude, count=count, **given | others)


AVIGNON = place("avignon", 43.94932, 4.80553)
SARCELLES = place("sarcelles", 48.99739, 2.37821)
CLICHY = place("clichy-sous-bois", 48.91018, 2.55323)
SOLLENTUNA = place("sollentuna", 59.42804, 17.95093, country="SE", country_name="Sweden")
CAYENNE = place("cayenne", 4.93, -52.33)
NOWHERE = place("nowhere", None, None)


@st.composite
def many_places(draw: st.DrawFn, most: int = 60) -> list[MapPoint]:
    """Return places all over Europe, each with its own key."""
    positions = draw(st.lists(st.tuples(st.floats(36, 66), st.floats(-9, 35), st.integers(1, 30)), max_size=most))
    return [place(f"place-{number}", *position) for number, position in enumerate(positions)]
