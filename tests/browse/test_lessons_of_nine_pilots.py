"""The library of lessons on the nine pilots, against what `tests/facts.py` says of them."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from pilots.browse.filters import LessonFilterSet
from pilots.browse.lessons import PilotsOfLessons
from pilots.browse.listing import NoSuchPage
from pilots.browse.matches import Matches
from pilots.browse.neighbours import position_of
from pilots.browse.selection import Selection
from pilots.index.pilots import index
from pilots.models import Lesson, Pilot
from tests import facts
from tests.browse.lists import found_lessons, library, library_at, named, selections, shown
from tests.examples import drawn
from tests.factories import LessonFactory, PublishedPilotFactory
from tests.nine_pilots import OPTIONS, VALUES, counts, matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# The sets of the index are counted in Python; tests/index/test_lessons.py makes them on both.
DATABASES = ("sqlite",)

# "avignon-1": its values by parameter. A lesson is found by what its pilot is found by, and by its own kind.
LESSONS = {
    f"{slug}-{number}": VALUES[slug] | {"kind": {kind}}
    for slug, pilot in facts.PILOTS.items()
    for number, kind in pilot.lessons.items()
}
CHOICES = OPTIONS | {"kind": ["helped", "hard", "insight", "method"]}
EVERY_VALUE = [(name, value) for name, values in CHOICES.items() for value in values]


def test_facts_have_three_lessons_and_twelve_working_methods():
    kinds = [kind for pilot in facts.PILOTS.values() for kind in pilot.lessons.values()]
    assert {kind: kinds.count(kind) for kind in CHOICES["kind"]} == {"helped": 2, "hard": 0, "insight": 1, "method": 12}


def expected(chosen: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """The counts of each option; a kind that no lesson has is offered with a nought."""
    found = counts(chosen, LESSONS)
    return found | {"kind": dict.fromkeys(CHOICES["kind"], 0) | found["kind"]}


def test_counts_of_the_whole_library():
    assert library_at("").total == library_at("").count == len(LESSONS)
    assert shown(library_at("")) == expected({})
    assert shown(library_at(""))["country"] == {"BE": 3, "ES": 3, "FR": 5, "NL": 3, "SE": 1}


@drawn(25)
@given(chosen=selections(CHOICES))
def test_counts_and_lessons_of_any_choice(chosen):
    listed = library(chosen, per_page=96)
    assert shown(listed) == expected(chosen)
    assert set(named(listed.page)) == matching(chosen, LESSONS)


@drawn(25)
@given(chosen=selections(CHOICES), ticked=st.sampled_from(EVERY_VALUE))
def test_count_is_what_ticking_this_option_alone_in_its_facet_gives(chosen, ticked):
    name, value = ticked
    assert shown(library(chosen))[name][value] == library({**chosen, name: [value]}).count


@drawn(25)
@given(chosen=selections(CHOICES), q=st.sampled_from(["", "training", "nothing has this word"]))
def test_ways_out_give_what_they_say(chosen, q):
    listed = library(chosen, q=q)
    ways = {way.query: way for way in listed.ways_out.without_part or listed.ways_out.only_part}
    for query, way in ways.items():
        assert library_at(query[1:]).count == way.count > 0
        assert sum(map(int, re.findall(r"\d+", way.amount))) == way.count
    assert not (listed.count and ways)


@pytest.mark.parametrize("kind", CHOICES["kind"])
def test_every_pair_of_a_kind_and_another_value(kind):
    for chosen in [{"kind": [kind], name: [value]} for name, value in EVERY_VALUE if name != "kind"]:
        assert found_by(LessonFilterSet.matches(Selection(chosen=chosen), index())) == matching(chosen, LESSONS), chosen


def found_by(lessons: Matches) -> set[str]:
    return set(named(Lesson.objects.filter(pk__in=lessons.ids).select_related("pilot")))


def test_kinds_widen_one_another():
    for pair in combinations(CHOICES["kind"], 2):
        assert library({"kind": pair}).count == sum(library({"kind": [kind]}).count for kind in pair)


def test_kind_is_the_first_facet_with_all_kinds_in_words():
    facet = library({"country": ["SE"]}).facets[0]
    assert (facet.name, facet.label) == ("kind", "Lesson or method")
    assert [(option.name, option.count) for option in facet.options] == [
        ("What helped", 0), ("What was hard", 0), ("Insight", 0), ("Working method", 1),
    ]  # fmt: skip
    assert [(heading, [option.value for option in some]) for heading, some in facet.groups] == [
        ("What was learnt", ["helped", "hard", "insight"]),
        ("How they worked", ["method"]),
    ]


def test_lessons_and_methods_are_counted_apart_and_together_they_are_all():
    both = library({"partner": ["fryshuset-exit-sweden"]})
    assert both.heading == "2 of 3 lessons and 4 of 12 working methods"
    assert both.sentence == "2 lessons and 4 working methods match: partner Fryshuset / Exit Sweden."
    assert library_at("").show_all == "Show all 3 lessons and 12 working methods"


@pytest.mark.parametrize(
    ("words", "lessons"),
    [
        ("young offenders Avignon", {"avignon-1"}),  # what the pilot is classified as, and its place
        ("GROUPS joint", {"avignon-1"}),  # its own words
        ("malaga", {"malaga-1", "malaga-2"}),
        ("bespoke Málaga", {"malaga-2"}),
        ("citizenship police", {"sarcelles-2"}),  # an activity type, and its own word
        ("netherlands", {"rotterdam-1", "rotterdam-2", "the-hague-1"}),
        ("denkzeit", {"malaga-1", "malaga-2"}),
        ("municipality the hague", {"the-hague-1"}),
        ("study visit", {"vilvoorde-2"}),
        ("isit", set()),  # the end of a word
        ("stockholm", set()),  # what was done in Vilvoorde, but no lesson
        ("…", set()),
    ],
)
def test_search(words, lessons):
    assert found_lessons(words) == set(named(library({}, q=words).page)) == lessons


@pytest.mark.parametrize("sort", ["place", "-place"])
def test_lessons_stand_by_kind_and_within_it_by_pilot_in_their_order(sort):
    pilots = sorted(facts.PILOTS, key=_by_place, reverse=sort == "-place")
    assert named(library({}, sort=sort).page) == [
        f"{slug}-{n}"
        for kind in CHOICES["kind"]
        for slug in pilots
        for n, own in facts.PILOTS[slug].lessons.items()
        if own == kind
    ]


def _by_place(slug: str) -> str:
    return Pilot.objects.get(slug=slug).authority.slug


def test_lessons_of_the_newest_entry_come_first_among_their_kind():
    LessonFactory(pilot=PublishedPilotFactory(slug="newest"), number=7, kind="helped")
    assert named(library_at("sort=newest").page)[0] == "newest-7"


@pytest.mark.parametrize(
    ("query", "heading", "sentence"),
    [
        ("", "3 lessons and 12 working methods", "All 3 lessons and 12 working methods are shown."),
        ("target=young-offenders", "3 of 12 working methods", "3 working methods match: target group Young offenders."),
        ("kind=insight", "1 of 3 lessons", "1 lesson matches: lesson or method Insight."),
        ("kind=hard&country=FR", "0 of 3 lessons and 0 of 12 working methods",
         "No lesson or working method matches: lesson or method What was hard; country France."),
        ("per_page=12&page=2", "3 lessons and 12 working methods, page 2 of 2",
         "All 3 lessons and 12 working methods are shown. This page shows number 13 to 15."),
    ],
)  # fmt: skip
def test_heading_and_sentence(query, heading, sentence):
    assert (library_at(query).heading, library_at(query).sentence) == (heading, sentence)


def test_chips_and_ways_out_name_the_kind():
    listed = library_at("kind=insight&country=FR&keep=malaga")
    assert [(chip.label, chip.value, chip.query_without) for chip in listed.chips] == [
        ("Lesson or method", "Insight", "?country=FR&keep=malaga"),
        ("Country", "France", "?kind=insight&keep=malaga"),
    ]
    assert [(way.label, way.values, way.amount, way.query) for way in listed.ways_out.without_part] == [
        ("lesson or method", "Insight", "5 working methods", "?country=FR&keep=malaga"),
        ("country", "France", "1 lesson", "?kind=insight&keep=malaga"),
    ]


def test_pages_hold_every_lesson_once_in_order():
    pages = [library_at(f"per_page=12&page={number}").page for number in (1, 2)]
    assert [lesson for page in pages for lesson in named(page)] == named(library_at("").page)
    with pytest.raises(NoSuchPage, match="no page 2; its last page is 1"):
        library_at("page=2")


def test_library_shows_more_on_a_page_than_the_list_and_its_addresses_know_it():
    assert library_at("").selection.per_page == library_at("per_page=24").selection.per_page == 24
    assert [library_at(f"per_page={size}").selection.query() for size in (12, 24, 48)] == [
        "?per_page=12", "", "?per_page=48",
    ]  # fmt: skip


def test_kind_is_not_taken_to_pages_that_do_not_know_it():
    listed = library_at("kind=hard&q=a&country=BE&keep=malaga&per_page=12")
    assert listed.elsewhere == "?q=a&country=BE&keep=malaga"
    assert listed.trail == "?q=a&kind=hard&country=BE&keep=malaga&from=lessons&per_page=12"


@pytest.mark.parametrize("chosen", [{}, {"kind": ["helped"]}, {"target": ["young-offenders"]}], ids=str)
def test_way_through_pilots_leads_to_those_whose_lessons_were_chosen(chosen):
    pilots = PilotsOfLessons(Selection(chosen=chosen), index())
    slugs = list(dict.fromkeys(name.rpartition("-")[0] for name in named(library(chosen).page)))
    here = Pilot.objects.get(slug=slugs[0])
    assert set(Pilot.objects.filter(pk__in=BitMap.union(*pilots.tiers)).values_list("slug", flat=True)) == set(slugs)
    assert (position_of(here.pk, pilots).number, position_of(here.pk, pilots).total) == (1, len(slugs))
