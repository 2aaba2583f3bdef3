"""Lists as tests ask for them."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import strategies as st

from pilots.browse.lessons import LessonListing
from pilots.browse.listing import Listing
from pilots.browse.matrix import Matrix
from pilots.models import Lesson, Pilot
from pilots.search.engine import search, search_lessons
from tests.nine_pilots import Chosen


def selections(options: dict[str, list[str]]) -> st.SearchStrategy[Chosen]:
    """What visitors may tick: some values of some facets."""
    return st.fixed_dictionaries(
        {}, optional={name: st.lists(st.sampled_from(values), max_size=3) for name, values in options.items()}
    )


def listing(chosen: Chosen, **others: str | int) -> Listing:
    return Listing(QueryDict(urlencode({**chosen, **others}, doseq=True)))


def matrix(query: str = "", **chosen: list[str] | str) -> Matrix:
    """The matrix for a query string and what is chosen beside it."""
    return Matrix(QueryDict("&".join(filter(None, [query, urlencode(chosen, doseq=True)]))))


def shown(found: Listing) -> dict[str, dict[str, int]]:
    """The counts beside all options."""
    return {facet.name: {option.value: option.count for option in facet.options} for facet in found.facets}


def found(words: str) -> set[str]:
    """The pilots that a search finds."""
    return set(Pilot.objects.filter(pk__in=search(words).ids).values_list("slug", flat=True))


def library(chosen: Chosen, **others: str | int) -> LessonListing:
    return library_at(urlencode({**chosen, **others}, doseq=True))


def library_at(query: str) -> LessonListing:
    """The library at an address, of which this is the part after the question mark."""
    return LessonListing(QueryDict(query))


def named(lessons: Iterable[Lesson]) -> list[str]:
    """The slug of each lesson's pilot with the lesson's number: "avignon-1"."""
    return [f"{lesson.pilot.slug}-{lesson.number}" for lesson in lessons]


def found_lessons(words: str) -> set[str]:
    return set(named(Lesson.objects.filter(pk__in=search_lessons(words).ids).select_related("pilot")))
