"""Whatever way a text is written, the database gets it cleaned, and refuses it when it is too long."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.utils import DataError

from pilots.models import Pilot, PilotTranslation, Source, UnsavedForm
from pilots.models.content import read_content, write_content
from pilots.models.text_fields import LONGEST_SOURCE, BoundedText, LengthLimit, LineField
from tests.factories import PilotFactory, SourceFactory
from tests.models.test_editing_constraints import OF_ACCOUNTS

DIRTY, CLEAN = "\u202eTwo\x0blines\u200b ", "Two lines"
# Written by the portal, or one of a few values that a constraint names, or bounded by a constraint on its shape.
NOT_TYPED = {
    *(
        "slug",
        "status",
        "evaluation",
        "kind",
        "qualifier",
        "about",
        "value",
        "language",
        "language_code",
        "country",
        "start",
        "end",
    ),
    *("token", "model", "code", "key", "by_name", "actor_name"),
}


def text_fields() -> Iterator[Any]:
    """Yield every field that holds text of entries. A form that was refused is kept as it was typed.

    Of what is kept of accounts only the name of a passkey is typed: tests/accounts/test_passkeys.py.
    """
    for model in apps.get_app_config("pilots").get_models():
        if model is not UnsavedForm and model not in OF_ACCOUNTS:
            fields = model._meta.local_fields
            yield from (field for field in fields if isinstance(field, models.CharField | models.TextField))


def test_every_text_that_people_write_is_cleaned_and_bounded() -> None:
    assert {field.name for field in text_fields() if not isinstance(field, BoundedText)} <= NOT_TYPED
    bounded = [field for field in text_fields() if isinstance(field, BoundedText)]
    assert len(bounded) > 30
    longer = {str(field): field.max_length for field in bounded if not 0 < (field.max_length or 0) <= 10_000}
    assert longer == {"pilots.SourceText.text": LONGEST_SOURCE}


@pytest.mark.parametrize("field", [f for f in text_fields() if isinstance(f, BoundedText)], ids=str)
def test_form_says_how_long_a_text_may_be_and_lets_no_browser_cut_it(field: Any) -> None:
    form_field = field.formfield()
    assert f"At most {field.max_length:,} characters." in str(form_field.help_text)
    assert "maxlength" not in form_field.widget.attrs
    with pytest.raises(ValidationError, match=f"at most {field.max_length} characters"):
        form_field.clean("https://a.org/" + "x" * field.max_length)


def test_database_limits_every_text_that_its_field_limits() -> None:
    for model in {field.model for field in text_fields() if isinstance(field, BoundedText | models.SlugField)}:
        fields = [field for field in model._meta.local_fields if isinstance(field, BoundedText | models.SlugField)]
        wanted = {(field.name, field.max_length) for field in fields}
        (limit,) = [constraint for constraint in model._meta.constraints if isinstance(constraint, LengthLimit)]
        assert {(rule.lhs.source_expressions[0].name, rule.rhs) for rule in limit.condition.children} == wanted


@pytest.mark.django_db
def test_too_long_text_is_refused_by_both_databases() -> None:
    text = PilotFactory().translations.get()
    for wrong in ({"title": "x" * 201}, {"results": "x" * 10_001}):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            PilotTranslation.objects.filter(pk=text.pk).update(**wrong)


@pytest.mark.django_db
def test_every_way_of_writing_cleans() -> None:
    pilot = PilotFactory(title=DIRTY)
    text = pilot.translations.get()
    assert text.title == CLEAN
    text.title = DIRTY
    text.save()
    assert text.title == CLEAN
    PilotTranslation.objects.filter(pk=text.pk).update(summary=DIRTY)
    PilotTranslation.objects.bulk_create([PilotTranslation(master=pilot, language_code="fr", title=DIRTY)])
    assert set(PilotTranslation.objects.values_list("title", "summary")) == {(CLEAN, "Two\nlines"), (CLEAN, "")}
    write_content(pilot, read_content(pilot) | {"texts": {"en": {"title": DIRTY}}})
    assert PilotTranslation.objects.values_list("title", flat=True).get() == CLEAN


@pytest.mark.django_db
def test_fixtures_are_cleaned() -> None:
    SourceFactory(slug="one", url="https://example.org/\u200b", publisher=DIRTY)
    assert Source.objects.values_list("url", "publisher").get() == ("https://example.org/", CLEAN)
    record = {"model": "pilots.source", "fields": {"slug": "two", "publisher": DIRTY}}
    (deserialized,) = serializers.deserialize("python", [record])
    assert deserialized.object.publisher == CLEAN


def test_expressions_are_left_alone() -> None:
    field = LineField(max_length=10)
    field.set_attributes_from_name("name")
    expression = models.F("other")
    row = type("Row", (), {"name": expression})()
    assert field.pre_save(row, add=False) is expression


@pytest.mark.django_db
def test_earlier_text_that_is_too_long_by_now_is_refused_with_words() -> None:
    pilot = PilotFactory()
    content = read_content(pilot) | {"texts": {"en": {"title": "x" * 201}}}
    with pytest.raises(ValidationError, match="at most 200 characters"):
        write_content(pilot, content)
    assert Pilot.objects.get() == pilot
