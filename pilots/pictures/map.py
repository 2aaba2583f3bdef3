"""The map: places in, SVG out.

The drawing has no size of its own: it is as wide as its column, points stand at parts of its width and height,
and circles, letters and cards are in CSS pixels, so that they can be hit and read on any screen. Only the land
has a view box, which is how the map zooms in. What is close together depends on the width, so there are two
layers of marks, for narrow and for wide drawings; the style sheet shows one of them.

A layer paints circles and names first, then links over them, see-through, each with its card: so a card that
shows is above every circle, and the order of links is that of the places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from pilots.pictures.grouping import ASPECT, LEAST_WIDTH, MapPoint, Mark, grouped, marks_of, view_of
from pilots.pictures.labels import labels_of
from pilots.pictures.marks import Spot, draw_circle, draw_label, draw_link, spot_of
from pilots.pictures.outlines import Box, outlines


@dataclass(frozen=True)
class Layer:
    """Marks for drawings of a width from `least` to `most` CSS pixels; `css_class` says when to show them."""

    css_class: str
    least: int
    most: int

    @property
    def sizes(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Width and height of the smallest and of the largest drawing."""
        return (self.least, self.least / ASPECT), (self.most, self.most / ASPECT)


WIDE = Layer("map-wide", 480, 832)
NARROW = Layer("map-narrow", 320, 480)


@dataclass(frozen=True)
class Map:
    """What a map shows: the view, the marks of each layer, how many pilots have no mark, and why."""

    places: Sequence[MapPoint]
    view: Box
    layers: dict[Layer, list[Mark]]
    unplaced: int
    outside: int

    @property
    def total(self) -> int:
        """How many pilots there are, with a mark or without."""
        return sum(place.count for place in self.places)

    @property
    def groups(self) -> list[Mark]:
        """The marks that stand for several places, of all layers, each once."""
        marks = {mark.key: mark for layer in self.layers.values() for mark in layer if len(mark.places) > 1}
        return list(marks.values())


def lay_out(places: Sequence[MapPoint], least: float = LEAST_WIDTH) -> Map:
    """The map of places, its view fitted to them, at least `least` km. Narrow groups are made of wide ones."""
    total = sum(place.count for place in places)
    marks = marks_of(places)
    view = view_of(marks, least)
    order = {place.key: number for number, place in enumerate(places)}
    layers = {}
    for layer in (WIDE, NARROW):
        marks = grouped(marks, layer.least / view.width, total)
        layers[layer] = sorted(marks, key=lambda mark: min(order[place.key] for place in mark.places))
    placed = sum(mark.count for mark in marks)
    unplaced = sum(place.count for place in places if place.latitude is None or place.longitude is None)
    return Map(places, view, layers, unplaced, total - placed - unplaced)


def draw_map(shown: Map, label: str, *, fine: bool = True, groups_at: str = "") -> SafeString:
    """The SVG. `label` names it; `fine` asks for the detailed outlines, for large drawings.

    A group leads to `#group-…` (its key) on the page `groups_at`, by default the page the map stands on.
    """
    spots = {mark: spot_of(mark, shown.view, shown.total) for marks in shown.layers.values() for mark in marks}
    links = {mark: draw_link(spot, groups_at) for mark, spot in spots.items()}  # most are the same in both layers
    layers = "".join(
        draw_layer(layer, [spots[mark] for mark in marks], [links[mark] for mark in marks])
        for layer, marks in shown.layers.items()
    )
    return mark_safe(  # noqa: S308 (names and addresses are escaped where they are written)
        f'<svg class="map" role="group" aria-label="{escape(label)}">{land(shown, fine=fine)}{layers}</svg>'
    )


def land(shown: Map, *, fine: bool) -> str:
    """The sea, the land in view, and over it the countries of the places."""
    countries = {place.country for place in shown.places}
    paths = {True: "", False: ""}
    for outline in outlines():
        if outline.box.meets(shown.view):
            paths[outline.country in countries] += outline.fine if fine else outline.coarse
    view = shown.view
    x, y, width, height = (round(side, 1) for side in (view.x, view.y, view.width, view.height))
    return (
        f'<svg class="map-land" viewBox="{x} {y} {width} {height}" aria-hidden="true">'
        f'<rect class="map-sea" x="{x}" y="{y}" width="100%" height="100%"/>'
        f'<path d="{paths[False]}"/><path class="map-here" d="{paths[True]}"/></svg>'
    )


def draw_layer(layer: Layer, spots: Sequence[Spot], links: Sequence[str]) -> str:
    """A layer: circles and names for the eye, then the links. Each on its line, for browsers that show text."""
    labels = labels_of([spot.circle for spot in spots], layer.sizes)
    seen = "\n".join(
        f"{draw_circle(spot)}\n{draw_label(spot, label)}" for spot, label in zip(spots, labels, strict=True)
    )
    over = "\n".join(links)
    return f'<svg class="{layer.css_class}"><g aria-hidden="true">{seen}</g>{over}</svg>'
