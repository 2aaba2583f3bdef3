"""Search: all words, in any order, whatever their case, accents and punctuation; public texts only."""

import pytest

from pilots.search.engine import search
from tests import factories
from tests.browse.lists import found
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db

SECTIONS = ("title", "summary", "background", "objectives", "what_was_done", "results", "prospects")
VOCABULARIES = {
    "activity_types": factories.ActivityTypeFactory,
    "audiences": factories.AudienceFactory,
    "target_groups": factories.TargetGroupFactory,
    "stages": factories.StageFactory,
}


def terms(words: str) -> list[str]:
    return [term.term for term in search(words).terms]


@pytest.mark.parametrize("field", SECTIONS)
def test_each_text_of_a_pilot_is_searched(field):
    PublishedPilotFactory(slug="here", **{field: "Something about Žižkov."})
    PublishedPilotFactory()
    assert found("zizkov") == {"here"}


@pytest.mark.parametrize("field", list(VOCABULARIES))
def test_names_of_vocabulary_values_are_searched(field):
    PublishedPilotFactory(slug="here", **{field: [VOCABULARIES[field](name="Žižkov")]})
    PublishedPilotFactory()
    assert found("zizkov") == {"here"}


@pytest.mark.parametrize("field", ["name", "full_name", "original_name"])
def test_names_of_partners_are_searched(field):
    language = {"original_language": "fr"} if field == "original_name" else {}
    PublishedPilotFactory(slug="here", partners=[factories.PartnerFactory(**{field: "Žižkov"}, **language)])
    PublishedPilotFactory()
    assert found("zizkov") == {"here"}


@pytest.mark.parametrize("field", ["name", "place"])
def test_names_of_authorities_are_searched(field):
    PublishedPilotFactory(slug="here", **{f"authority__{field}": "Žižkov"})
    PublishedPilotFactory()
    assert found("zizkov") == {"here"}


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (factories.LessonFactory, "text"),
        (factories.KeyFigureFactory, "label"),
        (factories.OrganisationInvolvedFactory, "name"),
    ],
)
def test_parts_of_a_pilot_are_searched(factory, field):
    factory(pilot=PublishedPilotFactory(slug="here"), **{field: "Žižkov"})
    factory(pilot=PublishedPilotFactory())
    assert found("zizkov") == {"here"}


@pytest.mark.parametrize("word", ["हिन्दी", "مُحَمَّد", "ที่นี่"])
def test_words_with_vowel_marks_are_found_whole(word):
    PublishedPilotFactory(slug="here", summary=f"One {word} more.")
    PublishedPilotFactory(summary=" ".join(word))
    assert found(word) == {"here"}


def test_name_of_the_country_is_searched():
    PublishedPilotFactory(slug="here", authority__country="SE")
    PublishedPilotFactory(authority__country="FR")
    assert found("sweden") == {"here"}


def test_words_may_stand_in_different_texts_and_in_any_language():
    pilot = PublishedPilotFactory(slug="here", summary="A workshop.")
    pilot.create_translation("fr", title="Un atelier", summary="Une équipe.")
    factories.LessonFactory(pilot=pilot, text="Patience.")
    assert found("patience equipe workshop") == {"here"}


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_hidden_pilots_are_never_found(status):
    pilot = PublishedPilotFactory(status=status, title="Žižkov")
    factories.LessonFactory(pilot=pilot, text="Žižkov")
    assert found("zizkov") == set()
    assert not search("zizkov").ids


def test_glossary_terms_are_found_by_term_meaning_and_own_wording():
    factories.GlossaryTermFactory(term="MAR", meaning="A contact point.", original="Meldpunt", original_language="nl")
    factories.GlossaryTermFactory(term="GER")
    for words in ("mar", "contact", "meldpunt", "POINT contact"):
        assert terms(words) == ["MAR"], words


def test_pilot_that_uses_a_term_is_found_by_what_the_term_means():
    factories.GlossaryTermFactory(term="MAR", original="Meldpunt", original_language="nl")
    PublishedPilotFactory(slug="here", summary="They asked MAR.")
    PublishedPilotFactory(summary="They asked in March.")
    assert found("meldpunt") == {"here"}
