"""Counts beside options are honest: what stands there is what a visitor gets, whatever is chosen."""

import random
from collections.abc import Iterator

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from pilots.browse.listing import Listing
from tests import factories
from tests.browse.lists import listing, selections, shown
from tests.cached_content import cached_content, rows_for_a_module
from tests.examples import drawn
from tests.nine_pilots import counts, matching

pytestmark = pytest.mark.django_db
# The sets of the index are counted in Python; tests/index/test_pilots.py makes them on both.
DATABASES = ("sqlite",)

Values = dict[str, dict[str, set[str]]]

KINDS = {
    "partner": ("partners", factories.PartnerFactory),
    "activity": ("activity_types", factories.ActivityTypeFactory),
    "audience": ("audiences", factories.AudienceFactory),
    "target": ("target_groups", factories.TargetGroupFactory),
    "stage": ("stages", factories.StageFactory),
}
OPTIONS = {name: [f"{name}-{n}" for n in range(5)] for name in KINDS} | {
    "country": ["FR", "ES", "SE"],
    "authority_kind": ["municipality", "national-agency"],
}
EVERY_OPTION = [(name, value) for name, values in OPTIONS.items() for value in values]


@pytest.fixture(scope="module")
def crowd(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Values]:
    """Make sixty pilots with random values, half of them public; return the values of those."""
    with rows_for_a_module(django_db_blocker):
        values = make_crowd(random.Random(7))
        with cached_content():
            yield values


def make_crowd(chance: random.Random) -> Values:
    rows = {name: [factory(slug=slug) for slug in OPTIONS[name]] for name, (_field, factory) in KINDS.items()}
    public: Values = {}
    for number in range(60):
        country, kind = chance.choice(OPTIONS["country"]), chance.choice(OPTIONS["authority_kind"])
        values = {name: chance.sample(rows[name], chance.choice([0, 1, 1, 2, 3])) for name in KINDS}
        status = "published" if number % 2 else chance.choice(["draft", "in-review", "archived"])
        fields = {KINDS[name][0]: some for name, some in values.items()}
        authority = factories.AuthorityFactory(country=country, kind=kind)
        pilot = factories.PublishedPilotFactory(authority=authority, status=status, **fields)
        if status == "published":
            public[pilot.slug] = {name: {row.slug for row in some} for name, some in values.items()}
            public[pilot.slug] |= {"country": {country}, "authority_kind": {kind}}
    return public


@drawn(30)
@given(chosen=selections(OPTIONS))
def test_counts_and_list_of_any_choice(crowd, chosen):
    found = listing(chosen, per_page=96)
    assert shown(found) == counts(chosen, crowd)
    assert {pilot.slug for pilot in found.page} == matching(chosen, crowd)


@drawn(25)
@given(chosen=selections(OPTIONS), ticked=st.sampled_from(EVERY_OPTION))
def test_count_is_what_ticking_this_option_alone_in_its_facet_gives(crowd, chosen, ticked):
    name, value = ticked
    assert shown(listing(chosen))[name][value] == listing({**chosen, name: [value]}).count


@drawn(25)
@given(chosen=selections(OPTIONS), q=st.sampled_from(["", "pilot", "nothing has this word"]))
def test_ways_out_give_what_they_say(crowd, chosen, q):
    found = listing(chosen, q=q)
    ways = {way.query: way.count for way in found.ways_out.without_part or found.ways_out.only_part}
    for query, count in ways.items():
        assert count > 0
        assert Listing(QueryDict(query[1:])).count == count
    assert list(ways.values()) == sorted(ways.values(), reverse=True)
    assert not (found.count and ways)


@drawn(30)
@given(chosen=selections(OPTIONS))
def test_every_filter_whose_dropping_helps_is_offered(crowd, chosen):
    chosen = {name: values for name, values in chosen.items() if values}
    found = listing(chosen)
    rests = [{name: values for name, values in chosen.items() if name != dropped} for dropped in chosen]
    helping = sorted(count for count in (len(matching(rest, crowd)) for rest in rests) if count)
    assert sorted(way.count for way in found.ways_out.without_part) == ([] if found.count else helping)


@drawn(30)
@given(chosen=selections(OPTIONS))
def test_each_part_alone_is_offered_only_where_dropping_one_does_not_help(crowd, chosen):
    chosen = {name: values for name, values in chosen.items() if values}
    found = listing(chosen, q="nothing")
    alone = sorted(count for count in (len(matching({name: chosen[name]}, crowd)) for name in chosen) if count)
    assert sorted(way.count for way in found.ways_out.only_part) == ([] if found.ways_out.without_part else alone)
    assert not (found.ways_out.only_part and found.ways_out.without_part)
