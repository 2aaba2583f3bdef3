"""The cached index of the public content, for tests inside a transaction, where nothing would be cached."""

import functools
import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from pilots.index import content_version, lessons, pilots
from pilots.models import ContentVersion
from pilots.search import names, reindex
from pilots.search.reindex import index_words

# Never given before, so nothing is cached for them yet: later than any clock says.
numbers = itertools.count(4 * 10**15)


@contextmanager
def cached_content() -> Iterator[None]:
    """Let a process cache what it makes from the content as it is now, as it would if that were committed.

    A test that changes the content sees everything rebuilt from its change on; the next one what was cached before.
    """
    index_words()
    number = next(numbers)
    ContentVersion.objects.update_or_create(pk=1, defaults={"number": number})  # no row is there after a flush
    with pytest.MonkeyPatch.context() as patch:
        for module in (pilots, reindex):
            patch.setattr(module, "current", functools.partial(unchanged, number))
        forget()
        yield
        forget()


def unchanged(number: int) -> int | None:
    """The number of the content as long as it is this one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(*content_version.question())
        if cursor.fetchone() == (number, False):
            return number
    return content_version.current()


def forget() -> None:
    """Have the process forget what it brings up to date after a change: of this one it would not hear."""
    for kept_index in (pilots._index, lessons._index, names._names, names._titles):
        kept_index.clear()


@contextmanager
def rows_for_a_module(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Have what is written inside in the database until the end; each test's own changes end with the test."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
