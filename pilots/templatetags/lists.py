"""Addresses of a list, in templates."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from pilots.find.browse import Narrowed
from pilots.find.compare import comparison
from pilots.find.facets import Facet, Option
from pilots.find.parameters import Selection
from pilots.models import Pilot

register = template.Library()


@register.simple_tag
def page_query(listing: Narrowed, number: int) -> str:
    """Return the query string of page `number`, everything else as chosen."""
    return listing.selection.query(page=number)


@register.simple_tag
def keeping(listing: Narrowed, slug: str) -> str:
    """Return the query string of the same page with one more pilot on the shortlist."""
    return listing.selection.keeping(slug).query(page=listing.selection.page)


@register.simple_tag
def dropping(listing: Narrowed, slug: str) -> str:
    """Return the query string of the same page without a pilot on the shortlist."""
    return listing.selection.dropping(slug).query(page=listing.selection.page)


@register.simple_tag
def kept(listing: Narrowed) -> str:
    """Return the query string of the shortlist alone, for its own page."""
    return Selection(keep=listing.selection.keep).query()


@register.simple_tag
def comparing(listing: Narrowed, *pilots: Pilot) -> str:
    """Return the query string that compares `pilots`, or those of the shortlist, which it carries on."""
    keep = listing.selection.keep
    return comparison([pilot.slug for pilot in pilots] or keep, keep)


@register.simple_tag
def options(facet: Facet, shown: list[Option]) -> SafeString:
    """Return some options of a facet, each a box to tick with its name and how many it gives.

    Not a template, because a page shows many of them, and one template for each would take half of its time.
    """
    return format_html_join(
        "\n",
        '<label{}><input type="checkbox" name="{}" value="{}"{}> {} <span class="count">{}</span></label>',
        (
            (
                SafeString("" if option.count else ' class="none"'),
                facet.name,
                option.value,
                SafeString(" checked" if option.chosen else ""),
                option.name,
                option.count,
            )
            for option in shown
        ),
    )
