"""Parts of templates that are rendered once for many visitors.

    {% load fragments %}
    {% fragment content_version "card" pilot.pk %}
      … what depends on nothing but the pilot and the language …
      {% uncached with slug=pilot.slug %}<a href="{{ path }}?keep={{ slug }}">…</a>{% enduncached %}
    {% endfragment %}

What stands between `uncached` and `enduncached` is rendered for every visitor, from what the page knows and the
values behind `with`, which are cached. It may stand in a template that the part includes without `only`. The
first word says what the part is made from: the number of the content, or "site" for what templates alone
make. Where there is no number nothing is cached: in previews, in transactions, and in templates that were not
given it.
"""

import re
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pilots.index.fragments import CONTENT, SITE, Fragment, Placeholder

register = template.Library()

# No text of an entry can look like this.
SECRET = f"placeholder-{token_hex(8)}"
PLACEHOLDER = re.compile(rf"\x00{SECRET}-(\d+)\x00")
PLACEHOLDERS = "placeholders of the fragment that is made"

# What templates know of one request and its visitor. A part that all share cannot be made of it.
PER_REQUEST = ("request", "canonical", "user", "perms", "messages", "csrf_token")

_made: ContextVar[list[Placeholder] | None] = ContextVar("placeholders of the fragment that is made", default=None)


class Forbidden:
    """Stands for something of one request while a part for all of them is made: reading it is a mistake."""

    def __init__(self, name: str) -> None:
        self.__dict__["called"] = name

    def refuse(self, *_args: Any) -> Any:
        """Raise TemplateSyntaxError."""
        called = self.__dict__["called"]
        raise template.TemplateSyntaxError(
            f"A cached fragment cannot hold “{called}”: put it between “uncached” and “enduncached”."
        )

    __getattr__ = __str__ = __bool__ = refuse


class FragmentNode(template.Node):
    """Renders what is inside once for each version, language and key."""

    def __init__(self, inside: NodeList, version: FilterExpression, key: list[FilterExpression]) -> None:
        self.inside, self.version, self.key = inside, version, key

    def render(self, context: Any) -> SafeString:
        """The part, from what is cached where it can be."""
        version = self.version.resolve(context, ignore_failures=True)
        if not version or settings.DEBUG:
            return self.inside.render(context)
        cache = SITE if version == "site" else CONTENT
        key = (get_language(), *(name.resolve(context, ignore_failures=True) for name in self.key))
        fragment = cache.get(version, key)
        if fragment is None:
            fragment = self.make(context)
            cache.put(version, key, fragment)
        texts = [text if isinstance(text, str) else render_placeholder(text, context) for text in fragment]
        return mark_safe("".join(texts))  # noqa: S308 (rendered by templates)

    def make(self, context: Any) -> Fragment:
        """Render what is inside, with placeholders. Raises TemplateSyntaxError for a fragment inside another."""
        if _made.get() is not None:
            raise template.TemplateSyntaxError("A cached fragment cannot hold another.")
        placeholders: list[Placeholder] = []
        token = _made.set(placeholders)
        try:
            with context.push(**{PLACEHOLDERS: placeholders}, **{name: Forbidden(name) for name in PER_REQUEST}):
                texts = PLACEHOLDER.split(self.inside.render(context))
        finally:
            _made.reset(token)
        if texts[1::2] != [str(number) for number in range(len(placeholders))]:
            raise template.TemplateSyntaxError("What is uncached in a fragment has to be shown once, as it is.")
        return tuple(placeholders[int(text)] if place % 2 else str(text) for place, text in enumerate(texts))


class UncachedNode(template.Node):
    """Renders what is inside for each visitor, with some values that are cached."""

    def __init__(self, inside: NodeList, values: dict[str, FilterExpression], name: str = "") -> None:
        self.inside, self.values, self.name = inside, values, name

    def render(self, context: Any) -> SafeString:
        """What is inside, or nothing when it gets a name."""
        shown = self.shown(context)
        if self.name:
            context[self.name] = shown
        return SafeString() if self.name else shown

    def shown(self, context: Any) -> SafeString:
        """What is inside, or a mark for it while the fragment around it is made."""
        placeholder = Placeholder(self.inside, {name: value.resolve(context) for name, value in self.values.items()})
        placeholders = _made.get()
        if placeholders is None:
            return render_placeholder(placeholder, context)
        if context.get(PLACEHOLDERS) is not placeholders:
            raise template.TemplateSyntaxError(
                "What is uncached belongs into the template of the fragment, or one included without “only”."
            )
        placeholders.append(placeholder)
        return mark_safe(f"\0{SECRET}-{len(placeholders) - 1}\0")  # noqa: S308 (made of ours alone)


def render_placeholder(placeholder: Placeholder, context: Any) -> SafeString:
    """What stands at a placeholder for this visitor."""
    if not placeholder.values:
        return placeholder.node.render(context)
    with context.push(**placeholder.values):
        return placeholder.node.render(context)


@register.tag
def fragment(parser: Parser, token: Token) -> FragmentNode:
    """Compile `{% fragment version "name" key … %} … {% endfragment %}`. Names are unique in the site."""
    words = token.split_contents()[1:]
    if len(words) < 2:
        raise template.TemplateSyntaxError("“fragment” needs a version and a name.")
    version, *key = (parser.compile_filter(word) for word in words)
    inside = parser.parse(("endfragment",))
    parser.delete_first_token()
    return FragmentNode(inside, version, key)


@register.tag
def uncached(parser: Parser, token: Token) -> UncachedNode:
    """Compile `{% uncached with value=… as name %} … {% enduncached %}`; with a name it is shown where the name is."""
    words = token.split_contents()[1:]
    name = words.pop() if words[-2:-1] == ["as"] else ""
    values = token_kwargs(words[1:], parser) if words[:1] == ["with"] else {}
    inside = parser.parse(("enduncached",))
    parser.delete_first_token()
    return UncachedNode(inside, values, name)
