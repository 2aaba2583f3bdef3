"""The nine pilots as delivered, held against what the source says (`tests/facts.py`)."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command

from pilots.management.delivery.records import TRANSLATIONS
from pilots.models import Authority, ContentQueue, GlossaryTerm, Partner, Passage, Pilot, Source
from pilots.models.passage import POINTER, section_that_says
from pilots.models.translation import Translation
from tests import facts

FIXTURES = ("vocabularies", "organisations", "source_and_glossary", "pilots")
EACH_PILOT = pytest.mark.parametrize("slug", sorted(facts.PILOTS))


pytestmark = pytest.mark.django_db
# The fixtures are loaded from files; tests/commands/test_load_pilots.py loads them on both.
DATABASES = ("sqlite",)


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker):
    """Load the fixtures once for this module's tests, which only read; then empty the database again."""
    with django_db_blocker.unblock():
        call_command("loaddata", *FIXTURES, verbosity=0)
    yield
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


def texts_of(pilot):
    """The texts of a pilot by field; lessons, figures and organisations as lists joined by lines."""
    texts = {field: getattr(pilot, field) for field in facts.TEXTS}
    texts["lessons"] = "\n".join(lesson.text for lesson in pilot.lessons.all())
    texts["figures"] = "\n".join(figure.label for figure in pilot.key_figures.all())
    texts["organisations"] = "\n".join(row.name for row in pilot.organisations_involved.all())
    return texts


def parts(passage):
    """Return (paragraph, first sentence, last sentence) for each pointer; sentences None for a whole paragraph."""
    found = []
    for part in passage.split(","):
        match = POINTER.fullmatch(part.strip())
        assert match, f"“{part}” is no pointer"
        first = int(match["first"]) if match["first"] else None
        found.append((int(match["paragraph"]), first, int(match["last"]) if match["last"] else first))
    return found


def pointers_of(pilot):
    rows = {f"{row.about} {row.value}": row.passage for row in pilot.passages.all()}
    for name in ("lessons", "key_figures", "organisations_involved"):
        rows |= {f"{name} {row.number}": row.passage for row in getattr(pilot, name).all()}
    return rows


def test_there_are_nine_pilots_and_all_are_public():
    assert {pilot.slug for pilot in Pilot.objects.all()} == set(facts.PILOTS)
    assert {pilot.slug for pilot in Pilot.objects.published()} == set(facts.PILOTS)
    assert len(facts.PILOTS) == 9


def test_loading_again_adds_nothing():
    models = set(apps.get_app_config("pilots").get_models()) - {ContentQueue}  # notes that something was written
    before = {model: model.objects.count() for model in models}
    assert before[Pilot] == 9
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert {model: model.objects.count() for model in before} == before


def test_texts_without_the_translations_are_english():
    translations = [
        model for model in apps.get_app_config("pilots").get_models() if model.__name__.endswith("Translation")
    ]
    delivered_empty = {"FurtherReadingTranslation", "StatementTranslation"}
    assert len(translations) == 12 + len(delivered_empty)
    for model in translations:
        languages = set() if model.__name__ in delivered_empty else {"en"}
        assert set(model.objects.values_list("language_code", flat=True)) == languages, model


def test_every_row_passes_the_checks_of_the_forms():
    translations = [name.removesuffix(".json") for name in TRANSLATIONS]
    call_command("loaddata", *translations, verbosity=0)
    rows = [row for model in apps.get_app_config("pilots").get_models() for row in model.objects.all()]
    languages = [row.language_code for row in rows if isinstance(row, Translation)]
    assert {code: languages.count(code) > 80 for code in languages} == dict.fromkeys(
        ["en", "fr", "es", "nl", "sv"], True
    )
    for row in rows:
        row.full_clean()


@EACH_PILOT
def test_facts(slug):
    expected, pilot = facts.PILOTS[slug], Pilot.objects.get(slug=slug)
    assert pilot.title == expected.title
    assert pilot.authority.slug == slug
    assert pilot.authority.name == expected.authority
    assert pilot.authority.kind == expected.kind
    assert pilot.authority.place == expected.place
    assert pilot.authority.country.code == expected.country
    assert {partner.slug for partner in pilot.partners.all()} == expected.partners
    assert (pilot.start, pilot.end) == (expected.start, "")
    assert pilot.evaluation == Pilot.Evaluation.NOT_STATED
    assert pilot.source == Source.objects.get()


