"""For crawlers and for those who find a weakness: robots.txt and security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now

SECURITY_TXT_DAYS = 180


def robots(request: HttpRequest) -> HttpResponse:
    """Keep crawlers out of combinations of filters and the admin, and show them the sitemap."""
    return lines(
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /preview/",  # links to drafts, should one get about
        f"Disallow: {reverse('suggest')}",
        "Disallow: /*?*&",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )


def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness, in the form of RFC 9116; it never expires by itself."""
    expires = now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=SECURITY_TXT_DAYS)
    canonical = [f"Canonical: {settings.SITE_URL}{reverse('security-txt')}"] if settings.SITE_URL else []
    return lines(
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        *canonical,
    )


def lines(*content: str) -> HttpResponse:
    return HttpResponse("\n".join([*content, ""]), content_type="text/plain; charset=utf-8")
