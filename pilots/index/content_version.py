"""The number of the public content: whatever is made from the content is good as long as it stays the same.

Whoever reads first after a change takes in what the triggers have queued, and raises the number, in one
short transaction. So a number is only seen together with all that was committed before it, in every
process and on every machine, and those who write never wait for one another because of it.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q

from pilots.index import disk_cache
from pilots.models import ContentChange, ContentQueue, ContentVersion, Pilot
from pilots.models.content_version import EVERYTHING, NAMES

PATIENCE = 250  # ms that a reader waits for a writer who has locked the whole database
BATCH = 1000  # pilots
VERSION, CHANGE, QUEUE = (model._meta.db_table for model in (ContentVersion, ContentChange, ContentQueue))
MANY = 500  # changes of drafts that are left in the queue; it is asked about often, and has to stay short
LOCKED_SQLITE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
LOCKED_POSTGRESQL = ("55P03", "40P01", "40001")  # not available, deadlock, serialisation
TAKE = f"DELETE FROM {QUEUE} RETURNING pilot"  # noqa: S608 (names of tables)


def current() -> int | None:
    """The number of the public content, everything that is committed included. One query.

    Five or more when something has changed since the last call. None when nothing that is made from the
    content may be cached: inside a transaction, whose changes may never be committed, or while somebody
    else has the database locked.
    """
    with connection.cursor() as cursor:
        cursor.execute(*question())
        number, is_queued = cursor.fetchone()
    if is_queued or number is None:
        number = take_in()
    if number is None or connection.in_atomic_block:
        return None
    disk_cache.drop_older(number)
    return number


@lru_cache(maxsize=1)
def question() -> tuple[str, Any]:
    """The SQL that asks for the number, and whether something is queued that visitors can see.

    Drafts wait in the queue until then: their editors write often, and every taking in is one more to wait for.
    """
    public = Pilot.objects.published().order_by().filter(pk=OuterRef("pilot"))
    was_public = ContentChange.objects.filter(pk=OuterRef("pilot"), public=True)
    visible = ContentQueue.objects.filter(Q(pilot__lte=NAMES) | Exists(public) | Exists(was_public))
    sql, parameters = visible.order_by().values("pk")[:1].query.sql_with_params()
    many = f"(SELECT count(*) FROM (SELECT 1 FROM {QUEUE} LIMIT {MANY}) AS first) = {MANY}"  # noqa: S608
    return f"SELECT (SELECT number FROM {VERSION}), {many} OR EXISTS ({sql})", parameters  # noqa: S608


def take_in() -> int | None:
    """Empty the queue and return the number after it, None when the database stays locked."""
    try:
        with patience(), transaction.atomic():
            return _take_in(_locked(), _taken())
    except OperationalError:
        return None


def is_lock(error: OperationalError) -> bool:
    """Whether somebody else has what was asked for locked, on either database."""
    code, state = getattr(error.__cause__, "sqlite_errorcode", 0), getattr(error.__cause__, "pgcode", None)
    return code & 0xFF in LOCKED_SQLITE or state in LOCKED_POSTGRESQL


@contextmanager
def patience() -> Iterator[None]:
    """Limit how long a database that is locked as a whole is waited for. Locks of rows are never held for long."""
    if connection.features.has_select_for_update or connection.in_atomic_block:
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _locked() -> ContentVersion:
    """The row with the number, locked until the end of the transaction."""
    ContentVersion.objects.get_or_create(pk=1, defaults={"number": _next_number(0)})
    return ContentVersion.objects.select_for_update().get()


def _next_number(number: int) -> int:
    """The time in microseconds: a backup that is restored has an older number, and must give none away again."""
    return max(number + 1, time.time_ns() // 1000)


def _taken() -> set[int]:
    """What is queued, and take it out of the queue."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE)
        return {pilot for (pilot,) in cursor.fetchall()}


def _take_in(version: ContentVersion, taken: set[int]) -> int:
    """Note the changes under the next number; return it, or the present one when no visitor can see a change."""
    pilots = _all_pilots() if EVERYTHING in taken else taken
    now = _in_batches(pilots, lambda some: Pilot.objects.published().filter(pk__in=some).values_list("pk", flat=True))
    before = _in_batches(
        pilots, lambda some: ContentChange.objects.filter(pk__in=some, public=True).values_list("pk", flat=True)
    )
    seen = now | before | taken & {NAMES, EVERYTHING}
    number = _next_number(version.number) if seen else version.number
    changes = [
        ContentChange(pilot=pilot, number=number if pilot in seen else version.number, public=pilot in now)
        for pilot in sorted(pilots | taken)
    ]
    ContentChange.objects.bulk_create(
        changes,
        BATCH,
        update_conflicts=True,
        unique_fields=["pilot"],
        update_fields=["number", "public", "indexed"],
    )
    ContentVersion.objects.filter(pk=version.pk).update(number=number)
    return number


def _all_pilots() -> set[int]:
    """Every pilot that is there, or was when it changed last."""
    there = Pilot.objects.order_by().values_list("pk", flat=True)
    return set(there) | set(ContentChange.objects.values_list("pk", flat=True))


def _in_batches(pilots: set[int], find: Callable[[list[int]], Iterable[int]]) -> set[int]:
    """What `find` finds of the pilots, asked for some at a time."""
    ids = sorted(pilots)
    return {pk for start in range(0, len(ids), BATCH) for pk in find(ids[start : start + BATCH])}
