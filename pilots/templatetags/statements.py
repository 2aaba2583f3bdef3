"""Who stands behind the portal, in short, at the foot of pages."""

from typing import Any

from django import template

from pilots.browse.filtered_page import FilteredPage
from pilots.index.statements import ShownStatement, statements
from pilots.models import Statement

register = template.Library()

IN_SHORT = (Statement.Kind.RUN_BY, Statement.Kind.REUSE)


@register.simple_tag(takes_context=True)
def short_statements(context: Any) -> list[ShownStatement]:
    """Who runs the portal and what may be reused, on pages that know the content version: there it costs no query."""
    listing = context.get("listing")
    version = listing.index.number if isinstance(listing, FilteredPage) else context.get("content_version")
    return statements(version, IN_SHORT) if isinstance(version, int) else []
