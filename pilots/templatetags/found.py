"""What a search found, in templates: where, and marked in what is shown."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pilots.find.marking import Looked, marked
from pilots.find.snippets import Snippet
from pilots.templatetags.texts import PARAGRAPHS, in_language, in_paragraphs

register = template.Library()


@register.filter
def of(snippets: dict[int, list[Snippet]], pk: Any) -> list[Snippet]:
    """Return the snippets of one pilot."""
    return snippets.get(pk, [])


@register.simple_tag
def marked_text(row: Any, field: str, looked: Sequence[Looked]) -> SafeString:
    """Return a text of `row` as `text` does, with what is `looked` for marked."""
    words, language = row.text_in(field, get_language() or "en")
    return in_language(marked(words, language, looked or ()), language)


@register.simple_tag
def marked_prose(row: Any, field: str, looked: Sequence[Looked]) -> SafeString:
    """Return a text of `row` as `prose` does, with what is `looked` for marked in each paragraph."""
    words, language = row.text_in(field, get_language() or "en")
    return in_paragraphs((marked(part, language, looked or ()) for part in PARAGRAPHS.split(words.strip())), language)


@register.simple_tag
def marked_name(name: Any, looked: Sequence[Looked]) -> SafeString:
    """Return a name in the language of the page, as of a country, with what is `looked` for marked."""
    return marked(str(name), get_language() or "en", looked or ())
