"""Where nothing has all words: stop words are given up first, then as few others as possible; the page says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from pilots.search.engine import search, search_lessons
from pilots.search.relaxing import MOST_GROUPS, best_match
from tests.browse.lists import found, listing
from tests.factories import LessonFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

SETS = st.lists(st.frozensets(st.integers(0, 6)), max_size=5)


@pytest.fixture
def workshops():
    """Make two pilots, of which nobody knows zebras."""
    PublishedPilotFactory(slug="one", summary="Young offenders before release.", authority__country="FR")
    PublishedPilotFactory(slug="two", summary="Young staff in prison.", authority__country="SE")


@given(SETS)
def test_best_are_those_in_most_sets(sets):
    often = {number: sum(number in one for one in sets) for number in set().union(*sets)}
    most = max(often.values(), default=0)
    ids, groups = best_match([BitMap(one) for one in sets])
    assert set(ids) == {number for number, times in often.items() if times == most}
    assert {len(group) for group in groups} <= {most}


def test_choices_of_words_are_followed_up_to_a_limit():
    held = [BitMap([n]) for n in range(MOST_GROUPS + 3)]
    assert len(best_match(held).ids) == MOST_GROUPS


@pytest.mark.usefixtures("workshops")
@pytest.mark.parametrize(
    ("words", "slugs", "holds"),
    [
        ("young zebra", {"one", "two"}, (1, 2)),
        ("young offenders zebra", {"one"}, (2, 3)),
        ("young offenders after release", {"one"}, (3, 3)),
        ("offenders después release", {"one"}, (2, 2)),
        ("young people after release", {"one"}, (2, 3)),
        ("offenders prison", {"one", "two"}, (1, 2)),
        ("offenders prison -zebra", {"one", "two"}, (1, 2)),
        ("offenders prison -staff", {"one"}, (1, 2)),
        ("zebra giraffe", set(), (0, 2)),
    ],
)
def test_most_words_are_enough_where_nothing_has_all(words, slugs, holds):
    relaxed = search(words).relaxed
    assert found(words) == slugs
    assert (relaxed.holds, relaxed.of) == holds


@pytest.mark.usefixtures("workshops")
@pytest.mark.parametrize("words", ["young offenders", "zebra", '"young zebra"', "young", "-young"])
def test_nothing_is_given_up_where_something_has_all_or_one_word_is_asked_for(words):
    assert search(words).relaxed is None


@pytest.mark.usefixtures("workshops")
def test_rows_and_tiers_are_those_that_were_found():
    result = search("offenders prison zebra")
    assert set(listing({}, q="offenders prison zebra").matches.ids) == set(result.ids)
    assert BitMap.union(*result.tiers) == result.ids


@pytest.mark.usefixtures("workshops")
def test_page_says_so_and_lets_each_word_be_dropped(client):
    page = read(client.get("/pilots/?q=young+offenders+zebra"))
    assert "No pilot has all these words. 1 pilot has 2 of 3" in page.one("p", class_="status").text
    links = page.one("div", class_="fewer-words").all("a")
    assert [(link.text, link["href"]) for link in links] == [
        ("without “zebra”", "/pilots/?q=young+offenders"),
        ("without “young”", "/pilots/?q=offenders+zebra"),
        ("without “offenders”", "/pilots/?q=young+zebra"),
        ("only “young”", "/pilots/?q=young"),
        ("only “offenders”", "/pilots/?q=offenders"),
    ]
    counts = [count.text for count in page.one("div", class_="fewer-words").all("span")]
    assert counts == ["1 pilot", "2 pilots", "1 pilot"]


@pytest.mark.usefixtures("workshops")
def test_counts_of_fewer_words_keep_the_filters():
    ways = listing({"country": ["SE"]}, q="young zebra").ways_out.without_word
    assert [(way.values, way.query, way.count) for way in ways] == [
        ("zebra", "?q=young&country=SE", 1),
        ("young", "?q=zebra&country=SE", 0),
    ]


@pytest.mark.usefixtures("workshops")
def test_page_names_the_stop_words_it_left_out(client):
    page = read(client.get("/pilots/?q=offenders+after+release"))
    assert "Without “after”, 1 pilot matches" in page.one("p", class_="status").text


@pytest.mark.usefixtures("workshops")
def test_misspelt_word_beside_others_is_still_mended(client):
    page = read(client.get("/pilots/?q=young+ofenders"))
    assert page.one("p", class_="did-you-mean").one("a").text == "young offenders"


@pytest.mark.usefixtures("workshops")
def test_stop_words_are_not_taken_for_misspelt_ones(client):
    PublishedPilotFactory(summary="Meaning that most of it wants zebras.")
    page = read(client.get("/pilots/?q=what+prison+offenders+zebra"))
    assert not page.all("p", class_="did-you-mean")


def test_lessons_are_relaxed_as_well(client):
    LessonFactory(pilot=PublishedPilotFactory(), text="Patience helps.")
    assert search_lessons("patience zebra").relaxed.holds == 1
    assert "1 lesson has 1 of 2" in client.get("/lessons/?q=patience+zebra").content.decode()
