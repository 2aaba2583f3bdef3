"""A release that knows nothing of the state of translations can write beside one that does."""

from collections.abc import Iterator
from copy import copy
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import NOT_PROVIDED
from django.db.models.expressions import DatabaseDefault

from pilots.models import Pilot, PilotTranslation, StageTranslation
from pilots.models.triggers import drop_triggers
from tests.factories import PilotFactory

MIGRATION = import_module("pilots.migrations.0032_have_the_database_fill_in_provenance")


def of_release_without(model: Any, name: str) -> Any:
    """What an older release writes of a model: nothing in this column."""
    [row] = model.objects.all()[:1]
    columns = [field for field in model._meta.local_fields if not field.primary_key]
    left_out = {field.name: DatabaseDefault(field._db_default_expression) for field in columns if field.name == name}
    return model(**{field.name: left_out.get(field.name) or getattr(row, field.name) for field in columns})


@pytest.mark.django_db
def test_release_without_the_columns_writes_rows() -> None:
    pilot = PilotFactory()
    text = of_release_without(PilotTranslation, "provenance")
    text.language_code = "fr"
    text.save()
    assert PilotTranslation.objects.get(master=pilot, language_code="fr").provenance == {}
    copied = of_release_without(Pilot, "translation_counts")
    copied.slug = "another"
    copied.save()
    assert Pilot.objects.get(slug="another").translation_counts == {}


@pytest.fixture
def _first_form(transactional_db: None) -> Iterator[None]:
    """A database in which the first form of the migrations made columns without a default."""
    with connection.schema_editor() as editor:
        drop_triggers(apps, editor)  # as `migrate` does
    for model, name in ((Pilot, "translation_counts"), (StageTranslation, "provenance")):
        field: Any = model._meta.get_field(name)
        former = copy(field)
        former.db_default = NOT_PROVIDED
        with connection.schema_editor() as editor:
            editor.alter_field(model, field, former)
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.usefixtures("_first_form")
def test_columns_without_a_default_get_one() -> None:
    field = StageTranslation._meta.get_field("provenance")
    assert not MIGRATION.has_default(connection, StageTranslation, field)
    with connection.schema_editor() as editor:
        MIGRATION.fill_in(apps, editor)
    assert MIGRATION.has_default(connection, StageTranslation, field)
    assert MIGRATION.has_default(connection, Pilot, Pilot._meta.get_field("translation_counts"))
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, StageTranslation._meta.db_table)
    assert "stagetranslation_provenance_fits_its_language" in constraints
