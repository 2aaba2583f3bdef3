"""What a search found, in templates."""

from typing import Any

from django import template

from pilots.find.snippets import Snippet

register = template.Library()


@register.filter
def of(snippets: dict[int, list[Snippet]], pk: Any) -> list[Snippet]:
    """Return the snippets of one pilot."""
    return snippets.get(pk, [])