@EACH_PILOT
@pytest.mark.parametrize("vocabulary", facts.VOCABULARIES)
def test_classification(slug, vocabulary):
    expected, pilot = getattr(facts.PILOTS[slug], vocabulary), Pilot.objects.get(slug=slug)
    marks = dict(pilot.passages.filter(about=vocabulary).values_list("value", "rests_on_heading"))
    values = {term.slug for term in getattr(pilot, vocabulary).all()}
    assert {value + "*" * marks[value] for value in values} == expected
    assert set(marks) == values, "a passage for a value that the pilot does not have"


@EACH_PILOT
def test_sections_without_a_word_in_the_source_are_empty(slug):
    pilot = Pilot.objects.get(slug=slug)
    assert pilot.summary
    assert {field for field in facts.SECTIONS if getattr(pilot, field)} == facts.PILOTS[slug].filled


@EACH_PILOT
def test_key_figures(slug):
    expected, rows = facts.PILOTS[slug].figures, list(Pilot.objects.get(slug=slug).key_figures.all())
    assert {(row.qualifier, row.value, row.upper) for row in rows} == {figure[:3] for figure in expected}
    assert len(rows) == len(expected)
    for qualifier, value, upper, word in expected:
        [row] = [row for row in rows if (row.qualifier, row.value, row.upper) == (qualifier, value, upper)]
        assert word in row.label


@EACH_PILOT
def test_organisations_and_lessons(slug):
    expected, pilot = facts.PILOTS[slug], Pilot.objects.get(slug=slug)
    assert [row.name for row in pilot.organisations_involved.all()] == expected.organisations
    assert {lesson.number: lesson.kind for lesson in pilot.lessons.all()} == expected.lessons
    assert expected.lessons, "each pilot has a lesson"


@pytest.mark.parametrize(
    ("slug", "phrase", "fields"),
    [(slug, phrase, fields) for slug, pilot in facts.PILOTS.items() for phrase, *fields in pilot.says],
)
def test_texts_say(slug, phrase, fields):
    texts = texts_of(Pilot.objects.get(slug=slug))
    assert fields
    for field in fields:
        # A name is written as it is; other words may begin a sentence.
        text = texts[field].casefold() if phrase.islower() else texts[field]
        assert phrase in text, f"{field} of {slug}"


@EACH_PILOT
def test_texts_say_no_number_that_the_source_does_not(slug):
    written = set(re.findall(r"\d+", " ".join(texts_of(Pilot.objects.get(slug=slug)).values())))
    assert written == facts.PILOTS[slug].numbers


@pytest.mark.parametrize(
    ("slug", "word"), [(slug, word) for slug, pilot in facts.PILOTS.items() for word in pilot.never]
)
def test_texts_never_say(slug, word):
    texts = texts_of(Pilot.objects.get(slug=slug))
    del texts["title"]  # verbatim from the heading, which says more than the body
    assert word.casefold() not in "\n".join(texts.values()).casefold()


@EACH_PILOT
def test_texts_say_what_was_wanted_in_whole_sentences(slug):
    said = " ".join(texts_of(Pilot.objects.get(slug=slug)).values())
    assert re.findall(r"\b(?:is|are|was|were) to\b", said) == []


def test_only_the_hague_is_dated():
    dated = Pilot.objects.exclude(start="", end="")
    assert [(pilot.slug, pilot.start, pilot.end) for pilot in dated] == [("the-hague", "2019-05", "")]


@pytest.mark.parametrize("slug", sorted(facts.PARTNERS))
def test_partners(slug):
    partner = Partner.objects.get(slug=slug)
    found = (partner.name, partner.full_name, partner.original_name, partner.original_language)
    assert (*found, partner.kind, partner.country.code or "") == facts.PARTNERS[slug]


def test_no_organisation_beyond_those_of_the_source():
    assert {row.slug for row in Partner.objects.all()} == set(facts.PARTNERS)
    assert {row.slug for row in Authority.objects.all()} == set(facts.PILOTS)


def test_efus_took_part_in_the_swedish_workshop_without_being_its_partner():
    efus = Partner.objects.get(slug="efus")
    assert [row.pilot.slug for row in efus.involvements.all()] == ["swedish-prison-and-probation-service"]
    assert sorted(pilot.slug for pilot in efus.pilots.all()) == ["clichy-sous-bois", "sarcelles"]
    others = Partner.objects.exclude(slug="efus")
    assert not any(partner.involvements.exists() for partner in others)


@pytest.mark.parametrize("slug", sorted(facts.COORDINATES))
def test_coordinates(slug):
    authority = Authority.objects.get(slug=slug)
    assert (float(authority.latitude), float(authority.longitude)) == pytest.approx(facts.COORDINATES[slug], abs=0.06)


