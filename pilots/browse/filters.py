"""What the address of a page may ask for, declared once, as filter sets of django-filter.

Each filter is one parameter: its name, its label, its kind (`pilots/browse/parameters.py`) with its `limit`, its
meaning (`help_text`). A filter set reads an address into a `Selection`, and narrows an index of public rows by it: *or*
within a facet, *and* across facets and search.

The forms and querysets of django-filter are not used. A form would refuse a value that nobody knows, where a page
leaves it out and says so; and the rows are sets of ids, which are intersected in microseconds.
"""

from dataclasses import replace
from typing import Any, ClassVar

import django_filters
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilots.browse.matches import LessonMatches, Matches
from pilots.browse.parameters import ChoiceFilter, FacetFilter, PageFilter, SlugsFilter, WordsFilter
from pilots.browse.selection import (
    LESSONS_PER_PAGE,
    NOTES_SHOWN,
    PER_PAGE,
    RELEVANCE,
    SHARED,
    SORTS,
    Ignored,
    Selection,
    shorten,
)
from pilots.browse.wording import SEARCH
from pilots.index.facet_values import Classified
from pilots.index.lessons import KIND, lesson_index
from pilots.index.pilots import Index
from pilots.index.stated import STATED, stated_names
from pilots.models import Lesson
from pilots.models.lesson import HOW_THEY_WORKED, LEARNT, METHODS, WHAT_WAS_LEARNT
from pilots.search.engine import search, search_lessons
from pilots.search.ranking import NOTHING

AXES = ("activity", "audience", "target", "stage", "country", "authority_kind", "partner")
ROWS, COLUMNS = "activity", "target"
# Pages that lead to a pilot and back to where the visitor was, the usual one first.
ORIGINS = ("pilots", "lessons", "map", "partners")
PILOT = "pilot"
EVERYTHING, DIFFERENCES = SHOW = ("everything", "differences")


class AddressFilterSet(django_filters.FilterSet):
    """What the address of a page may ask for: the filters that its classes declare."""

    @classmethod
    def read(cls, query: QueryDict, known: Classified, renamed: Classified | None = None) -> Selection:
        """Read an address. Raises InvalidQuery when a limit is passed.

        `known` maps each facet to its values and their names; `renamed` maps old values to them.
        """
        notes: list[str] = []
        old = renamed or {}
        chosen = {
            name: cls.base_filters[name].read(query, values, old.get(name, {}), notes)
            for name, values in known.items()
            if name in query
        }
        for name in sorted(query):  # in whatever order they came: the page cache keeps one page for all of them
            if name not in cls.base_filters:
                unknown = _("“%(name)s” is not something this page can be filtered by.")
                notes.append(Ignored(unknown % {"name": shorten(name)}, shorten(name)))
        others = {name: one for name, one in cls.base_filters.items() if not isinstance(one, FacetFilter)}
        in_order = (*(name for name in others if name not in SHARED), *(name for name in SHARED if name in others))
        given = {name: others[name].read(query, notes) for name in in_order if name in query}
        words, sort = given.get("q", ""), given.get("sort", "")
        sizes = tuple(map(int, others["per_page"].values)) if "per_page" in others else PER_PAGE
        return Selection(
            chosen={name: values for name, values in chosen.items() if values},
            q=words,
            keep=given.get("keep", ()),
            extra={name: given[name] for name in given if name not in SHARED and given[name] != others[name].usual},
            sort=sort if sort in SORTS else RELEVANCE if words else SORTS[0],
            per_page=int(given.get("per_page", sizes[0])),
            page=given.get("page", 1),
            notes=tuple(notes[:NOTES_SHOWN]),
            sizes=sizes,
        )


class PilotFilterSet(AddressFilterSet):
    """What an address may ask of the public pilots: list, map, network."""

    # What values of a facet stand under in the form, where they stand in groups
    headings: ClassVar[dict[str, Any]] = {}

    country = FacetFilter(label=gettext_lazy("Country"), help_text="country of the authority")
    authority_kind = FacetFilter(
        label=gettext_lazy("Kind of authority"),
        help_text="kind of the authority: municipality, regional government or national agency",
    )
    partner = FacetFilter(label=gettext_lazy("Partner"), help_text="partner of the pilot")
    activity = FacetFilter(label=gettext_lazy("Activity type"), help_text="what kind of activity it was")
    audience = FacetFilter(
        label=gettext_lazy("Audience"), help_text="professionals who were trained or brought together"
    )
    target = FacetFilter(label=gettext_lazy("Target group"), help_text="people the pilot is meant to support")
    stage = FacetFilter(label=gettext_lazy("Stage"), help_text="stage: prison, release, probation or community")
    stated = FacetFilter(
        label=gettext_lazy("Stated"),
        help_text="what is stated: an item of the implementation profile, an evaluation, or a public contact; "
        "no filter of the form, because it tells nothing of the pilot itself",
    )
    q = WordsFilter(
        label=SEARCH,
        help_text="all of these words, in any order, each at the beginning of a word; case, accents and British or "
        "American spelling do not matter; where nothing has all of them, most",
    )
    keep = SlugsFilter(is_carried=True, help_text="the visitor's shortlist; it narrows nothing")
    sort = ChoiceFilter(
        (*SORTS, RELEVANCE),
        usual="",
        help_text="order: place from A to Z by the rules of the page’s language (the default), place from Z to A, "
        "newest entries first, best match first (only with `q`, and the default then)",
    )
    page = PageFilter(help_text="page of the list")
    per_page = ChoiceFilter(PER_PAGE, help_text=f"pilots on a page; {PER_PAGE[0]} unless told otherwise")

    @classmethod
    def known(cls, public: Index) -> Classified:
        """The values that each facet may have, with their names, in the order of the form."""
        return public.known() | {STATED: stated_names()}

    @classmethod
    def matches(cls, selection: Selection, public: Index) -> "Matches":
        """From a selection to its rows. No query without words."""
        return Matches(selection, public, search(selection.q) if selection.q else NOTHING)


