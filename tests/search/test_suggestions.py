"""What is suggested while somebody types: public names only, the best first, and what was edited at once."""

import random

import pytest
from django.utils import translation

from pilots.index import pilots as kept_index
from pilots.models import AuthorityTranslation, Pilot, PilotTranslation
from pilots.search import names as kept
from pilots.search.prefix_index import PrefixIndex, typed_words
from pilots.search.suggestions import MOST, suggest
from tests import factories
from tests.factories import PublishedPilotFactory

VOCABULARIES = {
    "activity_types": factories.ActivityTypeFactory,
    "audiences": factories.AudienceFactory,
    "target_groups": factories.TargetGroupFactory,
    "stages": factories.StageFactory,
}
DERADICALISATION = "Training on disengagement and de-radicalisation for frontline practitioners"


def suggested(words: str) -> list[tuple[str, str]]:
    return [(name.kind, name.label[0]) for name in suggest(words)]


@pytest.fixture
def _fresh(transactional_db):
    kept_index._index.clear()
    kept._names.clear()
    kept._titles.clear()


# With the nine pilots


@pytest.mark.usefixtures("nine_pilots")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("avi", [("authority", "Avignon"), ("pilot", "Risk-assessment for extremist offenders")]),
        ("MALAGA", [("authority", "Málaga"), ("pilot", "Training municipal front-line workers in exit strategies")]),
        ("the h", [("authority", "The Hague"), ("pilot", "Learning from the Northern Irish probation regime")]),
        ("clichy so", [("authority", "Clichy-sous-Bois"), ("pilot", DERADICALISATION)]),
        ("clichysous", [("authority", "Clichy-sous-Bois"), ("pilot", DERADICALISATION)]),
        ("deradicalisation", [("pilot", DERADICALISATION)]),
        ("efus", [("partner", "Efus"), ("term", "Efus")]),
        ("agai", [("partner", "FACE")]),
        ("spa", [("country", "Spain")]),
        ("cooperation mul", [("activity", "Multi-agency cooperation")]),
        ("judiciaire prot", [("term", "PJJ")]),
        ("vignon", []),
        ("a", []),
        ("", []),
        ("“”-*^=", []),
    ],
)
def test_names_with_a_word_for_each_typed_one_are_suggested(words, found):
    assert suggested(words) == found


# What is public


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["draft", "in-review", "archived", "published"])
def test_what_only_a_hidden_pilot_has_is_not_suggested(status):
    shown = PublishedPilotFactory(title="Secret shown")
    values = {name: [factory(name=f"Secret {name}")] for name, factory in VOCABULARIES.items()}
    town = factories.AuthorityFactory(place="Secret place", country="EE")
    partners = [factories.PartnerFactory(name="Secretariat")]
    secret = PublishedPilotFactory(title="Secret", status=status, authority=town, partners=partners, **values)
    factories.PilotFactory(title="Secret copy", authority=town, revises=shown, status="draft")
    found = suggested("secret") + suggested("eston") + suggested("secretariat")
    if status == "published":
        assert {kind for kind, _label in found} >= {"pilot", "authority", "partner", "activity", "country"}
    else:
        assert found == [("pilot", "Secret shown")]
    Pilot.objects.filter(pk=secret.pk).update(status="draft")
    assert suggested("secret") == [("pilot", "Secret shown")]


@pytest.mark.usefixtures("_fresh")
def test_edit_shows_in_the_next_suggestions():
    pilot = PublishedPilotFactory(title="Former title", authority__place="Former place")
    seen = [suggested("former"), suggested("latter")]
    PilotTranslation.objects.filter(master=pilot).update(title="Latter title")
    seen += [suggested("former"), suggested("latter")]
    AuthorityTranslation.objects.update(place="Latter place")
    seen += [suggested("former"), suggested("latter")]
    Pilot.objects.update(status="draft")
    seen += [suggested("former"), suggested("latter")]
    title, place = ("pilot", "Former title"), ("authority", "Former place")
    new_title, new_place = ("pilot", "Latter title"), ("authority", "Latter place")
    assert seen == [[title, place], [], [place, new_title], [new_title], [], [new_title, new_place], [], []]