@pytest.mark.parametrize(("countries", "partners", "count"), facts.COUNTS)
def test_how_many_pilots_a_filter_finds(countries, partners, count):
    pilots = Pilot.objects.published()
    if countries:
        pilots = pilots.filter(authority__country__in=countries)
    if partners:
        pilots = pilots.filter(partners__slug__in=partners).distinct()
    assert pilots.count() == count


@EACH_PILOT
def test_each_claim_has_its_passage_and_no_passage_is_left_over(slug):
    pilot = Pilot.objects.get(slug=slug)
    claims = {(field, "") for field in facts.TEXTS if getattr(pilot, field)} | {("authority", "")}
    claims |= {(name, row.slug) for name in ("partners", *facts.VOCABULARIES) for row in getattr(pilot, name).all()}
    claims |= {("start", "")} if pilot.start else set()
    claims |= {(item, "") for item in facts.PILOTS[slug].profile}
    assert set(pilot.passages.values_list("about", "value")) == claims
    assert all(pointers_of(pilot).values()), "a lesson, figure or organisation without its passage"


@EACH_PILOT
def test_profile_points_to_the_sentences_that_answer_it_and_repeats_no_text(slug):
    pilot = Pilot.objects.get(slug=slug)
    rows = pilot.passages.filter(about__in=facts.PROFILE)
    assert {row.about: row.passage for row in rows} == facts.PILOTS[slug].profile
    assert not [row.about for row in rows if row.rests_on_heading], "a heading answers no item"
    assert not [item for item in facts.PROFILE if getattr(pilot, item)], "the other texts say it already"
    texts = {row.about: row.passage for row in pilot.passages.filter(about__in=facts.TEXTS)}
    assert {section_that_says(row.passage, texts) for row in rows} <= {"what_was_done"}


@EACH_PILOT
def test_passages_are_in_the_source_where_it_describes_this_pilot(slug):
    heading = facts.PILOTS[slug].heading
    pointers = pointers_of(Pilot.objects.get(slug=slug))
    assert pointers
    for claim, passage in pointers.items():
        for paragraph, first, last in parts(passage):
            assert paragraph in (heading, heading + 1), claim
            if paragraph == heading:
                assert first is None, f"{claim}: a heading has no sentences"
            else:
                assert first, f"{claim}: say which sentences"
                assert 1 <= first <= last <= facts.SENTENCES[paragraph], claim


def test_the_shape_of_the_source_fits_the_nine_pilots():
    assert sorted(facts.SENTENCES) == list(range(1, 20))
    assert {pilot.heading for pilot in facts.PILOTS.values()} == facts.HEADINGS
    assert all(facts.SENTENCES[heading] == 1 for heading in facts.HEADINGS)


@EACH_PILOT
def test_what_rests_on_the_heading_alone_says_so(slug):
    rows = Passage.objects.filter(pilot__slug=slug)
    assert rows.get(about="title").passage == str(facts.PILOTS[slug].heading)
    assert not rows.get(about="title").rests_on_heading, "a title is the heading; no body could say it"
    for row in rows.exclude(about="title"):
        on_heading = {paragraph in facts.HEADINGS for paragraph, _first, _last in parts(row.passage)}
        assert row.rests_on_heading == (on_heading == {True}), f"{row.about} {row.value}"


def test_four_partners_are_named_in_headings_only():
    rows = Passage.objects.filter(about="partners", rests_on_heading=True)
    assert {row.pilot.slug for row in rows} == {"catalonia", "clichy-sous-bois", "sarcelles", "the-hague"}


@pytest.mark.parametrize("term", sorted(facts.GLOSSARY))
def test_glossary(term):
    original, language, word = facts.GLOSSARY[term]
    row = GlossaryTerm.objects.get(translations__term=term)
    assert (row.original, row.original_language) == (original, language)
    assert word in row.meaning


def test_each_glossary_term_is_used_and_none_is_unknown():
    rows = GlossaryTerm.objects.all()
    assert {row.term for row in rows} == set(facts.GLOSSARY)
    written = "\n".join("\n".join(texts_of(pilot).values()) for pilot in Pilot.objects.all())
    written += "\n".join(row.meaning for row in rows)
    for term in facts.GLOSSARY:
        assert re.search(rf"\b{re.escape(term)}\b", written), term


@pytest.mark.parametrize("phrase", facts.INTRODUCTION)
def test_the_glossary_says_what_prepare_was(phrase):
    meaning = GlossaryTerm.objects.get(translations__term="PREPARE").meaning
    assert phrase in meaning


def test_the_source_claims_nothing_about_itself():
    source = Source.objects.get()
    assert source.slug == "prepare-nine-local-activities"
    assert source.title == "PREPARE: nine local activities (text as supplied)"
    assert (source.publisher, source.year, source.url, source.terms_of_reuse) == ("", None, "", "")
