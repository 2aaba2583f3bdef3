"""What the drawing of who worked with whom takes: organisations, and the pilots that tie them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilots.pictures.crossings import ConnectedComponent

# What a line counts in a crossing: one with a pilot's partner is worse than one with who took part otherwise.
PARTNERSHIP, OTHERWISE = 10, 1


@dataclass(frozen=True)
class Node:
    """An organisation: its name, a few words below it, where it leads, and that in words; the name's own language."""

    key: str
    name: str
    detail: str
    says: str
    url: str
    language: str = ""


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
        """What each line between two organisations counts in a crossing."""
        found: dict[tuple[str, str], int] = {}
        for tie in self.ties:
            ends = tie.partner, tie.authority
            found[ends] = found.get(ends, 0) + (OTHERWISE if tie.otherwise else PARTNERSHIP)
        return found

    def part(self, part: ConnectedComponent) -> "Network":
        """What of the network is in one of its connected parts, in its order."""
        order = {(name, other): (i, j) for i, name in enumerate(part.left) for j, other in enumerate(part.right)}
        ties = [tie for tie in self.ties if (tie.partner, tie.authority) in order]
        return Network(
            {name: self.partners[name] for name in part.left},
            {name: self.authorities[name] for name in part.right},
            sorted(ties, key=lambda tie: (order[tie.partner, tie.authority], tie.otherwise, tie.key)),
        )
