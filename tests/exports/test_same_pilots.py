"""For any filter, the list and everything that can be taken away of it hold the same pilots in the same order."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from pilots.browse.listing import Listing
from tests.examples import drawn
from tests.exports.reading_files import as_json, csv_rows, xlsx_rows
from tests.nine_pilots import OPTIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

WORDS = ("", "", "training", "prison officers", "Efus", "nothing that anybody said")
chosen = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True) for name, values in OPTIONS.items()
    },
)
queries = st.tuples(chosen, st.sampled_from(WORDS), st.sampled_from(("", "place", "-place", "newest")))


def query_of(facets: dict[str, list[str]], words: str, sort: str) -> str:
    one = {name: value for name, value in (("q", words), ("sort", sort)) if value}
    return urlencode(facets | one, doseq=True)


def in_files(query: str) -> Iterator[list[str]]:
    yield [row["slug"] for row in csv_rows(f"/pilots.csv?{query}")]
    yield [row["slug"] for row in xlsx_rows(f"/pilots.xlsx?{query}")]
    yield [feature["id"] for feature in as_json(f"/map.geojson?{query}")["features"]]
    yield [item["url"].split("/")[-2] for item in as_json(f"/pilots.feed.json?{query}")["items"]]


@drawn(40)
@given(queries)
def test_files_hold_the_pilots_of_the_list_in_its_order(drawn_query):
    query = query_of(*drawn_query)
    listed = [pilot.slug for pilot in Listing(QueryDict(query)).page]
    assert [*in_files(query)] == [listed] * 4
