"""*Or* within a facet, *and* across: every combination of the nine pilots against plain sets."""

import random
from itertools import combinations, product

import pytest
from django.http import QueryDict
from django.utils.http import urlencode

from pilots.browse.filters import PilotFilterSet
from pilots.browse.listing import Listing
from pilots.browse.selection import Selection
from pilots.index.pilots import index
from pilots.models import Pilot
from tests import facts
from tests.browse.in_sql import pilots_in_sql
from tests.factories import ActivityTypeFactory, PublishedPilotFactory
from tests.nine_pilots import OPTIONS, PARAMETERS, Chosen, matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]

EVERY_VALUE = [(name, value) for name in PARAMETERS for value in OPTIONS[name]]
TRIPLES = random.Random(2019).sample(list(combinations(EVERY_VALUE, 3)), 300)


def together(pairs: tuple[tuple[str, str], ...]) -> Chosen:
    """Return pairs of parameter and value as one choice."""
    return {name: [value for other, value in pairs if other == name] for name, _value in pairs}


def found(chosen: Chosen) -> list[str]:
    """The slugs of the pilots that the database finds by the same filters, in its order."""
    return list(pilots_in_sql(Selection(chosen=chosen)).values_list("slug", flat=True))


def having(chosen: Chosen) -> list[str]:
    """The slugs of the pilots that lists show: those in the sets of all chosen values."""
    public = index()
    return [public.facts[pk].slug for pk in PilotFilterSet.matches(Selection(chosen=chosen), public)[0:100]]


def listed(query: str) -> list[str]:
    return [pilot.slug for pilot in Listing(QueryDict(query)).page]


def test_facts_have_all_facets():
    assert {name: len(values) for name, values in OPTIONS.items()} == {
        "country": 5, "authority_kind": 3, "partner": 6, "activity": 7, "audience": 5, "target": 6, "stage": 4,
    }  # fmt: skip


@pytest.mark.parametrize(("name", "value"), EVERY_VALUE)
def test_one_value(name, value):
    expected = matching({name: [value]})
    assert set(listed(f"{name}={value}")) == expected
    assert expected


@pytest.mark.parametrize("names", [(a, b) for a, b in product(PARAMETERS, repeat=2) if a <= b])
def test_every_pair_of_values(names):
    pairs = [(a, b) for a, b in combinations(EVERY_VALUE, 2) if sorted((a[0], b[0])) == list(names)]
    assert pairs
    for pair in pairs:
        chosen = together(pair)
        assert set(having(chosen)) == matching(chosen), pair


def test_sample_of_triples():
    for triple in TRIPLES:
        chosen = together(triple)
        assert set(having(chosen)) == matching(chosen), triple


def test_database_finds_the_same():
    for triple in TRIPLES[:60]:
        chosen = together(triple)
        assert found(chosen) == having(chosen), triple


@pytest.mark.parametrize(("countries", "partners", "count"), facts.COUNTS)
def test_cells_counted_by_hand(countries, partners, count):
    known = [country for country in countries if country != "DE"]  # no pilot is there: ignored with a note
    query = urlencode({"country": countries, "partner": partners}, doseq=True)
    assert len(listed(query)) == (count if known or partners else 9)


def test_pilot_with_two_of_the_chosen_values_is_listed_once():
    assert listed("activity=training&activity=case-management&country=BE") == ["vilvoorde"]


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_only_published_pilots_match(status):
    Pilot.objects.filter(slug="avignon").update(status=status)
    assert found({"country": ["FR"]}) == having({"country": ["FR"]}) == ["clichy-sous-bois", "sarcelles"]
    assert "avignon" not in having({})


@pytest.mark.parametrize(
    ("sort", "first", "last"), [("place", "avignon", "vilvoorde"), ("-place", "vilvoorde", "avignon")]
)
def test_order_by_place(sort, first, last):
    slugs = listed(f"sort={sort}")
    assert (slugs[0], slugs[-1], len(slugs)) == (first, last, 9)


def test_newest_first():
    newest = PublishedPilotFactory(slug="newest", activity_types=[ActivityTypeFactory()])
    slugs = listed("sort=newest")
    assert slugs[0] == newest.slug
    assert slugs[1:] == sorted(facts.PILOTS, key=_published_last)


def _published_last(slug: str) -> tuple[float, str]:
    return -Pilot.objects.get(slug=slug).published_at.timestamp(), slug


def test_choice_of_a_value_nobody_knows_is_a_mistake_of_ours():
    """The selection is read against known values; a caller that skips the reading is stopped."""
    with pytest.raises(KeyError, match="evil"):
        PilotFilterSet.matches(Selection(sort="evil"), index())[0:9]
