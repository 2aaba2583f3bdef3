"""Pilots and lessons of which little is known until more is asked for."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from pilots.index.pilots import Index
from pilots.models import Lesson, Pilot
from pilots.models.pilot import PilotQuerySet


class ContentChanged(Http404):
    """A pilot was public when the page was begun, and is not any more. Who makes the page again succeeds."""

    def __init__(self) -> None:
        super().__init__(_("This page changed while it was made. Please reload it."))


class LazyRow:
    """A public row with its id; the rest is read when it is asked for.

    Pages show many rows by parts that are kept ready, and only when one is not does anything have to be
    read: then of all rows its `siblings` on the page at once.
    """

    def __init__(self, pk: int, siblings: Any) -> None:
        self.pk, self.siblings = pk, siblings

    def __getattr__(self, name: str) -> Any:
        """Return what the row in the database has. Raises ContentChanged when it is no longer public."""
        if self.pk not in self.siblings.rows:
            raise ContentChanged
        return getattr(self.siblings.rows[self.pk], name)


class LazyPilot(LazyRow):
    """A public pilot of which the slug is known, too."""

    def __init__(self, pk: int, slug: str, siblings: "LazyPilots") -> None:
        super().__init__(pk, siblings)
        self.slug = slug


class LazyLessons:
    """The public lessons of one page, by their `ids`."""

    def __init__(self, ids: list[int]) -> None:
        self._ids = ids

    def __iter__(self) -> Iterator[LazyRow]:
        """Yield them in this order. No query."""
        return (LazyRow(pk, self) for pk in self._ids)

    @cached_property
    def rows(self) -> dict[int, Lesson]:
        """The rows by id, with what is said of their pilots. Six queries."""
        lessons = Lesson.objects.public().filter(pk__in=self._ids).order_by().for_library()
        return {row.pk: row for row in lessons}


class LazyPilots:
    """The pilots of one page, of which `public` knows the slugs. `ids` says which of them a page reads at once."""

    def __init__(self, public: Index, ids: Callable[[], Iterable[int]], read: Callable[[Any], PilotQuerySet]) -> None:
        self._public, self._ids, self._read = public, ids, read

    def __getitem__(self, pk: int) -> LazyPilot:
        """Return one of them. No query. Raises ContentChanged when it is not public."""
        if pk not in self._public.facts:
            raise ContentChanged
        return LazyPilot(pk, self._public.facts[pk].slug, self)

    @cached_property
    def rows(self) -> dict[int, Pilot]:
        """The rows of the pilots by id, with what `read` adds to them. As many queries as it takes."""
        pilots = Pilot.objects.published().filter(pk__in=list(self._ids())).order_by()
        return {row.pk: row for row in self._read(pilots)}
