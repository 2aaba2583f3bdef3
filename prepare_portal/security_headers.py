"""The Content-Security-Policy and the other headers of every response."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from prepare_portal.cacheable_pages import CACHE_CONTROL, is_for_everybody
from prepare_portal.languages import is_admin

View = Callable[[HttpRequest], HttpResponseBase]


def policy(source: str) -> str:
    """A Content-Security-Policy that loads everything from this site, and by default from `source`."""
    kinds = ("script", "style", "img", "font", "connect", "manifest")
    loads = "; ".join(f"{kind}-src 'self'" for kind in kinds)
    nothing = "; ".join(f"{kind} 'none'" for kind in ("object-src", "base-uri", "frame-ancestors"))
    return f"default-src {source}; {loads}; form-action 'self'; {nothing}"


PUBLIC_POLICY = policy("'none'")
ADMIN_POLICY = policy("'self'")

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
    """`policy` for a page that its view marked, for Django too, as one that pages of this site may frame."""
    framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
    return policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'") if framed else policy


def security_headers(get_response: View) -> View:
    """Put the security headers on every response, static files and error pages included."""
    # Django's own stands further in, where it does not see what is refused at the door.
    told_to_come_by_https: Any = SecurityMiddleware(get_response).process_response

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = told_to_come_by_https(request, get_response(request))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_admin(request.path):
            response.headers["Content-Security-Policy"] = for_frames(ADMIN_POLICY, response)
            add_never_cache_headers(response)
        else:
            response.headers["Content-Security-Policy"] = PUBLIC_POLICY
            is_public = is_for_everybody(request, response)
            response.headers.setdefault("Cache-Control", CACHE_CONTROL if is_public else "no-cache")
            if is_public:  # a 304 says what the 200 would have said
                patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return middleware
