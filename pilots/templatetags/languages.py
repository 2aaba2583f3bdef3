"""The same page in the other languages: links for people, and for search engines, which see no unchecked text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import template
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html_join
from django.utils.http import escape_leading_slashes, urlencode
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language_info

from pilots.models.translation import Translated, current_language
from prepare_portal.languages import LANGUAGES, ORIGINAL, in_language

register = template.Library()

# Each in its own words, as it begins a line.
NAMES = {code: capfirst(get_language_info(code)["name_local"]) for code in LANGUAGES}
NOINDEX = SafeString('<meta name="robots" content="noindex, follow">')
# Pages that show nothing of entries, and drafts, which are no public pages.
WITHOUT_ENTRIES = frozenset({"privacy", "accessibility", "api", "data", "styleguide", "shared-draft"})
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


@register.simple_tag
def address_in(language: str, path: str) -> str:
    """The path of a page in a language."""
    return in_language(path, language)


@register.simple_tag(takes_context=True)
def alternates(context: Any) -> SafeString:
    """Tell search engines of the same page in each language that they may show. Nothing on a page they may not."""
    request, site = context.get("request"), context["site"]
    if not request or request.GET:
        return SafeString()
    pairs = [(code, site + address(request, code)) for code in LANGUAGES if is_indexable_in(context, code)]
    if all(code != current_language() for code, _address in pairs):
        return SafeString()
    return format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}">',
        [*pairs, ("x-default", site + address(request, ORIGINAL))],
    )


@register.simple_tag(takes_context=True)
def robots(context: Any) -> SafeString:
    """Keep filtered pages out of search engines, and pages that are not to be found in their language. No query."""
    request = context.get("request")
    is_kept_out = request and (request.GET or not is_indexable_in(context, current_language()))
    return NOINDEX if is_kept_out else SafeString()


def is_indexable_in(context: Any, language: str) -> bool:
    """Whether search engines may show the page in a language: it is in it, and nothing on it is unchecked."""
    return not (is_unchecked_in(context, language) or is_untranslated_in(context, language))


def is_untranslated_in(context: Any, language: str) -> bool:
    """Whether the page shows no text in a language but ours: none of its pilot, or of any on a list, or no term.

    So that it costs nothing, a page with many pilots counts as translated as soon as any public pilot is.
    """
    if not _shows_entries(context, language):
        return False
    public, pilot, terms = _index_of(context), context.get("pilot"), context.get("terms")
    if public is None:
        return bool(terms) and all(term.text_in("term", language)[1] != language for term in terms)
    translated = public.translated(language)
    return pilot.pk not in translated if pilot else bool(public.public) and not translated


def is_unchecked_in(context: Any, language: str) -> bool:
    """Whether the page in a language shows a text that nobody has checked: the pilot's, or that of any on a list.

    So that it costs nothing, a page with many pilots counts as unchecked as long as any public pilot does, and one with
    further reading as long as any work does.
    """
    if not _shows_entries(context, language):
        return False
    if any(row.has_unchecked(language) for row in _rows_of(context) if isinstance(row, Translated)):
        return True
    public, pilot = _index_of(context), context.get("pilot")
    if public is None:
        return False
    if "works" in context and public.has_unchecked_works(language):
        return True
    unchecked = public.unchecked(language)
    return pilot.pk in unchecked if pilot else bool(unchecked)


def _shows_entries(context: Any, language: str) -> bool:
    """Whether the page shows entries that may be in a language that they were not written in."""
    match = getattr(context.get("request"), "resolver_match", None)
    if language == ORIGINAL or match is None or match.view_name in WITHOUT_ENTRIES:
        return False
    return match.view_name != "shortlist" or bool(context["entries"])


def _index_of(context: Any) -> Any:
    """The index of the pilots that the page shows; None for a page that shows none."""
    return context.get("index") or getattr(context.get("listing"), "index", None)


def _rows_of(context: Any) -> Iterator[Any]:
    """The rows whose own texts a page shows, beside those of pilots."""
    for name in ("terms", "sources"):
        yield from context.get(name) or ()
    yield from (statement.row for statement in context.get("statements") or ())
    yield from (context.get("source"), context.get("term"))
