"""Words that ask for what a source may state, in the portal's languages, and what editors add to them."""

import pytest
from django.utils import translation

from pilots.search.engine import search
from pilots.search.item_words import WORDS, items_named
from pilots.search.words import ALGORITHMS
from tests.factories import SynonymSetFactory

pytestmark = pytest.mark.django_db
# Words are compared in Python.
DATABASES = ("sqlite",)

ASKED = {
    "cost": [
        *("cost", "Costs", "price", "budget", "coût", "cout", "coûts", "presupuesto", "begroting", "kostnader"),
        *("COÛT", "Kosten", "kostnaden", "presupuestos", "How much does it cost?", "cuánto cuesta", "vad kostar det"),
        *("argent", "¿dinero?", "Geld", "pengar", "frais de personnes"),
    ],
    "duration": ["hours", "durée", "horas", "hora", "uren", "uur", "timmar", "timmen"],
    "staff": ["staff", "formateurs", "personeel"],
    "materials": ["materials", "handbook", "matériel", "handbok"],
    "contact": ["contact", "contacts", "contacto", "kontakt", "e-mail", "telephone"],
    "evaluation": [
        "evaluation",
        "evaluations",
        "évaluation",
        "evaluación",
        "evaluatie",
        "utvärdering",
        "évaluée",
        "geëvalueerd",
        "utvärderats",
    ],
}


@pytest.mark.parametrize(("item", "words"), [(item, words) for item, some in ASKED.items() for words in some])
def test_word_asks_for_an_item(item: str, words: str) -> None:
    assert items_named(search(words)) == [item]


# What begins like a word of the lists, or has a stem in common with one in some language.
OTHERS = (
    *("argument", "fresh start", "gastronomy"),
    *("prison", "-cost", "training", "Sarcelles", "?!", "costume", "during probation", "durante", "prise en charge"),
    *("personal stories", "personalidad", "pas", "pasado", "attend", "wijzen", "continue", "effects", "transfer"),
)


@pytest.mark.parametrize("words", OTHERS)
def test_other_words_ask_for_nothing(words: str) -> None:
    assert items_named(search(words)) == []


def test_words_among_others_ask_as_well_in_the_order_of_the_profile() -> None:
    assert items_named(search("what did the evaluation cost in hours")) == ["duration", "cost", "evaluation"]


def test_what_editors_put_into_a_set_with_such_a_word_asks_for_the_same() -> None:
    assert items_named(search("invoice")) == []
    SynonymSetFactory(words="invoice\nprice\ntotal outlay")
    assert items_named(search("invoice")) == ["cost"]
    assert items_named(search("total outlay")) == ["cost"]


@pytest.mark.parametrize(
    ("page", "words", "items"),
    [
        ("sv", "pris", ["cost"]),
        ("fr", "pris en charge", []),
        ("es", "personal", ["staff"]),
        ("en", "personal", []),
        ("fr", "coût", ["cost"]),
        ("es", "coste", ["cost"]),
        ("sv", "kostnad", ["cost"]),
        ("nl", "kosten", ["cost"]),
        ("fr", "cost", ["cost"]),
    ],
)
def test_words_ask_in_the_language_of_the_page(page: str, words: str, items: list[str]) -> None:
    with translation.override(page):
        assert items_named(search(words)) == items


def test_every_word_asks_for_one_item_and_stands_under_a_language_of_the_portal() -> None:
    for item, by_language in WORDS.items():
        assert by_language.keys() <= ALGORITHMS.keys()
        for words in by_language.values():
            assert all(items_named(search(word)) == [item] for word in words.split()), item
