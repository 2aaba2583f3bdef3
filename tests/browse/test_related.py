"""Which pilots are related, and what they have in common."""

import pytest

from pilots.browse.classification import values_by_pilot
from pilots.browse.related import MOST_RELATED, like, shared_values
from pilots.index.pilots import index
from pilots.models import Pilot
from tests.factories import (
    ActivityTypeFactory,
    AuthorityFactory,
    PartnerFactory,
    PublishedPilotFactory,
    StageFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db


def related(pilot):
    """The slugs of the related pilots, each with what it shares."""
    ids = like(pilot.pk, index())
    slugs = dict(Pilot.objects.values_list("pk", "slug"))
    return {slugs[other.pk]: other.shared for other in shared_values(pilot.pk, ids, values_by_pilot([pilot.pk, *ids]))}


@pytest.mark.usefixtures("nine_pilots")
def test_pilots_with_exit_sweden_are_related_by_their_partner():
    found = related(Pilot.objects.get(slug="rotterdam"))
    assert list(found)[:2] == ["vilvoorde", "swedish-prison-and-probation-service"]
    assert found["vilvoorde"]["partner"] == ["Fryshuset / Exit Sweden"]
    assert "Case management" in found["vilvoorde"]["activity"]


def test_more_in_common_comes_first():
    partner, activity, target = PartnerFactory(), ActivityTypeFactory(), TargetGroupFactory()
    pilot = PublishedPilotFactory(partners=[partner], activity_types=[activity], target_groups=[target])
    PublishedPilotFactory(slug="one", activity_types=[activity])
    PublishedPilotFactory(slug="two", activity_types=[activity], target_groups=[target])
    PublishedPilotFactory(slug="three", partners=[partner], activity_types=[activity], target_groups=[target])
    assert list(related(pilot)) == ["three", "two", "one"]


def test_a_stage_and_a_country_alone_are_no_likeness():
    stage = StageFactory()
    pilot = PublishedPilotFactory(stages=[stage])
    PublishedPilotFactory(stages=[stage], authority=AuthorityFactory(country=pilot.authority.country))
    assert related(pilot) == {}


def test_values_that_both_have_are_named_and_no_others():
    shared, own = ActivityTypeFactory(name="Shared"), ActivityTypeFactory(name="Own")
    pilot = PublishedPilotFactory(activity_types=[shared, own], authority__country="NL")
    PublishedPilotFactory(slug="other", activity_types=[shared], authority__country="SE")
    assert related(pilot) == {"other": {"activity": ["Shared"]}}


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilot_is_related_to_none(status):
    partner = PartnerFactory()
    pilot = PublishedPilotFactory(partners=[partner])
    PublishedPilotFactory(partners=[partner], status=status)
    assert related(pilot) == {}


def test_number_of_related_pilots_has_an_end_and_needs_no_query(django_assert_num_queries):
    partner = PartnerFactory()
    pilot = PublishedPilotFactory(partners=[partner])
    for _ in range(MOST_RELATED + 3):
        PublishedPilotFactory(partners=[partner])
    public = index()
    with django_assert_num_queries(0):
        ids = like(pilot.pk, public)
        values_by_pilot([pilot.pk, *ids], public)
    assert len(ids) == MOST_RELATED
