"""From an address of the API to what it chooses."""

from datetime import datetime
from functools import cached_property

from django.http import QueryDict

from pilots.api.filters import LANG, ORIGINAL, UPDATED_AFTER, moment_of
from pilots.browse.classification import renamed_values
from pilots.browse.filters import AddressFilterSet, PilotFilterSet
from pilots.browse.matches import Matches
from pilots.browse.refusals import refuse_ignored
from pilots.browse.selection import Selection
from pilots.index.pilots import index


class ApiQuery:
    """What an address chooses. Raises InvalidQuery for whatever a page would only note. One query.

    One to six more for values that were renamed, or that nobody knows.
    """

    def __init__(self, parameters: QueryDict, filters: type[AddressFilterSet]) -> None:
        self.filters, self.public = filters, index()
        known = filters.known(self.public) if issubclass(filters, PilotFilterSet) else {}
        self.selection: Selection = filters.read(parameters, known, renamed_values(parameters, known))
        refuse_ignored(parameters, self.selection, filters.base_filters, in_pages=True)

    @property
    def language(self) -> str:
        return self.selection.extra.get(LANG, ORIGINAL)

    @property
    def updated_after(self) -> datetime | None:
        return moment_of(self.selection.extra.get(UPDATED_AFTER, ""))

    @cached_property
    def matches(self) -> Matches:
        """The pilots or lessons of a list. No query without words."""
        assert issubclass(self.filters, PilotFilterSet)  # noqa: S101 (others choose no rows)
        return self.filters.matches(self.selection, self.public)

    @property
    def is_complete(self) -> bool:
        """Whether the words of every changed pilot were indexed when the search, if there is one, was answered."""
        return not self.selection.q or self.matches.found.is_complete
