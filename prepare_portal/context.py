"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str]:
    """Return the contact address and the page's address without its parameters. No query."""
    origin = settings.SITE_URL or f"{request.scheme}://{settings.HOST}:{settings.PORT}"
    return {"contact_email": settings.CONTACT_EMAIL, "canonical": origin + request.path}
