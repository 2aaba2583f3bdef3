"""Addresses for programs: what a page leaves out with a note is refused, by the name of its parameter."""

import pytest
from django.http import QueryDict

from pilots.browse.filters import ComparisonFilterSet, MatrixFilterSet, PilotFilterSet, ShortlistFilterSet
from pilots.browse.refusals import refuse_ignored
from pilots.browse.selection import InvalidQuery

# Parameters are read in Python.
DATABASES = ("sqlite",)

KNOWN = {"country": {"FR": "France", "ES": "Spain"}, "partner": {"face": "FACE"}}
REFUSED = {
    "colour=red": "colour",
    "country=XX": "country",
    "country=FR&country=XX": "country",
    "country=": "country",
    "q=%E2%80%8B": "q",
    "q=a&q=b": "q",
    "sort=evil": "sort",
    "per_page=7": "per_page",
    "per_page=24": "per_page",
    "page=1": "page",
    "keep=avignon": "keep",
    "page=1&page=2": "page",
    "page=x": "page",
    "country__regex=F": "country__regex",
    "&".join(["country=FR"] * 21): "country",
}


def refused(query: str, filters: type[PilotFilterSet] = PilotFilterSet) -> InvalidQuery:
    asked = QueryDict(query)
    with pytest.raises(InvalidQuery) as caught:
        refuse_ignored(asked, filters.read(asked, KNOWN), filters.base_filters)
    return caught.value


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:30])
def test_what_a_page_would_ignore_is_refused_by_name(query):
    assert refused(query).parameter == REFUSED[query]


def test_refusal_repeats_the_value_and_does_not_say_that_it_is_ignored():
    assert str(refused("country=XX")) == "“XX” is no value of “country”."
    assert str(refused("colour=red")) == "There is no parameter “colour” here."


def test_columns_of_the_matrix_that_are_its_rows_are_refused():
    refusal = refused("rows=target&columns=target", MatrixFilterSet)
    assert (refusal.parameter, str(refusal)) == ("columns", "Rows and columns cannot both be “Target group”.")


@pytest.mark.parametrize("query", ["", "country=FR&country=ES&q=training&sort=newest", "country=fr"])
def test_what_a_page_understands_is_not_refused(query):
    asked = QueryDict(query)
    refuse_ignored(asked, PilotFilterSet.read(asked, KNOWN), PilotFilterSet.base_filters)


def test_shortlist_is_refused_by_what_only_carries_it_on_and_taken_by_what_shows_it():
    asked = QueryDict("keep=avignon&keep=malaga")
    refuse_ignored(asked, ShortlistFilterSet.read(asked, {}), ShortlistFilterSet.base_filters)
    with pytest.raises(InvalidQuery, match="There is no parameter “keep” here"):
        refuse_ignored(asked, ComparisonFilterSet.read(asked, {"pilot": {}}), ComparisonFilterSet.base_filters)


def test_answer_in_pages_takes_their_number_and_size():
    asked = QueryDict("page=2&per_page=24")
    refuse_ignored(asked, PilotFilterSet.read(asked, KNOWN), PilotFilterSet.base_filters, in_pages=True)
