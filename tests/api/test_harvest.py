"""What a harvester follows: what changed after a moment, and what was taken out, of which nothing but that is told."""

import json
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from pilots import workflow
from pilots.models import FormerSlug, Pilot, Revision
from pilots.workflow import entries
from tests.api.asking import ask, problem, read
from tests.factories import PilotFactory, PublishedPilotFactory, UserFactory

pytestmark = pytest.mark.django_db
ALWAYS = "pilots/?updated_after=2000-01-01"


@pytest.fixture
def editor():
    return UserFactory(is_superuser=True)


def gone(address=ALWAYS):
    return [one for one in read(address)["results"] if one["deleted"]]


def living(address=ALWAYS):
    return [one["slug"] for one in read(address)["results"] if not one["deleted"]]


def test_list_without_a_moment_tells_of_no_deletion(editor):
    workflow.withdraw(PublishedPilotFactory(), by=editor)
    assert read("pilots/")["results"] == []


@pytest.mark.parametrize(
    "leave", [workflow.withdraw, workflow.archive, entries.delete], ids=lambda leave: leave.__name__
)
def test_pilot_that_left_is_listed_as_deleted_with_nothing_but_id_slug_and_moment(editor, leave):
    pilot = PublishedPilotFactory(slug="secret-slug", title="Words of it", summary="Words of it")
    pk, before = pilot.pk, timezone.now()
    leave(pilot, by=editor)
    (deletion,) = gone()
    assert set(deletion) == {"id", "slug", "deleted", "deleted_at"}
    assert (deletion["id"], deletion["slug"]) == (pk, "secret-slug")
    assert before <= datetime.fromisoformat(deletion["deleted_at"]) <= timezone.now()
    assert b"Words" not in ask(ALWAYS).content
    assert "Words" not in json.dumps(problem("pilots/secret-slug/", 410))


def test_what_editors_do_after_a_pilot_left_does_not_show(editor):
    pilot = PublishedPilotFactory()
    workflow.withdraw(pilot, by=editor)
    before = gone()
    workflow.rename(Pilot.objects.get(pk=pilot.pk), "new-secret-name", by=editor)
    assert gone() == before
    entries.delete(Pilot.objects.get(pk=pilot.pk), by=editor)
    assert gone() == before


def test_what_was_never_public_is_never_listed(editor):
    draft = PilotFactory(published_at=None)
    PilotFactory(published_at=None, status="archived")
    entries.delete(draft, by=editor)
    assert read(ALWAYS)["results"] == []


def test_pilot_that_came_back_is_no_deletion(editor):
    pilot = PublishedPilotFactory(slug="back")
    workflow.withdraw(pilot, by=editor)
    Pilot.objects.filter(pk=pilot.pk).update(status="published")
    assert (gone(), living()) == ([], ["back"])


def test_pilot_withdrawn_before_there_was_a_history_is_listed():
    pilot = PilotFactory(slug="old", published_at=timezone.now(), version=1)
    assert not Revision.objects.exists()
    assert [one["id"] for one in gone()] == [pilot.pk]


def test_moment_divides_what_changed_from_what_did_not(editor):
    then = timezone.now() - timedelta(days=3)
    for slug, days in (("old", 5), ("new", 1)):
        PublishedPilotFactory(slug=slug, version_at=timezone.now() - timedelta(days=days))
    workflow.withdraw(PublishedPilotFactory(slug="gone"), by=editor)
    after = f"pilots/?updated_after={then:%Y-%m-%dT%H:%M:%SZ}"
    assert living(after) == ["new"]
    assert [one["slug"] for one in gone(after)] == ["gone"]
    assert read(f"pilots/?updated_after={timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}")["results"] == []


def test_moment_may_be_a_day_or_have_a_zone_whose_sign_came_as_a_space():
    PublishedPilotFactory(slug="here", version_at=datetime.fromisoformat("2026-05-01T12:00:00+00:00"))
    assert living("pilots/?updated_after=2026-05-01") == ["here"]
    assert living("pilots/?updated_after=2026-05-02") == []
    assert living("pilots/?updated_after=2026-05-01T13:30:00+02:00") == ["here"]
    assert living("pilots/?updated_after=2026-05-01T14:30:00%2B02:00") == []


def test_filters_narrow_what_is_public_and_leave_no_deletion_out(editor):
    PublishedPilotFactory(slug="french", authority__country="FR")
    PublishedPilotFactory(slug="dutch", authority__country="NL")
    workflow.withdraw(PublishedPilotFactory(slug="gone", authority__country="EE"), by=editor)
    assert living(f"{ALWAYS}&country=FR") == ["french"]
    assert [one["slug"] for one in gone(f"{ALWAYS}&country=FR")] == ["gone"]


def test_deletions_come_last_over_all_pages(editor):
    for number in range(20):
        pilot = PublishedPilotFactory(slug=f"pilot-{number:02}", authority__slug=f"town-{number:02}")
        if number >= 10:
            workflow.withdraw(pilot, by=editor)
    first, second = read(ALWAYS), read(f"{ALWAYS}&page=2")
    slugs = [one["slug"] for one in first["results"] + second["results"]]
    assert slugs == [f"pilot-{number:02}" for number in range(20)]
    assert (first["total"], len(first["results"]), len(second["results"])) == (20, 12, 8)


def test_former_address_leads_on_and_keeps_the_question():
    pilot = PublishedPilotFactory(slug="now")
    FormerSlug.objects.remember(pilot, old="before")
    response = ask("pilots/before/?lang=fr")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/pilots/now/?lang=fr")
