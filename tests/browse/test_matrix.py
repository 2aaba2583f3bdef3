"""The matrix: its axes, its shades, pilots without a value, and how large it may be."""

import pytest

from pilots.browse.matrix import Matrix
from pilots.browse.selection import InvalidQuery
from tests import factories
from tests.browse.lists import matrix
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db
# The sets of the index are counted in Python; tests/index/test_pilots.py makes them on both.
DATABASES = ("sqlite",)

NOT_STATED = "Not stated in the source"


def numbers(found: Matrix) -> dict[tuple[str, str], int]:
    """The numbers of the table by the names of row and column."""
    return {
        (row.head.name, column.name): cell.count
        for row in found.rows
        for column, cell in zip(found.columns, row.cells, strict=True)
    }


@pytest.mark.parametrize(
    ("query", "canonical", "note"),
    [
        ("rows=activity&columns=target", "", ""),
        ("rows=stage", "?rows=stage", ""),
        ("rows=target", "?rows=target&columns=activity", ""),
        ("columns=activity", "?rows=target&columns=activity", ""),
        ("rows=activity&columns=activity", "", "Activity type”, so the columns show “Target group"),
        ("rows=target&columns=target", "?rows=target&columns=activity", "Target group”, so the columns show “Activity"),
        ("rows=stage&columns=stage", "?rows=stage", "both be “Stage”, so the columns show “Target group”."),
        ("rows=evil&columns=activity", "?rows=target&columns=activity", "“evil” is not possible for “rows”"),
        ("rows=stage&columns=", "?rows=stage", ""),
    ],
)
def test_axes_are_read_and_never_the_same(query, canonical, note):
    found = matrix(query)
    assert found.selection.query() == canonical
    assert len(found.selection.notes) == bool(note)
    assert note in "".join(found.selection.notes)
    assert found.row_facet.name != found.column_facet.name


def test_swapped_has_rows_for_columns_and_keeps_all_else():
    PublishedPilotFactory(authority__country="FR", slug="one")
    assert matrix("country=FR&keep=one&rows=stage").swapped == "?country=FR&keep=one&rows=target&columns=stage"


def test_pilots_whose_source_states_no_value_have_a_row_and_a_column_without_links():
    training = factories.ActivityTypeFactory(slug="training", name="Training")
    formers = factories.TargetGroupFactory(slug="formers", name="Formers")
    PublishedPilotFactory(activity_types=[training], target_groups=[formers])
    PublishedPilotFactory(activity_types=[training])
    PublishedPilotFactory(activity_types=[], target_groups=[formers])
    PublishedPilotFactory(activity_types=[])
    found = matrix()
    assert numbers(found) == {
        ("Training", "Formers"): 1,
        ("Training", NOT_STATED): 1,
        (NOT_STATED, "Formers"): 1,
        (NOT_STATED, NOT_STATED): 1,
    }
    assert [cell.query for row in found.rows for cell in row.cells] == ["?activity=training&target=formers", "", "", ""]
    assert (found.columns[-1].count, found.columns[-1].query) == (2, "")


def test_drafts_are_in_no_cell_and_name_no_row():
    PublishedPilotFactory(target_groups=[group := factories.TargetGroupFactory()])
    before = numbers(matrix())
    factories.PilotFactory(target_groups=[group, factories.TargetGroupFactory()])
    assert numbers(matrix()) == before


def test_a_pilot_with_two_values_of_each_axis_counts_once_in_four_cells():
    PublishedPilotFactory(
        activity_types=factories.ActivityTypeFactory.create_batch(2),
        target_groups=factories.TargetGroupFactory.create_batch(2),
        partners=factories.PartnerFactory.create_batch(2),
    )
    found = matrix()
    assert list(numbers(found).values()) == [1, 1, 1, 1]
    assert [head.count for head in found.columns] == [1, 1]
    assert found.count == 1


@pytest.mark.parametrize(
    ("numbers", "steps"), [((1, 2, 3), (1, 2, 3)), ((1, 2, 3, 4), (1, 2, 3, 4)), ((1, 5, 10, 20), (1, 1, 2, 4))]
)
def test_shade_tells_small_numbers_apart_and_parts_of_large_ones(numbers, steps):
    training = factories.ActivityTypeFactory(order=1)
    for number in numbers:
        group = factories.TargetGroupFactory(order=number)
        for _ in range(number):
            PublishedPilotFactory(activity_types=[training], target_groups=[group])
    assert [(cell.count, cell.step) for cell in matrix().rows[0].cells] == list(zip(numbers, steps, strict=True))


def test_shade_compares_with_what_the_table_shows():
    shown, other, hidden = (factories.TargetGroupFactory(slug=slug) for slug in ("shown", "other", "hidden"))
    training = factories.ActivityTypeFactory()
    for groups in [[shown, hidden]] * 3 + [[other, hidden]] * 3:
        PublishedPilotFactory(activity_types=[training], target_groups=groups)
    assert {cell.step for cell in matrix().rows[0].cells} == {2, 4}
    assert {cell.step for cell in matrix(target=["shown", "other"]).rows[0].cells} == {3}


def test_wide_and_large_tables_say_so():
    PublishedPilotFactory(
        activity_types=factories.ActivityTypeFactory.create_batch(4),
        target_groups=factories.TargetGroupFactory.create_batch(41),
    )
    wide = matrix()
    assert (wide.is_wide, wide.is_large) == (True, True)
    other_way = matrix(wide.swapped[1:])
    assert (other_way.is_wide, other_way.is_large) == (False, True)


def test_of_too_many_values_those_with_most_pilots_are_shown_in_their_order_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr("pilots.browse.matrix.MOST_SHOWN", 2)
    few, many, most = (factories.TargetGroupFactory(order=number, slug=f"group-{number}") for number in range(3))
    for groups in ([few, many], [many, most], [most]):
        PublishedPilotFactory(target_groups=groups, activity_types=[])
    assert ([head.value for head in matrix().columns], matrix().is_cut) == (["group-1", "group-2"], True)
    chosen = matrix(target=[few.slug, many.slug])
    assert ([head.value for head in chosen.columns], chosen.is_cut) == (["group-0", "group-1"], False)


def test_a_small_table_is_neither():
    PublishedPilotFactory()
    assert (matrix().is_wide, matrix().is_large) == (False, False)


@pytest.mark.parametrize("query", ["activity=" + "&activity=".join(map(str, range(21))), "page=x", "q=" + "a" * 201])
def test_what_passes_a_limit_is_refused(query):
    with pytest.raises(InvalidQuery):
        matrix(query)
