"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """The contact address, scheme and host, and the page's address without its parameters. No query."""
    begins = origin(request)
    return {"contact_email": settings.CONTACT_EMAIL, "site": begins, "canonical": begins + request.path}


def origin(request: HttpRequest) -> str:
    """What the full address of every page begins with: scheme and host."""
    return settings.SITE_URL or f"{request.scheme}://{settings.HOST}:{settings.PORT}"
