"""What a harvester follows: what changed after a moment, and what was taken out, of which nothing but that is told."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from pilots import workflow
from pilots.models import FormerSlug, Pilot, Revision
from pilots.models.content import read_content
from pilots.models.pilot import NEWEST_VERSION
from pilots.workflow import entries
from pilots.workflow.batches import undo
from tests.api.asking import ask, problem, read
from tests.factories import PilotFactory, PublishedPilotFactory, UserFactory
from tests.stored_rows import load_pilots

pytestmark = pytest.mark.django_db
ALWAYS = "pilots/?updated_after=2000-01-01"


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def since(moment):
    """The address of what changed after a moment."""
    return f"pilots/?updated_after={moment:%Y-%m-%dT%H:%M:%S.%fZ}"


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


def test_pilot_that_left_before_there_was_a_history_is_told_by_the_oldest_slug_known(editor):
    pilot = PilotFactory(slug="was-public", published_at=LONG_AGO, public_change_at=LONG_AGO, version=0)
    assert [one["slug"] for one in gone()] == ["was-public"]
    for slug in ("never-public", "nor-this"):
        workflow.rename(Pilot.objects.get(pk=pilot.pk), slug, by=editor)
        assert [(one["slug"], one["deleted_at"][:10]) for one in gone()] == [("was-public", "2020-01-01")]


def test_what_was_never_public_is_never_listed(editor):
    draft = PilotFactory(published_at=None)
    PilotFactory(published_at=None, status="archived")
    entries.delete(draft, by=editor)
    assert read(ALWAYS)["results"] == []


def test_pilot_that_came_back_is_no_deletion(editor):
    pilot = PublishedPilotFactory(slug="back")
    workflow.withdraw(pilot, by=editor)
    workflow.publish(pilot, by=editor)
    assert (gone(), living()) == ([], ["back"])


@pytest.mark.parametrize("leave", [workflow.withdraw, workflow.archive], ids=lambda leave: leave.__name__)
def test_pilot_that_is_back_because_its_leaving_was_undone_is_told_of(editor, leave):
    pilot = PublishedPilotFactory(slug="back", published_at=LONG_AGO, public_change_at=LONG_AGO)
    batch = uuid4()
    leave(pilot, by=editor, batch=batch)
    told = timezone.now()
    assert (living(since(told)), gone(since(told))) == ([], [])
    undo(batch, by=editor)
    assert (living(since(told)), gone(since(told))) == (["back"], [])
    assert read("pilots/back/")["version"] == pilot.version


def test_pilot_that_is_gone_because_its_publication_was_undone_is_told_of(editor):
    pilot, batch = PilotFactory(slug="here"), uuid4()
    workflow.publish(pilot, by=editor, batch=batch)
    told = timezone.now()
    undo(batch, by=editor)
    assert [one["id"] for one in gone(since(told))] == [pilot.pk]


def test_new_slug_of_a_public_pilot_is_told_under_its_old_id(editor):
    pilot = PublishedPilotFactory(slug="before", published_at=LONG_AGO, public_change_at=LONG_AGO)
    told = timezone.now()
    workflow.rename(pilot, "after", by=editor)
    (found,) = read(since(told))["results"]
    assert (found["id"], found["slug"], found["version"]) == (pilot.pk, "after", pilot.version)
    assert datetime.fromisoformat(found["version_at"]) == LONG_AGO


def test_work_on_a_copy_is_not_told(editor):
    pilot = PublishedPilotFactory()
    told = timezone.now()
    copy = workflow.revise(pilot, by=editor)
    workflow.rewrite(copy, read_content(copy) | {"start": "2019"}, by=editor, kind=Revision.Kind.CHANGED)
    assert living(since(told)) == []
    workflow.publish(copy, by=editor)
    assert living(since(told)) == [pilot.slug]


def test_pilot_withdrawn_before_there_was_a_history_is_told_once_whatever_is_done_with_it(editor):
    pilot = PilotFactory(slug="old", published_at=LONG_AGO, version=1, version_at=LONG_AGO)
    assert not Revision.objects.exists()
    before, told = gone(), timezone.now()
    assert [one["id"] for one in before] == [pilot.pk]
    workflow.rewrite(pilot, read_content(pilot) | {"start": "2019"}, by=editor, kind=Revision.Kind.CHANGED)
    workflow.submit(pilot, by=editor)
    assert gone() == before
    entries.delete(Pilot.objects.get(pk=pilot.pk), by=editor)
    assert [one["id"] for one in gone()] == [pilot.pk]
    assert gone(since(told)) == []


def test_recovered_pilot_left_when_it_was_deleted(editor):
    pilot = PublishedPilotFactory()
    entries.delete(pilot, by=editor)
    before = gone()
    workflow.recover(Revision.objects.latest("pk"), by=editor)
    assert gone() == before


def test_loaded_pilot_is_told_however_long_ago_it_was_published_elsewhere():
    told = timezone.now()
    load_pilots()
    assert len(living(f"{since(told)}&per_page=96")) == 9


def test_moment_divides_what_changed_from_what_did_not(editor):
    then = timezone.now() - timedelta(days=3)
    for slug, days in (("old", 5), ("new", 1)):
        PublishedPilotFactory(slug=slug, public_change_at=timezone.now() - timedelta(days=days))
    workflow.withdraw(PublishedPilotFactory(slug="gone"), by=editor)
    after = f"pilots/?updated_after={then:%Y-%m-%dT%H:%M:%SZ}"
    assert living(after) == ["new"]
    assert [one["slug"] for one in gone(after)] == ["gone"]
    assert read(since(timezone.now()))["results"] == []


def test_moment_may_be_a_day_or_have_a_zone_whose_sign_came_as_a_space():
    PublishedPilotFactory(slug="here", public_change_at=datetime.fromisoformat("2026-05-01T12:00:00+00:00"))
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


@pytest.mark.databases("sqlite")  # PostgreSQL reads a table of few rows whole
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Pilot.objects.published().filter(public_change_at__gt=LONG_AGO).order_by(), "pilot_by_public_change"),
        (Pilot.objects.published().order_by(NEWEST_VERSION.desc(), "pk"), "pilot_by_newest_version"),
    ],
    ids=["changed since", "newest first"],
)
def test_index_answers_what_harvesters_and_feeds_ask_for(rows, index):
    plan = rows.values_list("pk", flat=True).explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan
