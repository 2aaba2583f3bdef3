"""Draws who worked with whom: partners on the left, authorities on the right, a line for each pilot they share.

Plain values in, SVG out. Every name and every line is a link; what it leads to is its `<title>`, which is
both its accessible name and what shows on hover. Lengths are the drawing's own units: pixels at full size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.safestring import SafeString, mark_safe

from pilots.pictures.columns import place
from pilots.pictures.crossings import ConnectedComponent, arrange, neighbours, turned
from pilots.pictures.lettering import wrap
from pilots.pictures.ties import Network, Node, Tie

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
class NodeBox:
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
        """How far down the line of a tie meets its mark."""
        return self.middle + (self.ties.index(tie) - (len(self.ties) - 1) / 2) * SLOT


def box(node: Node, ties: Sequence[Tie], frame: Frame, boldness: float = 1) -> NodeBox:
    """A node not yet in its place; its letters are `boldness` times as wide as usual."""
    width = (frame.column - MARK - PAD) / frame.letters
    (detail,) = wrap(node.detail, width / SMALL, 1)
    return NodeBox(node, ties, wrap(node.name, width / boldness, MOST_LINES_OF_A_NAME), detail, frame.letters)


Boxes = dict[str, NodeBox]


def placed(network: Network, part: ConnectedComponent, frame: Frame, top: float) -> tuple[Boxes, Boxes, float]:
    """The boxes of partners and authorities in one part from `top` down, and where it ends."""
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
    """The network in `frame`, parts below one another; `heads` stand above the columns, `says` names it all."""
    drawn: list[str] = []
    bottom = float(HEAD)
    for part in arrange(network.lines()):
        inside = network.part(part)
        partners, authorities, bottom = placed(inside, part, frame, bottom)
        drawn += _links(inside, partners, authorities, frame)
    links = "\n".join(drawn)
    return mark_safe(  # noqa: S308 (names and addresses are escaped where they are written)
        f'<svg class="{frame.css_class}" viewBox="0 0 {frame.width} {number(bottom)}" font-size="{frame.letters}"'
        f' role="group" aria-label="{escape(says)}">{_heads(heads, frame)}\n{links}</svg>'
    )


def _heads(heads: tuple[str, str], frame: Frame) -> str:
    left, right = frame.column - MARK - PAD, frame.width - frame.column + MARK + PAD
    return (
        f'<text class="network-head" x="{left}" y="{frame.letters}" text-anchor="end">{escape(heads[0])}</text>'
        f'\n<text class="network-head" x="{right}" y="{frame.letters}">{escape(heads[1])}</text>'
    )


def _links(network: Network, partners: Boxes, authorities: Boxes, frame: Frame) -> Iterator[str]:
    """Yield every name and line of a part, in reading order: a partner, then each of its lines with where it ends."""
    left, right = frame.column, frame.width - frame.column
    ways = {
        tie: LinePath(left, right, partners[tie.partner].end_of(tie), authorities[tie.authority].end_of(tie))
        for tie in network.ties
    }
    seen = set()
    for partner in partners.values():
        yield _name(partner, "network-partner", -1, ways, frame)
        for tie in partner.ties:
            yield _line(tie, ways[tie])
            if tie.authority not in seen:
                seen.add(tie.authority)
                yield _name(authorities[tie.authority], "network-authority", 1, ways, frame)


@dataclass(frozen=True)
class LinePath:
    """The way of a line from `start` down at the left marks to `end` down at the right ones."""

    left: float
    right: float
    start: float
    end: float

    @property
    def path(self) -> str:
        """The way as SVG writes it. All bend in the same places, so they cross only when their ends do."""
        start, end = number(self.start), number(self.end)
        if start == end:
            return f"M{self.left} {start}H{self.right}"
        bend = number((self.left + self.right) / 2)
        return f"M{self.left} {start}C{bend} {start} {bend} {end} {self.right} {end}"


def _line(tie: Tie, way: LinePath) -> str:
    """A line: the room it takes (seen by who measures links, not by eyes), what can be hit, what is seen."""
    css_class, path = "network-line network-otherwise" if tie.otherwise else "network-line", way.path
    top, height = number(min(way.start, way.end) - SLOT / 2), number(abs(way.end - way.start) + SLOT)
    return (
        f'<a class="{css_class}" href="{escape(tie.url)}"><title>{escape(tie.says)}</title>'
        f'<rect class="network-room" x="{way.left}" y="{top}" width="{way.right - way.left}" height="{height}"/>'
        f'<path class="network-reach" d="{path}"/><path d="{path}"/></a>'
    )


def _name(box: NodeBox, css_class: str, outward: int, ways: Mapping[Tie, LinePath], frame: Frame) -> str:
    """A node: its ring (shown with the focus), its lines once more (shown with it), its mark, its name."""
    mark = frame.column - MARK if outward < 0 else frame.width - frame.column
    ring, top = 0 if outward < 0 else mark - 2, number(box.middle - box.height / 2 - 4)
    words = _words(box, mark - PAD if outward < 0 else mark + MARK + PAD, "end" if outward < 0 else "start")
    return (
        f'<a class="network-name {css_class}" href="{escape(box.node.url)}"><title>{escape(box.node.says)}</title>'
        f'<rect class="network-ring" x="{ring}" y="{top}" width="{frame.column + 2}" height="{number(box.height + 8)}"'
        f' rx="4"/>{_echo(box.ties, ways)}'
        f'<rect class="network-mark" x="{mark}" y="{number(box.middle - box.mark / 2)}" width="{MARK}"'
        f' height="{number(box.mark)}" rx="{MARK / 2}"/>{words}</a>'
    )


def _echo(ties: Sequence[Tie], ways: Mapping[Tie, LinePath]) -> str:
    kinds = {"": [tie for tie in ties if not tie.otherwise], " network-dotted": [tie for tie in ties if tie.otherwise]}
    paths = {css_class: "".join(ways[tie].path for tie in same) for css_class, same in kinds.items() if same}
    return "".join(f'<path class="network-echo{css_class}" d="{path}"/>' for css_class, path in paths.items())


def _words(box: NodeBox, x: float, anchor: str) -> str:
    """The lines of a name, and the words below it, around its middle."""
    leading = LEADING * box.letters
    first = box.middle - (len(box.lines) + SMALL) * leading / 2 + 0.75 * leading
    own = f' lang="{box.node.language}"' if box.node.language else ""
    rows = [("", own, first + row * leading, line) for row, line in enumerate(box.lines)]
    rows.append(("network-detail", "", first + (len(box.lines) - 1 + SMALL) * leading, box.detail))
    return "\n".join(
        f'<text class="{css_class}"{language} x="{x}" y="{number(y)}" text-anchor="{anchor}">{escape(words)}</text>'
        for css_class, language, y, words in rows
    )


def number(length: float) -> str:
    """A length as short as a tenth of a unit allows."""
    return f"{length:.1f}".removesuffix(".0")
