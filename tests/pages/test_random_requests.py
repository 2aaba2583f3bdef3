"""Whatever an address says, search, facets and suggestions answer: never with an error of ours.

A few requests in each run; `RANDOM_REQUESTS=10000` asks for as many of each database.
"""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots.index.pilots import index
from pilots.search.reindex import index_words
from tests.examples import drawn
from tests.nine_pilots import OPTIONS
from tests.search.random_queries import SIGNS, queries
from tests.stored_rows import load_pilots, rows_made_by, store
from tests.visitors import visitor

REQUESTS = drawn(int(os.environ.get("RANDOM_REQUESTS", "60")))
PAGES = ("/pilots/", "/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/", "/suggest/", "/suggest/")
LATIN = "a\u00c3\u00bf"  # what bytes that are no UTF-8 look like
ODD = [*SIGNS, "", "0", "-1", "1e400", "NaN", "9" * 30, "x" * 300, LATIN]
VALUES = {name: [*values, *ODD] for name, values in OPTIONS.items()} | {
    "kind": ["hard", "helped", *ODD],
    "sort": ["place", "-place", "newest", "relevance", *ODD],
    "page": ["1", "2", *ODD],
    "per_page": ["12", "96", *ODD],
    "keep": ["avignon", *ODD],
    "rows": ["partner", "stage", *ODD],
    "columns": ["country", *ODD],
    "country__regex": ["(a+)+$", *ODD],
}
parameters = st.dictionaries(st.sampled_from(list(VALUES)), st.integers(), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: st.lists(st.sampled_from(VALUES[name]), max_size=4) for name in names})
)


@pytest.mark.django_db(transaction=True)
def test_any_words_and_parameters_are_answered():
    store(rows_made_by(load_pilots))
    index_words()
    index()
    client = visitor()
    asked = []

    @REQUESTS
    @given(page=st.sampled_from(PAGES), words=queries, others=parameters)
    def ask(page, words, others):
        response = client.get(page, {"q": words[:250], **others})
        if response.status_code == 301:  # from a mangled value, in one step
            response = client.get(response["Location"])
        asked.append(response.status_code)
        assert response.status_code in {200, 400, 404}, (page, words, others)

    ask()
    assert len(asked) >= REQUESTS.max_examples
    assert asked.count(200) > len(asked) // 4  # most of it is no nonsense
