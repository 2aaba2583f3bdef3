"""British and American English have one key, and words that only look alike have two."""

import pytest

from pilots.models import Pilot
from pilots.search.engine import search
from pilots.search.snippets import found_in
from pilots.search.spelling import spelling_key
from tests.browse.lists import found
from tests.cached_content import cached_content
from tests.factories import PublishedPilotFactory

pytestmark = pytest.mark.django_db

# What is said of a rule is tried with words that nobody wrote into it.
SAME = """
radicalisation/radicalization organisation/organization analyse/analyze prioritising/prioritizing
stigmatised/stigmatized recognisable/recognizable organiser/organizer
behaviour/behavior behavioural/behavioral neighbourhood/neighborhood labour/labor honourable/honorable
favourite/favorite misdemeanour/misdemeanor odour/odor
centre/center centres/centers centred/centered theatre/theater fibre/fiber kilometre/kilometer spectre/specter
defence/defense offence/offense offences/offenses licensed/licenced pretence/pretense practise/practice
counselling/counseling counsellor/counselor councillors/councilors travelled/traveled marvellous/marvelous
enrolment/enrollment fulfil/fulfill skilful/skillful modelling/modeling focussed/focused
programme/program programmes/programs dialogue/dialog catalogued/cataloged judgement/judgment ageing/aging
enquiry/inquiry learnt/learned sceptical/skeptical towards/toward
paediatric/pediatric anaesthetic/anesthetic archaeology/archeology foetus/fetus oestrogen/estrogen manoeuvre/maneuver
"""
DIFFERENT = """
size/sise prize/prise rise/rize wise/wize citizen/citisen advise/advice devise/device exercise/exercice
hour/hor four/for tour/tor pour/por court/cort source/sorce courage/corage tournament/tornament resource/resorce
timbre/timber sense/sence tense/tence expense/expence intense/intence poem/pem does/des goes/ges Michael/Michel
Israel/Isrel calling/caling still/stil small/smal willing/wiling four/for prison/prisen
"""


@pytest.mark.parametrize("pair", SAME.split())
def test_both_spellings_have_one_key(pair):
    british, american = pair.split("/")
    assert spelling_key(british) == spelling_key(american)


@pytest.mark.parametrize("pair", DIFFERENT.lower().split())
def test_words_that_only_look_alike_have_keys_of_their_own(pair):
    one, other = pair.split("/")
    assert spelling_key(one) != spelling_key(other)


def test_each_spelling_finds_texts_in_the_other():
    british, american = ({pair.split("/")[n] for pair in SAME.split()} for n in (0, 1))
    PublishedPilotFactory(slug="british", background=" ".join(f"So {word}." for word in sorted(british)))
    PublishedPilotFactory(slug="american", background=" ".join(f"So {word}." for word in sorted(american)))
    with cached_content():
        for word in british | american:
            assert len(search(word).ids) == len(search(f'"so {word}"').ids) == 2, word


def test_spelling_counts_while_a_word_is_typed_and_within_compounds():
    PublishedPilotFactory(slug="british", background="De-radicalisation in centres.")
    PublishedPilotFactory(slug="american", background="De-radicalization in centers.")
    for words in ("radicaliz", "radicalis", "de-radicalization", "deradicalisation", "centre", "center"):
        assert found(words) == {"british", "american"}, words


def test_other_spelling_is_marked():
    PublishedPilotFactory(background="Preventing radicalisation, by programmes.")
    result = search('"preventing radicalization" program')
    [[snippet]] = found_in(result, Pilot.objects.filter(pk__in=result.ids)).values()
    assert "<mark>Preventing radicalisation</mark>, by <mark>programmes</mark>." in snippet.text


def test_texts_in_other_languages_keep_their_spelling():
    pilot = PublishedPilotFactory(slug="here", background="Nothing.")
    pilot.create_translation("es", title="Organizar el centro", summary="Resumen")
    assert found("organizar") == {"here"}
    assert found("organisar") == set()
