"""The same page in the other languages: links for people, and for search engines."""

from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html_join
from django.utils.http import escape_leading_slashes, urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from pilots.models.translation import current_language
from prepare_portal.languages import LANGUAGES, ORIGINAL, in_language

register = template.Library()

# Each in its own words, as it begins a line.
NAMES = {code: capfirst(get_language_info(code)["name_local"]) for code in LANGUAGES}
# The parameter that holds an address: where to go after logging in.
WAY_ON = "next"


class LanguageLink(NamedTuple):
    """A language, its own name, the address of the page in it, whether the page is in it."""

    code: str
    name: str
    address: str
    is_current: bool


@register.inclusion_tag("parts/languages.html", takes_context=True)
def language_switch(context: Any) -> dict[str, Any]:
    """The five languages, with all that was chosen kept. No query."""
    request = context["request"]
    is_secret = context.get("canonical") == ""
    return {"links": links_to(request, current_language(), is_secret=is_secret)}


def links_to(request: HttpRequest, present: str, *, is_secret: bool = False) -> list[LanguageLink]:
    """The page in each language. One whose address is a secret repeats it nowhere: there a parameter tells it."""
    return [
        LanguageLink(code, name, f"?language={code}" if is_secret else address(request, code), code == present)
        for code, name in NAMES.items()
    ]


def address(request: HttpRequest, language: str) -> str:
    """Path and query of the page in a language, spelled in one way."""
    query = [
        (key, [in_language(value, language) for value in values] if key == WAY_ON else values)
        for key, values in sorted(request.GET.lists())
    ]
    path = escape_leading_slashes(escape_uri_path(in_language(request.path, language)))
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


@register.simple_tag(takes_context=True)
def alternates(context: Any) -> SafeString:
    """Tell search engines of the same page in each language. Nothing where they are to keep a filtered page out."""
    request, site = context.get("request"), context["site"]
    if not request or request.GET:
        return SafeString()
    pairs = [(code, site + address(request, code)) for code in LANGUAGES]
    return format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}">',
        [*pairs, ("x-default", site + address(request, ORIGINAL))],
    )
