"""The matrix of the nine pilots: each number is what its link gives, for all axes and any filters."""

import itertools
from collections.abc import Iterator

import pytest
from django.http import QueryDict

from pilots.browse.filters import AXES
from pilots.browse.listing import Listing
from pilots.browse.matrix import Matrix, MatrixCell
from tests.browse.lists import matrix
from tests.nine_pilots import OPTIONS, VALUES, Chosen, matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# The sets of the index are counted in Python; tests/index/test_pilots.py makes them on both.
DATABASES = ("sqlite",)

PAIRS = list(itertools.permutations(AXES, 2))
# Filters that touch rows, columns, both, neither, and more than one value of a facet.
FILTERS: list[Chosen] = [
    {},
    {"country": ["FR"]},
    {"activity": ["training", "case-management"]},
    {"target": ["formers", "young-offenders"], "activity": ["training"]},
    {"partner": ["efus"], "stage": ["probation", "community"]},
    {"audience": ["police"], "country": ["ES", "BE"]},
]


def cells(found: Matrix) -> Iterator[tuple[str | None, str | None, MatrixCell]]:
    """Yield each cell with the values of its row and column."""
    for row in found.rows:
        for column, cell in zip(found.columns, row.cells, strict=True):
            yield row.head.value, column.value, cell


@pytest.mark.parametrize("chosen", FILTERS[:4], ids=str)
def test_every_number_of_every_table_is_what_its_link_gives(chosen):
    given: dict[str, int] = {}
    for rows, columns in PAIRS:
        found = matrix(rows=rows, columns=columns, **chosen)
        heads = [*found.columns, *(row.head for row in found.rows)]
        for part in [*heads, *(cell for row in found.rows for cell in row.cells)]:
            if part.query:
                assert given.setdefault(part.query, part.count) == part.count
    assert given == {query: Listing(QueryDict(query[1:])).count for query in given}
    assert len(given) > 15


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
@pytest.mark.parametrize(("rows", "columns"), PAIRS)
def test_numbers_are_those_of_the_source(rows, columns, chosen):
    found = matrix(rows=rows, columns=columns, **chosen)
    those = [VALUES[slug] for slug in matching(chosen)]
    for row, column, cell in cells(found):
        has_row = [pilot for pilot in those if (row in pilot[rows] if row else not pilot[rows])]
        both = [pilot for pilot in has_row if (column in pilot[columns] if column else not pilot[columns])]
        assert cell.count == len(both), (row, column)
        assert bool(cell.query) == bool(both and row and column), (row, column)


@pytest.mark.parametrize(("rows", "columns"), PAIRS)
def test_without_a_filter_every_value_has_its_row_and_its_column(rows, columns):
    found = matrix(rows=rows, columns=columns)
    assert sorted(row.head.value for row in found.rows if row.head.value) == OPTIONS[rows]
    assert sorted(head.value for head in found.columns if head.value) == OPTIONS[columns]
    assert not found.leaves_out


def test_link_of_a_cell_takes_its_values_in_place_of_those_chosen_and_keeps_the_rest():
    found = matrix("q=formers&keep=avignon&country=NL&country=BE&target=formers&target=young-offenders")
    links = [cell.query for row in found.rows for cell in row.cells if cell.count]
    assert links[0] == "?q=formers&country=BE&country=NL&activity=training&target=formers&keep=avignon"


def test_only_chosen_values_of_an_axis_are_shown():
    found = matrix(target=["formers", "young-offenders"])
    assert [head.value for head in found.columns] == ["young-offenders", "formers"]
    assert [head.count for head in found.columns] == [2, 1]


def test_a_chosen_value_without_a_pilot_stays():
    found = matrix(target=["formers", "returning-foreign-fighters"], country=["BE"])
    assert [(head.value, head.count, head.query) for head in found.columns] == [
        ("formers", 1, "?country=BE&target=formers"),
        ("returning-foreign-fighters", 0, ""),
    ]


def test_values_that_no_matching_pilot_has_are_left_out_of_the_table_but_not_of_the_words():
    found = matrix(country=["SE"], columns="stage")
    assert [row.head.value for row in found.rows] == ["case-management", "practice-exchange"]
    assert found.leaves_out
    assert {gap.value for gap in found.gaps} == set(OPTIONS["stage"])
    assert found.gaps[1].sentence == "None of the pilots that match is described as this."


def test_what_no_pilot_for_returning_foreign_fighters_is_described_as():
    said = {gap.value: gap.sentence for gap in matrix().gaps}
    assert said["returning-foreign-fighters"] == (
        "No pilot here is described as: Training; Multi-agency cooperation; Case management; Risk assessment; "
        "Practice exchange; Citizenship education."
    )


def test_words_name_exactly_the_empty_cells_of_the_table():
    found = matrix(rows="audience", columns="country")
    for column in found.columns:
        empty = [
            row.head.name for row in found.rows if row.head.value and not row.cells[found.columns.index(column)].count
        ]
        said = next(gap.sentence for gap in found.gaps if gap.value == column.value)
        assert said == f"No pilot here is described as: {'; '.join(empty)}."


def test_words_say_that_there_is_a_pilot_for_each():
    found = matrix(activity=["training"], target=["formers"])
    assert [gap.sentence for gap in found.gaps] == ["There is a pilot for each."]


def test_cells_say_in_words_what_they_show():
    words = {cell.words for row in matrix().rows for cell in row.cells}
    assert {
        "1 pilot: Training, Young offenders",
        "3 pilots: Case management, Extremist offenders and violent extremists",
        "No pilot: Training, Returning foreign fighters",
        "1 pilot: Training, Not stated in the source",
    } <= words


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Matrix: 9 pilots by activity type and target group"),
        ("country=FR&rows=stage", "Matrix: 3 of 9 pilots by stage and target group"),
        ("q=zzz", "Matrix: 0 of 9 pilots by activity type and target group"),
    ],
)
def test_heading_tells_count_and_axes(query, heading):
    assert matrix(query).heading == heading
