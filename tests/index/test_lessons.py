"""What a process keeps of the lessons is what reading them anew would give, after any change."""

import random

import pytest

from pilots.index import lessons as kept
from pilots.index import pilots as pilots_kept
from pilots.index.lessons import LessonIndex, lesson_index, read_lesson_index
from pilots.index.pilots import index
from pilots.models import Lesson, Pilot
from tests import factories
from tests.factories import LessonFactory, PublishedPilotFactory


@pytest.fixture
def _fresh(transactional_db):
    pilots_kept._index.clear()
    kept._index.clear()


def plain(found: LessonIndex) -> object:
    """Everything an index of lessons knows, to be compared; a value that no lesson has is as good as none."""
    sets = {facet: {key: ids for key, ids in values.items() if ids} for facet, values in found.sets.items()}
    orders = {sort: list(found.order(sort).ids) for sort in ("place", "-place", "newest")}
    return found.rows, sets, orders, found.public, found.number


@pytest.mark.usefixtures("_fresh")
def test_lessons_renewed_after_any_change_are_those_read_anew():
    chance = random.Random(7)
    partners = [factories.PartnerFactory() for _ in range(3)]
    pilots = [PublishedPilotFactory(authority__country=country) for country in ("FR", "ES", "FR", "SE")]
    for pilot in pilots[1:]:
        for number in (3, 1, 2):
            LessonFactory(pilot=pilot, number=number, kind=chance.choice(Lesson.Kind.values))
    changes = [
        lambda pilot: Pilot.objects.filter(pk=pilot.pk).update(status=chance.choice(["draft", "published"])),
        lambda pilot: pilot.partners.set(chance.sample(partners, chance.randint(0, 3))),
        lambda pilot: pilot.lessons.update(kind=chance.choice(Lesson.Kind.values)),
        lambda pilot: pilot.lessons.filter(number=1).update(number=chance.randint(20, 10_000)),
        lambda pilot: pilot.lessons.filter(number=chance.randint(1, 3)).delete(),
        lambda pilot: LessonFactory(pilot=pilot, number=chance.randint(10_001, 30_000)),
        lambda pilot: pilot.lessons.update(pilot=PublishedPilotFactory()),
    ]
    for _ in range(60):
        for change in chance.sample(changes, chance.randint(1, 3)):
            change(chance.choice(pilots))
        assert plain(lesson_index(index())) == plain(read_lesson_index(index()))


@pytest.mark.usefixtures("_fresh")
def test_only_lessons_of_what_changed_are_read_again(django_assert_num_queries, monkeypatch):
    first, second = (LessonFactory(pilot=PublishedPilotFactory(), number=1) for _ in range(2))
    before = lesson_index(index())
    with django_assert_num_queries(1):  # the number of the content
        assert lesson_index(index()) is before
    monkeypatch.setattr(kept, "read_lesson_index", pytest.fail)
    Pilot.objects.filter(pk=first.pilot_id).update(status="draft")
    assert list(lesson_index(index()).public) == [second.pk]
