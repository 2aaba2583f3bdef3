"""What points at people is found, and what does not is left in peace."""

import importlib
import pkgutil
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilots import content_checks
from pilots.content_checks.checklist import check
from pilots.content_checks.privacy import check_privacy
from pilots.content_checks.tokenizer import Phrases
from tests.content_checks.entries import KNOWN, entry, part
from tests.steps import is_linear, steps


def found(words: str, language: str = "en") -> set[str]:
    """The kinds of what the check finds in a text."""
    return {one.code.removeprefix("disclosure.") for one in check_privacy(entry(language, results=words), KNOWN)}


FEW = [
    "The case of two offenders was managed.",
    "It was for 3 prisoners.",
    "Three young former prisoners came.",
    "Two of the participants stayed.",
    "4 ex-offenders were supported.",
    "Both participants stayed.",
    "two people",
    "Two local police officers took part.",
    "In May 2 returnees came home.",
    "Between two and four women came.",
    "TWO OFFENDERS",
]
FEW_ABROAD = [
    ("fr", "Le projet a suivi deux jeunes détenus."),
    ("fr", "Il s’agit de 3 personnes."),
    ("es", "Participaron tres presos."),
    ("es", "Eran 2 mujeres."),
    ("nl", "Twee jonge gedetineerden namen deel."),
    ("sv", "Tre intagna deltog."),
    ("sv", "Det gällde 4 ungdomar."),
]
SINGLE = [
    "One of its returnees took part.",
    "One of Vilvoorde’s returnees took part.",
    "One of the five participants was moved.",
    "A former offender who works there spoke.",
    "A local police officer and staff took part.",
    "The expert can explain the method.",
    "An international expert from abroad was present.",
    "One offender came back.",
    "Its head of service took part.",
    "She told her story.",
    "The man was released.",
    "A woman who had returned spoke.",
    "The mayor welcomed the group.",
]
SINGLE_ABROAD = [
    ("fr", "L’un des participants est revenu."),
    ("es", "Uno de los presos volvió."),
    ("nl", "Een van de deelnemers kwam terug."),
    ("sv", "En av deltagarna kom. Hon berättade."),
]
DAYS = [
    "On 12 May 2019 a meeting took place in Ghent.",
    "May 12, 2019: arrest in Lyon.",
    "He met them in The Hague on 2019-05-12.",
    "Arrests in Lyon on 12/05/2019.",
    "On the 3rd of June, a search at Molenbeek.",
]
DAYS_ABROAD = [
    ("fr", "Le 12 mai 2019, une réunion à Lyon."),
    ("nl", "Op 12 mei 2019 in Gent."),
    ("sv", "Den 3 juni i Malmö."),
]
AGES = [
    "A 17-year-old boy took part.",
    "Aged 17, from Ghent.",
    "The girl, aged 16, left.",
    "At the age of 19, the son left.",
]
AGES_ABROAD = [("fr", "Un garçon âgé de 16 ans."), ("es", "Un chico de 17 años."), ("sv", "En 17-årig pojke.")]
NAMES = [
    "The project was led by Anna Peeters.",
    "Anna Peeters led it.",
    "In Ghent, J. Smith spoke.",
    "They met Mr Peeters.",
    "Dr. Öberg came.",
    "Work with Abu Bakr al-Masri.",
    "Ludwig van Beethoven spoke.",
    "Judge Anna Peeters spoke.",
    "The Violence Prevention Network sent Åsa Öberg.",
    "Visiting Anna Peeters helped.",
    "Mohamed A. left.",
]
CONTACTS = [
    "Write to anna@example.org.",
    "Write to anna (at) example.org.",
    "Call +32 2 123 45 67.",
    "Tel. 06 12 34 56 78.",
    "Call (020) 123 4567 now.",
    "Call 952 123 456.",
    "Follow @anna_p there.",
]
NOTHING = [
    "",
    "15 offenders aged from 16 to 25 took part.",
    "About 20 staff came.",
    "Two half-day training sessions were held.",
    "Two town councils took part.",
    "Two training sessions for offenders were held.",
    "2 000 people live there.",
    "Two million people live there.",
    "1.4 million people live there.",
    "Phase 2 participants came.",
    "One in four prisoners returns.",
    "Both municipal officers and external experts taught.",
    "Both sides exchanged ideas.",
    "One another; on the one hand; no one.",
    "It can inspire a person to volunteer.",
    "Ways to relate to the radicalised individual.",
    "How to work with an offender.",
    "The offender programme was extended.",
    "Its head office was moved.",
    "He or she decides; his or her case; he/she.",
    "The meeting was in May 2019 in Ghent.",
    "In May 2019 Ghent started.",
    "On 12 May 2019 the meeting took place.",
    "For young people under 18 in Ghent.",
    "For men aged 16 to 25 in Ghent.",
    "The Violence Prevention Network and Exit Sweden met.",
    "Exit Sweden was the partner of Fryshuset / Exit Sweden.",
    "The National Strategic Plan Against Violent Radicalisation.",
    "Unionists/Loyalists in Northern Ireland.",
    "The Municipality of Ghent’s staff met in Ghent.",
    "The Town Council of L’Hospitalet de Llobregat.",
    "The German organisation Denkzeit came to Ghent.",
    "Last Monday, Ghent started. Then Malmö.",
    "From 2015-2019; 2015–2019; 2019-05-12.",
    "It cost 12 000 000 euros, or 1.234.567.",
    "See https://example.org/2019/05/12/page.",
    "Article 4 persons.",
    "A former is a person who has left.",
    "When an offender is released, staff help.",
    "\x00 \ud800 \u202e ²³ ٣ ⅓ 🙂",
]


