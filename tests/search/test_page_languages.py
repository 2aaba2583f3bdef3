"""A page looks for words in the texts that it shows: those of its language, and English where there are none."""

import pytest
from django.test import Client
from django.utils import translation

from pilots.models import Pilot
from pilots.search.did_you_mean import suggestion
from pilots.search.documents import documents, read_pilot_texts
from pilots.search.engine import search
from pilots.search.snippets import found_in
from tests import factories
from tests.browse.lists import found, found_lessons
from tests.factories import LessonFactory, PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db


def published(slug: str, *, en: str, **summaries: str) -> Pilot:
    """Publish a pilot with a summary in some languages and nothing else that says anything."""
    pilot = PublishedPilotFactory(slug=slug, summary=en)
    for language, summary in summaries.items():
        pilot.create_translation(language, title="–", summary=summary)
    return pilot


def found_on(page: str, words: str) -> set[str]:
    with translation.override(page):
        return found(words)


def test_page_finds_the_texts_of_its_language_and_no_other() -> None:
    published("english", en="Prison.", fr="Établissement.")
    published("french", en="Custody.", fr="La prison.")
    assert [found_on(page, "prison") for page in ("en", "fr")] == [{"english"}, {"french"}]


def test_page_finds_english_where_a_text_is_not_translated_text_by_text() -> None:
    pilot = published("here", en="Custody.", fr="La prison.")
    pilot.set_current_language("en")
    pilot.results = "Patience."
    pilot.save()
    published("there", en="Patience.", fr="Temps.")
    assert [found_on(page, "patience") for page in ("en", "fr", "sv")] == [
        {"here", "there"},
        {"here"},
        {"here", "there"},
    ]


def test_what_no_language_differs_in_stands_in_the_tables_once() -> None:
    pilot = published("here", en="Custody.", fr="La prison.")
    pilot.set_current_language("en")
    pilot.results = "Patience."
    pilot.save()
    [document], _lessons = documents(read_pilot_texts([pilot.pk]))
    _title, names, summary, texts = document.tiers
    assert texts.texts == [["patience"]]
    assert not any(":" in word for run in names.texts for word in run)
    assert sorted(word for run in summary.texts for word in run) == [
        *("en:custody", "es:custody", "fr:la", "fr:prison", "nl:custody", "sv:custody"),
    ]


@pytest.mark.parametrize("language", ["en", "fr", "es", "nl", "sv"])
@pytest.mark.parametrize("words", ["Formación", "formation", "Zweden", "Suecia", "Haag", "la haye", "kommun", "Stad"])
def test_names_are_found_in_any_language_on_every_page(language: str, words: str) -> None:
    place = factories.AuthorityFactory(country="SE", other_names="fr: La Haye\nsv: Haag", name="City of The Hague")
    place.create_translation("nl", name="Stad Den Haag", place="Den Haag")
    place.create_translation("sv", name="Haags kommun", place="Haag")
    training = factories.ActivityTypeFactory(name="Training")
    training.create_translation("fr", name="Formation")
    training.create_translation("es", name="Formación")
    PublishedPilotFactory(slug="here", authority=place, activity_types=[training])
    PublishedPilotFactory(authority__country="EE", authority__name="Elsewhere")
    assert found_on(language, words) == {"here"}


def test_name_of_a_value_in_another_language_is_said_as_the_page_calls_it(client: Client) -> None:
    training = factories.ActivityTypeFactory(name="Training")
    training.create_translation("es", name="Formación")
    PublishedPilotFactory(activity_types=[training])
    said = read(client.get("/pilots/?q=formacion")).texts("p", class_="also-searched")
    assert said == ["“formacion” was also looked for as “Training”."]
    assert read(client.get("/es/pilots/?q=formacion")).texts("p", class_="also-searched") == []


@pytest.mark.parametrize("words", ["former", "formers", "format"])
def test_words_that_only_share_a_stem_with_a_name_in_another_language_do_not_find_it(words: str) -> None:
    training = factories.ActivityTypeFactory(name="Training")
    training.create_translation("es", name="Formación")
    training.create_translation("fr", name="Formation")
    PublishedPilotFactory(activity_types=[training])
    assert found(words) == set()


# Where no text of the page's language has a word


def test_word_is_found_in_another_language_and_the_page_says_so(client: Client) -> None:
    published("here", en="Reintegration.", fr="L’insertion.")
    published("other", en="Nothing.", fr="Rien.")
    page = read(client.get("/pilots/?q=insertion"))
    assert page.texts("p", class_="found-elsewhere") == ["“insertion” was found in French."]
    link = page.one("p", class_="found-elsewhere").one("a")
    assert (link["href"], link["hreflang"]) == ("/fr/pilots/?q=insertion", "fr")
    assert page.one("dl", class_="found-in").one("dd")["lang"] == "fr"
    assert found("insertion") == {"here"}
    assert read(client.get("/fr/pilots/?q=insertion")).all("p", class_="found-elsewhere") == []


