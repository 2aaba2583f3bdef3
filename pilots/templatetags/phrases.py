"""Words put together by the rules of the page's language, in templates."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from prepare_portal import phrases

register = template.Library()

register.filter(phrases.series_of)
register.filter(phrases.with_colon)


@register.filter
def labelled(field: str, value: str) -> SafeString:
    """A label with what it stands for, each marked with its language or plain. No label: what follows one."""
    said = phrases.labelled(conditional_escape(field), conditional_escape(value))
    return mark_safe(said)  # noqa: S308 (both are escaped)
