"""What a comparison states of one pilot under one heading, in templates.

Not a template, because a page shows a hundred of these, and one template for each would take half of its time.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots.templatetags.texts import name_of, prose, spoken, text

register = template.Library()


@register.simple_tag
def cell(row: Any, stated: list[tuple[Any, str]], terms: Any) -> SafeString:
    """The items of one pilot in a row, each with who else has it; that the source is silent where there is none.

    The first use of each of `terms` is linked to its meaning.
    """
    if not stated:
        not_stated = escape(_("Not stated in the source"))
        return mark_safe(f'<p><span class="not-stated">{not_stated}</span>\n</p>')  # noqa: S308 (escaped)
    write = WAYS.get(row.kind, _value)
    if row.kind in WHOLE:
        lines = [line for item, _others in stated for line in write(item.content, terms)]
    else:
        lines = [
            line for item, others in stated for line in ("<p>", *write(item.content, terms), _shared(others), "</p>")
        ]
    return mark_safe("\n".join(filter(None, lines)))  # noqa: S308 (escaped by what writes the lines)


def _text(content: Any, terms: Any) -> Iterable[str]:
    row, field = content
    yield prose(row, field, terms)


def _item(content: Any, terms: Any) -> Iterable[str]:
    """Write an item of the profile: its text, or where the entry says it."""
    row, item = content
    if item.field:
        yield prose(row, item.field, terms)
    elif item.section:
        url = f"{row.get_absolute_url()}#{item.section}"
        see = _("See %(section)s") % {"section": _linked(capfirst(str(item.section_label)), url)}
        yield f"<p>{see}</p>"
    else:
        stated = _("Stated in the source")
        yield f"<p>{escape(stated)}</p>"


def _lesson(content: Any, terms: Any) -> Iterable[str]:
    yield f'<p class="lesson-kind">{escape(capfirst(content.get_kind_display()))}</p>'
    yield prose(content, "text", terms)


def _method(content: Any, terms: Any) -> Iterable[str]:
    yield prose(content, "text", terms)


def _figure(content: Any, _terms: Any) -> Iterable[str]:
    qualifier = "" if content.qualifier == "exact" else f"{escape(content.get_qualifier_display())} "
    yield f"<strong>{qualifier}{escape(content.amount)}</strong> {text(content, 'label')}"


def _organisation(content: Any, terms: Any) -> Iterable[str]:
    organisation, url = content
    yield _linked(name_of(organisation, terms), url)


def _value(content: Any, _terms: Any) -> Iterable[str]:
    yield _linked(spoken(content.text), content.url)
    if content.heading_only:
        from_heading = escape(_("(from the heading)"))
        yield f'<span class="heading-only">{from_heading}</span>'


def _linked(words: str, url: str) -> str:
    return f'<a href="{escape(url)}">{conditional_escape(words)}</a>' if url else conditional_escape(words)


def _shared(others: str) -> str:
    return f'<span class="compare-shared">{escape(others)}</span>' if others else ""


# How the items of each kind of row are written; all others are values.
WAYS = {
    "text": _text,
    "profile": _item,
    "lessons": _lesson,
    "methods": _method,
    "figures": _figure,
    "organisations": _organisation,
}
# The kinds whose items are paragraphs of their own
WHOLE = ("text", "profile", "lessons", "methods")
