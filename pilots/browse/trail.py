"""The list that a visitor came from, as the address of a pilot's page carries it."""

from dataclasses import dataclass, replace

from django.http import QueryDict

from pilots.browse.filters import ORIGINS, LessonTrailFilterSet, TrailFilterSet
from pilots.browse.parameters import FacetFilter
from pilots.browse.selection import Selection, read_slugs


@dataclass(frozen=True)
class Trail:
    """What was chosen there. Values are not checked: one that nobody knows makes a list without this pilot."""

    selection: Selection

    @property
    def origin(self) -> str:
        """The name of the page the visitor came from."""
        return self.selection.extra.get("from", ORIGINS[0])

    @property
    def query(self) -> str:
        """The query string for a link to another pilot of the same list."""
        return self.selection.query(self.selection.page)

    def back(self, page: int) -> str:
        """The query string of the list, at a page of it."""
        return replace(self.selection, extra={}).query(page)


def read_trail(query: QueryDict) -> Trail:
    """Where the visitor came from. Raises InvalidQuery when a limit is passed. No query."""
    filters = LessonTrailFilterSet if query.get("from") == "lessons" else TrailFilterSet
    facets = [name for name, one in filters.base_filters.items() if isinstance(one, FacetFilter) and name in query]
    return Trail(filters.read(query, {name: {value: value for value in read_slugs(query, name)} for name in facets}))
