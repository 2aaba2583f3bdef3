"""The number of the content rises with every change that visitors can see, and with no other."""

import pytest
from django.db import connection, transaction

from pilots.index import content_version
from pilots.index.content_version import current, take_in
from pilots.models import ContentChange, ContentQueue, ContentVersion, Pilot, PilotTranslation
from tests import factories
from tests.factories import PilotFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db


def number() -> int:
    """The number after everything queued was taken in."""
    current()
    return ContentVersion.objects.get().number


def test_public_change_raises_the_number_once():
    pilot = PublishedPilotFactory()
    before = number()
    PilotTranslation.objects.filter(master=pilot).update(summary="New", background="New")
    after = number()
    assert after > before
    assert number() == after


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_change_that_nobody_can_see_leaves_it(status):
    hidden = PilotFactory(status=status)
    before = number()
    Pilot.objects.filter(pk=hidden.pk).update(start="2019")
    factories.LessonFactory(pilot=hidden)
    assert number() == before
    assert ContentQueue.objects.filter(pilot=hidden.pk).exists()
    take_in()
    assert number() == before
    assert not ContentChange.objects.get(pk=hidden.pk).public


def test_queue_of_drafts_does_not_grow_for_ever(monkeypatch):
    number()
    monkeypatch.setattr(content_version, "MANY", 3)
    content_version.question.cache_clear()
    for _ in range(4):
        PilotFactory()
    before = number()
    assert ContentQueue.objects.count() < 3
    assert number() == before
    content_version.question.cache_clear()


def test_publishing_and_withdrawing_raise_it():
    pilot = PilotFactory()
    before = number()
    Pilot.objects.filter(pk=pilot.pk).update(status="published", published_at="2026-01-01T00:00Z")
    published = number()
    assert published > before
    Pilot.objects.filter(pk=pilot.pk).update(status="archived")
    withdrawn = number()
    assert withdrawn > published
    Pilot.objects.filter(pk=pilot.pk).delete()
    assert number() == withdrawn


@pytest.mark.parametrize("factory", [factories.GlossaryTermFactory, factories.StageFactory, factories.PartnerFactory])
def test_names_and_terms_raise_it(factory):
    before = number()
    factory()
    assert number() > before


def test_nothing_changed_is_one_query(django_assert_num_queries):
    number()
    with django_assert_num_queries(1):
        current()


def test_nothing_made_inside_a_transaction_may_be_kept():
    PublishedPilotFactory()
    assert current() is None


@pytest.mark.django_db(transaction=True)
def test_number_is_given_outside_of_transactions_and_not_when_one_was_taken_back():
    pilot = PublishedPilotFactory()
    before = current()
    assert before
    with transaction.atomic():
        Pilot.objects.filter(pk=pilot.pk).update(start="2019")
        assert current() is None
        transaction.set_rollback(True)
    assert current() == before
    Pilot.objects.filter(pk=pilot.pk).update(start="2019")
    assert current() > before


@pytest.mark.django_db(transaction=True)
def test_number_is_never_given_again_after_the_tables_were_emptied():
    PublishedPilotFactory()
    before = current()
    ContentVersion.objects.all().delete()
    after = current()
    assert before
    assert after
    assert after > before


@pytest.mark.django_db(transaction=True)
def test_number_is_never_given_again_after_a_backup_was_restored():
    """What was made from words that the backup takes back lies on disk under the numbers after it."""
    pilot = PublishedPilotFactory()
    backup = current()
    Pilot.objects.filter(pk=pilot.pk).update(start="2019")
    taken_back = current()
    ContentVersion.objects.update(number=backup)
    Pilot.objects.filter(pk=pilot.pk).update(start="2020")
    assert current() > taken_back


@pytest.mark.django_db(transaction=True)
def test_reader_does_not_wait_for_a_writer_who_keeps_the_database_locked():
    PublishedPilotFactory()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            if connection.features.has_select_for_update:  # only one reader at a time takes the queue in
                assert take_in()
            else:
                cursor.execute("BEGIN IMMEDIATE")
                assert take_in() is None
                cursor.execute("ROLLBACK")
        assert current()
    finally:
        other.close()
