"""Sentences that code puts together read right in each language: words, marks, the spaces before them."""

import pytest

from tests.pages.reading import read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Sentences are put together by the same Python on both.
DATABASES = ("sqlite",)

CHOICE = "/pilots/?q=training&country=FR&country=ES"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "recherche «\u00a0training\u00a0»\u00a0; pays "),
        ("es", "búsqueda «training»; país "),
        ("nl", "zoekopdracht “training”; land "),
        ("sv", "sökning ”training”; land "),
    ],
)
def test_what_is_chosen_is_said_with_the_marks_of_the_language(language, sentence):
    assert sentence in visitor().get(f"/{language}{CHOICE}").content.decode()


@pytest.mark.parametrize(
    ("language", "button", "chip"),
    [
        ("fr", "Rechercher", "Recherche\u00a0:"),
        ("es", "Buscar", "Búsqueda:"),
        ("nl", "Zoeken", "Zoekopdracht:"),
        ("sv", "Sök", "Sökning:"),
    ],
)
def test_a_button_asks_and_a_label_names(language, button, chip):
    answer = visitor().get(f"/{language}{CHOICE}")
    assert button in read(answer).texts("button")
    assert f'<span class="chip-label">{chip}</span>' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "about"),
    [("fr", "environ"), ("es", "alrededor de"), ("nl", "ongeveer"), ("sv", "omkring")],
)
def test_about_a_number_is_not_what_a_text_is_about(language, about):
    page = read(visitor().get(f"/{language}/pilots/swedish-prison-and-probation-service/"))
    assert about in page.texts("span", class_="qualifier")
