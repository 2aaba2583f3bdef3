"""Every way of writing what visitors read is noticed by the database itself."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from pilots.models import ContentQueue, Lesson, Partner, PartnerTranslation, Pilot, PilotTranslation
from pilots.models.content_version import EVERYTHING, NAMES
from pilots.models.triggers import EVENTS, TOUCHED, make_triggers, trigger, triggers
from tests import factories
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db

# Written by editors and read by editors only, or derived from the rest.
NOT_PUBLIC = {
    *("pilots_acceptedwarning", "pilots_accountlanguage", "pilots_presence", "pilots_previewlink"),
    *("pilots_unsavedform", "pilots_importrun", "pilots_importrow", "pilots_securityevent", "pilots_lastbackup"),
    *("pilots_accountsession", "pilots_attemptcount"),
    *("pilots_authenticatorapp", "pilots_passkey", "pilots_recoverycode", "pilots_factorremovalrequest"),
    *("pilots_contentversion", "pilots_contentqueue", "pilots_contentchange"),
}


def present() -> set[str]:
    with connection.cursor() as cursor:
        return triggers(cursor, connection.vendor)


def queued() -> set[int]:
    """What is in the queue, and empty it."""
    found = set(ContentQueue.objects.values_list("pilot", flat=True))
    ContentQueue.objects.all().delete()
    return found


@pytest.fixture
def pilot() -> Pilot:
    """An entry with everything an entry can have; nothing is queued."""
    fields = {
        "partners": factories.PartnerFactory,
        "activity_types": factories.ActivityTypeFactory,
        "audiences": factories.AudienceFactory,
        "target_groups": factories.TargetGroupFactory,
        "stages": factories.StageFactory,
    }
    pilot = PublishedPilotFactory(**{name: [factory()] for name, factory in fields.items()})
    for factory in (factories.LessonFactory, factories.KeyFigureFactory, factories.OrganisationInvolvedFactory):
        factory(pilot=pilot, number=1)
    factories.PassageFactory(pilot=pilot)
    factories.GlossaryTermFactory()
    factories.SynonymSetFactory()
    factories.SourceTextFactory(source=pilot.source)
    factories.FurtherReadingFactory()
    factories.StatementFactory()
    queued()
    return pilot


def test_every_table_of_the_app_is_watched_or_not_public():
    described = {model._meta.db_table for model in apps.get_app_config("pilots").get_models(include_auto_created=True)}
    assert described == TOUCHED.keys() | NOT_PUBLIC
    assert present() == {trigger(event, table) for table in TOUCHED for event in EVENTS[connection.vendor]}


@pytest.mark.parametrize("table", sorted(set(TOUCHED) - {"pilots_formerslug", "pilots_revision"}))
def test_plain_sql_on_any_public_table_is_noticed(pilot: Pilot, table: str):
    column = next(
        field.column
        for model in apps.get_app_config("pilots").get_models(include_auto_created=True)
        if model._meta.db_table == table
        for field in model._meta.local_fields
        if not field.primary_key
    )
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column}")
        assert cursor.rowcount > 0
    expected = {touched.pilot for touched in TOUCHED[table]}
    assert queued() == ({NAMES} if str(NAMES) in expected else set()) | (
        {pilot.pk} if expected != {str(NAMES)} else set()
    )


def test_many_ways_of_writing_are_noticed(pilot: Pilot):
    lesson = Lesson.objects.get(pilot=pilot)
    writes = [
        lambda: Pilot.objects.filter(pk=pilot.pk).update(start="2019"),
        lambda: PilotTranslation.objects.filter(master=pilot).update(summary="New"),
        lambda: pilot.partners.clear(),
        lambda: Lesson.objects.bulk_create([Lesson(pilot=pilot, number=2, kind="hard")]),
        lambda: Lesson.objects.bulk_update([lesson], ["kind"]),
        lambda: lesson.delete(),
    ]
    for write in writes:
        write()
        assert queued() == {pilot.pk}
    key = pilot.pk
    pilot.delete()
    assert key in queued()


def test_new_name_of_a_partner_is_noticed_for_all_its_pilots(pilot: Pilot):
    partner = pilot.partners.get()
    guest = factories.OrganisationInvolvedFactory(partner=partner).pilot
    PublishedPilotFactory()
    queued()
    PartnerTranslation.objects.filter(master=partner).update(name="New")
    assert queued() == {NAMES, pilot.pk, guest.pk}


def test_part_that_moves_to_another_pilot_is_noticed_for_both(pilot: Pilot):
    other = PublishedPilotFactory()
    queued()
    Lesson.objects.update(pilot=other)
    assert queued() == {pilot.pk, other.pk}


def test_what_is_taken_back_is_not_noticed(pilot: Pilot):
    with transaction.atomic():
        Partner.objects.update(country="DE")
        transaction.set_rollback(True)
    assert queued() == set()


def test_triggers_that_were_lost_come_back_with_the_next_migrate(pilot: Pilot):
    """As when a migration changes the form of a table on SQLite, which makes a new one and copies the rows."""
    lost = trigger("update", "pilots_lesson")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {lost}" + (" ON pilots_lesson" if connection.vendor == "postgresql" else ""))
    assert lost not in present()
    make_triggers(None, plan=())
    Lesson.objects.update(kind="hard")
    assert queued() == {EVERYTHING, pilot.pk}


@pytest.mark.django_db(transaction=True)
def test_emptied_tables_are_noticed():
    PublishedPilotFactory()
    queued()
    call_command("flush", interactive=False, verbosity=0)
    assert EVERYTHING in queued()
