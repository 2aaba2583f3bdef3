"""The kinds of parameters that an address may have: each reads its values, and knows its limit.

`pilots/browse/filters.py` says which page takes which. A value that nobody knows is left out with a note; beyond a
limit, InvalidQuery is raised.
"""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext as _

from pilots.browse.selection import (
    DEEPEST_ENTRY,
    LONGEST_SEARCH,
    MOST_VALUES,
    Ignored,
    InvalidQuery,
    printable,
    read_page,
    read_slugs,
    shorten,
)


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Rows with at least one of the values."""

    limit = f"{MOST_VALUES} values"

    def read(self, query: QueryDict, known: dict[str, str], renamed: dict[str, str], notes: list[str]) -> list[str]:
        """Read the values, in the order of the `known` ones; `renamed` maps old values to them."""
        name, given = self.field_name, query.getlist(self.field_name)
        if len(given) > MOST_VALUES:
            too_many = _("At most %(most)d values of “%(name)s” at once.")
            raise InvalidQuery(too_many % {"most": MOST_VALUES, "name": name}, name)
        spelled = {value.casefold(): value for value in known} | {
            old.casefold(): new for old, new in renamed.items() if new in known
        }
        for value in given:
            if value.strip() and value.strip().casefold() not in spelled:
                unknown = _("No pilot has “%(value)s” under “%(name)s”, so it is ignored.")
                notes.append(Ignored(unknown % {"value": shorten(value), "name": name}, name, shorten(value)))
        chosen = {spelled.get(value.strip().casefold()) for value in given}
        return [value for value in known if value in chosen]


class SlugsFilter(django_filters.MultipleChoiceFilter):
    """Pilots named one by one, in the visitor's order. Narrows nothing; where it `is_carried`, it is not shown either.

    That is: pages have it in their links, so that nothing is lost on the way.
    """

    limit = f"{MOST_VALUES} values"
    usual: tuple[str, ...] = ()

    def __init__(self, *, is_carried: bool, **more: Any) -> None:
        self.is_carried = is_carried
        super().__init__(**more)

    def read(self, query: QueryDict, notes: list[str]) -> tuple[str, ...]:
        return read_slugs(query, self.field_name)


class WordsFilter(django_filters.CharFilter):
    """Rows that the search finds by these words."""

    limit = f"{LONGEST_SEARCH} characters"
    usual = ""

    def read(self, query: QueryDict, notes: list[str]) -> str:
        """Read the words, with single blanks between them."""
        words = " ".join(printable(query.get(self.field_name, "")).split())
        if len(words) > LONGEST_SEARCH:
            too_long = _("A search has at most %(most)d characters.") % {"most": LONGEST_SEARCH}
            raise InvalidQuery(too_long, self.field_name)
        return words


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of a few values, the usual one first: how rows are shown. Narrows nothing."""

    limit = "one value"

    def __init__(self, values: tuple[Any, ...], usual: str | None = None, **more: Any) -> None:
        self.values = tuple(map(str, values))
        self.usual = self.values[0] if usual is None else usual
        super().__init__(choices=[(value, value) for value in self.values], **more)

    def read(self, query: QueryDict, notes: list[str]) -> str:
        """Read the value; the usual one where none is given or it is not possible."""
        value = query.get(self.field_name, "")
        if value in self.values:
            return value
        if value:
            impossible = _("“%(value)s” is not possible for “%(name)s”, so it is ignored.")
            note = impossible % {"value": shorten(value), "name": self.field_name}
            notes.append(Ignored(note, self.field_name, shorten(value)))
        return self.usual


class PageFilter(django_filters.NumberFilter):
    """The number of a page."""

    limit = f"up to entry {DEEPEST_ENTRY:,}"
    usual = 1

    def read(self, query: QueryDict, notes: list[str]) -> int:
        return read_page(query)
