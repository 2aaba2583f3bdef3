"""Every change is kept, with what was there before; content read from an entry can be written into another."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from pilots.history.record import Kind, change
from pilots.models import Pilot, Revision
from pilots.models.content import UnknownValues, read_content, read_contents, write_content
from tests.factories import PilotFactory, PublishedPilotFactory, StageFactory
from tests.nine_pilots import nine_pilots

__all__ = ["nine_pilots"]

pytestmark = pytest.mark.django_db


def rename(pilot: Pilot, title: str, by: User | None = None, **how: Any) -> None:
    """Give a pilot another title, as one change."""
    with change(pilot, kind=Kind.CHANGED, by=by, **how) as under_way:
        under_way.write(under_way.before | {"texts": {"en": {"title": title}}})


def titles(pilot: Pilot) -> list[str]:
    """The title of each revision, the oldest first."""
    return [revision.title for revision in Revision.objects.of(pilot.pk).order_by("edit_count")]


@pytest.mark.usefixtures("nine_pilots")
def test_what_is_read_from_each_of_the_nine_pilots_can_be_written_into_a_new_row() -> None:
    originals = list(Pilot.objects.all())
    assert len(originals) == 9
    for original in originals:
        content = read_content(original)
        copy = Pilot.objects.create(slug=f"{original.slug}-2", authority=original.authority, source=original.source)
        write_content(copy, content)
        assert read_content(copy) == content | {"slug": copy.slug}
        assert content["lessons"]
        assert content["passages"]


@pytest.mark.usefixtures("nine_pilots")
def test_contents_of_nine_take_as_many_queries_as_of_one(django_assert_max_num_queries: Any) -> None:
    ids = list(Pilot.objects.values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_max_num_queries(14):
            assert set(read_contents(some)) == set(some)


def test_first_change_keeps_what_was_found_and_each_counts() -> None:
    pilot = PilotFactory(title="Found")
    rename(pilot, "First")
    rename(pilot, "Second")
    assert titles(pilot) == ["Found", "First", "Second"]
    assert [row.edit_count for row in Revision.objects.of(pilot.pk).order_by("edit_count")] == [0, 1, 2]
    assert (pilot.edit_count, Pilot.objects.get(pk=pilot.pk).edit_count) == (2, 2)


def test_what_was_found_is_as_old_as_it_is_and_has_its_version() -> None:
    pilot = PublishedPilotFactory()
    rename(pilot, "First")
    found = Revision.objects.get(kind=Kind.FOUND)
    assert (found.version, found.at, found.actor) == (1, pilot.version_at, None)


def test_change_that_changes_nothing_is_not_kept_unless_it_is_a_move(admin_user: User) -> None:
    pilot = PilotFactory(title="Same")
    rename(pilot, "Same")
    with change(pilot, kind=Kind.CHANGED, by=None) as under_way:
        under_way.write(under_way.before)
    assert Revision.objects.exclude(kind=Kind.FOUND).count() <= 1
    before = pilot.edit_count
    rename(pilot, "Same", admin_user, always=True, note="Why.")
    latest = Revision.objects.of(pilot.pk).first()
    assert (pilot.edit_count, latest.note, latest.actor_name) == (before + 1, "Why.", str(admin_user))


def test_change_that_fails_leaves_no_trace() -> None:
    pilot = PilotFactory(title="Before", stages=[StageFactory()])
    with pytest.raises(UnknownValues) as error, change(pilot, kind=Kind.CHANGED, by=None) as under_way:
        under_way.write(under_way.before | {"texts": {"en": {"title": "After"}}, "stages": ["nowhere"]})
    assert error.value.values == [("stages", "nowhere")]
    assert read_content(pilot)["texts"]["en"]["title"] == "Before"
    assert not Revision.objects.exists()
    assert Pilot.objects.get(pk=pilot.pk).edit_count == 0


def test_history_outlives_the_entry_and_names_who_wrote_it() -> None:
    writer = User.objects.create_user("writer")
    pilot = PilotFactory()
    rename(pilot, "Kept", writer)
    entry = pilot.pk
    pilot.delete()
    writer.delete()
    latest = Revision.objects.of(entry).first()
    assert (latest.title, latest.actor, latest.actor_name) == ("Kept", None, "writer")
