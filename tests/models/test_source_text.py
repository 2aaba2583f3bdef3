"""The text of a source: one for each, never empty, gone with its source."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pilots.models import SourceText
from pilots.models.numbered_text import NumberedText
from pilots.models.source_text import MOST_SENTENCES, pointers_beyond
from tests import factories

pytestmark = pytest.mark.django_db


def test_source_has_one_text_which_is_not_empty():
    text = factories.SourceTextFactory()
    for wrong in ({"source": text.source, "text": "Another"}, {"source": factories.SourceFactory(), "text": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SourceText.objects.create(**wrong)


@pytest.mark.parametrize("text", ["a\n", "\u2022 a\n", "Ab. "])
def test_text_of_more_sentences_than_a_page_can_show_is_refused(text):
    fits = factories.SourceTextFactory.build(source=factories.SourceFactory(), text=text * MOST_SENTENCES)
    fits.full_clean()
    fits.text = "One.\n" + fits.text
    with pytest.raises(ValidationError, match="4,001 headings and sentences; at most 4,000"):
        fits.full_clean()


def test_visitors_are_not_shown_it_unless_somebody_ticks_that():
    text = factories.SourceTextFactory()
    assert not SourceText.objects.shown().exists()
    SourceText.objects.update(may_be_shown=True)
    assert SourceText.objects.shown().get() == text


def test_source_that_a_pilot_uses_keeps_its_text_and_another_takes_it_along():
    used, unused = factories.SourceTextFactory(), factories.SourceTextFactory()
    factories.PilotFactory(source=used.source)
    unused.source.delete()
    assert list(SourceText.objects.all()) == [used]


def test_pointers_of_every_kind_and_of_drafts_are_looked_at(django_assert_num_queries):
    source = factories.SourceFactory()
    pilot = factories.PilotFactory(slug="avignon", source=source)
    factories.PassageFactory(pilot=pilot, about="results", passage="1")
    factories.PassageFactory(pilot=pilot, about="stages", value="release", passage="1.2")
    for factory in (factories.LessonFactory, factories.KeyFigureFactory, factories.OrganisationInvolvedFactory):
        factory(pilot=pilot, number=3, passage="2")
        factory(pilot=pilot, number=4)
    with django_assert_num_queries(4):
        beyond = pointers_beyond(NumberedText("One paragraph."), source.pilots.all())
    assert [str(pointer) for pointer in beyond] == [
        "avignon, stages release: 1.2",
        "avignon, lesson or working method 3: 2",
        "avignon, key figure 3: 2",
        "avignon, other organisation involved 3: 2",
    ]
