"""What pages of other sites may read: what is made for programs, by anybody, without credentials; nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from pilots.api.problems import is_api
from prepare_portal.languages import is_admin

View = Callable[[HttpRequest], HttpResponseBase]

# How the addresses of files end that visitors take away.
FILES = (
    *(".csv", ".xlsx", ".ris", ".bib", ".csl.json", ".geojson", ".graphml", ".atom", ".feed.json"),
    *(".pdf", ".docx", "/map.svg", "/partners.svg", ".zip", ".ttl", ".jsonld"),
)
METHODS = "GET, HEAD, OPTIONS"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "X-Robots-Tag": "noindex",  # search engines lead people to pages
}
# What a browser asks before it sends a condition along, and for how many seconds it remembers the answer.
PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def is_open(path: str) -> bool:
    """Whether programs of other sites may read what is there."""
    return is_api(path) or (path.endswith(FILES) and not is_admin(path))


def cross_origin(get_response: View) -> View:
    """Let other sites read what is open, and answer OPTIONS there."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not is_open(request.path_info):
            return get_response(request)
        asks_first = request.method == "OPTIONS"
        response = HttpResponse(status=204, headers=PREFLIGHT) if asks_first else get_response(request)
        allowed = {"Allow": METHODS} if response.status_code == 405 else {}
        for name, value in (HEADERS | allowed).items():
            response.headers[name] = value
        return response

    return middleware
