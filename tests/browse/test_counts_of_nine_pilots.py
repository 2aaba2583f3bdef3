"""Counts, words and ways out on the nine pilots, against what `tests/facts.py` says of them."""

import pytest
from hypothesis import given

from tests.browse.lists import listing, selections, shown
from tests.examples import drawn
from tests.nine_pilots import OPTIONS, counts, matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# The sets of the index are counted in Python; tests/index/test_pilots.py makes them on both.
DATABASES = ("sqlite",)


@drawn(30)
@given(chosen=selections(OPTIONS))
def test_counts_and_list_of_any_choice(chosen):
    found = listing(chosen)
    assert shown(found) == counts(chosen)
    assert {pilot.slug for pilot in found.page} == matching(chosen)


def test_whole_portal_in_figures():
    assert shown(listing({})) == counts({})


def test_options_without_a_pilot_stay_with_a_nought():
    found = shown(listing({"country": ["SE"]}))
    assert {partner: count for partner, count in found["partner"].items() if count} == {"fryshuset-exit-sweden": 1}
    assert len(found["partner"]) == 6
    assert found["country"] == {"BE": 1, "FR": 3, "NL": 2, "ES": 2, "SE": 1}


def test_search_narrows_all_counts():
    found = shown(listing({"country": ["FR"]}, q="malaga"))
    assert {code: count for code, count in found["country"].items() if count} == {"ES": 1}
    assert set(found["partner"].values()) == {0}


def test_ways_out_are_named_most_results_first():
    found = listing({"country": ["FR"], "partner": ["denkzeit"]})
    assert [(way.label, way.values, way.count, way.query) for way in found.ways_out.without_part] == [
        ("partner", "Denkzeit", 3, "?country=FR"),
        ("country", "France", 1, "?partner=denkzeit"),
    ]


def test_way_out_drops_all_values_of_its_facet_and_keeps_the_order():
    found = listing({"country": ["SE", "BE"], "partner": ["efus"]}, sort="newest")
    assert [(way.values, way.count, way.query) for way in found.ways_out.without_part] == [
        ("Belgium or Sweden", 2, "?partner=efus&sort=newest"),
        ("Efus", 2, "?country=BE&country=SE&sort=newest"),
    ]


def test_way_out_may_drop_the_search():
    found = listing({"country": ["BE"]}, q="malaga")
    assert [(way.label, way.values, way.count, way.query) for way in found.ways_out.without_part] == [
        ("country", "Belgium", 1, "?q=malaga"),
        ("search", "“malaga”", 1, "?country=BE"),
    ]


def test_where_dropping_one_part_is_not_enough_each_part_is_offered_alone():
    found = listing({"country": ["SE"], "stage": ["release"], "partner": ["face"]}, sort="newest")
    assert [(way.label, way.values, way.count, way.query) for way in found.ways_out.without_part] == [
        ("country", "Sweden", 1, "?partner=face&stage=release&sort=newest")
    ]
    assert found.ways_out.only_part == []
    found = listing({"country": ["SE"], "stage": ["release"], "partner": ["face"]}, q="malaga")
    assert found.ways_out.without_part == []
    assert [(way.label, way.values, way.count, way.query) for way in found.ways_out.only_part] == [
        ("stage", "Release", 4, "?stage=release"),
        ("country", "Sweden", 1, "?country=SE"),
        ("partner", "FACE", 1, "?partner=face"),
        ("search", "“malaga”", 1, "?q=malaga"),
    ]


@pytest.mark.parametrize(
    ("query", "heading", "sentence"),
    [
        ({}, "9 pilots", "All 9 pilots are shown."),
        ({"country": ["FR"]}, "3 of 9 pilots", "3 pilots match: country France."),
        ({"country": ["BE"]}, "1 of 9 pilots", "1 pilot matches: country Belgium."),
        ({"country": ["NL", "ES"]}, "4 of 9 pilots", "4 pilots match: country Netherlands or Spain."),
        ({"country": ["FR"], "partner": ["face"]}, "1 of 9 pilots", "1 pilot matches: country France; partner FACE."),
        ({"country": ["SE"], "partner": ["face"]}, "0 of 9 pilots", "No pilot matches: country Sweden; partner FACE."),
        ({"q": ["málaga"]}, "1 of 9 pilots", "1 pilot matches: search “málaga”."),
        ({"sort": ["newest"], "per_page": ["24"]}, "9 pilots", "All 9 pilots are shown."),
    ],
)
def test_heading_and_sentence(query, heading, sentence):
    found = listing(query)
    assert (found.heading, found.sentence) == (heading, sentence)


def test_chips_each_lead_to_the_list_without_their_value():
    found = listing({"q": ["training"], "country": ["FR", "ES"], "partner": ["efus"]}, sort="newest", page=1)
    assert [(chip.label, chip.value, chip.query_without) for chip in found.chips] == [
        ("Search", "training", "?country=FR&country=ES&partner=efus&sort=newest"),
        ("Country", "France", "?q=training&country=ES&partner=efus&sort=newest"),
        ("Country", "Spain", "?q=training&country=FR&partner=efus&sort=newest"),
        ("Partner", "Efus", "?q=training&country=FR&country=ES&sort=newest"),
    ]


def test_order_and_page_size_are_no_chips():
    assert listing({}, sort="newest", per_page=48).chips == []
