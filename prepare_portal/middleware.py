"""What holds for every request: its host and method, and no NUL."""

from collections.abc import Callable
from urllib.parse import unquote_plus, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from pilots.browse.selection import InvalidQuery, shorten
from pilots.pages import errors
from prepare_portal.languages import is_admin

View = Callable[[HttpRequest], HttpResponseBase]


VISITORS_METHODS = ("GET", "HEAD")
EDITORS_METHODS = (*VISITORS_METHODS, "POST")


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
    """Answer 405 to every method that no page has: only editors send anything.

    `cross_origin` has answered OPTIONS where other sites may read.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        allowed = EDITORS_METHODS if is_admin(request.path) else VISITORS_METHODS
        if request.method not in allowed:
            return errors.method_not_allowed(request, allowed)
        return get_response(request)

    return middleware


def refuse_nul(get_response: View) -> View:
    """Answer 400 to a NUL byte in path or query; PostgreSQL cannot even compare with one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path_info or "%00" in query:
            return errors.bad_request(request, InvalidQuery("", _holder_of_nul(query)))
        return get_response(request)

    return middleware


def _holder_of_nul(query: str) -> str:
    """The first parameter whose value has one, "" where a name has it."""
    pairs = (pair.partition("=") for pair in query.split("&"))
    holders = (name for name, _sign, value in pairs if "%00" in value and "%00" not in name)
    return shorten(unquote_plus(next(holders, "")))
