"""Draws one mark of the map: its circle with the number in it, its name, its link with the card."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.pictures.grouping import MapPoint, Mark, radius, reach
from pilots.pictures.labels import Circle, Label
from pilots.pictures.outlines import Box

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
        others = len(self.mark.places) - 1
        words = ngettext("%(place)s and %(n)d more", "%(place)s and %(n)d more", others)
        return words % {"place": self.place.name, "n": others} if others else self.place.name

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
        return f"{close_together(self.mark)}: {', '.join([*named, *more(len(self.mark.places) - PLACES_NAMED)])}"


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


def draw_circle(spot: Spot) -> SafeString:
    """The circle, with a ring around it for a group, and the number in it unless it is 1."""
    at = format_html('cx="{}" cy="{}"', part(spot.across), part(spot.down))
    rings = [("map-ring", spot.radius + 3)] if spot.is_group else []
    circles = [(name, at, round(r, 1)) for name, r in [*rings, ("map-circle", spot.radius)]]
    numbers = [(part(spot.across), part(spot.down), spot.mark.count)] if spot.mark.count > 1 else []
    return format_html(
        "{}{}",
        format_html_join("", '<circle class="{}" {} r="{}"/>', circles),
        format_html_join("", '<text class="map-number" x="{}" y="{}" dy="4">{}</text>', numbers),
    )


def draw_label(spot: Spot, label: Label | None) -> SafeString:
    """The name where there is room for it, or nothing."""
    if label is None:
        return SafeString()
    at = (part(spot.across), part(spot.down), round(label.dx, 1), round(label.dy, 1))
    return format_html(
        '<text class="map-name" x="{}" y="{}" dx="{}" dy="{}" text-anchor="{}">{}</text>', *at, label.anchor, label.name
    )


def draw_link(spot: Spot, groups_at: str) -> SafeString:
    """The link over the circle, with the card that shows when it is pointed at or has the focus."""
    return format_html(
        '<a href="{}" aria-label="{}"><circle class="map-reach" cx="{}" cy="{}" r="{}"/>{}</a>',
        f"{groups_at}#group-{spot.mark.key}" if spot.is_group else spot.place.url,
        spot.says,
        part(spot.across),
        part(spot.down),
        round(spot.reach, 1),
        draw_card(spot),
    )


def draw_card(spot: Spot) -> SafeString:
    """The card: below its circle in the upper half of the map, else above; never beyond left or right.

    A bridge closes the corners between circle and card, so that the pointer can go from one to the other.
    """
    is_below = spot.down < 0.5
    return format_html(
        '<svg x="{}" y="{}"><rect class="map-bridge" x="{}" y="{}" width="{}" height="{}"/>'
        '<foreignObject class="map-room" x="{}" y="{}" width="{}" height="{}">'
        '<div class="map-card{}"><div>{}</div></div></foreignObject></svg>',
        part(spot.across),
        part(spot.down),
        round(-spot.reach, 1),
        0 if is_below else round(-spot.reach, 1),
        round(2 * spot.reach, 1),
        round(spot.reach, 1),
        round(-spot.across * CARD_WIDTH, 1),
        round(spot.reach if is_below else -spot.reach - CARD_HEIGHT, 1),
        CARD_WIDTH,
        CARD_HEIGHT,
        "" if is_below else " map-card-above",
        group_card(spot.mark) if spot.is_group else place_card(spot.place),
    )


def place_card(place: MapPoint) -> SafeString:
    """What the card of one place says: where, how many pilots, their titles."""
    titles = list(place.titles[:TITLES_SHOWN])
    titles += more(place.count - len(titles)) if titles else []
    return card(place.name, f"{place.country_name} · {pilots_in_words(place.count)}", titles)


def group_card(mark: Mark) -> SafeString:
    """What the card of a group says: the places with their numbers of pilots."""
    named = [f"{place.name} · {pilots_in_words(place.count)}" for place in mark.places[:PLACES_NAMED]]
    return card(close_together(mark), pilots_in_words(mark.count), [*named, *more(len(mark.places) - PLACES_NAMED)])


def card(head: str, detail: str, lines: list[str]) -> SafeString:
    listed = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("<b>{}</b> <span>{}</span> {}", head, detail, listed and format_html("<ul>{}</ul>", listed))


def part(share: float) -> str:
    """A part of the width or height as SVG writes it."""
    return f"{100 * share:.2f}%"
