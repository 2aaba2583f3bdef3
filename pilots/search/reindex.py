"""Keeps the words of pilots up with their content: what `ContentChange` notes as not indexed is made anew."""

import sys
from collections.abc import Iterable, Sequence

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from pyroaring import BitMap

from pilots.index.version import current, patience
from pilots.models import ContentChange
from pilots.models.content_version import EVERYTHING, NAMES
from pilots.search import known_words
from pilots.search.documents import documents, pilot_token, read
from pilots.search.tables import EVERY, LESSONS, PILOTS, TIERS, Tables, delete, find

BATCH = 500  # pilots


# The last number of the content at which this process found nothing left to index.
_complete: dict[str, int] = {}


def catch_up(tables: Tables, most: int | None = None) -> tuple[int | None, bool]:
    """Make the words of changed pilots anew, `most` of them or all.

    Returns the number of the content they belong to, as `content_version.current` does, and whether
    nothing is left to do. One query when nothing has changed.
    """
    number = current()
    if number is not None and _complete.get(connection.alias) == number:
        return number, True
    is_complete = _index(tables, most)
    if is_complete and number is not None:
        _complete[connection.alias] = number
    return number, is_complete


def _index(tables: Tables, most: int | None) -> bool:
    """Index pilots that changed, `most` of them or all; return whether none is left."""
    left = most or sys.maxsize
    try:
        while _waiting().exists():
            if left <= 0:
                return False
            with patience(), transaction.atomic():
                _index_some(tables, min(BATCH, left))
            left -= BATCH
    except OperationalError:  # somebody else keeps the database locked
        return False
    return True


def _waiting() -> QuerySet[ContentChange]:
    """Return the changes of which the words are not indexed yet, in an order that its index gives."""
    return ContentChange.objects.filter(indexed=False).order_by("pilot")


def _index_some(tables: Tables, size: int) -> None:
    """Index `size` pilots that changed.

    Their rows are locked first, so that a change that comes after the texts were read is noted after this.
    """
    ids = list(_waiting().select_for_update().values_list("pilot", flat=True)[:size])
    if EVERYTHING in ids:
        [there] = find(tables, PILOTS, [(EVERY, len(TIERS))])
        _delete(tables, there - BitMap(ContentChange.objects.filter(public=True).values_list("pk", flat=True)))
    if pilots := [pk for pk in ids if pk > NAMES]:
        write(tables, pilots)
    ContentChange.objects.filter(pk__in=ids).update(indexed=True)


def write(tables: Tables, ids: Sequence[int]) -> None:
    """Make the words of these pilots and of their lessons anew; those that are not public lose theirs."""
    _delete(tables, ids)
    said = read(ids)
    for table, rows in zip((PILOTS, LESSONS), documents(said), strict=True):
        tables.write(table, rows)
    known_words.add(known_words.spellings(text for own in said.values() for text in own.all_texts()))


def _delete(tables: Tables, ids: Iterable[int]) -> None:
    for table in (PILOTS, LESSONS):
        delete(tables, table, [pilot_token(pk) for pk in ids])
