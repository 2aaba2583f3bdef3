"""robots.txt."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from prepare_portal.languages import ADMIN, LANGUAGES, in_language

# Below /preview/ are links to drafts, should one get about.
CLOSED = (ADMIN, "/preview/", "/suggest/")


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of combinations of filters and the admin, and show them the sitemap."""
    lines = (
        "User-agent: *",
        *(f"Disallow: {in_language(path, language)}" for language in LANGUAGES for path in CLOSED),
        "Disallow: /*?*&",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
