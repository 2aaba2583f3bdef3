"""Draws who worked with whom: partners on the left, authorities on the right, a line for each pilot they share.

Plain values in, SVG out. Every name and every line is a link; what it leads to is its `<title>`, which is
both its accessible name and what shows on hover. Lengths are the drawing's own units: pixels at full size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from pilots.pictures.columns import place
from pilots.pictures.crossings import Part, arrange, neighbours, turned
from pilots.pictures.lettering import wrap

# What a line counts in a crossing: one with a pilot's partner is worse than one with who took part otherwise.
PARTNERSHIP, OTHERWISE = 10, 1

MARK = 10  # how wide a mark is, and how high one with a single line
SLOT = 28  # from line to line at a mark, so that each can be hit: 24 pixels also on a small screen
PAD = 9  # between a mark and its name
GAP = 16  # between a name and the next
HEAD = 36  # for the heads of the columns
LEADING = 1.3  # from line to line of a name, in em
SMALL = 0.9  # letters of the words below a name, in em
BOLD = 1.1  # how much wider bold letters are; partners have them
MOST_LINES_OF_A_NAME = 4


@dataclass(frozen=True)
class Frame:
    """The size of a drawing: its width, that of a column of names with their marks, and of its letters."""

    css_class: str
    width: int
    column: int
    letters: int


WIDE = Frame("network-wide", width=680, column=256, letters=15)
NARROW = Frame("network-narrow", width=328, column=132, letters=14)


@dataclass(frozen=True)
class Node:
    """An organisation: its name, a few words below it, where it leads, and that in words."""

    key: str
    name: str
    detail: str
    says: str
    url: str


@dataclass(frozen=True)
class Tie:
    """A pilot that a partner and an authority share, with where it leads; `otherwise` if it was not the partner."""

    partner: str
    authority: str
    key: str
    says: str
    url: str
    otherwise: bool = False


@dataclass(frozen=True)
class Network:
    """Organisations and the ties between them. Every tie's ends are there; a node without a tie is not drawn."""

    partners: Mapping[str, Node]
    authorities: Mapping[str, Node]
    ties: Sequence[Tie]

    def lines(self) -> dict[tuple[str, str], int]:
        """Return what each line between two organisations counts in a crossing."""
        found: dict[tuple[str, str], int] = {}
        for tie in self.ties:
            ends = tie.partner, tie.authority
            found[ends] = found.get(ends, 0) + (OTHERWISE if tie.otherwise else PARTNERSHIP)
        return found

    def part(self, part: Part) -> "Network":
        """Return what of the network is in one of its connected parts, in its order."""
        order = {(name, other): (i, j) for i, name in enumerate(part.left) for j, other in enumerate(part.right)}
        ties = [tie for tie in self.ties if (tie.partner, tie.authority) in order]
        return Network(
            {name: self.partners[name] for name in part.left},
            {name: self.authorities[name] for name in part.right},
            sorted(ties, key=lambda tie: (order[tie.partner, tie.authority], tie.otherwise, tie.key)),
        )


@dataclass(frozen=True)
class Box:
    """A node with its broken name and its ties from top to bottom; `middle` is how far down it stands."""

    node: Node
    ties: Sequence[Tie]
    lines: Sequence[str]
    detail: str
    letters: int
    middle: float = 0

    @property
    def mark(self) -> float:
        """How high its mark is: as many lines, so much higher."""
        return MARK + (len(self.ties) - 1) * SLOT

    @property
    def height(self) -> float:
        """How high it is, mark or name."""
        name = (len(self.lines) + SMALL) * LEADING * self.letters
        return max(name, self.mark - MARK + SLOT)

    def end_of(self, tie: Tie) -> float:
        """Return how far down the line of a tie meets its mark."""
        return self.middle + (self.ties.index(tie) - (len(self.ties) - 1) / 2) * SLOT


def box(node: Node, ties: Sequence[Tie], frame: Frame, boldness: float = 1) -> Box:
    """Return a node not yet in its place; its letters are `boldness` times as wide as usual."""
    width = (frame.column - MARK - PAD) / frame.letters
    (detail,) = wrap(node.detail, width / SMALL, 1)
    return Box(node, ties, wrap(node.name, width / boldness, MOST_LINES_OF_A_NAME), detail, frame.letters)


Boxes = dict[str, Box]


def placed(network: Network, part: Part, frame: Frame, top: float) -> tuple[Boxes, Boxes, float]:
    """Return the boxes of partners and authorities in one part from `top` down, and where it ends."""
    partners = {
        key: box(node, [tie for tie in network.ties if tie.partner == key], frame, BOLD)
        for key, node in network.partners.items()
    }
    authorities = {
        key: box(node, [tie for tie in network.ties if tie.authority == key], frame)
        for key, node in network.authorities.items()
    }
    lines = network.lines()
    heights = [{key: one.height + GAP for key, one in boxes.items()} for boxes in (partners, authorities)]
    left, right, height = place(part, (neighbours(lines), neighbours(turned(lines))), (heights[0], heights[1]))
    return (
        {key: replace(one, middle=top + left[key]) for key, one in partners.items()},
        {key: replace(one, middle=top + right[key]) for key, one in authorities.items()},
        top + height,
    )


