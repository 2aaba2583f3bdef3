"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The contact address, scheme and host, and the page's address without its parameters. No query."""
    begins = origin(request)
    return {"contact_email": settings.CONTACT_EMAIL, "site": begins, "canonical": begins + request.path}


def origin(request: HttpRequest) -> str:
    """What the full address of every page begins with: scheme and host."""
    return site_origin(request.scheme or "http")


def site_origin(scheme: str = "http") -> str:
    """The same where nobody asks, as in commands: a portal without SITE_URL is served by http."""
    return settings.SITE_URL or f"{scheme}://{settings.HOST}:{settings.PORT}"
