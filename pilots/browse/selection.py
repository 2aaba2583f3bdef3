"""What a visitor chose, as an address says it, and the limits of that.

A value we do not know is left out and said so; an address that no form of ours would make is refused.
`pilots/browse/filters.py` declares the parameters and reads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from unicodedata import category
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

MOST_VALUES = 20
LONGEST_SEARCH = 200
PER_PAGE = (12, 24, 48, 96)
LESSONS_PER_PAGE = (24, 12, 48, 96)  # a lesson is short
DEEPEST_ENTRY = 100_000
NOTES_SHOWN = 5
LONGEST_VALUE_SHOWN = 40
LONGEST_SLUG = 80
UNSEEN = frozenset({"Cf", "Co", "Cs", "Cn"})  # categories of Unicode

SORTS = ("place", "-place", "newest")
# The usual order of what a search found; there is none without words.
RELEVANCE = "relevance"
# What every list reads apart from its facets, in the order in which it is read.
SHARED = ("q", "keep", "sort", "per_page", "page")


class InvalidQuery(BadRequest):
    """An address that no form or link of this site makes; answered with 400 and this sentence.

    `parameter` names what of the address is wrong, "" where that is not one parameter.
    """

    def __init__(self, sentence: str, parameter: str = "") -> None:
        super().__init__(sentence)
        self.parameter = parameter


class Ignored(str):
    """A note on what a page leaves out of its address: the `parameter`, and the `value` unless all of it is unknown.

    `refusal` says it where nothing is left out, if more is wrong than that nobody knows the value.
    """

    __slots__ = ("parameter", "refusal", "value")
    parameter: str
    refusal: str
    value: str

    def __new__(cls, note: str, parameter: str, value: str = "", refusal: str = "") -> "Ignored":
        self = super().__new__(cls, note)
        self.parameter, self.value, self.refusal = parameter, value, refusal
        return self


class ShortlistLink(NamedTuple):
    """A pilot is "on" the shortlist, can be "put" there, or finds it "full"; `query` is the address after that."""

    state: str
    query: str


@dataclass(frozen=True)
class Selection:
    """What the visitor chose.

    `chosen` maps a facet's parameter to its values, in the facet's order. `keep` holds the slugs of the
    shortlist. `extra` maps a parameter of one page only to its value, those at their default left out.
    `sizes` are what `per_page` may be, the usual one first.
    """

    chosen: dict[str, list[str]] = field(default_factory=dict)
    q: str = ""
    keep: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    sort: str = SORTS[0]
    per_page: int = PER_PAGE[0]
    page: int = 1
    notes: tuple[str, ...] = ()
    sizes: tuple[int, ...] = PER_PAGE

    def __bool__(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q or self.chosen)

    def query(self, page: int = 1) -> str:
        """The canonical query string, with `?` unless empty, of this selection at `page`."""
        more = [*self.extra.items()]
        if self.sort != (RELEVANCE if self.q else SORTS[0]):
            more.append(("sort", self.sort))
        if self.per_page != self.sizes[0]:
            more.append(("per_page", str(self.per_page)))
        if page > 1:
            more.append(("page", str(page)))
        return self.carried(more)

    def carried(self, more: Iterable[tuple[str, str]] = ()) -> str:
        """The part of the query string that holds on every page, search, facets and shortlist, and `more`."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        pairs += [*self.shortlist_pairs(), *more]
        return f"?{urlencode(pairs)}" if pairs else ""

    def shortlist_pairs(self) -> list[tuple[str, str]]:
        """The shortlist as parameters."""
        return [("keep", slug) for slug in self.keep]

    @property
    def order(self) -> str:
        """What the order is called in an index: where the best match comes first, that of those that match alike."""
        return SORTS[0] if self.sort == RELEVANCE else self.sort

    def shortlist_link(self, slug: str) -> ShortlistLink:
        """What puts a pilot at the end of the shortlist, or takes it off, on the same page."""
        if slug in self.keep:
            return ShortlistLink("on", self.dropping(slug).query(self.page))
        if len(self.keep) >= MOST_VALUES:
            return ShortlistLink("full", "")
        return ShortlistLink("put", replace(self, keep=(*self.keep, slug)).query(self.page))

    def dropping(self, slug: str) -> "Selection":
        """The selection without a pilot on the shortlist."""
        return replace(self, keep=tuple(other for other in self.keep if other != slug))

    def without(self, name: str, value: str | None = None) -> "Selection":
        """The selection without one value of a facet, without a facet, or (name "q") without the search."""
        if name == "q":
            return replace(self, q="", sort=SORTS[0] if self.sort == RELEVANCE else self.sort)
        left = [other for other in self.chosen.get(name, []) if value is not None and other != value]
        chosen = {key: left if key == name else values for key, values in self.chosen.items()}
        return replace(self, chosen={key: values for key, values in chosen.items() if values})

    def only(self, name: str) -> "Selection":
        """The selection with nothing but the facet, or (name "q") the search."""
        chosen = {name: self.chosen[name]} if name in self.chosen else {}
        return replace(self if name == "q" else self.without("q"), chosen=chosen)

    def cleared(self) -> "Selection":
        """The selection with nothing chosen; shortlist, sort and page size stay."""
        return replace(self.without("q"), chosen={})


def read_slugs(query: QueryDict, name: str, most: int = MOST_VALUES) -> tuple[str, ...]:
    """The values of `name`, each once, in the order given. Raises InvalidQuery beyond `most` of them.

    What cannot be the slug of anything is cut to a length that can be shown.
    """
    values = (printable(value).strip()[:LONGEST_SLUG] for value in query.getlist(name))
    given = dict.fromkeys(value for value in values if value)
    if len(query.getlist(name)) > max(most, MOST_VALUES) or len(given) > most:
        raise InvalidQuery(_("At most %(most)d values of “%(name)s” at once.") % {"most": most, "name": name}, name)
    return tuple(given)


def read_page(query: QueryDict) -> int:
    """The number of the page that is asked for. Raises InvalidQuery when it is no number, or none from 1 on."""
    value = query.get("page", "").strip() or "1"
    if not (value.isascii() and value.isdigit() and value.strip("0")):
        raise InvalidQuery(_("“%(value)s” is not the number of a page.") % {"value": shorten(value)}, "page")
    return int(value[:9])


def printable(text: str) -> str:
    """A text without what cannot be seen and acts on what is around it.

    Control characters become blanks. Marks of direction and of no width, private and unassigned characters and
    halves of pairs go.
    """
    return "".join(" " if category(char) == "Cc" else char for char in text if category(char) not in UNSEEN)


def shorten(value: str) -> str:
    """A value as a note repeats it: without signs that cannot be seen, cut when it is long."""
    value = printable(value)
    return value if len(value) <= LONGEST_VALUE_SHOWN else f"{value[:LONGEST_VALUE_SHOWN]}…"
