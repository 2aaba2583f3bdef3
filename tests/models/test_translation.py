"""Texts in several languages: which one is shown, and at what cost."""

import pytest
from django.utils.translation import override

from pilots.models import Authority, GlossaryTerm, Lesson, Pilot
from pilots.models.row_texts import text_fields
from tests import factories
from tests.factories import AuthorityFactory, LessonFactory, PilotFactory

pytestmark = pytest.mark.django_db


def translate(row, language: str, **texts: str) -> None:
    row.create_translation(language, **texts)


def named(**names: str) -> Authority:
    authority = AuthorityFactory()
    authority.translations.all().delete()
    bare = Authority.objects.get(pk=authority.pk)
    for language, name in names.items():
        translate(bare, language, name=name, place="")
    return Authority.objects.get(pk=authority.pk)


def test_text_is_in_the_language_asked_for() -> None:
    assert named(en="The Hague", fr="La Haye", nl="Den Haag").text_in("name", "nl") == ("Den Haag", "nl")


def test_missing_translation_falls_back_to_english() -> None:
    assert named(en="The Hague", fr="La Haye", nl="Den Haag").text_in("name", "sv") == ("The Hague", "en")


def test_english_comes_before_languages_that_come_before_it_in_the_alphabet() -> None:
    assert named(da="Haag", en="The Hague").text_in("name", "sv") == ("The Hague", "en")


def test_without_english_the_first_language_there_is_steps_in() -> None:
    assert named(nl="Den Haag", fr="La Haye").text_in("name", "sv") == ("La Haye", "fr")


def test_empty_translation_counts_as_missing() -> None:
    assert named(en="The Hague", fr="").text_in("name", "fr") == ("The Hague", "en")
    assert named(en="", fr="", nl="Den Haag").text_in("name", "fr") == ("Den Haag", "nl")


def test_text_that_is_nowhere_is_empty_in_the_language_asked_for() -> None:
    assert named(en="").text_in("name", "fr") == ("", "fr")
    assert named().text_in("name", "fr") == ("", "fr")


def test_texts_of_one_row_may_be_in_different_languages() -> None:
    pilot = PilotFactory(title="Training", summary="Who did what.")
    translate(pilot, "fr", title="Formation")
    assert pilot.text_in("title", "fr") == ("Formation", "fr")
    assert pilot.text_in("summary", "fr") == ("Who did what.", "en")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_texts_of_any_number_of_rows_cost_one_query(count: int, django_assert_num_queries) -> None:
    for authority in AuthorityFactory.create_batch(count):
        translate(authority, "fr", name="Nom", place="Lieu")
    with django_assert_num_queries(1):
        rows = Authority.objects.all().with_texts()
        assert [row.text_in("name", "fr") for row in rows] == [("Nom", "fr")] * count
        assert all(row.text_in("name", "en")[1] == "en" for row in rows)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_related_rows_come_in_the_same_query(count: int, django_assert_num_queries) -> None:
    factories.OrganisationInvolvedFactory.create_batch(count, pilot=PilotFactory(), partner=factories.PartnerFactory())
    involved = Pilot.objects.get().organisations_involved.all()
    with django_assert_num_queries(1):
        rows = involved.with_texts("partner")
        assert len({(row.partner.slug, row.text_in("name", "en")) for row in rows}) == count


@pytest.mark.parametrize("count", [1, 3, 30])
def test_prefetched_texts_cost_two_queries(count: int, django_assert_num_queries) -> None:
    PilotFactory.create_batch(count)
    with django_assert_num_queries(2):
        pilots = list(Pilot.objects.prefetch_related("translations"))
        assert len({pilot.text_in("title", "nl") for pilot in pilots}) == count


def test_rows_with_texts_keep_the_order_of_the_model() -> None:
    pilot = PilotFactory()
    for number in (3, 1, 2):
        translate(LessonFactory(pilot=pilot, number=number), "fr", text="Leçon")
    assert [lesson.number for lesson in Lesson.objects.all().with_texts()] == [1, 2, 3]


def test_rows_with_texts_keep_to_the_rows_asked_for() -> None:
    factories.GlossaryTermFactory(slug="mar")
    factories.GlossaryTermFactory(slug="pjj")
    assert [term.slug for term in GlossaryTerm.objects.filter(slug="pjj").with_texts()] == ["pjj"]


EVERY_KIND = [
    factories.AuthorityFactory,
    factories.PartnerFactory,
    factories.StageFactory,
    factories.SourceFactory,
    factories.GlossaryTermFactory,
    factories.PilotFactory,
    factories.LessonFactory,
    factories.KeyFigureFactory,
    factories.OrganisationInvolvedFactory,
]


@pytest.mark.parametrize("factory", EVERY_KIND)
def test_entry_without_any_text_still_has_a_name(factory) -> None:
    row = factory()
    row.translations.all().delete()
    assert str(type(row).objects.get(pk=row.pk))


@pytest.mark.parametrize("factory", EVERY_KIND[:6])
def test_editors_see_the_english_where_a_name_is_not_translated(factory) -> None:
    row = factory()
    english, [field] = str(row), {"title", "name", "term"} & set(text_fields(type(row)))
    translate(row, "fr", **{field: ""})
    with override("fr"):
        assert str(type(row).objects.get(pk=row.pk)) == english
