"""Names beside circles: where there is room for them, they cover nothing at any size."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from pilots.pictures.labels import MOST, Circle, Room, are_apart, labels_of

SIZES = ((480.0, 384.0), (832.0, 665.6))


def rooms_of(circles):
    """The rectangles of all circles and of the labels that were found, as they would be drawn."""
    rooms = [Room(c.across, c.down, -c.radius, -c.radius, c.radius, c.radius) for c in circles]
    for circle, label in zip(circles, labels_of(circles, SIZES), strict=True):
        if label:
            width = 5 * len(label.name)  # narrower than any estimate, so that a test does not repeat it
            left = {"start": label.dx, "end": label.dx - width, "middle": -width / 2}[label.anchor]
            rooms.append(Room(circle.across, circle.down, left, label.dy - 9, left + width, label.dy))
    return rooms


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_name_stands_on_the_right_where_there_is_room():
    (label,) = labels_of([Circle(0.5, 0.5, 8, "Avignon")], SIZES)
    assert (label.anchor, label.dx) == ("start", 12)


def test_name_stands_on_the_left_at_the_right_edge():
    (label,) = labels_of([Circle(0.97, 0.5, 8, "Avignon")], SIZES)
    assert (label.anchor, label.dx) == ("end", -12)


def test_name_makes_way_for_a_circle():
    label, _other = labels_of([Circle(0.5, 0.5, 8, "Avignon"), Circle(0.54, 0.5, 8, "Arles")], SIZES)
    assert label.anchor == "end"


def test_name_without_room_is_left_out():
    assert labels_of([Circle(0.5, 0.5, 8, "A very long name " * 9)], SIZES) == [None]


def test_many_marks_have_no_names():
    circles = [Circle(0.05 * number, 0.05 * number, 7, "Name") for number in range(MOST + 1)]
    assert labels_of(circles, SIZES) == [None] * (MOST + 1)


@given(
    st.lists(
        st.builds(
            Circle,
            st.floats(0.05, 0.95),
            st.floats(0.05, 0.95),
            st.floats(7, 20),
            st.text("abc ", min_size=1, max_size=30),
        ),
        max_size=MOST,
    ),
    st.floats(480, 832),
)
def test_names_cover_nothing_at_any_width(circles, width):
    drawn = [room.at(width, width * 0.8) for room in rooms_of(circles)]
    names = drawn[len(circles) :]
    assert not any(overlap(one, other) for one, other in combinations(names, 2))
    assert not any(overlap(name, circle) for name in names for circle in drawn[: len(circles)])


def test_what_changes_sides_is_not_apart():
    left, right = Room(0.5, 0.5, 0, 0, 50, 10), Room(0.6, 0.5, -110, 0, -60, 10)
    assert not are_apart(left, right, ((480, 384), (1200, 960)))
    assert are_apart(left, right, ((480, 384), (482, 386)))
