"""One moment of the database, for as long as somebody reads; nobody who writes waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Have every query of the block read what was committed when it began."""
    with _BEGIN[connection.vendor]():
        yield


@contextmanager
def _on_sqlite() -> Iterator[None]:
    """Read in a transaction that takes no lock for writing, as those of the portal do from their beginning."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            cursor.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # the first look is what fixes the moment
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _on_postgresql() -> Iterator[None]:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


_BEGIN = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}
