"""How the portal is, in numbers: what the database knows of itself, the content and search. One query each.

All of them raise django.db.Error where the database does not answer.
"""

import time

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min

from pilots.models import ContentChange, ContentQueue, ContentVersion, LastBackup, Pilot

SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
MICRO = 1_000_000  # numbers of the content are times in microseconds


def database_bytes() -> int:
    """How large the database is."""
    with connection.cursor() as cursor:
        cursor.execute(SIZE[connection.vendor])
        return int(cursor.fetchone()[0])


def migrations_missing() -> list[str]:
    """Which migrations the database has not been through."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]


def queued_rows() -> int:
    """How many written rows the content version has not taken in. Those of drafts may wait."""
    return ContentQueue.objects.count()


def content_changed_at() -> float | None:
    """When what is public changed last, in seconds since 1970; None where nothing ever was."""
    number = ContentVersion.objects.values_list("number", flat=True).first()
    return number and number / MICRO


def pilots_to_index() -> int:
    """How many changed pilots are found by their former words yet."""
    return ContentChange.objects.filter(indexed=False).count()


def search_lag() -> float:
    """For how many seconds the first of them has been waiting; 0 where none is."""
    first = ContentChange.objects.filter(indexed=False).aggregate(first=Min("number"))["first"]
    return max(0.0, time.time() - first / MICRO) if first else 0.0


def publications_overdue() -> int:
    """How many planned publications are late."""
    return Pilot.objects.overdue().count()


def backup_made_at() -> float | None:
    """When the last good backup was made, in seconds since 1970; None where there is none."""
    moment = LastBackup.objects.moment()
    return moment.timestamp() if moment else None
