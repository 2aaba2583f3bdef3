"""Networks for the tests of the drawing, and what is to be read from it."""

from collections.abc import Iterable
from itertools import combinations

from pilots.pictures.crossings import ConnectedComponent
from pilots.pictures.network import WIDE, Frame, draw
from pilots.pictures.ties import Network, Node, Tie
from tests import facts
from tests.pages.reading import Element, read

HEADS = ("Partners", "Authorities")

# Who took part in a pilot without being its partner, as the source has it.
TOOK_PART = ("efus", "swedish-prison-and-probation-service")


def lines_of_nine(*, otherwise: bool = False) -> dict[tuple[str, str], int]:
    """Who worked with whom in the nine pilots, as the source has it."""
    pairs = {(partner, slug): 10 for slug, pilot in facts.PILOTS.items() for partner in pilot.partners}
    return pairs | ({TOOK_PART: 1} if otherwise else {})


def network(pairs: Iterable[tuple[str, str]], *, otherwise: Iterable[tuple[str, str]] = (), name: str = "") -> Network:
    """A network with a pilot for each pair; organisations are named `name` or as their key."""
    ties = [tie(pair, number, otherwise=False) for number, pair in enumerate(pairs)]
    ties += [tie(pair, number, otherwise=True) for number, pair in enumerate(otherwise, 1000)]
    partners = {one.partner: node("partners", one.partner, name) for one in ties}
    authorities = {one.authority: node("authorities", one.authority, name) for one in ties}
    return Network(partners, authorities, ties)


def node(kind: str, key: str, name: str) -> Node:
    return Node(key, name or key, "detail", f"{name or key}: page", f"/{kind}/{key}/")


def tie(pair: tuple[str, str], number: int, *, otherwise: bool) -> Tie:
    """A pilot between two organisations."""
    partner, authority = pair
    return Tie(partner, authority, f"{number}", f"{authority} with {partner}", f"/pilots/{number}/", otherwise)


def drawn(shown: Network, frame: Frame = WIDE) -> Element:
    return read(draw(shown, HEADS, "Who worked with whom", frame)).one("svg")


def crossing(
    parts: Iterable[ConnectedComponent], pairs: Iterable[tuple[str, str]]
) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """The pairs of lines that cross, found in another way than the code does."""
    left, right = (
        [name for part in parts for name in column(part)] for column in (lambda p: p.left, lambda p: p.right)
    )
    ends = {pair: (left.index(pair[0]), right.index(pair[1])) for pair in pairs}
    return [
        (one, other)
        for one, other in combinations(sorted(ends), 2)
        if (ends[one][0] - ends[other][0]) * (ends[one][1] - ends[other][1]) < 0
    ]
