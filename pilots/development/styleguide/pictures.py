"""Samples of the map and the matrix."""

from types import SimpleNamespace
from typing import Any

from pilots.browse.map_places import Country, MapPlace
from pilots.browse.matrix import AxisField, Gap, MatrixCell, MatrixHeading
from pilots.browse.matrix import MatrixRow as MatrixRow
from pilots.development.styleguide.finding import facet
from pilots.development.styleguide.samples import LONG, MANY, NOWHERE, ONE, Component, Context, SampleState, pilot
from pilots.pages.map import SmallMap, groups_of, map_label, map_points, missing_from_map
from pilots.pictures.map import Map, draw_map, lay_out

# Degrees north and east of the sample places. Two are close together; one has no position, one is not in Europe.
SPOTS: tuple[tuple[float | None, float | None], ...] = (
    *((52.0, 5.0), (48.0, 10.0), (52.1, 5.1)),
    *((None, None), (0.0, 0.0), (40.0, -4.0), (60.0, 18.0), (45.0, 20.0), (38.0, 23.0)),
)


def place(state: SampleState, number: int) -> MapPlace:
    """A place, the second with as many pilots as the state has."""
    latitude, longitude = SPOTS[number - 1]
    pilots: Any = state.some(pilot) if number == 2 else [pilot(state)]
    return MapPlace(
        key=f"sample-{number}",
        name=state.words(f"Sampletown {number}", 100),
        latitude=latitude,
        longitude=longitude,
        count=len(pilots) + state.is_long,
        authorities={f"sample-{number}": state.words(f"Municipality of Sampletown {number}", 100)},
        pilots=pilots,
        has_row=number < len(SPOTS),
    )


def countries(state: SampleState) -> list[Country]:
    places = state.some(place)
    named = (("FR", places[::2]), ("DE", places[1::2]))
    return [Country(code, state.words(f"Country {code}", 45), inside) for code, inside in named if inside]


def laid_out(state: SampleState) -> Map:
    return lay_out(map_points(countries(state), with_titles=True))


def map_(state: SampleState) -> Context:
    shown = laid_out(state)
    picture = draw_map(shown, map_label(countries(state)))
    return {"picture": picture, "groups": groups_of(shown), "missing": missing_from_map(shown), "count": shown.total}


def small_map(state: SampleState) -> Context:
    """What the small map gets: coarse outlines."""
    shown = laid_out(state)
    picture = draw_map(shown, map_label(countries(state)), fine=False)
    return {"map": SmallMap(picture, missing_from_map(shown)), "more": "The map with a table"}


def map_table(state: SampleState) -> Context:
    return {"listing": SimpleNamespace(countries=countries(state), trail="")}


def head(state: SampleState, number: int) -> MatrixHeading:
    """A row or a column; every third has no pilot, the last of many stands for what is not stated."""
    is_unstated = number == len(SPOTS)
    name = "Not stated in the source" if is_unstated else state.words(f"Sample value {number}", 100)
    return MatrixHeading(
        None if is_unstated else f"sample-{number}", name, number % 3, "" if number % 3 == 0 else "?sample=1"
    )


def gap(state: SampleState, number: int) -> Gap:
    """What no pilot is described as, in words."""
    sentence = state.words("No pilot in this portal: Sample value 3; Sample value 6.", 400)
    return Gap(f"sample-{number}", state.words(f"Sample value {number}", 100), sentence)


def row(state: SampleState, number: int) -> MatrixRow:
    counts = [(number * column) % 6 for column in range(1, state.number + 1)]
    cells = [
        MatrixCell(count, f"{count} pilots: sample", "?sample=1" if count else "", min(count, 4)) for count in counts
    ]
    return MatrixRow(head(state, number), cells)


def axis(state: SampleState, number: int) -> AxisField:
    names = [(f"facet-{n}", state.words(f"Sample facet {n}", 60), n == number) for n in range(1, 7)]
    return AxisField(f"axis-{number}", state.words(f"Axis {number}", 40), names)


def matrix(state: SampleState) -> Context:
    """What the matrix, its form and its words get."""
    shown = SimpleNamespace(
        axes=[axis(state, 1), axis(state, 2)],
        row_facet=facet(ONE, "activity"),
        column_facet=facet(ONE, "target"),
        carried=[("q", "sample")],
        swapped="?rows=target&columns=activity",
        columns=state.some(head),
        rows=state.some(row),
        is_wide=state.is_long,
        is_large=state.is_long,
        leaves_out=state.is_long,
        total=9,
        gaps_heading="What no pilot here is described as",
        gaps=state.some(gap),
    )
    return {"matrix": shown, "gaps": shown.gaps, "path": NOWHERE}


COMPONENTS = (
    Component("map", "Where the pilots are; what is close together in one mark, listed below.", map_),
    Component("small_map", "The map on other pages.", small_map, frame="specimen-rail"),
    Component("map_table", "The same as the map, as a table.", map_table),
    Component("axes", "Chooses what is crossed with what.", matrix),
    Component("matrix", "Two facets crossed: how many pilots have both.", matrix, (ONE, MANY, LONG), frame="results"),
    Component("gaps", "What no pilot is described as, in words.", matrix, frame="results"),
)
