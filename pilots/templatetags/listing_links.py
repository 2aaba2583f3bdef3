"""Addresses of a list, in templates."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from pilots.browse.comparison import comparison
from pilots.browse.facets import Facet, Option
from pilots.browse.filtered_page import FilteredPage
from pilots.browse.selection import Selection, ShortlistLink
from pilots.templatetags.texts import spoken

register = template.Library()

NONE, CHECKED = ' class="none"', " checked"


@register.simple_tag
def page_query(listing: FilteredPage, number: int) -> str:
    """The query string of page `number`, everything else as chosen."""
    return listing.selection.query(page=number)


@register.simple_tag
def shortlist_link(listing: FilteredPage, slug: str) -> ShortlistLink:
    """What puts a pilot on the shortlist, or takes it off."""
    return listing.selection.shortlist_link(slug)


@register.simple_tag
def query_without(listing: FilteredPage, slug: str) -> str:
    """The query string of the same page without a pilot on the shortlist."""
    return listing.selection.dropping(slug).query(page=listing.selection.page)


@register.simple_tag
def shortlist_query(listing: FilteredPage) -> str:
    """The query string of the shortlist alone, for its own page."""
    return Selection(keep=listing.selection.keep).query()


@register.simple_tag
def comparison_query(listing: FilteredPage, *slugs: str) -> str:
    """The query string that compares pilots, or those of the shortlist, which it carries on."""
    keep = listing.selection.keep
    return comparison(slugs or keep, keep)


@register.simple_tag
def options(facet: Facet, shown: list[Option]) -> SafeString:
    """Some options of a facet, each a box to tick with its name and how many it gives.

    Not a template, because a page shows many of them, and one template for each would take half of its time.
    """
    name = escape(facet.name)
    boxes = (
        f'<label{"" if option.count else NONE}><input type="checkbox" name="{name}" value="{escape(option.value)}"'
        f'{CHECKED if option.chosen else ""}> {spoken(option.name)} <span class="count">{option.count}</span></label>'
        for option in shown
    )
    return mark_safe("\n".join(boxes))  # noqa: S308 (escaped above)
