"""Search on the nine pilots as delivered."""

import pytest

from pilots.search.engine import search
from tests.browse.lists import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("malaga", {"malaga"}),
        ("MÁLAGA", {"malaga"}),
        ("hospitalet", {"catalonia"}),
        ("l'hospitalet", {"catalonia"}),
        ("L’Hospitalet de Llobregat", {"catalonia"}),
        ("llobregat hospitalet", {"catalonia"}),
        ("PJJ", {"avignon"}),
        ("pjj", {"avignon"}),
        ("protection judiciaire", {"avignon"}),
        ("judiciaire, protection!", {"avignon"}),
        ("netherlands", {"rotterdam", "the-hague"}),
        ("fryshuset", {"rotterdam", "swedish-prison-and-probation-service", "vilvoorde"}),
        ("exit sweden", {"rotterdam", "swedish-prison-and-probation-service", "vilvoorde"}),
        ("northern ireland", {"the-hague"}),
        ("zzz", set()),
    ],
)
def test_words_in_the_nine_pilots(words, slugs):
    assert found(words) == slugs


@pytest.mark.parametrize("words", ["clichy sous bois", "Clichy-sous-Bois", "bois clichy", "sous, BOIS; clichy"])
def test_place_of_several_words_in_any_order(words):
    assert found(words) == {"clichy-sous-bois"}  # not the others of Efus, whose explanation names this one


def test_parole_never_finds_probation():
    assert found("parole") == {"catalonia"}
    assert not found("parole") & (found("probation") - found("conditional release"))


def test_all_words_must_be_there():
    assert found("avignon") == {"avignon"}
    assert found("avignon prison") == {"avignon"}
    assert search("avignon stockholm").relaxed


@pytest.mark.parametrize("words", ["", " ", "…", "!?", "%", "_", "“”", "- – —", "*", "\u0301"])
def test_punctuation_alone_finds_nothing(words):
    assert not search(words).ids
    assert search(words).terms == ()
