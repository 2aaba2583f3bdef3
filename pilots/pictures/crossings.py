"""Orders the two columns of a drawing so that as few of the lines between them cross as possible.

Names in, names in order out. A part that can be drawn without a crossing always is; other small parts get
the fewest crossings there are; large ones few, by the barycentre method of Sugiyama, Tagawa and Toda ("Methods
for visual understanding of hierarchical system structures", 1981) and swaps of neighbours. The order depends
on the names and lines alone, never on the order in which they are given.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations, pairwise, permutations

# (name on the left, name on the right) → weight: what it counts when another line crosses this one.
Lines = Mapping[tuple[str, str], int]
# Name in one column → name in the other → weight of the line between them.
Neighbours = Mapping[str, Mapping[str, int]]
# Two names → what it costs when the first stands above the second.
Costs = Mapping[tuple[str, str], int]

# Up to these sizes every order is tried: 5! orders of one column, 2⁸ sets of names in the other.
MOST_IN_SHORT_COLUMN = 5
MOST_IN_LONG_COLUMN = 8
# Rounds of improving a larger part. Each looks at all pairs of names.
ROUNDS = 12


@dataclass(frozen=True)
class ConnectedComponent:
    """Names on the left and on the right, from top to bottom, with no line to anything outside."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    def turned(self) -> "ConnectedComponent":
        return ConnectedComponent(self.right, self.left)

    def upside_down(self) -> "ConnectedComponent":
        """The part with its last names first. The same lines cross."""
        return ConnectedComponent(self.left[::-1], self.right[::-1])


def arrange(lines: Lines) -> tuple[ConnectedComponent, ...]:
    """The connected parts of a drawing in their order, the heaviest first, each in its own best order."""
    return _arrange(tuple(sorted(lines.items())))


@lru_cache(maxsize=64)
def _arrange(lines: tuple[tuple[tuple[str, str], int], ...]) -> tuple[ConnectedComponent, ...]:
    weighed = [(-sum(part.values()), arrange_part(part)) for part in connected(dict(lines))]
    return tuple(part for _weight, part in sorted(weighed, key=lambda pair: (pair[0], pair[1].left)))


def connected(lines: Lines) -> Iterator[dict[tuple[str, str], int]]:
    of_left, of_right = neighbours(lines), neighbours(turned(lines))
    unseen = dict.fromkeys(of_left)
    while unseen:
        waiting, found = [next(iter(unseen))], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [other for right in of_left[name] for other in of_right[right]]
        unseen = dict.fromkeys(name for name in unseen if name not in found)
        yield {(left, right): weight for (left, right), weight in lines.items() if left in found}


def neighbours(lines: Lines) -> dict[str, dict[str, int]]:
    """For each name on the left, its lines; names from A to Z."""
    found: dict[str, dict[str, int]] = {}
    for (left, right), weight in sorted(lines.items()):
        found.setdefault(left, {})[right] = weight
    return found


def turned(lines: Lines) -> dict[tuple[str, str], int]:
    return {(right, left): weight for (left, right), weight in lines.items()}


def arrange_part(lines: Lines) -> ConnectedComponent:
    """One connected part in its best order; of two that mirror each other, the one with the heavier top."""
    weight = {name: sum(ends.values()) for name, ends in neighbours(lines).items()}
    found = list(without_crossings(lines)) or [part := with_few_crossings(lines), part.upside_down()]
    return min(found, key=lambda part: (-weight[part.left[0]], part.left, part.right))


def without_crossings(lines: Lines) -> Iterator[ConnectedComponent]:
    """Yield the orders of a connected part in which nothing crosses, from either end; none if there is none.

    There is one when the part is a caterpillar: a path of names (its spine), all others hanging on it by one line.
    Those stand heaviest first, then from A to Z.
    """
    ends = {0: neighbours(lines), 1: neighbours(turned(lines))}
    beside = {
        (side, name): [(1 - side, other) for other in sorted(others, key=lambda other: -others[other])]
        for side, column in ends.items()
        for name, others in column.items()
    }
    spine = {node for node, others in beside.items() if len(others) > 1} or {(0, next(iter(ends[0])))}
    along = {node: [other for other in beside[node] if other in spine] for node in spine}
    if len(lines) == len(beside) - 1 and all(len(others) <= 2 for others in along.values()):
        for start in sorted(node for node, others in along.items() if len(others) < 2):
            columns: tuple[list[str], list[str]] = ([], [])
            for side, name in _walk(start, along):
                columns[side].append(name)
                columns[1 - side].extend(other for _side, other in beside[side, name] if (1 - side, other) not in spine)
            yield ConnectedComponent(tuple(columns[0]), tuple(columns[1]))


