"""What the database itself refuses, tried round the forms: by `bulk_create` and by `QuerySet.update`."""

from typing import Any

import factory
import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from pilots.models import FormerSlug, Passage
from tests import factories
from tests.factories import AuthorityFactory, KeyFigureFactory, LessonFactory, PartnerFactory, PilotFactory
from tests.models.test_editing_constraints import COPY_IS_HIDDEN, EDITING, OF_ACCOUNTS

pytestmark = pytest.mark.django_db

NOW = timezone.now()
Values = dict[str, Any]


class FormerSlugFactory(factory.django.DjangoModelFactory):
    model = "pilot"
    slug = factory.Sequence(lambda n: f"former-{n}")
    object_id = 1

    class Meta:
        model = FormerSlug


def dates(*pairs: str) -> list[Values]:
    """The start and end of each pair written `2019 … 2020-01`."""
    split = [pair.split("…") for pair in pairs]
    return [{"start": start.strip(), "end": end.strip()} for start, end in split]


def each(field: str, *values: Any) -> list[Values]:
    """One set of values for each value of a field."""
    return [{field: value} for value in values]


SHAPES = ["", "2019", "2019-05", "2019-05-17"]
NO_SHAPES = ["1", "201", "20190", "2019-5", "2019/05", "May 2019", "2019-5-17", "2019-05/17", "2019x05-17"]
ORIGINAL = [
    {"original_name": "Stichting", "original_language": ""},
    {"original_name": "", "original_language": "nl"},
]
BOTH_OR_NONE = [
    {"original_name": "Stichting", "original_language": "nl"},
    {"original_name": "", "original_language": ""},
]


def of_the_wording(values: list[Values]) -> list[Values]:
    """The same for the glossary, whose field has a shorter name."""
    return [{"original": row["original_name"], "original_language": row["original_language"]} for row in values]


