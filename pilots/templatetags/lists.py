"""Addresses of the pages of a list, in templates."""

from django import template

from pilots.find.browse import Listing

register = template.Library()


@register.simple_tag
def page_query(listing: Listing, number: int) -> str:
    """Return the query string of page `number`, everything else as chosen."""
    return listing.selection.query(page=number)
