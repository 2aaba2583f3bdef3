"""The table of queries: what each search finds in the nine pilots, in which order. The same on every database."""

from pathlib import Path

import pytest

from tests.find.lists import listing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

LINES = (Path(__file__).parent / "queries.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" → ") for line in LINES if line and not line.startswith("# ")]


def test_table_is_long_enough():
    assert len(ROWS) >= 60
    assert len({words for words, _slugs in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("words", "slugs"), ROWS)
def test_search_finds_these_pilots_in_this_order(words, slugs):
    assert [pilot.slug for pilot in listing({}, q=words).page] == ([] if slugs == "-" else slugs.split())