WEB_ADDRESSES = (
    each("website", "javascript:alert(1)", "town.example", "ftp://town.example"),
    each("website", "", "https://town.example/", "http://town.example"),
)
# For each check: what to try it on, what it refuses, what it allows.
CHECKS: dict[str, tuple[Any, list[Values], list[Values]]] = {
    "authority_has_both_coordinates_or_none": (
        AuthorityFactory,
        [{"latitude": 43, "longitude": None}, {"latitude": None, "longitude": 4}],
        [{"latitude": 43, "longitude": 4}, {"latitude": None, "longitude": None}, {"latitude": 0, "longitude": 0}],
    ),
    "authority_coordinates_are_on_earth": (
        AuthorityFactory,
        [
            {"latitude": latitude, "longitude": longitude}
            for latitude, longitude in [("90.00001", 0), ("-90.00001", 0), (0, "180.00001"), (0, "-180.00001")]
        ],
        [{"latitude": 90, "longitude": 180}, {"latitude": -90, "longitude": -180}],
    ),
    "authority_kind_is_known": (
        AuthorityFactory,
        each("kind", "church", "", "Municipality"),
        each("kind", "municipality", "regional-government", "national-agency"),
    ),
    "authority_country_is_two_letters": (AuthorityFactory, each("country", "", "F"), each("country", "SE")),
    "authority_website_is_a_web_address": (AuthorityFactory, *WEB_ADDRESSES),
    "partner_website_is_a_web_address": (PartnerFactory, *WEB_ADDRESSES),
    "authority_has_a_slug": (AuthorityFactory, each("slug", ""), each("slug", "a")),
    "partner_kind_is_known": (PartnerFactory, each("kind", "firm", "NGO"), each("kind", "", "ngo", "network")),
    "partner_country_is_two_letters_or_none": (PartnerFactory, each("country", "D"), each("country", "", "DE")),
    "partner_original_name_has_its_language": (PartnerFactory, ORIGINAL, BOTH_OR_NONE),
    "partner_has_a_slug": (PartnerFactory, each("slug", ""), each("slug", "p")),
    "source_year_is_plausible": (
        factories.SourceFactory,
        each("year", 1899, 2101, 0),
        each("year", None, 1900, 2100),
    ),
    "source_address_is_a_web_address": (
        factories.SourceFactory,
        each("url", "javascript:alert(1)", "example.org", "ftp://example.org"),
        each("url", "", "https://example.org/text", "http://example.org"),
    ),
    "source_text_is_not_empty": (
        factories.SourceTextFactory,
        [{"text": "", "source_id": 10_000}],
        [{"text": "One line."}],
    ),
    "source_has_a_slug": (factories.SourceFactory, each("slug", ""), each("slug", "s")),
    "glossary_original_has_its_language": (
        factories.GlossaryTermFactory,
        of_the_wording(ORIGINAL),
        of_the_wording(BOTH_OR_NONE),
    ),
    "glossary_term_has_a_slug": (factories.GlossaryTermFactory, each("slug", ""), each("slug", "g")),
    "further_reading_is_about_one_topic": (
        factories.FurtherReadingFactory,
        [{"country": ""}, {"stage_id": 1}, {"country": "", "stage_id": 1, "audience_id": 1}],
        each("country", "SE"),
    ),
    "further_reading_year_is_plausible": (
        factories.FurtherReadingFactory,
        each("year", 1899, 2101, 0),
        each("year", None, 1900, 2100),
    ),
    "further_reading_has_a_title": (factories.FurtherReadingFactory, each("title", ""), each("title", "A work")),
    "further_reading_has_a_slug": (factories.FurtherReadingFactory, each("slug", ""), each("slug", "w")),
    "further_reading_address_is_a_web_address": (
        factories.FurtherReadingFactory,
        each("url", "javascript:alert(1)", "example.org", "ftp://example.org"),
        each("url", "", "https://example.org/text", "http://example.org"),
    ),
    "statement_kind_is_known": (
        factories.StatementFactory,
        each("kind", "", "history"),
        each("kind", "run-by", "paid-by", "chosen-by", "reuse"),
    ),
    "synonym_set_has_a_slug": (factories.SynonymSetFactory, each("slug", ""), each("slug", "g")),
    "synonym_set_has_several_words": (
        factories.SynonymSetFactory,
        each("words", "", "youth"),
        each("words", "youth\njuvenile"),
    ),
    "pilot_status_is_known": (
        PilotFactory,
        each("status", "hidden", "", "Draft"),
        [{"status": status, "published_at": NOW} for status in ("draft", "in-review", "published", "archived")],
    ),
    "published_pilot_has_publication_time": (
        PilotFactory,
        [{"status": "published", "published_at": None}],
        [{"status": "published", "published_at": NOW}, {"status": "draft", "published_at": NOW}]
        + [{"status": status, "published_at": None} for status in ("draft", "in-review", "archived")],
    ),
    "pilot_evaluation_is_known": (
        PilotFactory,
        each("evaluation", "good", "5 stars"),
        each("evaluation", "", "none", "planned", "under-way", "done"),
    ),
    "pilot_has_a_slug": (PilotFactory, each("slug", ""), each("slug", "p")),
    "pilot_start_is_a_partial_date": (PilotFactory, each("start", *NO_SHAPES), each("start", *SHAPES)),
    "pilot_end_is_a_partial_date": (PilotFactory, each("end", *NO_SHAPES), each("end", *SHAPES)),
    "pilot_end_is_not_before_its_start": (
        PilotFactory,
        dates("2020 … 2019", "2020 … 2019-12-31", "2020 … 2019-12", "2019-06 … 2019-05", "2019-06 … 2019-05-31")
        + dates("2019-05-17 … 2019-05-16", "2019-05-17 … 2019-04", "2019-05-17 … 2018"),
        dates("2019-05-17 … 2019", "2019-05-17 … 2019-05", "2019-05-17 … 2019-05-17", "2019-12 … 2019-12-01")
        + dates("2019 … 2019-01-01", "2019 … 2019", "2019-09 … 2019-10", " … 2019", "2019-05 … ", " … "),
    ),
    "key_figure_number_starts_at_one": (KeyFigureFactory, each("number", 0), each("number", 1, 32767)),
    "key_figure_range_goes_up": (
        KeyFigureFactory,
        [{"value": 16, "upper": 16}, {"value": 25, "upper": 16}],
        [{"value": 16, "upper": 25}, {"value": 16, "upper": None}, {"value": "2.50", "upper": "2.51"}],
    ),
    "key_figure_qualifier_is_known": (
        KeyFigureFactory,
        each("qualifier", "many", ""),
        each("qualifier", "exact", "about", "at-least"),
    ),
    "organisation_number_starts_at_one": (
        factories.OrganisationInvolvedFactory,
        each("number", 0),
        each("number", 1),
    ),
    **{
        f"{name}_has_a_slug": (factory, each("slug", ""), each("slug", "t"))
        for name, factory in {
            "activitytype": factories.ActivityTypeFactory,
            "audience": factories.AudienceFactory,
            "targetgroup": factories.TargetGroupFactory,
            "stage": factories.StageFactory,
        }.items()
    },
    "passage_is_about_something_known": (
        factories.PassageFactory,
        each("about", "", "colour", "Title"),
        each("about", *Passage.About.values),
    ),
    "passage_is_not_empty": (factories.PassageFactory, each("passage", ""), each("passage", "3")),
    "lesson_number_starts_at_one": (LessonFactory, each("number", 0), each("number", 1)),
    "lesson_kind_is_known": (
        LessonFactory,
        each("kind", "joke", ""),
        each("kind", "helped", "hard", "insight", "method"),
    ),
    "former_slug_is_not_empty": (
        FormerSlugFactory,
        each("slug", ""),
        each("slug", "old"),
    ),
}

