"""Who stands above whom, so that few lines cross."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.pictures.crossings import ConnectedComponent, arrange, connected, crossings, neighbours, without_crossings
from tests.examples import drawn
from tests.pictures.networks import TOOK_PART, crossing, lines_of_nine

NAMES = "abcdefghij"


@st.composite
def small_graphs(draw):
    """Connected or not, few enough to try every order."""
    pairs = st.tuples(st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[:5]))
    return {pair: draw(st.sampled_from([1, 10])) for pair in draw(st.sets(pairs, min_size=1, max_size=12))}


def fewest_of_all(lines):
    """What crossings cost at least, by trying every order."""
    left, right = sorted({one for one, _other in lines}), sorted({other for _one, other in lines})
    ends = neighbours(lines)
    return min(crossings(ConnectedComponent(a, b), ends) for a in permutations(left) for b in permutations(right))


def caterpillar(partners, leaves):
    """A chain of partners that share an authority with the next, each with authorities of its own."""
    chain = [(f"p{number}", f"shared{number + step}") for number in range(partners) for step in (0, 1)]
    return dict.fromkeys(
        chain + [(f"p{number}", f"own{number}-{leaf}") for number in range(partners) for leaf in range(leaves)], 10
    )


@pytest.mark.parametrize("otherwise", [False, True])
def test_no_two_lines_of_the_nine_pilots_cross(otherwise):
    lines = lines_of_nine(otherwise=otherwise)
    assert crossing(arrange(lines), lines) == []


def test_who_took_part_otherwise_stands_beside_the_partner_of_that_pilot():
    part = next(part for part in arrange(lines_of_nine(otherwise=True)) if TOOK_PART[0] in part.left)
    assert part.left == ("fryshuset-exit-sweden", "efus")
    assert part.right.index(TOOK_PART[1]) == 2
    assert set(part.right[:3]) == {"rotterdam", "vilvoorde", TOOK_PART[1]}


def test_heaviest_part_comes_first_and_equal_ones_from_a_to_z():
    assert [part.left[0] for part in arrange(lines_of_nine())] == [
        "fryshuset-exit-sweden",
        "efus",
        "denkzeit",
        "european-forum-for-restorative-justice",
        "face",
        "violence-prevention-network",
    ]


def test_of_several_on_one_line_each_the_heaviest_stands_on_top():
    (part,) = arrange({("took-part", "a"): 1, ("worked", "a"): 10, ("worked-too", "a"): 10})
    assert part.left == ("worked", "worked-too", "took-part")


@pytest.mark.parametrize(
    "lines", [lines_of_nine(otherwise=True), caterpillar(4, 2), {(p, a): 1 for p in NAMES for a in NAMES}]
)
def test_order_does_not_depend_on_the_order_of_the_lines(lines):
    expected = arrange(lines)
    for seed in range(5):
        shuffled = list(lines.items())
        Random(seed).shuffle(shuffled)
        assert arrange(dict(shuffled)) == expected


@given(small_graphs())
@drawn(60)
def test_small_network_has_the_fewest_crossings_there_are(lines):
    for part, own in zip(sorted(arrange(lines), key=lambda part: min(part.left)), connected(lines), strict=True):
        assert crossings(part, neighbours(own)) == fewest_of_all(own)


@pytest.mark.parametrize("partners", [1, 2, 5, 30])
def test_chain_of_stars_of_any_length_has_no_crossing(partners):
    lines = caterpillar(partners, 3)
    (part,) = arrange(lines)
    assert crossings(part, neighbours(lines)) == 0


def test_ring_has_no_order_without_a_crossing():
    ring = {("a", "x"): 1, ("a", "y"): 1, ("b", "x"): 1, ("b", "y"): 1}
    assert list(without_crossings(ring)) == []
    assert len(crossing(arrange(ring), ring)) == 1


def test_spider_with_long_legs_has_one_crossing_only():
    legs = {("a", "x"): 1, ("a", "y"): 1, ("a", "z"): 1, ("b", "x"): 1, ("c", "y"): 1, ("d", "z"): 1}
    assert len(crossing(arrange(legs), legs)) == 1


def test_crossing_is_left_to_who_took_part_otherwise():
    legs = {("a", "x"): 10, ("a", "y"): 10, ("a", "z"): 10, ("b", "x"): 10, ("c", "y"): 10, ("d", "z"): 1}
    assert all(("d", "z") in pair for pair in crossing(arrange(legs), legs))


def test_large_network_crosses_far_less_than_from_a_to_z():
    random = Random(1)
    lines = {(f"p{random.randrange(14):02}", f"a{random.randrange(25):02}"): 10 for _ in range(40)}
    names = [sorted({pair[end] for pair in lines}) for end in (0, 1)]
    unordered = crossing([ConnectedComponent(tuple(names[0]), tuple(names[1]))], lines)
    assert len(crossing(arrange(lines), lines)) < len(unordered) / 3


def test_nothing_has_no_parts():
    assert arrange({}) == ()