@pytest.mark.parametrize(
    ("code", "words", "language"),
    [
        *[("small_number", words, "en") for words in FEW],
        *[("small_number", words, language) for language, words in FEW_ABROAD],
        *[("single_person", words, "en") for words in SINGLE],
        *[("single_person", words, language) for language, words in SINGLE_ABROAD],
        *[("day_and_place", words, "en") for words in DAYS],
        *[("day_and_place", words, language) for language, words in DAYS_ABROAD],
        *[("age", words, "en") for words in AGES],
        *[("age", words, language) for language, words in AGES_ABROAD],
        *[("name", words, "en") for words in NAMES],
        *[("contact", words, language) for words in CONTACTS for language in ("en", "fr")],
    ],
)
def test_what_points_at_people_is_found(code: str, words: str, language: str) -> None:
    assert code in found(words, language)


@pytest.mark.parametrize("words", NOTHING)
def test_what_points_at_nobody_is_left_in_peace(words: str) -> None:
    assert found(words) == set()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Une réunion a eu lieu à La Haye."),
        ("fr", "À La Haye, le Service a travaillé avec Le Caire."),
        ("es", "Se reunieron en La Haya y Los Ángeles."),
        ("nl", "Het was in Den Haag."),
        ("fr", "La réunion de Géand et du Reseau Violence Prevention Network."),
        ("fr", "La Justice Réparatrice et la Justice Reparatrice."),
    ],
)
def test_places_and_words_of_the_portal_are_no_persons_in_any_language(language: str, words: str) -> None:
    known = replace(KNOWN, names=(*KNOWN.names, Phrases.of(["Justice réparatrice"])))
    assert not [*check_privacy(entry(language, results=words), known)]


@pytest.mark.parametrize("words", ["Marine La Haye est venue.", "M. Jean Le Brun est venu.", "Avec Ana De La Cruz."])
def test_person_whose_name_holds_an_article_is_found(words: str) -> None:
    assert "name" in found(words, "fr")


FIGURES = [
    ("2", "", "offenders whose case was managed", True),
    ("4", "", "former prisoners", True),
    ("1", "", "prisoner", True),
    ("1", "3", "offenders", True),
    ("2", "10", "offenders", False),
    ("5", "", "offenders", False),
    ("2", "", "half-day training sessions", False),
    ("3", "", "years: the average sentence of these offenders", False),
    ("2.5", "", "offenders", False),
    ("NaN", "", "offenders", False),
    ("9" * 400, "", "offenders", False),
]


@pytest.mark.parametrize(("value", "upper", "label", "is_found"), FIGURES)
def test_key_figure_of_fewer_than_five_people_is_found(value: str, upper: str, label: str, is_found: int) -> None:
    content = entry(figures={"1": part(value=value, upper=upper, label=label)})
    assert [one.code for one in check_privacy(content, KNOWN)] == ["disclosure.small_number"] * is_found


@pytest.mark.parametrize(
    "content",
    [
        entry(title="Help for two offenders"),
        entry("fr", title="Écrire à anna@example.org"),
        entry(lessons={"2": part(text="Two offenders came.")}),
        entry(lessons={"2": part("sv", text="Två intagna kom.")}),
        entry(bodies={"1": part(name="Anna Peeters")}),
        entry(figures={"1": part(value="15", label="letters to Anna Peeters")}),
    ],
)
def test_every_text_in_every_language_is_looked_at(content: dict) -> None:
    [finding] = check_privacy(content, KNOWN)
    assert (finding.level, finding.may_be_accepted) == ("blocks", True)


def test_organisation_of_the_entry_is_no_person_in_its_texts() -> None:
    texts = {"results": "The Koninklijke Gentse Kring met.", "bodies": {"1": part(name="Koninklijke Gentse Kring")}}
    assert [one.path[0] for one in check_privacy(entry(**texts), KNOWN)] == ["organisations_involved"]


def test_title_in_capitals_is_no_row_of_names() -> None:
    assert not [*check_privacy(entry(title="Learning From Better Probation Regimes"), KNOWN)]


def key_of(words: str) -> str:
    """The key of the only finding in a text."""
    [finding] = check_privacy(entry(results=words), KNOWN)
    return finding.key


def test_finding_stays_the_same_while_its_sentence_does() -> None:
    assert key_of("First. Two offenders came.") == key_of("Another start.  Two  offenders came.")


def test_finding_in_a_changed_sentence_is_a_new_one() -> None:
    assert key_of("Two offenders came.") != key_of("Two offenders from the street market came.")


PIECES = ["a", " ", ".", "1", "1 ", "@", "a@", "Aa ", "A. ", "(", "aged ", "one of ", "12 May ", "\n", "’", "a the "]


@pytest.mark.parametrize("piece", PIECES)
def test_steps_grow_with_the_length_only(piece: str) -> None:
    short, long = (steps(check, entry(results=piece * (length // len(piece))), KNOWN) for length in (300, 1_200))
    assert long < 4.5 * short


MODULES = [module.name for module in pkgutil.iter_modules(content_checks.__path__, "pilots.content_checks.")]
PATTERNS = {
    f"{name.split('.')[-1]}.{it}": value
    for name in MODULES
    for it, value in vars(importlib.import_module(name)).items()
    if isinstance(value, re.Pattern)
}


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_no_pattern_of_the_checks_goes_over_a_text_again_and_again(pattern: re.Pattern[str]) -> None:
    assert is_linear(pattern)


@given(st.text(st.characters(codec=None), max_size=300), st.sampled_from(["en", "fr", "es", "nl", "sv", "xx"]))
def test_no_text_breaks_the_checks(words: str, language: str) -> None:
    content = entry(language, results=words, lessons={"1": part(language, text=words)})
    for finding in check(content, KNOWN):
        assert len(finding.key) <= 200
        assert finding.key.isprintable()
        finding.key.encode()