# Which fields of which model must differ together.
UNIQUE: dict[str, tuple[str, ...]] = {
    "Authority": ("slug",),
    "Partner": ("slug",),
    "Source": ("slug",),
    "GlossaryTerm": ("slug",),
    "ActivityType": ("slug",),
    "Audience": ("slug",),
    "TargetGroup": ("slug",),
    "Stage": ("slug",),
    "SynonymSet": ("slug",),
    "FurtherReading": ("slug",),
    "Statement": ("kind",),
    "SourceText": ("source",),
    "Pilot": ("slug",),
    "KeyFigure": ("pilot_id", "number"),
    "OrganisationInvolved": ("pilot_id", "number"),
    "Lesson": ("pilot_id", "number"),
    "Passage": ("pilot_id", "about", "value"),
    "FormerSlug": ("model", "slug"),
}
TRANSLATED = [name for name in UNIQUE if name not in {"Passage", "FormerSlug", "SynonymSet", "SourceText"}]

REFUSED = [pytest.param(name, row, id=f"{name}-{row}") for name, (_, rows, _) in CHECKS.items() for row in rows]
ALLOWED = [pytest.param(name, row, id=f"{name}-{row}") for name, (_, _, rows) in CHECKS.items() for row in rows]


def make(model: str) -> Any:
    """A saved row of the model with this name."""
    return FormerSlugFactory() if model == "FormerSlug" else getattr(factories, f"{model}Factory")()


def insert(row: Any, **values: Any) -> None:
    """Insert a copy of `row` with other values, round every form and every `save()`."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name != "id"}
    type(row)._default_manager.bulk_create([type(row)(**(fields | values))])


def update(row: Any, **values: Any) -> int:
    """Change `row` round every form and every `save()`."""
    return type(row)._default_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(("name", "values"), REFUSED)
def test_database_refuses_to_insert_what_breaks_a_rule(name: str, values: Values) -> None:
    row = CHECKS[name][0]()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        insert(row, **({"slug": "copy"} if hasattr(row, "slug") else {}) | values)


@pytest.mark.parametrize(("name", "values"), REFUSED)
def test_database_refuses_to_update_to_what_breaks_a_rule(name: str, values: Values) -> None:
    row = CHECKS[name][0]()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        update(row, **values)


@pytest.mark.parametrize(("name", "values"), ALLOWED)
def test_database_accepts_what_keeps_a_rule(name: str, values: Values) -> None:
    row = CHECKS[name][0]()
    assert update(row, **values) == 1
    row.delete()
    insert(row, **values)


@pytest.mark.parametrize("model", UNIQUE)
def test_database_refuses_a_second_of_what_must_be_unique(model: str) -> None:
    one, other = make(model), make(model)
    taken = {field: getattr(one, field) for field in UNIQUE[model]}
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        insert(other, **taken)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        update(other, **taken)


@pytest.mark.parametrize("model", [name for name, fields in UNIQUE.items() if "pilot_id" in fields])
def test_parts_of_different_pilots_may_have_the_same_number_or_claim(model: str) -> None:
    one, other = make(model), make(model)
    same = {field: getattr(one, field) for field in UNIQUE[model] if field != "pilot_id"}
    assert update(other, **same) == 1


def test_entries_of_different_kinds_may_have_had_the_same_slug() -> None:
    former = FormerSlugFactory(model="pilot", slug="avignon")
    insert(former, model="authority")


@pytest.mark.parametrize("model", TRANSLATED)
def test_text_has_one_translation_a_language(model: str) -> None:
    english = make(model).translations.get()
    insert(english, language_code="fr")
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        insert(english)
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        update(english, language_code="fr")


def test_every_declared_check_is_tried_above() -> None:
    names = {constraint.name for constraint in declared(models.CheckConstraint)}
    in_small_letters = {name for name in names if name.endswith("_slug_is_lower_case")}  # tried in test_slugs.py
    of_length = {name for name in names if name.endswith("_texts_are_not_too_long")}  # tried in test_text_fields.py
    of_records = {name for name in names if name.endswith("_provenance_fits_its_language")}  # in test_provenance.py
    elsewhere = (
        in_small_letters | of_length | of_records | {"second_writer_is_another_account"}
    )  # tried in test_access.py
    assert names - elsewhere == set(CHECKS)


def test_every_declared_uniqueness_is_tried_above() -> None:
    fields = {model.__name__: tuple(field.name for field in unique(model)) for model in entry_models() if unique(model)}
    together = {
        constraint_model.__name__: tuple(constraint_model._meta.get_field(name).attname for name in constraint.fields)
        for constraint_model in entry_models()
        for constraint in constraint_model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    }
    assert fields | together == UNIQUE
    pairs = {model.__name__: model._meta.unique_together for model in entry_models() if model._meta.unique_together}
    assert pairs == {f"{name}Translation": (("master", "language_code"),) for name in TRANSLATED}


def entry_models() -> list[type[models.Model]]:
    """The models of what entries say; those of how they come about have test_editing_constraints.py."""
    return [model for model in apps.get_app_config("pilots").get_models() if model not in EDITING | OF_ACCOUNTS]


def declared(kind: type) -> list[models.BaseConstraint]:
    rows = [row for model in entry_models() for row in model._meta.constraints if isinstance(row, kind)]
    return [row for row in rows if row.name != COPY_IS_HIDDEN]


def unique(model: type[models.Model]) -> list[models.Field]:
    fields = [field for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    return [field for field in fields if field.name != "revises"]
