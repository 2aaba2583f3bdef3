"""Migrations only add, so that the release before goes on serving, and takes over again, with the newer database.

What nothing of a release uses any more is taken away by a later one. Such a migration says why the release before can
do without it: `not_additive = "Nothing has read this column since 0.2."`
"""

from collections.abc import Iterator

import pytest
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import CharField, F, IntegerField, Q, UniqueConstraint
from django.db.models.fields import NOT_PROVIDED

LAST_OF_OLD = "0036"  # before it, a release was never upgraded beside a running one
# These take away what an older release reads or writes, or refuse what it writes.
DESTRUCTIVE = (
    operations.AddConstraint,
    operations.AlterField,
    operations.AlterModelTable,
    operations.AlterOrderWithRespectTo,
    operations.AlterUniqueTogether,
    operations.DeleteModel,
    operations.RemoveField,
    operations.RenameField,
    operations.RenameModel,
    operations.RunSQL,
)


def disturbs(operation: Operation) -> bool:
    """Whether the release before may notice."""
    if isinstance(operation, operations.SeparateDatabaseAndState):
        return any(map(disturbs, operation.database_operations))
    if isinstance(operation, operations.AddField):
        field = operation.field
        # It inserts rows without the column. Django's own default stands in Python, not in the table.
        return not (field.many_to_many or field.null or field.db_default is not NOT_PROVIDED) or field.unique
    return isinstance(operation, DESTRUCTIVE)


def newer() -> Iterator[Migration]:
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if app == "pilots" and name[:4] > LAST_OF_OLD:
            yield migration


@pytest.mark.parametrize("migration", list(newer()), ids=lambda migration: migration.name)
def test_migration_only_adds_or_says_why_it_may_do_more(migration: Migration) -> None:
    disturbing = [operation.describe() for operation in migration.operations if disturbs(operation)]
    assert not disturbing or getattr(migration, "not_additive", "")
    assert disturbing or not hasattr(migration, "not_additive")


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (operations.RemoveField("pilot", "start"), True),
        (operations.RenameModel("Pilot", "Activity"), True),
        (operations.AddField("pilot", "rank", IntegerField(default=0)), True),
        (operations.AddField("pilot", "rank", IntegerField(db_default=0)), False),
        (operations.AddField("pilot", "rank", IntegerField(null=True)), False),
        (operations.AddField("pilot", "code", CharField(null=True, unique=True)), True),
        (operations.AddConstraint("pilot", UniqueConstraint(F("start"), condition=Q(start=1), name="x")), True),
        (operations.CreateModel("Note", [("text", CharField())]), False),
        (operations.SeparateDatabaseAndState([operations.DeleteModel("Pilot")]), True),
        (operations.SeparateDatabaseAndState(state_operations=[operations.DeleteModel("Pilot")]), False),
    ],
)
def test_what_an_older_release_would_notice_is_known(operation, expected) -> None:
    assert disturbs(operation) is expected