def draw(network: Network, heads: tuple[str, str], says: str, frame: Frame) -> SafeString:
    """Return the network in `frame`, parts below one another; `heads` stand above the columns, `says` names it all."""
    drawn: list[SafeString] = []
    bottom = float(HEAD)
    for part in arrange(network.lines()):
        inside = network.part(part)
        partners, authorities, bottom = placed(inside, part, frame, bottom)
        drawn += _links(inside, partners, authorities, frame)
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" font-size="{}" role="group" aria-label="{}">{}\n{}</svg>',
        *(frame.css_class, frame.width, number(bottom), frame.letters, says),
        _heads(heads, frame),
        format_html_join("\n", "{}", ((link,) for link in drawn)),
    )


def _heads(heads: tuple[str, str], frame: Frame) -> SafeString:
    left, right = frame.column, frame.width - frame.column
    return format_html(
        '<text class="network-head" x="{}" y="{}" text-anchor="end">{}</text>'
        '\n<text class="network-head" x="{}" y="{}">{}</text>',
        *(left - MARK - PAD, frame.letters, heads[0]),
        *(right + MARK + PAD, frame.letters, heads[1]),
    )


def _links(network: Network, partners: Boxes, authorities: Boxes, frame: Frame) -> Iterator[SafeString]:
    """Yield every name and line of a part, in reading order: a partner, then each of its lines with where it ends."""
    paths = {
        tie: path(frame, partners[tie.partner].end_of(tie), authorities[tie.authority].end_of(tie))
        for tie in network.ties
    }
    seen = set()
    for partner in partners.values():
        yield _name(partner, "network-partner", -1, paths, frame)
        for tie in partner.ties:
            yield _line(tie, paths[tie])
            if tie.authority not in seen:
                seen.add(tie.authority)
                yield _name(authorities[tie.authority], "network-authority", 1, paths, frame)


def path(frame: Frame, start: float, end: float) -> str:
    """Return the way of a line from `start` down at the left marks to `end` down at the right ones.

    All lines bend in the same places, so two of them cross only when their ends are in different order.
    """
    left, right = frame.column, frame.width - frame.column
    if start == end:
        return f"M{left} {number(start)}H{right}"
    bend = number((left + right) / 2)
    return f"M{left} {number(start)}C{bend} {number(start)} {bend} {number(end)} {right} {number(end)}"


def _line(tie: Tie, path: str) -> SafeString:
    return format_html(
        '<a class="network-line{}" href="{}"><title>{}</title><path class="network-reach" d="{}"/><path d="{}"/></a>',
        *(" network-otherwise" if tie.otherwise else "", tie.url, tie.says, path, path),
    )


def _name(box: Box, css_class: str, outward: int, paths: Mapping[Tie, str], frame: Frame) -> SafeString:
    """Return a node: its ring (shown with the focus), its lines once more (shown with it), its mark, its name."""
    mark = frame.column - MARK if outward < 0 else frame.width - frame.column
    return format_html(
        '<a class="network-name {}" href="{}"><title>{}</title>'
        '<rect class="network-ring" x="{}" y="{}" width="{}" height="{}" rx="4"/><path class="network-echo" d="{}"/>'
        '<rect class="network-mark" x="{}" y="{}" width="{}" height="{}" rx="{}"/>{}</a>',
        *(css_class, box.node.url, box.node.says),
        *(0 if outward < 0 else mark - 2, number(box.middle - box.height / 2 - 4), frame.column + 2),
        *(number(box.height + 8), "".join(paths[tie] for tie in box.ties)),
        *(mark, number(box.middle - box.mark / 2), MARK, number(box.mark), MARK / 2),
        _words(box, mark - PAD if outward < 0 else mark + MARK + PAD, "end" if outward < 0 else "start"),
    )


def _words(box: Box, x: float, anchor: str) -> SafeString:
    """Return the lines of a name, and the words below it, around its middle."""
    leading = LEADING * box.letters
    first = box.middle - (len(box.lines) + SMALL) * leading / 2 + 0.75 * leading
    rows = [("", first + row * leading, line) for row, line in enumerate(box.lines)]
    rows.append(("network-detail", first + (len(box.lines) - 1 + SMALL) * leading, box.detail))
    return format_html_join(
        "\n",
        '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
        ((css_class, x, number(y), anchor, words) for css_class, y, words in rows),
    )


def number(length: float) -> str:
    """Return a length as short as a tenth of a unit allows."""
    return f"{length:.1f}".removesuffix(".0")
