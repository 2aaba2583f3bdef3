"""Lists as tests ask for them."""

from django.http import QueryDict
from django.utils.http import urlencode
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from pilots.find.browse import Listing
from pilots.find.matrix import Matrix
from pilots.find.search import search
from pilots.models import Pilot
from tests.find.nine_pilots import Chosen

# The database makes examples slow, and a busy machine makes them slower: neither is a failure.
CALM = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


def selections(options: dict[str, list[str]]) -> st.SearchStrategy[Chosen]:
    """Return what visitors may tick: some values of some facets."""
    return st.fixed_dictionaries(
        {}, optional={name: st.lists(st.sampled_from(values), max_size=3) for name, values in options.items()}
    )


def listing(chosen: Chosen, **others: str | int) -> Listing:
    """Return the list for what is chosen."""
    return Listing(QueryDict(urlencode({**chosen, **others}, doseq=True)))


def matrix(query: str = "", **chosen: list[str] | str) -> Matrix:
    """Return the matrix for a query string and what is chosen beside it."""
    return Matrix(QueryDict("&".join(filter(None, [query, urlencode(chosen, doseq=True)]))))


def shown(found: Listing) -> dict[str, dict[str, int]]:
    """Return the counts beside all options."""
    return {facet.name: {option.value: option.count for option in facet.options} for facet in found.facets}


def found(words: str) -> set[str]:
    """Return the pilots that a search finds."""
    return set(Pilot.objects.filter(pk__in=search(words).ids).values_list("slug", flat=True))
