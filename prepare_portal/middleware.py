"""What holds for every response: headers, no NUL, and a plain page when the database is away."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from pilots.pages import errors
from prepare_portal.cacheable_pages import CACHE_CONTROL, is_for_everybody

View = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("prepare_portal")


def policy(source: str) -> str:
    """Return a Content-Security-Policy that loads everything from this site, and by default from `source`."""
    kinds = ("script", "style", "img", "font", "connect", "manifest")
    loads = "; ".join(f"{kind}-src 'self'" for kind in kinds)
    return f"default-src {source}; {loads}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


PUBLIC_POLICY = policy("'none'")
ADMIN_POLICY = policy("'self'")

VISITORS_METHODS = ("GET", "HEAD")
EDITORS_METHODS = (*VISITORS_METHODS, "POST")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), payment=(), usb=()"
    ),
}


def for_frames(policy: str, response: HttpResponseBase) -> str:
    """Return `policy` for a page that its view marked, for Django too, as one that pages of this site may frame."""
    framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
    return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'") if framed else policy


def security_headers(get_response: View) -> View:
    """Put the security headers on every response, static files and error pages included."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.path.startswith(reverse("admin:index")):
            response.headers["Content-Security-Policy"] = for_frames(ADMIN_POLICY, response)
            add_never_cache_headers(response)
        else:
            response.headers["Content-Security-Policy"] = PUBLIC_POLICY
            cache_control = CACHE_CONTROL if is_for_everybody(request, response) else "no-cache"
            response.headers.setdefault("Cache-Control", cache_control)
        return response

    return middleware


def canonical_host(get_response: View) -> View:
    """Refuse a foreign Host, and read every other as the host of SITE_URL.

    ALLOWED_HOSTS lets any port pass, capitals and a full stop at the end. Absolute addresses (in robots.txt, the
    sitemap, links to drafts, the way to HTTPS) shall not depend on them.
    """
    host = urlsplit(settings.SITE_URL).netloc

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.get_host()  # raises DisallowedHost
        if host:
            request.META["HTTP_HOST"] = host
        return get_response(request)

    return middleware


def allowed_methods(get_response: View) -> View:
    """Answer 405 to every method that no page has: only editors send anything."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        allowed = EDITORS_METHODS if request.path.startswith(reverse("admin:index")) else VISITORS_METHODS
        if request.method not in allowed:
            return errors.method_not_allowed(request, allowed)
        return get_response(request)

    return middleware


def refuse_nul(get_response: View) -> View:
    """Answer 400 to a NUL byte in path or query; PostgreSQL cannot even compare with one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        return get_response(request)

    return middleware


class DatabaseErrorMiddleware:
    """Answer 503 when the database cannot be reached, and 400 to a value it cannot hold."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Turn the two into pages; leave every other error alone."""
        if isinstance(exception, OperationalError | InterfaceError):
            log.error("The database did not answer: %s", exception)
            return errors.unavailable(request)
        if isinstance(exception, DataError | OverflowError):  # such as a number of thirty digits for an id
            return errors.bad_request(request)
        return None
