"""Where the values of facets lead: most have a page of their own."""

from django.urls import reverse

from pilots.index.facet_values import COUNTRY, VOCABULARIES

PARTNER = "partner"
# The facets whose values are topics, each with the name of their pages' address.
TOPICS = {facet: model.route for facet, (model, _field) in VOCABULARIES.items() if facet != PARTNER} | {
    COUNTRY: "country"
}
ROUTES = TOPICS | {PARTNER: PARTNER}


def address_of(facet: str, value: str) -> str:
    """Where a value leads: to its page, or to the list filtered by one that has none."""
    if facet in ROUTES:
        return reverse(ROUTES[facet], args=[value])
    return list_of(facet, value)


def list_of(facet: str, value: str) -> str:
    """The list filtered by a value."""
    return f"{reverse('pilots')}?{facet}={value}"
