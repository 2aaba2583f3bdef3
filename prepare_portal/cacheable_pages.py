"""Which addresses give everybody the same page, so that it may be cached: here, by browsers, by caches in between."""

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

# Names of addresses; what is not among them is cached nowhere. Briefing packs are large, and kept on disk.
PUBLIC = frozenset(
    {"front", "pilots", "pilot", "pilot-versions", "pilot-questions", "shortlist", "compare", "lessons", "map"}
    | {"partners", "partner", "authorities", "authority", "activity", "audience", "target-group", "stage", "country"}
    | {"matrix", "source", "glossary", "about", "privacy", "accessibility"}
    | {"api", "api-root", "api-openapi", "api-pilots", "api-pilot", "api-lessons", "api-partners", "api-partner"}
    | {"api-authorities", "api-authority", "api-vocabularies", "api-vocabulary", "api-glossary", "api-term"}
    | {"pilots-csv", "pilots-xlsx", "pilot-csv", "pilot-xlsx", "lessons-csv", "lessons-xlsx"}
    | {"shortlist-csv", "shortlist-xlsx", "map-geojson", "matrix-csv", "compare-csv"}
    | {"pilots-atom", "pilots-feed", "lessons-atom", "lessons-feed"}
    | {"partners-csv", "partners-graphml", "map-svg", "partners-svg"}
    | {"api-sources", "api-source", "pilot-cite", "cite", "shortlist-cite", "pilot-ris", "pilot-bib", "pilot-csl-json"}
    | {"pilots-ris", "pilots-bib", "pilots-csl-json", "shortlist-ris", "shortlist-bib", "shortlist-csl-json"}
    | {"pilot-card", "card", "manifest"}
    | {"data", "data-zip", "data-turtle", "data-json-ld", "data-vocabularies-turtle", "data-vocabularies-json-ld"}
    | {"suggest", "robots", "sitemap", "sitemap-part", "security-txt"}
)
# Browsers keep a page and ask every time whether it still holds; a cache in front of the site asks once a second.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, must-revalidate"


def is_public(path: str) -> bool:
    try:
        return resolve(path).view_name in PUBLIC
    except Resolver404:
        return False


def is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a response is such a page, or a 304 for one, for somebody who sent and gets nothing of their own."""
    view = getattr(request.resolver_match, "view_name", "")
    personal = request.META.get("HTTP_COOKIE") or request.META.get("HTTP_AUTHORIZATION") or response.cookies
    return view in PUBLIC and request.method in {"GET", "HEAD"} and response.status_code in {200, 304} and not personal
