"""What a pilot uses cannot be deleted: not one by one, not in bulk; the refusal names the pilots."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import ProtectedError

from pilots.models import Pilot
from tests import factories
from tests.factories import PilotFactory

pytestmark = pytest.mark.django_db


def as_organisation_involved(partner: Any) -> Pilot:
    """A pilot that the partner only took part in."""
    return factories.OrganisationInvolvedFactory(partner=partner).pilot


Use = tuple[Any, Callable[[Any], Pilot]]

# What can be used, and how a pilot comes to use it.
USES: dict[str, Use] = {
    "authority": (factories.AuthorityFactory, lambda row: PilotFactory(authority=row)),
    "partner": (factories.PartnerFactory, lambda row: PilotFactory(partners=[row])),
    "partner as organisation involved": (factories.PartnerFactory, as_organisation_involved),
    "activity type": (factories.ActivityTypeFactory, lambda row: PilotFactory(activity_types=[row])),
    "audience": (factories.AudienceFactory, lambda row: PilotFactory(audiences=[row])),
    "target group": (factories.TargetGroupFactory, lambda row: PilotFactory(target_groups=[row])),
    "stage": (factories.StageFactory, lambda row: PilotFactory(stages=[row])),
    "source": (factories.SourceFactory, lambda row: PilotFactory(source=row)),
}

each_use = pytest.mark.parametrize("use", USES.values(), ids=USES)


def slugs(model: Any) -> set[str]:
    return set(model.objects.values_list("slug", flat=True))


@each_use
def test_what_a_pilot_uses_cannot_be_deleted_and_the_pilot_is_named(use: Use) -> None:
    factory, used_by = use
    row = factory()
    pilot = used_by(row)
    with pytest.raises(ProtectedError) as refusal:
        row.delete()
    assert refusal.value.args[0] == (
        f"“{row}” cannot be deleted because it is used by: {pilot}. Change it there first."
    )
    assert refusal.value.protected_objects == {pilot}
    assert row.slug in slugs(factory._meta.model)


@each_use
def test_bulk_deletion_with_one_row_in_use_deletes_nothing(use: Use) -> None:
    factory, used_by = use
    unused, row, unused_too = factory(), factory(), factory()
    pilot = used_by(row)
    before = slugs(factory._meta.model)
    with pytest.raises(ProtectedError, match=f"used by: {pilot}"):
        factory._meta.model.objects.filter(pk__in=[unused.pk, row.pk, unused_too.pk]).delete()
    assert slugs(factory._meta.model) == before
    assert unused.translations.count() == unused_too.translations.count() == 1


@each_use
def test_relation_to_rows_in_use_cannot_be_deleted_through_the_default_manager(use: Use) -> None:
    factory, used_by = use
    used_by(factory())
    before = slugs(factory._meta.model)
    for manager in (factory._meta.model._default_manager, factory._meta.model.objects):
        with pytest.raises(ProtectedError):
            manager.all().delete()
    assert slugs(factory._meta.model) == before


@each_use
def test_what_no_pilot_uses_can_be_deleted(use: Use) -> None:
    factory, used_by = use
    alone, first, second = factory(), factory(), factory()
    used_by(factory())
    alone.delete()
    factory._meta.model.objects.filter(pk__in=[first.pk, second.pk]).delete()
    assert not {alone.slug, first.slug, second.slug} & slugs(factory._meta.model)


@each_use
def test_what_a_pilot_stopped_using_can_be_deleted(use: Use) -> None:
    factory, used_by = use
    row = factory()
    used_by(row).delete()
    row.delete()
    assert row.slug not in slugs(factory._meta.model)


def test_partner_used_both_ways_names_each_pilot_once() -> None:
    partner = factories.PartnerFactory()
    pilot = PilotFactory(title="Both ways", partners=[partner])
    factories.OrganisationInvolvedFactory(pilot=pilot, partner=partner)
    factories.OrganisationInvolvedFactory(pilot=pilot, partner=partner)
    assert partner.users() == [pilot]


def test_refusal_names_ten_pilots_and_counts_the_rest() -> None:
    authority = factories.AuthorityFactory()
    for number in range(12):
        PilotFactory(authority=authority, slug=f"p{number:02}", title=f"Number {number}")
    with pytest.raises(ProtectedError) as refusal:
        authority.delete()
    assert "Number 0, Number 1, " in refusal.value.args[0]
    assert "Number 9 and 2 more. Change it there first." in refusal.value.args[0]


def test_deleting_a_pilot_takes_its_parts_along_and_leaves_what_it_used() -> None:
    pilot = PilotFactory()
    factories.LessonFactory(pilot=pilot)
    factories.KeyFigureFactory(pilot=pilot)
    factories.PassageFactory(pilot=pilot)
    authority, partner = pilot.authority, pilot.partners.get()
    pilot.delete()
    authority.refresh_from_db()
    partner.refresh_from_db()
    assert not Pilot.objects.exists()
