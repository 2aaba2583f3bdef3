"""Words follow the content: whatever is written, in whatever way, the next search knows it."""

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection

from pilots.index.content_version import current
from pilots.models import ActivityType, ContentChange, Lesson, LessonTranslation, Partner, Pilot, PilotTranslation
from pilots.search import engine, reindex
from pilots.search.engine import search, search_lessons
from pilots.search.reindex import follow_setting, index_words
from pilots.search.tables import EVERY, Tier, as_vectors
from tests import factories
from tests.browse.lists import found, found_lessons
from tests.factories import LessonFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot():
    partner = factories.PartnerFactory(name="Zlatá ulička")
    pilot = PublishedPilotFactory(slug="here", title="Žižkov", partners=[partner])
    LessonFactory(pilot=pilot, number=1, text="Patience.")
    PublishedPilotFactory(slug="there")
    assert (found("zizkov"), found("zlata"), found_lessons("patience")) == ({"here"}, {"here"}, {"here-1"})
    return pilot


def test_text_changed_in_bulk_is_found_and_the_old_one_is_not(pilot):
    PilotTranslation.objects.filter(master=pilot).update(title="Vinohrady")
    assert (found("vinohrady"), found("zizkov")) == ({"here"}, set())
    assert found_lessons("vinohrady patience") == {"here-1"}


def test_deleted_lesson_is_not_found(pilot):
    Lesson.objects.all().delete()
    assert found("patience") == set()
    assert not search_lessons("patience").ids


def test_changed_lesson_is_found_with_its_pilot(pilot):
    LessonTranslation.objects.update(text="Haste.")
    assert (found("haste"), found_lessons("haste"), found_lessons("patience")) == ({"here"}, {"here-1"}, set())


def test_renamed_partner_is_found(pilot):
    Partner.objects.get(translations__name="Zlatá ulička").translations.update(name="Golden Lane")
    assert (found("golden"), found("zlata")) == ({"here"}, set())


def test_renamed_value_is_found_and_no_words_are_made_anew(pilot, monkeypatch):
    pilot.activity_types.set([activity := factories.ActivityTypeFactory(name="Karlín")])
    assert found("karlin") == {"here"}
    monkeypatch.setattr(reindex, "write_documents", None)
    ActivityType.objects.get(pk=activity.pk).translations.update(name="Letná")
    assert (found("letna"), found("karlin")) == ({"here"}, set())


def test_hidden_and_deleted_pilots_lose_their_words(pilot):
    Pilot.objects.filter(slug="here").update(status="archived")
    assert not search("zizkov").ids
    Pilot.objects.filter(slug="here").update(status="published")
    assert found("zizkov") == {"here"}
    Pilot.objects.filter(slug="here").delete()
    assert not search("zizkov").ids
    assert not search_lessons("patience").ids


def test_search_says_when_words_are_still_to_be_indexed(pilot):
    for _number in range(3):
        PublishedPilotFactory(title="Žižkov")
    assert index_words(1)[1] is False
    index_words()
    assert index_words(1)[1] is True
    assert len(search("zizkov").ids) == 4


def test_everything_can_be_made_anew(pilot):
    ContentChange.objects.all().delete()
    ContentChange.objects.create(pilot=-1, number=1, public=False)
    ContentChange.objects.create(pilot=pilot.pk, number=1, public=True)
    index_words()
    assert set(search("-nothing").ids) == {pilot.pk}


def test_commands_leave_nothing_to_index():
    call_command("load_pilots", verbosity=0)
    current()
    assert not ContentChange.objects.filter(indexed=False).exists()
    assert len(search("-nothing").ids) == 9


def test_only_a_lock_is_waited_for(pilot, monkeypatch):
    def fail(_ids):
        raise OperationalError("string is too long for tsvector")

    monkeypatch.setattr(reindex, "write_documents", fail)
    PilotTranslation.objects.filter(master=pilot).update(title="Vinohrady")
    current()
    with pytest.raises(OperationalError):
        index_words()


@pytest.mark.parametrize("word", ["w{}", "ž{}" + "ž" * 50])
def test_document_too_large_for_postgresql_loses_words_of_its_last_tier_alone(word):
    first = Tier([["title"]], {EVERY.text})
    last = Tier([[word.format(number) for number in range(150_000)]], {":stem"})
    title, texts = as_vectors([first, last])
    assert title == "'title':2 ':all'"
    assert texts.startswith(title)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT length(%s::tsvector)", [texts])
    lexemes = [part.partition(":")[0] for part in texts.split(" ")[2:]]
    assert 400_000 < sum(len(lexeme.strip("'").encode()) for lexeme in lexemes) < 1 << 20


@pytest.mark.django_db(transaction=True)
def test_emptied_database_finds_nothing():
    PublishedPilotFactory(title="Žižkov")
    assert search("zizkov").ids
    call_command("flush", interactive=False, verbosity=0)
    assert not search("zizkov").ids


@pytest.mark.parametrize("address", ["/pilots/", "/lessons/", "/map/", "/matrix/", "/partners/"])
def test_nobody_keeps_a_page_whose_search_did_not_know_all_changes(client, pilot, monkeypatch, address):
    assert client.get(address, {"q": "zizkov"}).headers["Cache-Control"] != "no-store"
    monkeypatch.setattr(engine, "AT_ONCE", 1)
    for _number in range(3):
        PublishedPilotFactory()
    assert client.get(address).headers["Cache-Control"] != "no-store"
    assert client.get(address, {"q": "zizkov"}).headers["Cache-Control"] == "no-store"


def test_words_follow_the_setting_that_hides_what_nobody_checked(pilot, settings):
    pilot.create_translation("fr", title="Vinohrady", provenance={"title": {"by": "machine"}})
    seen = [found("vinohrady")]
    for settings.HIDE_UNCHECKED_TRANSLATIONS in (True, True, False):
        follow_setting()
        index_words()
        seen.append(found("vinohrady"))
    assert seen == [{"here"}, set(), set(), {"here"}]
