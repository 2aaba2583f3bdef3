"""What a search found, in templates: where, and marked in what is shown."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from pilots.models.translation import current_language
from pilots.search.highlight import Highlighter, marked
from pilots.templatetags.texts import in_blocks, in_language, in_lines

register = template.Library()


@register.filter
def of(values: dict[int, Any], pk: Any) -> Any:
    """What a dictionary has for an id, None for nothing."""
    return values.get(pk)


@register.simple_tag(takes_context=True)
def marked_text(context: Any, row: Any, field: str) -> SafeString:
    """A text of `row` as `text` does, with what the search of `listing` looked for marked."""
    words, language = row.text_in(field, current_language())
    return in_language(in_lines(marked(words, language, looked_for(context))), row.language_of(field, language))


@register.simple_tag(takes_context=True)
def marked_first_line(context: Any, row: Any, field: str) -> SafeString:
    """The first line of a text, as a heading, marked in the same way: mostly all of it."""
    words, language = row.text_in(field, current_language())
    return in_language(marked(words.partition("\n")[0], language, looked_for(context)), language)


@register.simple_tag(takes_context=True)
def marked_other_lines(context: Any, row: Any, field: str) -> SafeString:
    """What a text says after its first line, as paragraphs and lists, marked in the same way; mostly nothing."""
    words, language = row.text_in(field, current_language())
    return in_blocks(marked(words.partition("\n")[2], language, looked_for(context)), language)


@register.simple_tag(takes_context=True)
def marked_name(context: Any, name: Any) -> SafeString:
    """A name in the language of the page, as of a country, marked in the same way."""
    return marked(str(name), current_language(), looked_for(context))


def looked_for(context: Any) -> Highlighter | None:
    """What the search of the template's `listing` looked for, if there is one."""
    listing = context.get("listing")
    return listing.highlighter if listing else None
