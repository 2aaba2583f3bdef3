"""The library of lessons with lessons of our own: nothing of what is hidden, search, an empty library."""

import pytest

from pilots.models import Pilot
from pilots.search.engine import search_lessons
from tests import factories
from tests.browse.lists import found_lessons, library_at, named, shown
from tests.factories import LessonFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db


def test_texts_of_other_lessons_of_the_pilot_do_not_count():
    pilot = PublishedPilotFactory(slug="here")
    LessonFactory(pilot=pilot, number=1, text="Patience.").create_translation("fr", text="La patience.")
    LessonFactory(pilot=pilot, number=2, text="Žižkov.")
    assert found_lessons("zizkov") == {"here-2"}
    assert found_lessons("la patience") == {"here-1"}  # in any language
    assert search_lessons("zizkov patience").relaxed


def test_lesson_that_uses_a_term_is_found_by_what_the_term_means():
    factories.GlossaryTermFactory(term="MAR", original="Meldpunt", original_language="nl")
    pilot = PublishedPilotFactory(slug="here")
    LessonFactory(pilot=pilot, number=1, text="Ask MAR.")
    LessonFactory(pilot=pilot, number=2, text="Ask in March.")
    assert found_lessons("meldpunt") == {"here-1"}
    assert [term.term for term in library_at("q=meldpunt").terms] == ["MAR"]


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_lessons_of_hidden_pilots_are_nowhere(status):
    shared = factories.PartnerFactory(slug="shared")
    LessonFactory(pilot=PublishedPilotFactory(slug="here", partners=[shared]), number=1)
    hidden = PublishedPilotFactory(partners=[shared], status=status, authority__country="SE")
    LessonFactory(pilot=hidden, kind="hard", text="Žižkov")
    listed = library_at("")
    assert named(listed.page) == ["here-1"]
    assert (listed.total, listed.count) == (1, 1)
    assert shown(listed)["kind"] == {"helped": 0, "hard": 0, "insight": 1, "method": 0}
    assert (shown(listed)["partner"], shown(listed)["country"]) == ({"shared": 1}, {"FR": 1})
    assert found_lessons("zizkov") == set()


def test_empty_library_says_so():
    PublishedPilotFactory()
    assert (library_at("").heading, library_at("").sentence) == (
        "0 lessons and 0 working methods",
        "There are no lessons or working methods yet.",
    )
    LessonFactory(pilot=Pilot.objects.get())
    assert (library_at("").heading, library_at("").sentence) == ("1 lesson", "1 lesson is shown.")
    assert library_at("country=FR").heading == "1 of 1 lesson"
