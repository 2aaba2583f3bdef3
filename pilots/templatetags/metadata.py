"""What the head of a page says to search engines, previews of links and programs that follow links."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from pilots.citations.record import cited
from pilots.metadata.json_ld import data_block
from pilots.metadata.organisations import authority_data, partner_data, term_data
from pilots.metadata.report import report_of
from pilots.metadata.signposting import PilotFile, pilot_files
from pilots.metadata.site import breadcrumb_list, website
from pilots.models import Authority
from pilots.models.translation import current_language

register = template.Library()

# How the languages of the interface are written where they come from; Open Graph asks for a territory.
TERRITORIES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "nl": "nl_NL", "sv": "sv_SE"}


class CapturedNode(template.Node):
    """Renders what is inside, blocks of other templates too, and gives it a name instead of showing it."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context: Any) -> SafeString:
        """Nothing; the name holds the words as plain text on one line."""
        words = unescape(strip_tags(self.nodelist.render(context)))
        context[self.name] = " ".join(words.split())
        return SafeString()


@register.tag
def captured(parser: Parser, token: Token) -> CapturedNode:
    """Compile `{% captured name %} … {% endcaptured %}`."""
    _tag, name = token.split_contents()
    inside = parser.parse(("endcaptured",))
    parser.delete_first_token()
    return CapturedNode(inside, name)


@register.inclusion_tag("parts/link_preview.html", takes_context=True)
def link_preview(context: Any) -> dict[str, Any]:
    """What others show of a page that somebody leads to: its pilot's card, or that of the site. No query.

    What the visitor chose is part of the address: a filtered list is shared as it is.
    """
    pilot, listing = context.get("pilot"), context.get("listing")
    route, args = ("pilot-card", [pilot.slug]) if pilot else ("card", [])
    return {
        "address": context["canonical"] + (listing.here if listing else ""),
        "title": context["page_title"],
        "description": context["page_description"],
        "pilot": pilot,
        "card": context["site"] + reverse(route, args=args),
        "locale": TERRITORIES.get(current_language(), ""),
        "others": [territory for code, territory in TERRITORIES.items() if code != current_language()],
    }


@register.simple_tag
def report_data(entry: Any, site: str) -> SafeString:
    """A public pilot in the words of schema.org. One query, for its source, which the page shows as well."""
    return data_block(report_of(entry.pilot, entry.classified, entry.source, site))


@register.simple_tag
def cited_title(pilot: Any) -> str:
    """The title under which a public pilot is cited, the same in every language. No query."""
    return cited(pilot, "").title


@register.simple_tag
def organisation_data(organisation: Any, site: str) -> SafeString:
    """A public authority or partner in the words of schema.org. No query."""
    describe = authority_data if isinstance(organisation, Authority) else partner_data
    return data_block(describe(organisation, site))


@register.simple_tag
def defined_term(facet: str, term: Any, site: str) -> SafeString:
    """A value of a vocabulary in the words of schema.org. No query."""
    return data_block(term_data(facet, term, site))


@register.simple_tag
def website_data(site: str) -> SafeString:
    """The portal in the words of schema.org."""
    return data_block(website(site))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: Any, address: str, label: str) -> SafeString:
    """The way to the page in the words of schema.org; nothing where it leads to a list of the visitor's own."""
    request = context.get("request")
    if not request or request.GET:
        return SafeString()
    steps = [(unescape(strip_tags(label)), address), (context["page_title"], request.path)]
    return data_block(breadcrumb_list(steps, context["site"]))


@register.simple_tag
def descriptions_of_pilot() -> Iterator[PilotFile]:
    """The files that describe a pilot for programs."""
    return (file for file in pilot_files() if file.describes)
