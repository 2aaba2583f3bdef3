"""The list a visitor came from, carried by the address of a pilot's page. No database is needed to read it."""

import pytest
from django.http import QueryDict

from pilots.browse.selection import InvalidQuery
from pilots.browse.trail import read_trail


def test_trail_of_the_list_leads_back_to_it():
    trail = read_trail(QueryDict("q=work&country=FR&country=ES&keep=avignon&sort=newest"))
    assert trail.origin == "pilots"
    assert trail.query == "?q=work&country=FR&country=ES&keep=avignon&sort=newest"
    assert trail.back(2) == "?q=work&country=FR&country=ES&keep=avignon&sort=newest&page=2"


def test_trail_of_the_lessons_keeps_their_kind_and_page():
    trail = read_trail(QueryDict("target=young-offenders&kind=hard&from=lessons&page=3"))
    assert trail.origin == "lessons"
    assert trail.query == "?target=young-offenders&kind=hard&from=lessons&page=3"
    assert trail.back(3) == "?target=young-offenders&kind=hard&page=3"


def test_no_trail_leads_back_to_all_pilots():
    trail = read_trail(QueryDict(""))
    assert (trail.origin, trail.query, trail.back(1)) == ("pilots", "", "")


def test_origin_of_elsewhere_is_ignored_with_a_note():
    trail = read_trail(QueryDict("from=https://evil.example"))
    assert trail.origin == "pilots"
    assert trail.selection.notes == ("“https://evil.example” is not possible for “from”, so it is ignored.",)


@pytest.mark.parametrize(
    "query", ["page=x", "q=" + "a" * 201, "&".join(["country=FR"] * 21), "&".join(["keep=a"] * 21)]
)
def test_abuse_is_refused(query):
    with pytest.raises(InvalidQuery):
        read_trail(QueryDict(query))
