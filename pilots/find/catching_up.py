"""Keeps the words of pilots up with their content: what `ContentChange` notes as not indexed is made anew."""

from collections.abc import Iterable, Sequence

from django.db import OperationalError, transaction
from pyroaring import BitMap

from pilots.find import known_words
from pilots.find.content_version import current, patience
from pilots.find.documents import documents, pilot_token, read
from pilots.find.word_tables import EVERY, LESSONS, PILOTS, TIERS, Tables, delete, find
from pilots.models import ContentChange
from pilots.models.content_version import EVERYTHING

BATCH = 500  # pilots


def catch_up(tables: Tables, most: int | None = None) -> tuple[int | None, bool]:
    """Make the words of changed pilots anew, `most` of them or all.

    Returns the number of the content they belong to, as `content_version.current` does, and whether
    nothing is left to do. Two queries when nothing has changed.
    """
    number = current()
    left = most
    while left is None or left > 0:
        size = min(BATCH, left) if left else BATCH
        try:
            with patience(), transaction.atomic():
                done = _index_some(tables, size)
        except OperationalError:  # somebody else keeps the database locked
            return number, False
        if done < size:
            return number, True
        left = left - done if left else None
    return number, False


def _index_some(tables: Tables, size: int) -> int:
    """Index `size` pilots that changed; return how many there were.

    Their rows are locked first, so that a change that comes after the texts were read is noted after this.
    """
    if not ContentChange.objects.filter(indexed=False).exists():
        return 0
    changes = ContentChange.objects.filter(indexed=False).order_by("pilot").select_for_update()
    ids = list(changes.values_list("pilot", flat=True)[:size])
    if EVERYTHING in ids:
        [there] = find(tables, PILOTS, [(EVERY, len(TIERS))])
        _delete(tables, there - BitMap(ContentChange.objects.filter(public=True).values_list("pk", flat=True)))
    write(tables, ids)
    ContentChange.objects.filter(pk__in=ids).update(indexed=True)
    return len(ids)


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
