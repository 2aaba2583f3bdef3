"""Entries are known by slugs, languages and numbers, so that they can move to another database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from pilots.models import Pilot
from tests import factories
from tests.stored_rows import load_pilots, rows_made_by, store

pytestmark = pytest.mark.django_db


# Point at rows by their ids. What is noted of changes is noted again by the database that takes the entries in.
LEFT_OUT = ["pilots.formerslug", "pilots.contentversion", "pilots.contentqueue", "pilots.contentchange"]


def dump() -> list[dict[str, Any]]:
    """Everything in the database that is known by natural keys."""
    out = StringIO()
    options = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True, "stdout": out}
    call_command("dumpdata", "pilots", exclude=LEFT_OUT, **options)
    return json.loads(out.getvalue())


def in_any_order(records: list[dict[str, Any]]) -> list[str]:
    """Return records in an order that does not depend on the database.

    One moment in a thousand is written with “.000”, which a database that read it does not write again.
    """
    return sorted(json.dumps(record, sort_keys=True).replace('.000Z"', 'Z"') for record in records)


def empty() -> None:
    """Delete every entry."""
    Pilot.objects.all().delete()
    for model in apps.get_app_config("pilots").get_models():
        model._default_manager.all().delete()


def in_french_too() -> None:
    """Add an entry with a second language, a range, a partner in another role and dates."""
    pilot = factories.PilotFactory(slug="extra", start="2019", end="2019-05-17", status="archived")
    pilot.create_translation("fr", title="Titre", summary="")
    factories.LessonFactory(pilot=pilot, number=7).create_translation("fr", text="Leçon")
    factories.KeyFigureFactory(pilot=pilot, value="16", upper="25.5")
    factories.OrganisationInvolvedFactory(pilot=pilot, partner=factories.PartnerFactory(country="DE"))
    factories.PassageFactory(pilot=pilot, rests_on_heading=True)
    factories.SourceTextFactory(source=pilot.source, may_be_shown=True)


def test_everything_dumped_and_loaded_into_an_empty_database_is_the_same(tmp_path: Path) -> None:
    store(rows_made_by(load_pilots))
    in_french_too()
    before = dump()
    file = tmp_path / "dump.json"
    file.write_text(json.dumps(before), encoding="utf-8")
    empty()
    assert dump() == []
    call_command("loaddata", str(file), verbosity=0)
    assert in_any_order(dump()) == in_any_order(before)
    assert len([record for record in before if record["model"] == "pilots.pilot"]) == 10


def test_no_dumped_record_holds_a_database_id() -> None:
    in_french_too()
    assert all("pk" not in record for record in dump())
    assert {record["model"] for record in dump()} >= {"pilots.lesson", "pilots.passage", "pilots.pilottranslation"}


@pytest.mark.parametrize(
    ("factory", "key"),
    [
        (lambda: factories.PilotFactory(slug="avignon"), ("avignon",)),
        (lambda: factories.PilotFactory(slug="avignon").translations.get(), ("avignon", "en")),
        (lambda: factories.LessonFactory(pilot__slug="avignon", number=2), ("avignon", 2)),
        (
            lambda: factories.LessonFactory(pilot__slug="avignon", number=2).translations.get(),
            ("avignon", 2, "en"),
        ),
        (lambda: factories.SourceTextFactory(source__slug="report"), ("report",)),
        (lambda: factories.PassageFactory(pilot__slug="avignon", about="start"), ("avignon", "start", "")),
    ],
)
def test_entry_is_found_by_its_natural_key(factory, key: tuple[str | int, ...]) -> None:
    row = factory()
    assert row.natural_key() == key
    assert type(row)._default_manager.get_by_natural_key(*key) == row
