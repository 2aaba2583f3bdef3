"""Compounds of Dutch and Swedish are found by their ends, below whole words; å, ä and ö are letters in Swedish."""

import pytest
from django.utils import translation

from pilots.models import Pilot
from pilots.search.engine import search
from pilots.search.snippets import found_in
from tests import factories
from tests.browse.lists import found, found_lessons
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db


def published(slug: str, language: str, **texts: str) -> Pilot:
    """Publish a pilot that says something in one language besides English."""
    pilot = PublishedPilotFactory(slug=slug, summary="–", background="–")
    pilot.create_translation(language, **{"title": "–", "summary": "–", **texts})
    return pilot


def found_on(page: str, words: str) -> set[str]:
    with translation.override(page):
        return found(words)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("nl", "Een risicotaxatie", "taxatie taxaties"),
        ("nl", "De gemeenteambtenaren", "ambtenaren ambtenaar"),
        ("nl", "De jeugdhulpverlening", "verlening"),
        ("nl", "Een werkstraf", "straf straffen"),
        ("sv", "Utbildningsprogrammet", "program programmen"),
        ("sv", "En enhetschef", "chef chefen chefer"),
        ("sv", "Riskbedömningar", "bedömning bedomning bedömningarna"),
    ],
)
def test_compound_is_found_by_its_end_in_every_form(language, text, words):
    published("here", language, background=text)
    published("other", language, background="Rapport")
    for word in words.split():
        assert found_on(language, word) == {"here"}, word


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("sv", "Samarbete", "arbete"),
        ("sv", "Arbetsförmedlingen", "medling"),
        ("sv", "Återvändare", "vändare"),
        ("nl", "De samenwerking", "werk"),
        ("nl", "De jeugdbehandeling", "handel"),
        ("nl", "Het voorkomen", "komen"),
        ("fr", "Multipartenarial", "partenarial"),
        ("es", "Interinstitucional", "institucional"),
    ],
)
def test_what_only_ends_alike_is_not_found(language, text, word):
    published("here", language, background=text)
    assert found_on(language, word) == set()


def test_compounds_count_in_the_language_of_the_page():
    published("here", "nl", background="Een risicotaxatie")
    assert [found_on(page, "taxatie") for page in ("nl", "sv", "fr")] == [{"here"}, set(), set()]


def test_whole_words_rank_before_compounds():
    compound = published("compound", "nl", title="Een trainingsprogramma")
    whole = published("whole", "nl", summary="Een programma")
    with translation.override("nl"):
        assert [set(tier) for tier in search("programma").tiers if tier] == [{whole.pk}, {compound.pk}]


def test_names_of_values_are_found_by_their_ends():
    officers = factories.AudienceFactory(name="Municipal officers")
    officers.create_translation("nl", name="Gemeenteambtenaren")
    PublishedPilotFactory(slug="here", audiences=[officers])
    assert found_on("nl", "ambtenaren") == {"here"}
    assert found_on("en", "ambtenaren") == set()


def test_phrases_and_exclusions_mean_the_word_itself():
    published("here", "nl", background="Een plan en een risicotaxatie")
    assert found_on("nl", '"taxatie"') == set()
    assert found_on("nl", "plan -taxatie") == {"here"}


def test_lessons_are_found_by_the_ends_of_compounds():
    lesson = factories.LessonFactory(pilot=PublishedPilotFactory(slug="here"), number=1, text="Patience.")
    lesson.create_translation("sv", text="En riskbedömning.")
    with translation.override("sv"):
        assert found_lessons("bedömning") == {"here-1"}


def test_compound_is_marked_whole():
    published("here", "nl", background="Met een risicotaxatie vooraf")
    with translation.override("nl"):
        result = search("taxaties")
        [[snippet]] = found_in(result, Pilot.objects.filter(pk__in=result.ids)).values()
    assert snippet.text == "Met een <mark>risicotaxatie</mark> vooraf"


# Letters that are no accents -----------------------------------------------------


def test_swedish_letters_are_no_accents_on_swedish_pages():
    published("aim", "sv", background="Målen")
    place = published("place", "sv", background="–")
    type(place.authority).objects.filter(pk=place.authority_id).update(other_names="es: Málaga")
    assert found_on("sv", "mål") == {"aim"}
    assert found_on("sv", "mal") == {"aim", "place"}
    assert found_on("fr", "mål") == {"place"}
    assert found_on("sv", "málaga") == found_on("sv", "malaga") == {"place"}


@pytest.mark.parametrize("words", ["Malmö", "malmo", "MALMÖ", "Malm", "Malmo\u0308"])
@pytest.mark.parametrize("page", ["sv", "en"])
def test_names_are_found_with_and_without_their_letters(page, words):
    PublishedPilotFactory(slug="here", background="In Malmö")
    assert found_on(page, words) == {"here"}


def test_name_written_without_its_letters_is_found_by_them():
    PublishedPilotFactory(slug="here", background="In Malmo")
    assert found_on("sv", "Malmö") == {"here"}


def test_country_does_not_begin_with_other_letters():
    PublishedPilotFactory(slug="here", authority__country="MT")
    assert found_on("sv", "mal") == {"here"}
    assert found_on("sv", "mål") == set()


def test_swedish_letters_are_marked():
    published("here", "sv", background="Målgruppen i Malaga")
    with translation.override("sv"):
        result = search("mål")
        [[snippet]] = found_in(result, Pilot.objects.filter(pk__in=result.ids)).values()
    assert snippet.text == "<mark>Målgruppen</mark> i Malaga"