class LessonFilterSet(PilotFilterSet):
    """What an address may ask of the library: lessons are found by what their pilots are found by, and by kind.

    Words are looked for in lessons and in what their pilots are called, not in everything said of these.
    """

    kind = FacetFilter(label=gettext_lazy("Lesson or method"), help_text="kind of lesson, or working method")
    per_page = ChoiceFilter(
        LESSONS_PER_PAGE, help_text=f"lessons on a page; {LESSONS_PER_PAGE[0]} unless told otherwise"
    )

    headings: ClassVar[dict[str, Any]] = {
        **dict.fromkeys((kind.value for kind in LEARNT), WHAT_WAS_LEARNT),
        **dict.fromkeys((kind.value for kind in METHODS), HOW_THEY_WORKED),
    }

    @classmethod
    def known(cls, public: Index) -> Classified:
        """All kinds of lessons, and the values of public pilots, with their names."""
        return {KIND: {kind.value: capfirst(str(kind.label)) for kind in Lesson.Kind}} | super().known(public)

    @classmethod
    def matches(cls, selection: Selection, public: Index) -> "Matches":
        """From a selection to its lessons. No query without words."""
        return LessonMatches(selection, lesson_index(public), search_lessons(selection.q) if selection.q else NOTHING)


class MatrixFilterSet(PilotFilterSet):
    """What an address may ask of the matrix: which two facets it crosses, too."""

    rows = ChoiceFilter(
        (ROWS, *(axis for axis in AXES if axis != ROWS)), label=gettext_lazy("Rows"), help_text="facet of the rows"
    )
    columns = ChoiceFilter(
        (COLUMNS, *(axis for axis in AXES if axis != COLUMNS)),
        label=gettext_lazy("Columns"),
        help_text="facet of the columns",
    )

    @classmethod
    def read(cls, query: QueryDict, known: Classified, renamed: Classified | None = None) -> Selection:
        """Read an address, with different axes. Of two that are the same, the one not asked for gives way.

        Where `query` asks for both, the columns give way, with a note.
        """
        selection = super().read(query, known, renamed)
        rows, columns = axes_of(selection)
        if rows != columns:
            return selection
        if query.get("rows") != rows and query.get("columns") == columns:
            return crossing(selection, _other(ROWS, than=columns), columns)
        other = _other(COLUMNS, than=rows)
        if query.get("columns") == columns:
            words = {"rows": FACETS[rows], "columns": FACETS[other]}
            note = _("Rows and columns cannot both be “%(rows)s”, so the columns show “%(columns)s”.") % words
            refusal = _("Rows and columns cannot both be “%(rows)s”.") % words
            selection = replace(selection, notes=(*selection.notes, Ignored(note, "columns", columns, refusal)))
        return crossing(selection, rows, other)


def axes_of(selection: Selection) -> tuple[str, str]:
    return selection.extra.get("rows", ROWS), selection.extra.get("columns", COLUMNS)


def crossing(selection: Selection, rows: str, columns: str) -> Selection:
    extra = {} if rows == ROWS else {"rows": rows}
    return replace(selection, extra=extra if columns == COLUMNS else {**extra, "columns": columns})


def _other(usual: str, than: str) -> str:
    """The usual axis, or where that is taken, the other of the two usual ones."""
    return next(axis for axis in (usual, ROWS, COLUMNS) if axis != than)


class TrailFilterSet(PilotFilterSet):
    """What the address of a pilot's page may say of the list the visitor came from."""

    kind = FacetFilter(help_text="what lessons are filtered by, so that the way back has it")

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        """The filters and `from`, a keyword of Python, which no attribute can be called."""
        origin = ChoiceFilter(ORIGINS, field_name="from", help_text="the page the visitor came from")
        return super().get_filters() | {"from": origin}


class LessonTrailFilterSet(TrailFilterSet):
    """The same where that list was the library."""

    per_page = LessonFilterSet.base_filters["per_page"]


class ShortlistFilterSet(AddressFilterSet):
    """What an address may ask of the page of the shortlist."""

    keep = SlugsFilter(is_carried=False, help_text="the visitor's shortlist, in the visitor's order")


class ComparisonFilterSet(AddressFilterSet):
    """What an address may ask of a comparison."""

    keep = PilotFilterSet.base_filters["keep"]
    pilot = FacetFilter(help_text="slugs of the pilots to compare")
    show = ChoiceFilter(SHOW, help_text="everything, or what differs")


# The facets of pilots in the order of the form, with their labels.
FACETS = {name: one.label for name, one in PilotFilterSet.base_filters.items() if isinstance(one, FacetFilter)}
# Every parameter that a page of the site reads.
PARAMETERS = frozenset().union(
    *(one.base_filters for one in (LessonFilterSet, MatrixFilterSet, TrailFilterSet, ComparisonFilterSet))
)
