"""Where a pilot stands in the visitor's list: checked against the list itself."""

import itertools

import pytest

from pilots.browse.filters import PilotFilterSet
from pilots.browse.neighbours import position_of
from pilots.browse.selection import SORTS, Selection
from pilots.index.pilots import index
from pilots.models import Pilot
from tests.browse.in_sql import pilots_in_sql
from tests.browse.lists import listing
from tests.factories import PartnerFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db

CHOICES = ({}, {"country": ["FR"]}, {"activity": ["training"]}, {"country": ["NL", "ES"], "stage": ["release"]})


@pytest.mark.usefixtures("nine_pilots")
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("chosen", CHOICES, ids=str)
def test_neighbours_are_those_of_the_list(chosen, sort):
    pilots = list(listing(chosen, sort=sort).page)
    assert pilots, "nothing to compare"
    filtered = PilotFilterSet.matches(Selection(chosen=chosen, sort=sort), index())
    ids = [None, *(pilot.pk for pilot in pilots), None]
    for number, (before, here, after) in enumerate(zip(ids, pilots, ids[2:], strict=False), start=1):
        place = position_of(here.pk, filtered)
        assert (place.number, place.total, place.previous, place.following) == (number, len(pilots), before, after)


@pytest.mark.usefixtures("nine_pilots")
def test_pilot_outside_the_list_has_no_place_in_it():
    assert (
        position_of(
            Pilot.objects.get(slug="malaga").pk, PilotFilterSet.matches(Selection(chosen={"country": ["FR"]}), index())
        )
        is None
    )


def test_pilots_of_one_place_are_told_apart_by_their_slugs():
    shared = PartnerFactory(slug="shared")
    first = PublishedPilotFactory(slug="a", partners=[shared])
    second, third = (PublishedPilotFactory(slug=slug, authority=first.authority, partners=[shared]) for slug in "bc")
    for sort in SORTS:
        pilots = PilotFilterSet.matches(Selection(chosen={"partner": ["shared"]}, sort=sort), index())
        order = list(pilots_in_sql(pilots.selection))
        for before, after in itertools.pairwise(order):
            assert position_of(before.pk, pilots).following == after.pk
            assert position_of(after.pk, pilots).previous == before.pk
        assert {pilot.pk for pilot in order} == {first.pk, second.pk, third.pk}


def test_hidden_pilots_are_no_neighbours_and_are_not_counted():
    partner = PartnerFactory(slug="shared")
    pilots = [
        PublishedPilotFactory(slug=f"pilot-{n}", authority__slug=f"place-{n}", partners=[partner]) for n in range(3)
    ]
    Pilot.objects.filter(pk=pilots[1].pk).update(status="draft")
    place = position_of(pilots[0].pk, PilotFilterSet.matches(Selection(chosen={"partner": ["shared"]}), index()))
    assert (place.total, place.following) == (2, pilots[2].pk)
    assert position_of(pilots[1].pk, PilotFilterSet.matches(Selection(), index())) is None


def test_place_takes_no_query_whatever_the_length_of_the_list(django_assert_num_queries):
    pilots = [PublishedPilotFactory() for _ in range(12)]
    everything = PilotFilterSet.matches(Selection(), index())
    with django_assert_num_queries(0):
        position_of(pilots[5].pk, everything)
