"""Draws one mark of the map: its circle with the number in it, its name, its link with the card. All is escaped."""

from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.pictures.grouping import MapPoint, Mark, radius, reach
from pilots.pictures.labels import Circle, Label
from pilots.pictures.outlines import Box
from prepare_portal.phrases import labelled

# The room for a card, in CSS pixels; a card may be lower, and higher too.
CARD_WIDTH, CARD_HEIGHT = 240, 160
PLACES_NAMED = 5
TITLES_SHOWN = 3


@dataclass(frozen=True)
class Spot:
    """A mark in a view: its centre as parts of width and height, radius and reach in CSS pixels."""

    mark: Mark
    across: float
    down: float
    radius: float
    reach: float

    @property
    def place(self) -> MapPoint:
        """The place it stands for, or that of several with most pilots."""
        return self.mark.places[0]

    @property
    def is_group(self) -> bool:
        return len(self.mark.places) > 1

    @property
    def circle(self) -> Circle:
        """What labels need to know of it."""
        return Circle(self.across, self.down, self.radius + 3 * self.is_group, self.name)

    @property
    def name(self) -> str:
        """What stands beside it."""
        if not self.is_group:
            return self.place.name
        others = len(self.mark.places) - 1
        words = ngettext("%(place)s and %(n)d more", "%(place)s and %(n)d more", others)
        return words % {"place": self.place.name, "n": others}

    @property
    def says(self) -> str:
        """What it is, for who does not see it."""
        if not self.is_group:
            return _("%(place)s, %(country)s: %(pilots)s") % {
                "place": self.place.name,
                "country": self.place.country_name,
                "pilots": pilots_in_words(self.mark.count),
            }
        named = [
            _("%(place)s (%(pilots)s)") % {"place": place.name, "pilots": pilots_in_words(place.count)}
            for place in self.mark.places[:PLACES_NAMED]
        ]
        return labelled(close_together(self.mark), ", ".join([*named, *more(len(self.mark.places) - PLACES_NAMED)]))


def spot_of(mark: Mark, view: Box, total: int) -> Spot:
    """A mark as the view shows it; `total` pilots are on the map."""
    across, down = (mark.x - view.x) / view.width, (mark.y - view.y) / view.height
    return Spot(mark, across, down, radius(mark.count, total), reach(mark.count, total))


def pilots_in_words(count: int) -> str:
    return ngettext("%(count)d pilot", "%(count)d pilots", count) % {"count": count}


def close_together(mark: Mark) -> str:
    """What a group is: “3 places close together”."""
    places = len(mark.places)
    return ngettext("%(n)d place close together", "%(n)d places close together", places) % {"n": places}


def more(left: int) -> list[str]:
    """How many are left out, in words, or nothing for none."""
    return [ngettext("and %(n)d more", "and %(n)d more", left) % {"n": left}] if left > 0 else []


def draw_circle(spot: Spot) -> str:
    """The circle, with a ring around it for a group, and the number in it unless it is 1."""
    x, y, count = part(spot.across), part(spot.down), spot.mark.count
    circles = [("map-ring", spot.radius + 3)] if spot.is_group else []
    circles.append(("map-circle", spot.radius))
    drawn = [f'<circle class="{css_class}" cx="{x}" cy="{y}" r="{round(r, 1)}"/>' for css_class, r in circles]
    if count > 1:
        drawn.append(f'<text class="map-number" x="{x}" y="{y}" dy="4">{count}</text>')
    return "".join(drawn)


def draw_label(spot: Spot, label: Label | None) -> str:
    """The name where there is room for it, or nothing."""
    if label is None:
        return ""
    return (
        f'<text class="map-name" x="{part(spot.across)}" y="{part(spot.down)}" dx="{round(label.dx, 1)}"'
        f' dy="{round(label.dy, 1)}" text-anchor="{label.anchor}">{escape(label.name)}</text>'
    )


def draw_link(spot: Spot, groups_at: str) -> str:
    """The link over the circle, with the card that shows when it is pointed at or has the focus."""
    url = f"{groups_at}#group-{spot.mark.key}" if spot.is_group else spot.place.url
    return (
        f'<a href="{escape(url)}" aria-label="{escape(spot.says)}"><circle class="map-reach" cx="{part(spot.across)}"'
        f' cy="{part(spot.down)}" r="{round(spot.reach, 1)}"/>{draw_card(spot)}</a>'
    )


def draw_card(spot: Spot) -> str:
    """The card: below its circle in the upper half of the map, else above; never beyond left or right.

    A bridge closes the corners between circle and card, so that the pointer can go from one to the other.
    """
    is_below, reach = spot.down < 0.5, round(spot.reach, 1)
    left, top = round(-spot.across * CARD_WIDTH, 1), round(spot.reach if is_below else -spot.reach - CARD_HEIGHT, 1)
    css_class = "map-card" if is_below else "map-card map-card-above"
    inside = group_card(spot.mark) if spot.is_group else place_card(spot.place)
    return (
        f'<svg x="{part(spot.across)}" y="{part(spot.down)}">'
        f'<rect class="map-bridge" x="{-reach}" y="{0 if is_below else -reach}" width="{round(2 * spot.reach, 1)}"'
        f' height="{reach}"/>'
        f'<foreignObject class="map-room" x="{left}" y="{top}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}">'
        f'<div class="{css_class}"><div>{inside}</div></div>'
        "</foreignObject></svg>"
    )


def place_card(place: MapPoint) -> str:
    """What the card of one place says: where, how many pilots, their titles."""
    titles = [item(*title) for title in place.titles[:TITLES_SHOWN]]
    titles += map(item, more(place.count - len(titles))) if titles else []
    return card(place.name, f"{place.country_name} · {pilots_in_words(place.count)}", titles)


def item(line: str, language: str = "") -> str:
    """A line of a card in its language, "" for the page's."""
    attribute = f' lang="{escape(language)}"' if language else ""
    return f"<li{attribute}>{escape(line)}</li>"


def group_card(mark: Mark) -> str:
    """What the card of a group says: the places with their numbers of pilots."""
    named = [f"{place.name} · {pilots_in_words(place.count)}" for place in mark.places[:PLACES_NAMED]]
    lines = [*named, *more(len(mark.places) - PLACES_NAMED)]
    return card(close_together(mark), pilots_in_words(mark.count), list(map(item, lines)))


def card(head: str, detail: str, items: list[str]) -> str:
    listed = "".join(items)
    return f"<b>{escape(head)}</b> <span>{escape(detail)}</span> {f'<ul>{listed}</ul>' if listed else ''}"


def part(share: float) -> str:
    """A part of the width or height as SVG writes it."""
    return f"{100 * share:.2f}%"
