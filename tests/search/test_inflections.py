"""Words as people write and inflect them in the five languages; what an apostrophe, a dash or a full stop joins."""

import pytest

from pilots.models import Pilot
from pilots.search.engine import search
from pilots.search.snippets import found_in
from tests.browse.lists import found, found_lessons
from tests.factories import AuthorityFactory, LessonFactory, PublishedPilotFactory

pytestmark = pytest.mark.django_db
# Words are compared in Python; tests/search/test_queries.py looks for them on both.
DATABASES = ("sqlite",)


def published(language: str, text: str, slug: str = "here") -> None:
    """Publish a pilot with a summary in this language."""
    pilot = PublishedPilotFactory(slug=slug, summary=text if language == "en" else "–")
    if language != "en":
        pilot.create_translation(language, title="–", summary=text)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "La municipalité et une réunion.", "municipalités municipalites réunions reunion"),
        ("fr", "Les jeunes détenus libérés", "détenu jeune detenu libéré"),
        ("sv", "Ett möte om frivård", "mötet mötena motet frivården frivarden möten"),
        ("sv", "Myndigheterna och kommunerna", "myndighet kommun kommunen"),
        ("es", "La reunión y la formación de jóvenes", "reuniones formaciones jóvenes joven"),
        ("nl", "De gemeente en de opleiding van jongeren", "gemeenten opleidingen jongere"),
        ("en", "A meeting of agencies", "meetings agency"),
    ],
)
def test_inflected_forms_find_texts_in_their_language(language, text, words):
    published(language, text)
    PublishedPilotFactory()
    for word in words.split():
        assert found(word) == {"here"}, word


def test_stems_of_one_language_do_not_find_texts_in_another():
    published("sv", "Ett möte.")
    assert found("mötes") == {"here"}
    published("fr", "möte", slug="french")
    assert "french" not in found("mötena")


@pytest.mark.parametrize("text", ["À Avignon", "La ville d'Avignon", "La ville d’Avignon", "Avignon’s"])
def test_what_an_apostrophe_parts_is_a_word_in_texts_and_in_searches(text):
    published("fr", text)
    for words in ("avignon", "d'Avignon", "d’avignon", "l`Avignon", "Avignon's", "AVIGNON’S", "qu'avignon"):
        assert found(words) == {"here"}, words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("’s-Gravenhage", "'s-Gravenhage"),
        ("Gravenhage", "'s-gravenhage"),
        ("'s-Gravenhage", "gravenhage"),
        ("'s Gravenhage", "’s-Gravenhage"),
        ("l'intégration", "d’intégration"),
        ("O’Brien", "o'brien"),
        ("O’Brien", "brien"),
        ("aged 16–25", "16-25"),
        ("aged 16-25", "16–25"),
        ("between 16 and 25", "16–25"),
        ("An NGO", "N.G.O."),
        ("An N.G.O.", "ngo"),
        ("An N.G.O. and", '"N.G.O."'),
        ("An NGO", "NGOs"),
        ("NGOs", "N.G.O."),
        ("A VPN", "VPNs"),
        ("front-line", "frontline"),
        ("front line", "frontline"),
        ("frontline", "front-line"),
        ("frontline", "front line"),
        ("frontline workers", "front lines worker"),
        ("Fryshuset–Exit", "fryshuset exit"),
    ],
)
def test_signs_that_join_words_make_no_difference(text, words):
    # Without the numbers that factories put into names: "16-25" may find them.
    authority = AuthorityFactory(name="Elsewhere", place="Elsewhere")
    for background in (f"Here {text} there.", "Here and there."):
        slug = "here" if text in background else "other"
        PublishedPilotFactory(
            slug=slug, title="Elsewhere", background=background, authority=authority, partners=[], activity_types=[]
        )
    assert found(words) == {"here"}
    result = search(words)
    [[snippet]] = found_in(result, Pilot.objects.filter(pk__in=result.ids)).values()
    assert "<mark>" in snippet.text


@pytest.mark.parametrize("words", ["therapist", "without"])
def test_word_is_not_parted_where_a_stop_word_would_be_left(words):
    PublishedPilotFactory(background="The rapist. With out.")
    assert found(words) == set()


@pytest.mark.parametrize(("field", "label"), [("title", "Title"), ("summary", "Summary")])
def test_hit_in_a_translated_title_or_summary_says_so_in_its_language(client, field, label):
    texts = {"title": "Ett", "summary": "Två", field: "Om frivård"}
    PublishedPilotFactory().create_translation("sv", **texts)
    page = client.get("/pilots/?q=frivården").content.decode()
    assert f'<dt>{label}</dt>\n        <dd lang="sv">Om <mark>frivård</mark></dd>' in page


def test_hit_in_a_translated_lesson_says_so_in_its_language(client):
    lesson = LessonFactory(pilot=PublishedPilotFactory(slug="here"), number=1, text="Patience.")
    lesson.create_translation("fr", text="Les réunions.")
    assert found_lessons("réunion") == {"here-1"}
    assert '<dd lang="fr">Les <mark>réunions</mark>.</dd>' in client.get("/lessons/?q=réunion").content.decode()
