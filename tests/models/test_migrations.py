"""The migrations make the tables that the models describe, and can be taken back."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from pilots.models import FormerSlug, Pilot, Revision
from pilots.search.tables import KNOWN_WORDS, LESSONS, PILOTS
from tests.stored_rows import load_pilots, rows_made_by, store

NAMES = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "pilots")


@pytest.fixture
def _migrated_again_at_the_end(transactional_db: None) -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def tables() -> set[str]:
    """Return the tables of the app that the database has."""
    return {name for name in connection.introspection.table_names() if name.startswith("pilots_")}


def applied() -> list[str]:
    """Return the migrations of the app that the database has been through."""
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "pilots")


def described_tables() -> set[str]:
    """Return the tables that the models describe."""
    models = apps.get_app_config("pilots").get_models(include_auto_created=True)
    return {model._meta.db_table for model in models}


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration() -> None:
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert out.getvalue() == "No changes detected\n"


def test_migrations_are_named_for_what_they_do() -> None:
    assert NAMES
    assert not [name for name in NAMES if "_auto_" in name]


@pytest.mark.usefixtures("_migrated_again_at_the_end")
def test_every_migration_goes_back_with_the_pilots_loaded_and_forward_again() -> None:
    store(rows_made_by(load_pilots))
    call_command("migrate", "pilots", "zero", verbosity=0)
    assert tables() == set()
    assert applied() == []
    call_command("migrate", "pilots", verbosity=0)
    assert applied() == NAMES
    words = {table for table in tables() if table.startswith((PILOTS, LESSONS, KNOWN_WORDS))}
    assert tables() - words == described_tables()
    assert {PILOTS, LESSONS, KNOWN_WORDS} <= words
    load_pilots()
    assert Pilot.objects.published().count() == 9


# Slugs in small letters ----------------------------------------------------------

BEFORE_SMALL_LETTERS = "0011_limit_text_lengths"


def model_before(name: str) -> Any:
    """Return a model as it was before slugs had to be in small letters."""
    return (
        MigrationExecutor(connection)
        .loader.project_state([("pilots", BEFORE_SMALL_LETTERS)])
        .apps.get_model("pilots", name)
    )


def rows_with_capitals() -> dict[str, Any]:
    """Go back and write a pilot with what belongs to it, as forms once took it."""
    call_command("migrate", "pilots", BEFORE_SMALL_LETTERS, verbosity=0)
    authority = model_before("Authority").objects.create(slug="Sarcelles", kind="municipality", country="FR")
    stage, source = (
        model_before("Stage").objects.create(slug="Prison"),
        model_before("Source").objects.create(slug="src"),
    )
    pilot = model_before("Pilot").objects.create(slug="Sarcelles-UP", authority_id=authority.pk, source_id=source.pk)
    pilot.stages.add(stage.pk)
    model_before("Passage").objects.create(pilot_id=pilot.pk, about="stages", value="Prison", passage="1.1")
    former = model_before("FormerSlug").objects
    former.create(model="pilot", slug="Old-Name", object_id=pilot.pk)
    former.create(model="pilot", slug="sarcelles-up", object_id=pilot.pk)
    return {"authority": authority, "source": source, "pilot": pilot}


def history_with_capitals(pilot: Any) -> Any:
    """Write a revision that names rows as they were called."""
    content = {"slug": "Sarcelles-UP", "authority": "Sarcelles", "source": "src", "stages": ["Prison"], "end": "X"}
    parts = {"organisations_involved": {"1": {"partner": "EFUS", "passage": "2", "texts": {"en": {"name": "EFUS"}}}}}
    passages = {"stages/Prison": {"passage": "1.1"}}
    return model_before("Revision").objects.create(
        entry=pilot.pk, row=pilot.pk, edit=0, kind="found", content=content | parts | {"passages": passages}
    )


@pytest.mark.usefixtures("_migrated_again_at_the_end")
def test_slugs_that_differ_in_capitals_only_stop_the_migration_and_others_are_mended_with_what_names_them() -> None:
    here = rows_with_capitals()
    kept = history_with_capitals(here["pilot"])
    pilots = model_before("Pilot").objects
    other = pilots.create(slug="sarcelles-up", authority_id=here["authority"].pk, source_id=here["source"].pk)
    model_before("FormerSlug").objects.create(model="pilot", slug="old-name", object_id=other.pk)
    with pytest.raises(CommandError, match=r"(?s)Nothing was changed.*Sarcelles-UP and sarcelles-up.*Old-Name and"):
        call_command("migrate", verbosity=0)
    assert set(pilots.values_list("slug", flat=True)) == {"Sarcelles-UP", "sarcelles-up"}
    assert model_before("Authority").objects.get().slug == "Sarcelles"

    pilots.filter(pk=other.pk).delete()
    model_before("FormerSlug").objects.filter(slug="old-name").delete()
    call_command("migrate", verbosity=0)
    pilot = Pilot.objects.get()
    assert (pilot.slug, pilot.authority.slug, pilot.stages.get().slug) == ("sarcelles-up", "sarcelles", "prison")
    assert pilot.passages.get().value == "prison"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"old-name", "sarcelles-up"}

    said = Revision.objects.get(pk=kept.pk).content
    assert (said["slug"], said["authority"], said["stages"], said["end"]) == (
        ("sarcelles-up", "sarcelles", ["prison"], "X")
    )
    assert said["organisations_involved"]["1"] == {"partner": "efus", "passage": "2", "texts": {"en": {"name": "EFUS"}}}
    assert said["passages"] == {"stages/prison": {"passage": "1.1"}}


# Slugs of bounded length ----------------------------------------------------------

BEFORE_LIMITS = "0016_add_other_names_and_synonyms"


@pytest.fixture
def long_slug(transactional_db: None) -> Iterator[Any]:
    """Go back to where SQLite let slugs grow, and write one that did. PostgreSQL has to be made to take it."""
    call_command("migrate", "pilots", BEFORE_LIMITS, verbosity=0)
    apps_then = MigrationExecutor(connection).loader.project_state([("pilots", BEFORE_LIMITS)]).apps
    former = apps_then.get_model("pilots", "FormerSlug")
    if connection.vendor == "postgresql":
        connection.cursor().execute("ALTER TABLE pilots_formerslug ALTER COLUMN slug TYPE varchar(200)")
    yield former.objects.create(model="pilot", slug="x" * 81, object_id=1)
    former.objects.all().delete()
    if connection.vendor == "postgresql":
        connection.cursor().execute("ALTER TABLE pilots_formerslug ALTER COLUMN slug TYPE varchar(80)")
    call_command("migrate", verbosity=0)


def test_slug_that_is_too_long_stops_the_migration_that_limits_it(long_slug: Any) -> None:
    with pytest.raises(CommandError, match=rf"former slug {long_slug.pk}, x{{40}}… \(81 characters, 80 at most\)"):
        call_command("migrate", verbosity=0)
    type(long_slug).objects.update(slug="x" * 80)
    call_command("migrate", verbosity=0)
    assert FormerSlug.objects.get().slug == "x" * 80
