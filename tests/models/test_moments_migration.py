"""The migration that notes when visitors last saw each pilot change takes it from versions and the history."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pilots.models import Pilot

BEFORE = "0024_say_the_language_of_a_sources_text"


def day(number: int) -> datetime:
    return datetime(2026, 5, number, tzinfo=UTC)


@pytest.fixture
def former(transactional_db: None) -> Iterator[Any]:
    """A function from the name of a model to it as it was before."""
    call_command("migrate", "pilots", BEFORE, verbosity=0)
    models = MigrationExecutor(connection).loader.project_state([("pilots", BEFORE)]).apps
    yield lambda name: models.get_model("pilots", name)
    call_command("migrate", verbosity=0)


def store(former: Any, slug: str, revisions: list[tuple[int, str]], **fields: Any) -> None:
    """Store a pilot as the former version did, with a revision of each of these days and statuses."""
    authority, _new = former("Authority").objects.get_or_create(slug="a", kind="municipality", country="FR")
    source, _new = former("Source").objects.get_or_create(slug="s")
    pilot = former("Pilot").objects.create(slug=slug, authority=authority, source=source, **fields)
    former("Pilot").objects.filter(pk=pilot.pk).update(updated_at=day(30))
    for count, (number, status) in enumerate(revisions):
        former("Revision").objects.create(
            entry_id=pilot.pk, row=pilot.pk, edit_count=count, status=status, content={}, at=day(number)
        )


def test_moment_is_that_of_the_version_or_of_a_later_change_or_of_leaving(former: Any) -> None:
    store(former, "loaded", [], status="published", published_at=day(1))
    store(
        former,
        "published",
        [(3, "draft"), (4, "published")],
        status="published",
        published_at=day(2),
        version_at=day(4),
    )
    store(former, "renamed", [(4, "published"), (6, "published")], status="published", published_at=day(4))
    left = [(4, "published"), (7, "draft"), (9, "draft")]
    store(former, "withdrawn", left, status="draft", published_at=day(4), version_at=day(4))
    store(former, "withdrawn-early", [], status="draft", published_at=day(4))
    call_command("migrate", verbosity=0)
    moments = dict(Pilot.objects.values_list("slug", "public_change_at"))
    days = {"loaded": 1, "published": 4, "renamed": 6, "withdrawn": 7, "withdrawn-early": 30}
    assert moments == {slug: day(number) for slug, number in days.items()}
