"""Slugs that entries had before, and who bears them now."""

import pytest

from pilots.models import FormerSlug, Partner, Pilot
from tests.factories import AuthorityFactory, PartnerFactory, PilotFactory

pytestmark = pytest.mark.django_db


def rename(row, slug: str) -> None:
    """Give an entry another slug, as the admin does."""
    old, row.slug = row.slug, slug
    row.save()
    FormerSlug.objects.remember(row, old=old)


def test_former_slug_finds_its_entry() -> None:
    partner = PartnerFactory(slug="old")
    rename(partner, "new")
    assert FormerSlug.objects.bearer_of("old", among=Partner.objects.all()) == partner


def test_every_former_slug_finds_the_entry_that_was_renamed_twice() -> None:
    partner = PartnerFactory(slug="first")
    rename(partner, "second")
    rename(partner, "third")
    found = {FormerSlug.objects.bearer_of(slug, among=Partner.objects.all()) for slug in ("first", "second")}
    assert found == {partner}


def test_slug_taken_back_is_no_former_slug_any_more() -> None:
    partner = PartnerFactory(slug="first")
    rename(partner, "second")
    rename(partner, "first")
    assert [former.slug for former in FormerSlug.objects.all()] == ["second"]


def test_former_slug_given_up_by_two_entries_leads_to_the_later() -> None:
    earlier, later = PartnerFactory(slug="shared"), PartnerFactory(slug="later")
    rename(earlier, "earlier")
    rename(later, "shared")
    rename(later, "later-again")
    assert FormerSlug.objects.bearer_of("shared", among=Partner.objects.all()) == later


def test_former_slug_of_one_kind_says_nothing_of_another() -> None:
    rename(AuthorityFactory(slug="old"), "new")
    assert FormerSlug.objects.bearer_of("old", among=Partner.objects.all()) is None


def test_former_slug_of_a_draft_is_not_found_among_the_published() -> None:
    pilot = PilotFactory(slug="old")
    rename(pilot, "new")
    assert FormerSlug.objects.bearer_of("old", among=Pilot.objects.published()) is None
    assert FormerSlug.objects.bearer_of("old", among=Pilot.objects.all()) == pilot


def test_former_slug_of_a_deleted_entry_finds_nothing() -> None:
    partner = PartnerFactory(slug="old")
    rename(partner, "new")
    partner.delete()
    assert FormerSlug.objects.bearer_of("old", among=Partner.objects.all()) is None
