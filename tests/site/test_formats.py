"""Dates, numbers, lists, quotation marks and the order of names follow the language of the page."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from pilots.models import KeyFigure
from pilots.models.partial_date import describe_partial_date
from prepare_portal.collation import in_order, initial
from prepare_portal.languages import LANGUAGES
from prepare_portal.phrases import all_of, any_of, in_digits

AT = datetime(2019, 5, 3, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "month", "day", "moment"),
    [
        ("en", "May 2019", "3 May 2019", "3 May 2019, 14:05"),
        ("fr", "mai 2019", "3 mai 2019", "3 mai 2019, 14:05"),
        ("es", "mayo de 2019", "3 de mayo de 2019", "3 de mayo de 2019, 14:05"),
        ("nl", "mei 2019", "3 mei 2019", "3 mei 2019, 14:05"),
        ("sv", "maj 2019", "3 maj 2019", "3 maj 2019, 14:05"),
    ],
)
def test_dates_are_written_as_the_language_has_them(language, month, day, moment):
    with override(language):
        assert describe_partial_date("2019-05") == month
        assert describe_partial_date("2019-05-03") == date_format(AT, "DATE_FORMAT") == day
        assert describe_partial_date("2019") == "2019"
        assert date_format(AT, "DATETIME_FORMAT") == moment


@pytest.mark.parametrize(
    ("language", "number"),
    [("en", "1,234.5"), ("fr", "1\u202f234,5"), ("es", "1.234,5"), ("nl", "1.234,5"), ("sv", "1\xa0234,5")],
)
def test_numbers_are_written_as_the_language_has_them(language, number):
    with override(language):
        assert number_format(1234.5, use_l10n=True, force_grouping=True) == number


def test_numbers_for_programs_stay_as_they_are(client, db):
    """Coordinates of drawings, as every language gets them."""
    drawn = {client.get(f"{prefix}/map.svg").content.count(b" 0,") for prefix in ("", "/fr", "/sv")}
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("names", "every", "either"),
    [
        ([], "", ""),
        (["Francia"], "Francia", "Francia"),
        (["Francia", "España"], "Francia {y} España", "Francia {o} España"),
        (["España", "Francia", "Italia"], "España, Francia {e} Italia", "España, Francia {o} Italia"),
        (["Fe", "hielo"], "Fe {y} hielo", "Fe {o} hielo"),
        (["padre", "hijo"], "padre {e} hijo", "padre {o} hijo"),
        (["Efus", "Oslo"], "Efus {y} Oslo", "Efus {u} Oslo"),
        (["uno", "hombre"], "uno {y} hombre", "uno {u} hombre"),
    ],
)
def test_spanish_lists_mind_the_next_sound(names, every, either, monkeypatch):
    monkeypatch.setattr("prepare_portal.phrases._", {"and": "y", "or": "o"}.get)
    words = {"y": "y", "e": "e", "o": "o", "u": "u"}
    with override("es"):
        assert all_of(names) == every.format(**words)
        assert any_of(names) == either.format(**words)
    with override("fr"):
        assert all_of(["Efus", "Italia"]) == "Efus y Italia"  # no business of any other language


NUMBERS = {
    "en": "0.5 1,234 12,345.25 1,000,000",
    "fr": "0,5 1\u202f234 12\u202f345,25 1\u202f000\u202f000",
    "es": "0,5 1234 12.345,25 1.000.000",
    "nl": "0,5 1.234 12.345,25 1.000.000",
    "sv": "0,5 1\u00a0234 12\u00a0345,25 1\u00a0000\u00a0000",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_the_signs_of_the_language(language):
    with override(language):
        numbers = [Decimal(number) for number in ("0.5", "1234", "12345.25", "1E+6")]
        assert " ".join(map(in_digits, numbers)) == NUMBERS[language]
        figure = KeyFigure(value=Decimal("2.50"), upper=Decimal("1234.00"))
        assert figure.amount == f"{in_digits(Decimal('2.5'))}–{in_digits(Decimal(1234))}"


# By the rules of Unicode's CLDR: https://www.unicode.org/cldr/charts/latest/collation/
SORTED = {
    "en": ["Åland", "Alma", "Öland", "Osby", "Zwolle"],
    "fr": ["cote", "Cote", "coté", "côte", "côté", "Éloi", "Ems", "œuvre", "ordre", "zéro"],
    "es": ["nadar", "nube", "ñandú", "ñu", "oca", "ópera", "zorro"],
    "nl": ["iglo", "ijs", "ik", "Yssel", "zee"],
    "sv": ["Alma", "Élan", "Elin", "Våler", "Wien", "Zwolle", "Åland", "Älv", "Ängelholm", "Öland", "Örebro"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_sorted_as_the_language_has_them(language):
    with override(language):
        assert sorted(set(SORTED[language]), key=in_order) == SORTED[language]


def test_order_depends_on_letters_first_and_is_the_same_for_one_name_written_in_two_ways():
    with override("sv"):
        assert in_order("Å")[0] == in_order("A\u030a")[0]
        assert in_order("zzz") < in_order("å") < in_order("ä") < in_order("ö")
    with override("fr"):
        assert in_order("L’Haÿ")[0] == in_order("L'Hay")[0]
    assert sorted(["Solna", "'s-Hertogenbosch", "«Roma»", "—", "2e Lyon"], key=in_order) == [
        *("—", "2e Lyon", "«Roma»", "'s-Hertogenbosch", "Solna")
    ]


LETTERS = (
    ("Ängelholm", "sv", "Ä"),
    ("Ängelholm", "en", "A"),
    ("ñandú", "es", "Ñ"),
    ("'s-Hertogenbosch", "nl", "S"),
    ("’t Zand", "nl", "T"),
    ("La Haye", "fr", "L"),
    ("« Œuvre »", "fr", "O"),
    ("”Öppet”", "sv", "Ö"),
    ("”Öppet”", "nl", "O"),
    ("¡Ñandú!", "es", "Ñ"),
    ("2e Lyon", "fr", "0–9"),
    ("½ Lyon", "fr", "0–9"),
    ("—", "en", "0–9"),
    ("Élan", "fr", "E"),
    ("œuvre", "fr", "O"),
)


@pytest.mark.parametrize(("name", "language", "letter"), LETTERS)
def test_directories_have_the_letters_of_the_language(name, language, letter):
    assert initial(name, language) == letter
