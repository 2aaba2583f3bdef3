"""Places names in two columns, so that lines between them are as level as can be and no name covers another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilots.pictures.crossings import ConnectedComponent, Neighbours


@dataclass(frozen=True)
class NameColumn:
    """Names from top to bottom with the heights that they take, space around them included."""

    names: Sequence[str]
    heights: Mapping[str, float]

    @property
    def height(self) -> float:
        """How high the column is with nothing between its names."""
        return sum(self.heights[name] for name in self.names)

    def stacked(self) -> dict[str, float]:
        """The middle of each name when one stands right below the other, the first at 0."""
        middles, top = {}, 0.0
        for name in self.names:
            middles[name] = top + self.heights[name] / 2
            top += self.heights[name]
        return middles

    def near(self, wanted: Mapping[str, float], height: float) -> dict[str, float]:
        """The middles that are nearest to those wanted, in this order, between 0 and `height`.

        With the heights above it taken off, each middle must be at least the one before it, and that is
        least-squares isotonic regression, solved by pooling adjacent violators (Barlow et al., 1972).
        """
        stacked = self.stacked()
        pools: list[list[float]] = []
        for name in self.names:
            pools.append([wanted[name] - stacked[name]])
            while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
                last = pools.pop()
                pools[-1] += last
        shifts = (min(max(_mean(pool), 0), height - self.height) for pool in pools for _name in pool)
        return {name: stacked[name] + shift for name, shift in zip(self.names, shifts, strict=True)}


def place(
    part: ConnectedComponent,
    ends: tuple[Neighbours, Neighbours],
    heights: tuple[Mapping[str, float], Mapping[str, float]],
) -> tuple[dict[str, float], dict[str, float], float]:
    """The middles of the names on the left and on the right, and the height of the part.

    `ends` and `heights` hold the left column's lines and heights, then the right one's. The higher column is
    stacked, and each name of the other stands as near as it can to the middle of those it has lines to.
    """
    left, right = NameColumn(part.left, heights[0]), NameColumn(part.right, heights[1])
    if left.height > right.height:
        turned_right, turned_left, height = place(part.turned(), ends[::-1], heights[::-1])
        return turned_left, turned_right, height
    placed = right.stacked()
    wanted = {name: _mean([placed[other] for other in ends[0][name]]) for name in part.left}
    return left.near(wanted, right.height), placed, right.height


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
