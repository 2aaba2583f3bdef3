"""Places on the plane, the view that fits them, and which of them share a mark."""

import random
from itertools import combinations
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.pictures.grouping import (
    ASPECT,
    LARGEST,
    LEAST_REACH,
    LEAST_WIDTH,
    distance,
    grouped,
    marks_of,
    radius,
    reach,
    view_of,
)
from pilots.pictures.map import NARROW, WIDE, lay_out
from pilots.pictures.outlines import EUROPE
from tests.pictures.places import AVIGNON, CAYENNE, CLICHY, NOWHERE, SARCELLES, SOLLENTUNA, many_places, place


def names(marks):
    return [[spot.key for spot in mark.places] for mark in marks]


def test_places_without_a_position_or_outside_have_no_mark():
    assert names(marks_of([AVIGNON, NOWHERE, CAYENNE])) == [["avignon"]]


def test_opposite_side_of_the_earth_is_outside():
    assert marks_of([place("antipode", -52, -170)]) == []


def test_view_without_marks_is_all_of_europe():
    assert view_of([]) == EUROPE


def test_view_of_one_place_shows_its_surroundings():
    (mark,) = marks_of([AVIGNON])
    view = view_of([mark])
    assert view.width == LEAST_WIDTH
    assert (view.x + view.width / 2, view.y + view.height / 2) == pytest.approx((mark.x, mark.y))


@given(many_places())
def test_view_holds_every_mark_with_room_and_stays_in_europe(places):
    marks = marks_of(places)
    view = view_of(marks)
    assert view.width / view.height == pytest.approx(ASPECT)
    assert view.x >= 0
    assert view.y >= 0
    assert view.x + view.width <= EUROPE.width + 1e-6
    assert view.y + view.height <= EUROPE.height + 1e-6
    assert all(view.holds(mark.x, mark.y) for mark in marks)


def test_filtered_area_is_seen_larger_and_falls_apart():
    everywhere = lay_out([AVIGNON, SARCELLES, CLICHY, SOLLENTUNA, place("marseille", 43.3, 5.37)])
    provence = lay_out([AVIGNON, place("marseille", 43.3, 5.37), place("nice", 43.7, 7.27)])
    assert provence.view.width < everywhere.view.width
    assert ["avignon", "marseille"] in names(everywhere.layers[WIDE])
    assert ["nice"] in names(provence.layers[WIDE])


def test_suburbs_of_paris_share_a_mark_and_avignon_has_its_own():
    france = lay_out([AVIGNON, CLICHY, SARCELLES])
    for layer in (WIDE, NARROW):
        assert names(france.layers[layer]) == [["avignon"], ["clichy-sous-bois", "sarcelles"]]


@given(many_places(), st.floats(0.05, 0.5))
def test_no_two_marks_overlap_and_none_is_lost(places, scale):
    total = sum(spot.count for spot in places)
    marks = grouped(marks_of(places), scale, total)
    for one, other in combinations(marks, 2):
        assert distance(one, other) * scale >= reach(one.count, total) + reach(other.count, total)
    assert sorted(key for keys in names(marks) for key in keys) == sorted(spot.key for spot in places)
    assert sum(mark.count for mark in marks) == total


@given(many_places(), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(places, dice: random.Random):
    shuffled = dice.sample(places, len(places))
    for layer, marks in lay_out(places).layers.items():
        assert {frozenset(keys) for keys in names(marks)} == {
            frozenset(keys) for keys in names(lay_out(shuffled).layers[layer])
        }


@given(many_places())
def test_narrow_groups_are_made_of_whole_wide_ones(places):
    layers = lay_out(places).layers
    narrow = [set(keys) for keys in names(layers[NARROW])]
    assert all(any(set(keys) <= whole for whole in narrow) for keys in names(layers[WIDE]))


def test_mark_of_a_group_lies_where_most_of_its_pilots_are():
    one, other = marks_of([place("one", 48, 2, count=3), place("other", 48, 4, count=1)])
    joined = one + other
    assert (joined.x - one.x) / (other.x - one.x) == pytest.approx(0.25)
    assert joined.count == 4


def test_area_of_a_circle_grows_with_its_pilots():
    areas = [pi * radius(count, total=20) ** 2 for count in (4, 8)]
    assert areas[1] / areas[0] == pytest.approx(2)


@given(st.integers(1, 500))
def test_circles_stay_within_their_sizes_and_targets_are_large_enough(count):
    assert radius(1, 500) <= radius(count, 500) <= LARGEST
    assert reach(count, 500) >= LEAST_REACH
    assert 2 * LEAST_REACH * 288 / NARROW.least >= 24


def test_pilots_without_a_mark_are_counted_by_reason():
    shown = lay_out([AVIGNON, NOWHERE, place("elsewhere", None, None, count=3), CAYENNE])
    assert (shown.total, shown.unplaced, shown.outside) == (6, 4, 1)


def test_groups_are_listed_once_each():
    shown = lay_out([AVIGNON, CLICHY, SARCELLES])
    assert [mark.key for mark in shown.groups] == ["clichy-sous-bois-and-1"]


def test_five_hundred_places_become_few_enough_marks_to_tell_apart():
    dice = random.Random(1)
    places = [place(f"p{number}", dice.uniform(36, 66), dice.uniform(-9, 35)) for number in range(500)]
    assert len(lay_out(places).layers[WIDE]) < 150
