"""robots.txt."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of combinations of filters and the admin, and show them the sitemap."""
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /preview/",  # links to drafts, should one get about
        f"Disallow: {reverse('suggest')}",
        "Disallow: /*?*&",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