def _walk(start: tuple[int, str], along: Mapping[tuple[int, str], list[tuple[int, str]]]) -> Iterator[tuple[int, str]]:
    seen, here = {start}, [start]
    while here:
        yield here[0]
        here = [node for node in along[here[0]] if node not in seen]
        seen.update(here)


def with_few_crossings(lines: Lines) -> ConnectedComponent:
    """A part in an order with few crossings, with the fewest there are when it is small."""
    of_left, of_right = neighbours(lines), neighbours(turned(lines))
    if len(of_left) > len(of_right):
        return with_few_crossings(turned(lines)).turned()
    if len(of_left) <= MOST_IN_SHORT_COLUMN and len(of_right) <= MOST_IN_LONG_COLUMN:
        return _fewest(of_left, of_right)
    return _improved(of_left, of_right)


def _fewest(of_left: Neighbours, of_right: Neighbours) -> ConnectedComponent:
    best = _improved(of_left, of_right)
    best_cost = crossings(best, of_left)
    for left in permutations(of_left):
        if left[0] > left[-1]:  # the mirror image of another
            continue
        costs = costs_above(of_right, left)
        at_least = sum(min(costs[one, other], costs[other, one]) for one, other in combinations(of_right, 2))
        if at_least < best_cost:
            cost, right = cheapest_order(list(of_right), costs)
            if cost < best_cost:
                best, best_cost = ConnectedComponent(left, right), cost
    return best


def cheapest_order(names: list[str], costs: Costs) -> tuple[int, tuple[str, ...]]:
    """The cost and the order that costs least, by going through all sets of names that may stand on top."""
    best: dict[int, tuple[int, tuple[str, ...]]] = {0: (0, ())}
    for top in range(1, 2 ** len(names)):
        choices = []
        for number, name in enumerate(names):
            if top >> number & 1:
                cost, above = best[top ^ 1 << number]
                choices.append((cost + sum(costs[other, name] for other in above), (*above, name)))
        best[top] = min(choices)
    return best[2 ** len(names) - 1]


def _improved(of_left: Neighbours, of_right: Neighbours) -> ConnectedComponent:
    part = ConnectedComponent(tuple(of_left), tuple(of_right))
    tried = [part]
    for _round in range(ROUNDS):
        right = swapped(by_barycentre(part.right, of_right, part.left), of_right, part.left)
        left = swapped(by_barycentre(part.left, of_left, right), of_left, right)
        part = ConnectedComponent(left, right)
        if part in tried:
            break
        tried.append(part)
    return min(tried, key=lambda part: crossings(part, of_left))


def by_barycentre(column: Iterable[str], ends: Neighbours, other_column: Iterable[str]) -> tuple[str, ...]:
    """A column in the order of where the middle of its lines' other ends is."""
    place = {name: number for number, name in enumerate(other_column)}
    middle = {
        name: sum(place[other] * weight for other, weight in ends[name].items()) / sum(ends[name].values())
        for name in column
    }
    return tuple(sorted(middle, key=middle.__getitem__))


def swapped(column: Iterable[str], ends: Neighbours, other_column: Iterable[str]) -> tuple[str, ...]:
    """A column after swapping neighbours as long as that saves crossings."""
    names, costs, gained = [*column], costs_above(ends, other_column), True
    while gained:
        gained = False
        for place, (above, below) in enumerate(pairwise([*names])):
            if names[place] == above and costs[below, above] < costs[above, below]:
                names[place : place + 2] = [below, above]
                gained = True
    return tuple(names)


def costs_above(ends: Neighbours, other_column: Iterable[str]) -> dict[tuple[str, str], int]:
    """For each two names of a column, what it costs when the first stands above the second."""
    place = {name: number for number, name in enumerate(other_column)}
    at = {name: [(place[other], weight) for other, weight in lines.items()] for name, lines in ends.items()}
    costs = {}
    for above, its_lines in at.items():
        passed = list(accumulate(_weights(its_lines, len(place)), initial=0))
        total = passed[-1]
        for below, lines in at.items():
            costs[above, below] = sum((total - passed[end + 1]) * weight for end, weight in lines)
    return costs


def _weights(lines: list[tuple[int, int]], size: int) -> list[int]:
    weights = [0] * size
    for end, weight in lines:
        weights[end] = weight
    return weights


def crossings(part: ConnectedComponent, ends: Neighbours) -> int:
    """What the crossings of a part cost: for each the product of the weights of its two lines."""
    costs = costs_above(ends, part.right)
    return sum(costs[above, below] for above, below in combinations(part.left, 2))