@pytest.mark.usefixtures("_fresh")
def test_suggestions_after_any_change_are_those_read_anew():
    chance = random.Random(5)
    pilots = [PublishedPilotFactory(title=f"Alpha {number}") for number in range(5)]
    changes = [
        lambda pilot: Pilot.objects.filter(pk=pilot.pk).update(status=chance.choice(["draft", "published"])),
        lambda pilot: PilotTranslation.objects.filter(master=pilot).update(title=chance.choice(["Alpha", "Beta be"])),
        lambda _pilot: pilots.append(PublishedPilotFactory(title="Alpha beta")),
        lambda pilot: Pilot.objects.filter(pk=pilots.pop(pilots.index(pilot)).pk).delete(),
    ]
    for _ in range(30):
        chance.choice(changes)(chance.choice(pilots))
        found = [suggested(words) for words in ("al", "be", "pla")]
        kept._names.clear()
        kept._titles.clear()
        assert found == [suggested(words) for words in ("al", "be", "pla")]


@pytest.mark.usefixtures("_fresh")
def test_nothing_is_read_again_while_the_content_stays_the_same(django_assert_num_queries):
    PublishedPilotFactory(title="Alpha")
    suggest("alpha")
    with django_assert_num_queries(1):
        assert suggested("alpha") == [("pilot", "Alpha")]


# Which, and in which order


@pytest.mark.django_db
def test_every_kind_has_its_share_and_the_rest_goes_to_the_best():
    for number in range(20):
        PublishedPilotFactory(title=f"Common {number}", activity_types=[], partners=[], authority__place="Common")
    partner = factories.PartnerFactory(name="The common partner")
    Pilot.objects.first().partners.add(partner)
    kinds = [kind for kind, _label in suggested("common")]
    assert (len(kinds), kinds[-1]) == (MOST, "partner")
    assert kinds == ["pilot"] * kinds.count("pilot") + ["authority"] * kinds.count("authority") + ["partner"]
    assert min(kinds.count("pilot"), kinds.count("authority")) >= 2


@pytest.mark.django_db
def test_what_more_pilots_have_comes_first():
    rare, usual = (factories.StageFactory(name=f"Stage {name}") for name in ("a", "b"))
    PublishedPilotFactory(stages=[rare, usual])
    PublishedPilotFactory(stages=[usual])
    assert suggested("stage") == [("stage", "Stage b"), ("stage", "Stage a")]


@pytest.mark.django_db
def test_names_are_those_of_the_language_of_the_page_and_tell_when_they_are_not():
    pilot = PublishedPilotFactory(title="English title")
    pilot.create_translation("fr", title="Titre français")
    PublishedPilotFactory(title="English only")
    with translation.override("fr"):
        assert [name.label for name in suggest("titre")] == [("Titre français", "fr")]
        assert [name.label for name in suggest("english")] == [("English only", "en")]


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("fr", [1, 3]),
        ("from", [2, 3]),
        ("lhosp", [4]),
        ("hosp l", [4]),
        ("ha the", [5]),
        ("ha la", []),
        ("x" * 200, []),
        ("d\N{COMBINING ACUTE ACCENT}e", [6]),
    ],
)
def test_words_begin_as_typed_and_small_words_count_only_whole(typed, rows):
    texts = ["France", "Learning from others", "From France", "L’Hospitalet", "The Hague", "De-escalation"]
    assert sorted(PrefixIndex(enumerate(texts, start=1)).having(typed_words(typed))) == rows


def test_text_that_begins_as_typed_is_told_from_others():
    words = PrefixIndex(enumerate(["Alpha beta", "Beta alpha", "Al-Beta gamma"]))
    assert [sorted(words.starting(typed_words(typed))) for typed in ("al", "beta alpha", "albe")] == [[0, 2], [1], [2]]


@pytest.mark.django_db
def test_names_that_nothing_else_tells_apart_are_in_the_order_of_the_language():
    pilot = PublishedPilotFactory()
    for name in ("Karlö", "Karlå", "Karlz"):
        activity = factories.ActivityTypeFactory(name=name)
        activity.create_translation("sv", name=name, provenance={})
        pilot.activity_types.add(activity)
    with translation.override("sv"):
        assert [label for kind, label in suggested("karl") if kind == "activity"] == ["Karlz", "Karlå", "Karlö"]
