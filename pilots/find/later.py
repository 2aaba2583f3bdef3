"""Pilots of which little is known until more is asked for."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from pilots.models import Pilot


class Changed(Http404):
    """A pilot was public when the page was begun, and is not any more. Who makes the page again succeeds."""


class LaterPilot:
    """A public pilot with its id and slug; the rest is read when it is asked for.

    Pages show many pilots by parts that are kept ready, and only when one is not does anything have to be read:
    then that of all `pilots` of the page at once, as `for_listing` does.
    """

    def __init__(self, pk: int, slug: str, pilots: "LaterPilots") -> None:
        self.pk, self.slug, self._pilots = pk, slug, pilots

    def __getattr__(self, name: str) -> Any:
        """Return what the row in the database has. Raises Changed when it is no longer public."""
        if self.pk not in self._pilots.rows:
            raise Changed(_("This page changed while it was made. Please reload it."))
        return getattr(self._pilots.rows[self.pk], name)


class LaterPilots:
    """The pilots of one page, in order."""

    def __init__(self, slugs: dict[int, str]) -> None:
        self.pilots = [LaterPilot(pk, slug, self) for pk, slug in slugs.items()]

    @cached_property
    def rows(self) -> dict[int, Pilot]:
        """The rows of the pilots by id, with what a card shows. Seven queries."""
        ids = [pilot.pk for pilot in self.pilots]
        return {row.pk: row for row in Pilot.objects.published().filter(pk__in=ids).order_by().for_listing()}