def test_words_of_two_languages_are_found_together() -> None:
    published("here", en="A workshop on reintegration.", fr="Un atelier.")
    published("other", en="A workshop.", fr="Rien.")
    assert found("workshop atelier") == {"here"}
    assert search("workshop atelier").elsewhere == [("atelier", "fr")]


def test_language_that_most_entries_have_it_in_is_taken() -> None:
    published("one", en="–", es="Un contrato.", nl="Het contract.")
    published("two", en="–", es="Contratos.")
    with translation.override("sv"):
        assert search("contrato").elsewhere == [("contrato", "es")]
        assert found("contrato") == {"one", "two"}


def test_short_beginnings_find_nothing_in_other_languages() -> None:
    published("here", en="–", fr="Des catégories.")
    assert found("cat") == set()
    assert found("categ") == {"here"}


def test_exclusion_counts_in_the_language_of_the_page() -> None:
    published("here", en="A meeting.", fr="Une réunion à la gare.")
    published("there", en="A station.", fr="Une réunion.")
    assert found_on("fr", "réunion -gare") == {"there"}
    assert found_on("fr", "réunion -station") == {"here", "there"}


# As each language has it


def test_stop_words_are_those_of_the_language() -> None:
    published("here", en="–", fr="Le but.", sv="Ett hem.")
    published("other", en="–", fr="Rien.", sv="Inget.")
    assert found_on("fr", "but") == found_on("sv", "hem") == {"here"}
    with translation.override("fr"):
        assert [search("quel but").query.pieces[n].is_stop_word for n in (0, 1)] == [True, False]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Le travail d’accès et l’insertion", "insertion accès acces l'insertion d’acces INSERTIONS"),
        ("fr", "Le suivi du cas de jeunes libérés", "«suivi du cas» jeune libéré libere libérés"),
        ("es", "¿Cómo apoyar a los jóvenes?", "¿jóvenes? joven jovenes ¡apoyar! apoyo"),
        ("nl", "Het reclasseringsstelsel en de buitenlandstrijders", "reclassering buitenland buitenlandstrijder"),
        ("sv", "Arbetet i Malmö med avhoppare", "malmo Malmö arbete avhopparen avhoppar"),
        ("sv", "Frivården och häktet", "frivård frivard häkte hakte"),
    ],
)
def test_texts_are_found_as_people_type_their_language(language: str, text: str, words: str) -> None:
    published("here", en="–", **{language: text})
    published("other", en="–", **{language: "–"})
    for word in words.split(" ") if "«" not in words else ["« suivi du cas »", *words.split(" ")[3:]]:
        assert found_on(language, word) == {"here"}, word


def test_english_spelling_does_not_reach_into_other_languages() -> None:
    published("here", en="–", fr="Libération.")
    published("there", en="–", fr="Temps libre.")
    assert found_on("fr", "libre") == {"there"}


def test_lessons_are_found_as_the_page_shows_them() -> None:
    lesson = LessonFactory(pilot=PublishedPilotFactory(slug="here"), number=1, text="Patience.")
    lesson.create_translation("fr", text="Les réunions.")
    with translation.override("fr"):
        assert found_lessons("réunion") == {"here-1"}


def test_did_you_mean_has_words_of_the_page() -> None:
    published("here", en="Radicalisation.", es="Radicalización.", fr="Radicalisation.")
    for page, typed, meant in (("en", "radicalisaton", "Radicalisation"), ("es", "radicalizasion", "Radicalización")):
        with translation.override(page):
            assert suggestion(search(typed)) == meant


def test_words_of_other_languages_leave_room_for_the_page_s_in_did_you_mean() -> None:
    published("here", en="Reporting.", fr="Rapporting.", es="Reportind.", nl="Reportino.", sv="Reportinb.")
    assert suggestion(search("reportinq")) == "Reporting"


def test_snippets_have_the_language_they_were_found_in() -> None:
    pilot = PublishedPilotFactory(background="A meeting.", results="A plan.")
    pilot.create_translation("fr", title="–", background="Une réunion.")
    with translation.override("fr"):
        result = search("réunion plan")
        [some] = found_in(result, Pilot.objects.filter(pk__in=result.ids)).values()
    assert [(snippet.text, snippet.language) for snippet in some] == [
        ("Une <mark>réunion</mark>.", ""),
        ("A <mark>plan</mark>.", "en"),
    ]


@pytest.mark.parametrize(("more", "language"), [("fr", "fr"), ("es", "es")])
def test_snippet_is_in_the_language_that_the_page_says(more: str, language: str) -> None:
    published("here", en="–", fr="Un acto.", es="Un acto.")
    published("other", en="–", **{more: "Un acto."})
    result = search("acto")
    assert result.elsewhere == [("acto", language)]
    for some in found_in(result, Pilot.objects.filter(pk__in=result.ids)).values():
        assert [snippet.language for snippet in some] == [language]
