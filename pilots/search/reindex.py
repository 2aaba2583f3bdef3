"""Keeps the words of pilots up with their content: what `ContentChange` notes as not indexed is made anew."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from pyroaring import BitMap

from pilots.index.content_version import current, is_lock, patience
from pilots.models import ContentChange, Pilot
from pilots.models.content_version import EVERYTHING, NAMES, ContentQueue
from pilots.search.documents import documents, pilot_token, read_pilot_texts
from pilots.search.known_words import add_known_words, spellings
from pilots.search.tables import (
    CHECKED_ONLY,
    EVERY,
    LESSONS,
    PILOTS,
    TIERS,
    delete_all_documents,
    delete_documents,
    dialect,
    find_ids,
)

BATCH = 500  # pilots


# The last number of the content at which this process found nothing left to index.
_complete: dict[str, int] = {}


def index_words(most: int | None = None) -> tuple[int | None, bool]:
    """Index the words of changed pilots, `most` of them or all.

    Returns the number of the content they belong to, as `content_version.current` does, and whether
    nothing is left to do. One query when nothing has changed.
    """
    number = current()
    if number is not None and _complete.get(connection.alias) == number:
        return number, True
    is_complete = _index(most)
    if is_complete and number is not None:
        _complete[connection.alias] = number
    return number, is_complete


def follow_setting() -> None:
    """Have all words made anew if they were made while HIDE_UNCHECKED_TRANSLATIONS was another. Two queries at most."""
    checked_only, every = find_ids(PILOTS, [(CHECKED_ONLY, len(TIERS)), (EVERY, len(TIERS))])
    if (every - checked_only) if settings.HIDE_UNCHECKED_TRANSLATIONS else checked_only:
        ContentQueue.objects.create(pilot=EVERYTHING)


def _index(most: int | None) -> bool:
    """Index pilots that changed, `most` of them or all; return whether none is left."""
    left = most or sys.maxsize
    try:
        while _waiting().exists():
            if left <= 0:
                return False
            with patience(), transaction.atomic():
                _index_some(min(BATCH, left))
            left -= BATCH
    except OperationalError as error:
        if not is_lock(error):
            raise
        return False
    return True


def _waiting() -> QuerySet[ContentChange]:
    """The changes of which the words are not indexed yet, in an order that its index gives."""
    return ContentChange.objects.filter(indexed=False).order_by("pilot")


def _index_some(size: int) -> None:
    """Index `size` pilots that changed.

    Their rows are locked first, so that a change that comes after the texts were read is noted after this.
    """
    ids = list(_waiting().select_for_update().values_list("pilot", flat=True)[:size])
    if EVERYTHING in ids:
        [there] = find_ids(PILOTS, [(EVERY, len(TIERS))])
        _delete(there - BitMap(ContentChange.objects.filter(public=True).values_list("pk", flat=True)))
    if pilots := [pk for pk in ids if pk > NAMES]:
        write_documents(pilots)
    ContentChange.objects.filter(pk__in=ids).update(indexed=True)


def write_documents(ids: Sequence[int]) -> None:
    """Make the words of these pilots and of their lessons anew; those that are not public lose theirs."""
    _delete(ids)
    said = read_pilot_texts(ids)
    for table, rows in zip((PILOTS, LESSONS), documents(said), strict=True):
        dialect().write(table, rows)
    add_known_words(spellings(text for own in said.values() for text in own.all_texts()))


def _delete(ids: Iterable[int]) -> None:
    for table in (PILOTS, LESSONS):
        delete_documents(table, [pilot_token(pk) for pk in ids])


def forget_words(sender: Any, *, using: str, **signal: Any) -> None:
    """Empty the tables of words when there are no pilots. Called after `migrate`, and `flush`, which misses them."""
    there = set(connection.introspection.table_names())
    if using == connection.alias and {PILOTS, Pilot._meta.db_table} <= there and not Pilot.objects.exists():
        delete_all_documents()
