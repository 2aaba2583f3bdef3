"""Words that editors call the same, other names of places and organisations, countries in readers' languages."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from pilots.index.content_version import current
from pilots.models import Authority, SynonymSet
from pilots.models.other_names import check_other_names, other_names
from pilots.models.synonyms import check_words, split_words
from pilots.search.country_names import OTHERS
from pilots.search.engine import search
from pilots.search.suggestions import suggest
from pilots.search.synonyms import synonyms as read_synonyms
from tests import factories
from tests.browse.lists import found, found_lessons
from tests.factories import PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db


def synonyms(*words: str, language: str = "en") -> SynonymSet:
    slug = f"{language}-{words[0].lower().replace(' ', '-')}"
    return SynonymSet.objects.create(slug=slug, language=language, words="\n".join(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Close to conditional or final release.", "parole"),
        ("Paroled in May.", "conditional release"),
        ("On parole.", "conditional releases"),
        ("Close to release, which is conditional.", "paroles"),
        ("A juvenile.", "youth"),
        ("A juvenile.", "Youths"),
        ("By re-entry.", "rehabilitation"),
        ("By reentry.", "rehabilitation"),
        ("Rehabilitation.", "re-entry"),
        ("A program.", "scheme"),
    ],
)
def test_each_word_of_a_set_finds_the_others(text, words):
    synonyms("parole", "conditional release")
    synonyms("youth", "juvenile")
    synonyms("rehabilitation", "re-entry")
    synonyms("scheme", "programme")
    PublishedPilotFactory(slug="here", background=text)
    PublishedPilotFactory(background="Probation, entry, offence.")
    assert found(words) == {"here"}


@pytest.mark.parametrize("words", ['"parole"', '"conditional release"', '"release which is conditional"', '"belge"'])
def test_search_in_quotation_marks_finds_no_other_names(words):
    synonyms("parole", "conditional release", "release which is conditional")
    PublishedPilotFactory(background="After a release they were paroled. Conditional.", authority__country="BE")
    assert found(words) == set()


def test_minus_hides_no_entry_for_a_word_it_does_not_have():
    synonyms("city", "municipality")
    PublishedPilotFactory(slug="here", background="A meeting of the municipality.", authority__country="BE")
    PublishedPilotFactory(background="A meeting of cities, in Belgian style.", authority__country="FR")
    assert found("meeting -city") == {"here"}
    assert found("meeting -belgian") == {"here"}


@pytest.mark.parametrize("words", ["aftercare", "after-care"])
def test_word_is_no_other_name_of_itself(words):
    synonyms("aftercare", "after-care", "support")
    PublishedPilotFactory(background="Support, aftercare.")
    PublishedPilotFactory(background="Support.")
    assert search(words).also == [(words, ("support",))]


def test_delivered_sets_are_well_formed_and_keep_parole_and_probation_apart():
    records = json.loads((settings.BASE_DIR / "fixtures" / "synonyms.json").read_text(encoding="utf-8"))
    for record in records:
        check_words(record["fields"]["words"])
        assert "probation" not in split_words(record["fields"]["words"])


def test_page_says_that_a_search_was_widened_and_only_then(client):
    synonyms("city", "municipality", "town hall")
    PublishedPilotFactory(slug="here", summary="None.", authority__name="Here", title="The city")
    there = PublishedPilotFactory(summary="A place.", background="The town hall.", authority__name="There")
    said = read(client.get("/pilots/?q=city")).texts("p", class_="also-searched")
    assert said == ["“city” was also looked for as “municipality” or “town hall”."]
    assert read(client.get("/pilots/?q=town+hall")).texts("p", class_="also-searched") == [
        "“town hall” was also looked for as “city” or “municipality”."
    ]
    type(there).objects.filter(pk=there.pk).update(status="archived")
    assert read(client.get("/pilots/?q=city")).all("p", class_="also-searched") == []


def found_on(page, words):
    with translation.override(page):
        return found(words)


def test_sets_count_on_pages_in_their_language_and_english_ones_on_all():
    synonyms("prisión", "cárcel", language="es")
    synonyms("youth", "juvenile")
    pilot = PublishedPilotFactory(slug="here", summary="A juvenile.", background="None.")
    for language in ("es", "fr"):
        pilot.create_translation(language, title="–", background="La prisión.")
    assert [found_on(page, "cárcel") for page in ("es", "fr", "en")] == [{"here"}, set(), set()]
    assert [found_on(page, "youth") for page in ("es", "fr", "en")] == [{"here"}] * 3


@pytest.mark.parametrize(
    ("language", "words", "typed"),
    [
        ("es", ("prisión", "centro penitenciario"), "centros penitenciarios"),
        ("nl", ("prisión", "penitentiaire inrichting"), "penitentiaire inrichtingen"),
        ("sv", ("prisión", "lokal anstalt"), "lokala anstalterna"),
        ("fr", ("prisión", "travail d’intérêt général"), "travail d'interet general"),
    ],
)
def test_names_of_several_words_are_found_in_the_forms_of_their_language(language, words, typed):
    synonyms(*words, language=language)
    pilot = PublishedPilotFactory(slug="here")
    pilot.create_translation(language, title="–", background="La prisión.")
    PublishedPilotFactory()
    assert found_on(language, typed) == {"here"}


def test_delivered_sets_name_their_language():
    records = json.loads((settings.BASE_DIR / "fixtures" / "synonyms.json").read_text(encoding="utf-8"))
    named = [(record["fields"].get("language", "en"), record["fields"]["slug"]) for record in records]
    assert {language for language, _slug in named} == {code for code, _name in settings.LANGUAGES}
    assert all(slug.startswith(f"{language}-") for language, slug in named if language != "en")


def test_changes_of_sets_are_seen_at_once():
    PublishedPilotFactory(slug="here", background="A juvenile.")
    assert found("youth") == set()
    one = synonyms("youth", "juvenile")
    assert found("youth") == {"here"}
    one.words = "youth\nyoungster"
    one.save()
    assert found("youth") == set()


def test_names_are_made_anew_only_when_one_changed():
    pilot = PublishedPilotFactory()
    before = read_synonyms(1).names
    type(pilot).objects.update(status="archived")
    assert read_synonyms(2).names is before
    factories.StageFactory(name="Aftercare")
    assert "Aftercare" in set(read_synonyms(3).names) - set(before)


@pytest.mark.django_db(transaction=True)
def test_change_of_a_set_raises_the_number_of_the_content():
    before = current()
    synonyms("youth", "juvenile")
    assert current() != before


@pytest.mark.parametrize(
    "words", ["", "youth", "youth\nYouth", "a\n…", f"a\n{'b' * 61}", "\n".join(map(str, range(13)))]
)
def test_set_that_cannot_work_is_refused(words):
    with pytest.raises(ValidationError):
        SynonymSet(slug="one", words=words).full_clean()


def test_editors_make_sets_in_the_admin(admin_client):
    form = {"slug": "youth", "language": "en", "words": "youth\r\njuvenile"}
    assert admin_client.post("/admin/pilots/synonymset/add/", form).status_code == 302
    assert str(SynonymSet.objects.get()) == "youth, juvenile"
    assert SynonymSet.objects.get_by_natural_key("youth").natural_key() == ("youth",)
    assert "youth, juvenile" in admin_client.get("/admin/pilots/synonymset/?q=juvenile").content.decode()


# Other names -----------------------------------------------------------------


@pytest.mark.parametrize("words", ["Den Haag", "den haag", "La Haye", "haye", "'s-Gravenhage", "l'Haye", "sGravenhage"])
def test_pilots_are_found_by_other_names_of_their_place(words):
    names = "nl: Den Haag\nnl: ’s-Gravenhage\nfr: La Haye"
    pilot = PublishedPilotFactory(slug="here", authority__other_names=names)
    factories.LessonFactory(pilot=pilot, number=1)
    PublishedPilotFactory()
    assert found(words) == {"here"}
    assert found_lessons(words) == {"here-1"}


def test_pilots_are_found_by_other_names_of_their_partners():
    PublishedPilotFactory(slug="here", partners=[factories.PartnerFactory(other_names="Žižkov House")])
    assert found("zizkov") == {"here"}


def test_other_name_that_was_found_is_shown_with_its_language(client):
    PublishedPilotFactory(authority__other_names="fr: La Haye\nHaag")
    page = client.get("/pilots/?q=haye").content.decode()
    assert '<dt>Also called</dt>\n        <dd lang="fr">La <mark>Haye</mark></dd>' in page
    assert "<dd>\n" not in client.get("/pilots/?q=haag").content.decode()
    assert "Haye" not in client.get("/pilots/").content.decode()


def test_change_of_other_names_is_seen_at_once():
    pilot = PublishedPilotFactory(slug="here")
    assert found("zizkov") == set()
    Authority.objects.filter(pk=pilot.authority_id).update(other_names="Žižkov")
    assert found("zizkov") == {"here"}


def test_names_are_read_line_by_line():
    assert list(other_names("fr: La Haye\n\n Haag \nnl:Den Haag")) == [
        ("fr", "La Haye"),
        ("", "Haag"),
        ("nl", "Den Haag"),
    ]


@pytest.mark.parametrize("lines", ["fr:", "fr: La Haye\nnl: ", f"fr: {'a' * 101}"])
def test_line_that_is_no_name_is_refused(lines):
    with pytest.raises(ValidationError):
        check_other_names(lines)


# Countries -------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["Sverige", "Suède", "suede", "Suecia", "Zweden", "Swedish", "svensk", "svenska", "suédoise"]
)
def test_countries_are_found_in_readers_languages_and_by_what_is_theirs(words):
    PublishedPilotFactory(slug="here", authority__country="SE")
    PublishedPilotFactory(authority__country="NL")
    assert found(words) == {"here"}


@pytest.mark.parametrize("words", ["pays", "bas", "Pay"])
def test_part_of_a_foreign_name_is_no_country(words):
    PublishedPilotFactory(authority__country="NL")
    assert found(words) == set()


def test_every_country_of_the_table_has_words_in_all_languages():
    assert {tuple(words) for words in OTHERS.values()} == {tuple(code for code, _name in settings.LANGUAGES)}


def test_several_words_are_named_as_one(client):
    PublishedPilotFactory(slug="here", authority__country="NL")
    assert search("pays bas").also == [("pays bas", ("Netherlands",))]


# Suggestions -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "label"),
    [("den haa", "The Hague"), ("la hay", "The Hague"), ("sver", "Sweden"), ("fran", "France"), ("l'hag", "The Hague")],
)
def test_names_are_suggested_by_what_else_they_are_called(typed, label):
    place = factories.AuthorityFactory(place="The Hague", other_names="nl: Den Haag\nfr: La Haye", country="SE")
    PublishedPilotFactory(title="One", authority=place)
    PublishedPilotFactory(title="Two", authority__country="FR")
    assert label in [name.label[0] for name in suggest(typed)]


@pytest.mark.parametrize("typed", ["radicaliz", "radicalis", "program", "programme"])
def test_titles_are_suggested_in_both_spellings(typed):
    PublishedPilotFactory(title="Radicalisation programmes")
    assert [name.label[0] for name in suggest(typed)] == ["Radicalisation programmes"]
