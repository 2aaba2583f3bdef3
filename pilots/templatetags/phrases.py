"""Words put together by the rules of the page's language, in templates."""

from django import template

from prepare_portal.phrases import labelled, series_of, with_colon

register = template.Library()

register.filter(labelled)
register.filter(series_of)
register.filter(with_colon)
