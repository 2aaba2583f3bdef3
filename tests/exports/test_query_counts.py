"""How many queries each file takes for the first who asks for it: a constant, with one entry or thirty."""

import pytest

from pilots.index.fragments import CONTENT
from pilots.index.rows import LESSONS, ORGANISATIONS, PARTNERS, PARTS, PILOTS, PLACES
from pilots.search.reindex import index_words
from tests.pages.test_query_counts import make
from tests.visitors import visitor

# Without a transaction around: inside one, nothing is kept, and every file would read the index anew.
pytestmark = pytest.mark.django_db(transaction=True)

QUERIES = {
    "/pilots.csv": 17,
    "/pilots.xlsx": 17,
    "/pilots.csv?country=FR&activity=shared&sort=newest": 17,
    "/pilots/pilot-0.csv": 18,
    "/lessons.csv": 6,
    "/lessons.xlsx": 6,
    "/shortlist.csv?keep=pilot-0": 19,
    "/pilots/pilot-0.pdf": 12,
    "/shortlist.pdf?keep=pilot-0": 12,
    "/shortlist.docx?keep=pilot-0": 12,
    "/matrix.csv": 1,
    "/map.geojson": 4,
    "/map.svg": 5,
    "/partners.csv": 6,
    "/partners.graphml": 6,
    "/partners.svg": 6,
    "/pilots/pilot-0.ris": 5,
    "/pilots.bib?country=FR": 4,
    "/shortlist.csl.json?keep=pilot-0": 6,
    "/pilots.atom": 5,
    "/pilots.feed.json": 5,
    "/pilots/pilot-0.png": 5,
    "/card.png": 0,
    "/lessons.atom": 8,
    "/data.ttl": 2,
    "/data/vocabularies.ttl": 6,
    "/data.zip": 2,
}


@pytest.mark.parametrize("size", [1, 30])
def test_queries_of_every_file(django_assert_num_queries, size):
    make(size)
    index_words()
    for address in (
        "/pilots.csv",
        "/lessons.csv",
        "/about/",
        "/data.zip",
    ):  # the first readers after a change take it in
        visitor().get(address)
    for address, count in QUERIES.items():
        for cache in (CONTENT, PILOTS, LESSONS, PARTS, PARTNERS, ORGANISATIONS, PLACES):
            cache.clear()
        with django_assert_num_queries(count, info=f"{address} with {size} entries"):
            visitor().get(address)
