"""Addresses that programs read: what a page would leave out with a note is refused there, so that nobody who mistypes
a filter takes away everything and believes it to be a part.
"""

from collections.abc import Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilots.browse.filters import PARAMETERS, AddressFilterSet
from pilots.browse.parameters import FacetFilter, SlugsFilter
from pilots.browse.selection import Ignored, InvalidQuery, Selection, printable, shorten

SEVERAL = (FacetFilter, SlugsFilter)
PAGING = frozenset({"page", "per_page"})


def refuse_ignored(
    query: QueryDict, selection: Selection, filters: Mapping[str, object], *, in_pages: bool = False
) -> None:
    """Raise InvalidQuery, which names the parameter, where `selection` is not all that `query` says.

    That is: an unknown parameter or value, a parameter without a value, two values of what takes one, and what only a
    page has a use for. `filters` are the `base_filters` of the filter set that read the selection. Unless the answer
    comes `in_pages`, it has all of them, and takes the number or the size of none.
    """
    for name in query:
        if _is_for_pages(name, filters.get(name), in_pages=in_pages):
            raise InvalidQuery(_no_parameter(name), name)
    for note in selection.notes:
        raise InvalidQuery(_refusal(note), getattr(note, "parameter", ""))
    for name, values in query.lists():
        if not all(printable(value).strip() for value in values):
            raise InvalidQuery(_("“%(name)s” has no value.") % {"name": shorten(name)}, shorten(name))
        if len(values) > 1 and not isinstance(filters.get(name), SEVERAL):
            raise InvalidQuery(_("“%(name)s” takes one value.") % {"name": shorten(name)}, shorten(name))


def refuse_parameters(query: QueryDict) -> None:
    """Raise InvalidQuery, which names the parameter, for any: what is asked for cannot be narrowed."""
    refuse_ignored(query, AddressFilterSet.read(query, {}), AddressFilterSet.base_filters)


def _is_for_pages(name: str, one: object, *, in_pages: bool) -> bool:
    return getattr(one, "is_carried", False) or (name in PAGING and one is not None and not in_pages)


def _no_parameter(name: str) -> str:
    return _("There is no parameter “%(name)s” here.") % {"name": name}


def _refusal(note: str) -> str:
    """The sentence that refuses what a note says is ignored."""
    if not isinstance(note, Ignored):
        return note
    if note.refusal:
        return note.refusal
    if not note.value and note.parameter in PARAMETERS:
        return str(note)
    if not note.value:
        return _no_parameter(note.parameter)
    return _("“%(value)s” is no value of “%(name)s”.") % {"value": note.value, "name": note.parameter}
